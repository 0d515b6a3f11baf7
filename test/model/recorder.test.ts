import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { GenerateRequest, LanguageModel } from '../../src/model/language-model.ts';
import { recordModel } from '../../src/model/recorder.ts';
import { replayModel } from '../../src/model/replay.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { ModelError, UserError } from '../../src/util/errors.ts';
import { seededPlan } from '../support/misbehaving-server.ts';
import { ask, modelOf, serve } from './with-server.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pokellmon-recording-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sub', 'recording.jsonl');
}

/** The outcome of a call, failure or not. */
async function outcomeOf(model: LanguageModel, request: GenerateRequest): Promise<unknown> {
  return model.generate(request).catch((error: unknown) => {
    expect(error).toBeInstanceOf(ModelError);
    const { kind, message, usage } = error as ModelError & { usage?: unknown };
    return { kind, message, usage };
  });
}

test('a replay gives the answers and failures of a whole run again, without a server', async () => {
  const server = await serve({
    plan: seededPlan('record', { none: 6, 'server-error': 2, 'wrong-content-type': 2, empty: 1 }),
    answer: ({ messages }) => `answer to ${messages[0]?.content}`,
  });
  const path = temporaryFile();
  const original = modelOf(server, { maxRetries: 0, price: { input: 1, cachedInput: 1, output: 1 } });
  const requests = Array.from({ length: 40 }, (_, turn) =>
    ask(`turn ${turn % 15}`, { samples: 1 + (turn % 2) }),
  );
  const recorder = recordModel(original, path);
  const recorded = await Promise.all(requests.map((request) => outcomeOf(recorder, request)));
  expect(recorded.some((outcome) => JSON.stringify(outcome).includes('server-error'))).toBe(true);
  await server.close();

  for (let run = 0; run < 2; run++) {
    const replay = replayModel(path);
    expect(replay).toMatchObject({
      id: original.id,
      price: original.price,
      capabilities: original.capabilities,
    });
    const replayed = [];
    for (const request of requests) replayed.push(await outcomeOf(replay, request));
    expect(replayed).toEqual(recorded);
  }
});

test('repeated requests are answered in the order they were made, not in which they were answered', async () => {
  const path = temporaryFile();
  const slowFirst = scriptedModel([{ text: 'first', delayMs: 60 }, { text: 'second', delayMs: 20 }, 'third']);
  const recorder = recordModel(slowFirst, path);
  await Promise.all([1, 2, 3].map(() => recorder.generate(ask('same'))));
  const replay = replayModel(path);
  const texts = [];
  for (let call = 0; call < 3; call++) texts.push(...(await replay.generate(ask('same'))).texts);
  expect(texts).toEqual(['first', 'second', 'third']);
  await expect(replay.generate(ask('same'))).rejects.toMatchObject({ kind: 'bad-response' });
});

test('a prompt without a recorded answer is named', async () => {
  const path = temporaryFile();
  await recordModel(scriptedModel(['a']), path).generate(ask('known'));
  const call = replayModel(path).generate(ask('Which move against Dondozo?'));
  await expect(call).rejects.toMatchObject({ kind: 'bad-response' });
  await expect(call).rejects.toThrow(/has no further answer to "Which move against Dondozo\?"/);
});

test('a line torn by a crash is skipped, and the next run is appended after it', async () => {
  const path = temporaryFile();
  const first = recordModel(scriptedModel(['a', 'b']), path);
  await first.generate(ask('one'));
  await first.generate(ask('two'));
  truncateSync(path, readFileSync(path).length - 30);

  const torn = replayModel(path);
  expect((await torn.generate(ask('one'))).texts).toEqual(['a']);
  await expect(torn.generate(ask('two'))).rejects.toThrow(/1 of its lines could not be read/);

  await recordModel(scriptedModel(['c']), path).generate(ask('one'));
  const replay = replayModel(path);
  expect((await replay.generate(ask('one'))).texts).toEqual(['a']);
  expect((await replay.generate(ask('one'))).texts).toEqual(['c']);
});

test('every answer is in the file before it is returned', async () => {
  const path = temporaryFile();
  const recorder = recordModel(
    scriptedModel(() => 'a'),
    path,
  );
  for (let call = 1; call <= 3; call++) {
    await recorder.generate(ask(`${call}`));
    expect(readFileSync(path, 'utf8').match(/"type":"call"/g)).toHaveLength(call);
  }
});

test('probabilities are recorded and replayed', async () => {
  const path = temporaryFile();
  const plain = scriptedModel(['a'], { capabilities: { score: true } });
  const scoring: LanguageModel = {
    ...plain,
    score: async ({ choices }) => ({
      probabilities: choices.map((_, i) => (i === 0 ? 0.75 : 0.25)),
      reason: 'it is first',
    }),
  };
  const request = { ...ask('hi'), choices: ['1', '2'] };
  await recordModel(scoring, path).score?.(request);
  expect(await replayModel(path).score?.(request)).toEqual({
    probabilities: [0.75, 0.25],
    reason: 'it is first',
  });
  await recordModel(plain, temporaryFile());
});

test('what is not a recording, or is one of two models, is refused', async () => {
  const path = temporaryFile();
  expect(() => replayModel(path)).toThrow(UserError);
  recordModel(scriptedModel(['a'], { id: 'x/one' }), path);
  recordModel(scriptedModel(['a'], { id: 'x/two' }), path);
  expect(() => replayModel(path)).toThrow(/x\/one and x\/two/);
  writeFileSync(path, 'not a recording\n');
  expect(() => replayModel(path)).toThrow(UserError);
  appendFileSync(path, '{}\n');
  expect(() => replayModel(path)).toThrow(UserError);
});
