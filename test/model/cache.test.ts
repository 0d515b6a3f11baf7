import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withCache } from '../../src/model/cache.ts';
import { NO_USAGE } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { ModelError } from '../../src/util/errors.ts';
import { ask, modelOf, serve } from './with-server.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pokellmon-cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('a request is sent once, and later answers cost nothing', async () => {
  const server = await serve({ answer: (_request, choice) => `answer ${choice}` });
  const directory = temporaryFolder();
  const model = withCache(modelOf(server), { directory });
  const request = ask('turn 1', { seed: 4, temperature: 1 });
  const first = await model.generate(request);
  expect(first.usage.calls).toBe(1);

  const again = { ...request, signal: new AbortController().signal, deadline: performance.now() + 5000 };
  expect(await model.generate(again)).toEqual({ ...first, usage: NO_USAGE });
  const restarted = withCache(modelOf(server), { directory });
  expect(await restarted.generate(request)).toEqual({ ...first, usage: NO_USAGE });
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['prompt', { messages: [{ role: 'user', content: 'turn 2' }] }],
  ['role', { messages: [{ role: 'system', content: 'turn 1' }] }],
  ['seed', { seed: 5 }],
  ['temperature', { temperature: 0.5 }],
  ['token limit', { maxTokens: 7 }],
  ['choices', { choices: ['1', '2'] }],
  ['schema', { jsonSchema: { name: 'x', schema: {} } }],
] as const)('a different %s makes a different request', async (_what, change) => {
  const inner = scriptedModel(['a', 'b']);
  const model = withCache(inner);
  const request = ask('turn 1', { seed: 4 });
  await model.generate(request);
  expect((await model.generate({ ...request, ...change })).texts).toEqual(['b']);
});

test('another model is asked again', async () => {
  const directory = temporaryFolder();
  await withCache(scriptedModel(['a'], { id: 'x/one' }), { directory }).generate(ask('hi'));
  const other = withCache(scriptedModel(['b'], { id: 'x/two' }), { directory });
  expect((await other.generate(ask('hi'))).texts).toEqual(['b']);
});

test('only the missing samples are requested, with a seed of their own', async () => {
  const inner = scriptedModel(['a', 'b', 'c', 'd']);
  const model = withCache(inner);
  const request = ask('hi', { seed: 4 });
  expect((await model.generate({ ...request, samples: 2 })).texts).toEqual(['a', 'b']);
  expect((await model.generate(request)).texts).toEqual(['a']);
  const more = await model.generate({ ...request, samples: 4 });
  expect(more).toMatchObject({ texts: ['a', 'b', 'c', 'd'], usage: { calls: 2 } });
  expect(more.finishReasons).toHaveLength(4);
  expect(inner.requests.map(({ samples }) => samples)).toEqual([2, 2]);
  expect(inner.requests[1]?.seed).not.toBe(4);
  expect((await model.generate({ ...request, samples: 4 })).usage).toEqual(NO_USAGE);
});

test('samples that failed are requested again; those that arrived are kept', async () => {
  const model = withCache(scriptedModel(['a', new ModelError('timeout', 'too slow'), 'b']));
  const request = ask('hi', { samples: 2 });
  expect((await model.generate(request)).texts).toEqual(['a']);
  expect((await model.generate(request)).texts).toEqual(['a', 'b']);
});

test('a failure is not cached', async () => {
  const model = withCache(scriptedModel([new ModelError('timeout', 'too slow'), 'a']));
  await expect(model.generate(ask('hi'))).rejects.toThrow('too slow');
  expect((await model.generate(ask('hi'))).texts).toEqual(['a']);
});

test('a corrupt file counts as missing and is rewritten', async () => {
  const directory = temporaryFolder();
  await withCache(scriptedModel(['a']), { directory }).generate(ask('hi'));
  const [file, ...others] = filesOf(directory);
  expect(others).toEqual([]);
  expect(file).toMatch(/[/\\]([0-9a-f]{2})[/\\]([0-9a-f]{2})[/\\]\1\2[0-9a-f]{60}\.json$/);
  const good = readFileSync(file ?? '', 'utf8');
  for (const bad of [good.slice(0, 20), '', '{"texts":["a"]}', '{"texts":["a"],"finishReasons":[]}']) {
    writeFileSync(file ?? '', bad);
    const model = withCache(scriptedModel(['a']), { directory });
    expect((await model.generate(ask('hi'))).usage.calls).toBe(1);
    expect(readFileSync(file ?? '', 'utf8')).toBe(good);
  }
});

test('a directory that cannot be written costs a warning, not the answer', async () => {
  const file = join(temporaryFolder(), 'a-file');
  writeFileSync(file, '');
  const result = await withCache(scriptedModel(['a']), { directory: file }).generate(ask('hi'));
  expect(result.texts).toEqual(['a']);
  expect(result.warnings.join()).toContain('could not be cached');
});

test('parallel calls leave complete files behind', async () => {
  const directory = temporaryFolder();
  const model = withCache(
    scriptedModel(({ messages }) => `to ${messages[0]?.content}`),
    { directory },
  );
  await Promise.all(Array.from({ length: 50 }, (_, index) => model.generate(ask(`${index % 5}`))));
  const files = filesOf(directory);
  expect(files).toHaveLength(5);
  for (const file of files) expect(JSON.parse(readFileSync(file, 'utf8')).texts).toHaveLength(1);
});
