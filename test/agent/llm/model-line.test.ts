import { describe, expect, it } from 'vitest';
import { CHOICE_ONLY } from '../../../src/agent/llm/answer-format.ts';
import { FailedCallError } from '../../../src/model/failed-call.ts';
import { type LanguageModel, NO_USAGE } from '../../../src/model/language-model.ts';
import { scriptedModel } from '../../../src/model/scripted.ts';
import { ModelError } from '../../../src/util/errors.ts';
import { lineTo } from './consult.ts';

const CALL = {
  messages: [{ role: 'user', content: 'hi' }],
  format: CHOICE_ONLY,
  temperature: 0,
  first: 0,
} as const;

/** Neither answers nor obeys its signal. */
const DEAF: LanguageModel = { ...scriptedModel([]), generate: () => new Promise(() => {}) };

describe('the connection to a model', () => {
  it('returns the text and counts its usage', async () => {
    const line = lineTo(scriptedModel(['one', 'two two']));
    expect(await line.ask(CALL)).toMatchObject({ kind: 'text', text: 'one', finishReason: 'stop' });
    await line.ask(CALL);
    expect(line.usage).toMatchObject({ calls: 2, outputTokens: 3 });
  });

  it('gives each sample its own seed, the same in each run', async () => {
    const model = scriptedModel(() => 'ok');
    const [a, b] = [lineTo(model), lineTo(model)];
    for (const line of [a, b]) for (const first of [0, 1]) await line.ask({ ...CALL, first });
    const [seed0, seed1, again0, again1] = model.requests.map(({ seed }) => seed);
    expect(seed0).not.toBe(seed1);
    expect([again0, again1]).toEqual([seed0, seed1]);
  });

  it('ends with the turn, even if the model ignores the signal', async () => {
    expect(await lineTo(DEAF, 30).ask(CALL)).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  it('ends when the caller has what it wants', async () => {
    const stop = new AbortController();
    const asked = lineTo(DEAF).ask({ ...CALL, signal: stop.signal });
    stop.abort();
    expect(await asked).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  it('counts the cost that an aborted call reports', async () => {
    const usage = { ...NO_USAGE, inputTokens: 7, calls: 1 };
    const model: LanguageModel = {
      ...scriptedModel([]),
      generate: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new FailedCallError('timeout', 'stopped', usage)));
        }),
    };
    const line = lineTo(model, 20);
    await line.ask(CALL);
    expect(line.usage).toEqual(usage);
  });

  it('asks nothing once the time is up', async () => {
    const model = scriptedModel(['late']);
    expect(await lineTo(model, 0).ask(CALL)).toMatchObject({ kind: 'failed', reason: 'deadline' });
    expect(model.requests).toHaveLength(0);
  });

  it.each(['budget', 'auth'] as const)('makes no further call after an error of kind %s', async (kind) => {
    const model = scriptedModel([new ModelError(kind, 'no more'), 'fine']);
    const line = lineTo(model);
    expect(await line.ask(CALL)).toMatchObject({ kind: 'failed', reason: kind, detail: 'no more' });
    expect(await line.ask(CALL)).toMatchObject({ kind: 'failed', reason: kind });
    expect(line.hasTimeFor(0)).toBe(false);
    expect(model.requests).toHaveLength(1);
  });

  it('distinguishes a bug in the program from a failing model, and keeps keys secret', async () => {
    const line = lineTo(
      scriptedModel([new TypeError('x is undefined'), new ModelError('auth', 'bad sk-12345678901')]),
    );
    expect(await line.ask(CALL)).toMatchObject({ reason: 'agent-error', detail: 'x is undefined' });
    expect(await line.ask(CALL)).toMatchObject({ reason: 'auth', detail: 'bad [redacted]' });
  });

  it('fails the samples that are missing from a call', async () => {
    const line = lineTo(scriptedModel(['a', new ModelError('server-error', 'down'), 'c']));
    const samples = await line.askSeveral(CALL, 3);
    expect(samples.map((sample) => (sample.kind === 'text' ? sample.text : sample.detail))).toEqual([
      'a',
      'c',
      'down',
    ]);
  });
});
