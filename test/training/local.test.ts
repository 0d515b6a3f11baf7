import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SideId } from '../../src/battle/state.ts';
import { NO_LEDGER } from '../../src/ledger/battle-ledger.ts';
import { decisionPoints } from '../../src/memory/decision-points.ts';
import { promptText } from '../../src/observation/option-lines.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { recordBattle } from '../../training/local/recorded-battle.ts';
import { calcTeacher, searchTeacher } from '../../training/local/teachers.ts';
import { inputOf } from '../observation/recorded-turn.ts';
import { startSource } from '../support/run-cli.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A battle of two Pokémon per side, so that it is soon over. */
const SHORT = 'gen9randombattle@@@Max Team Size = 2';

async function shards(name: string): Promise<Readonly<Record<string, string>>> {
  const out = join(folder, name);
  const options = ['--battles', '2', '--shard-battles', '1', '--format', SHORT];
  const { finished } = startSource('training/local/positions.ts', ['--out', out, ...options]);
  expect(await finished).toMatchObject({ code: 0 });
  return Object.fromEntries(readdirSync(out).map((file) => [file, readFileSync(join(out, file), 'utf8')]));
}

describe('recorded positions', () => {
  it('are the same for the same seed, and after an interruption', async () => {
    const whole = await shards('whole');
    const names = Object.keys(whole).sort();
    expect(names).toEqual(['local-calc-00000.jsonl', 'local-calc-00001.jsonl']);
    // As left by a kill: one shard complete, another half written.
    const [first = '', second = ''] = names;
    const out = join(folder, 'cut');
    mkdirSync(out);
    writeFileSync(join(out, first), 'kept as it is\n');
    writeFileSync(join(out, `${second}.tmp`), (whole[second] ?? '').slice(0, 1000));
    const resumed = await shards('cut');
    expect(resumed).toEqual({ [first]: 'kept as it is\n', [second]: whole[second] });
  });

  it('contain a prompt, its actions and the teacher’s label of each', async () => {
    const id = 'whole-record';
    const records = await recordBattle({ id, format: SHORT, seed: id, teacher: calcTeacher });
    expect(records.length).toBeGreaterThan(2);
    for (const { prompt, actions, policy, scores, foe, request, result, chosen, teacher } of records) {
      expect(teacher.name).toBe('calc');
      expect(actions.length).toBeGreaterThan(1);
      expect([policy.length, scores.length]).toEqual([actions.length, actions.length]);
      expect(policy.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
      expect(policy.indexOf(Math.max(...policy))).toBe(scores.indexOf(Math.max(...scores)));
      const text = prompt.split('\n');
      for (const { lines } of actions) for (const line of lines) expect(text[line]).toMatch(/^ \S/);
      expect([0, 0.5, 1]).toContain(result);
      expect(chosen).toBeLessThan(actions.length);
      if (request === 'move') expect(foe).toMatch(/^[A-Z]/);
      else expect(foe).toBeNull();
    }
    const results = new Set(records.map(({ side, result }) => `${side} ${result}`));
    expect(results.size).toBeLessThanOrEqual(2);
  });

  it('come from the protocol that the side itself receives, and from nothing else', async () => {
    const seen: Record<SideId, string[]> = { p1: [], p2: [] };
    const ledger = {
      ...NO_LEDGER,
      line(view: string, line: string) {
        if (view === 'p1' || view === 'p2') seen[view].push(line);
      },
    };
    const id = 'no-secrets';
    const records = await recordBattle({ id, format: SHORT, seed: id, teacher: calcTeacher, ledger });
    for (const side of ['p1', 'p2'] as const) {
      const prompts = [...decisionPoints(seen[side], side)].map((point) =>
        promptText(renderPrompt('local', inputOf(point))),
      );
      for (const { prompt } of records.filter((record) => record.side === side))
        expect(prompts).toContain(prompt);
    }
  });

  it('can be labelled by a search, which adds a chance to win and a line', async () => {
    const id = 'searched';
    const options = { id, format: SHORT, seed: id, teacher: searchTeacher(60) };
    const records = await recordBattle(options);
    const judged = records.filter(({ teacher }) => teacher.name === 'search');
    expect(judged.length).toBeGreaterThan(2);
    for (const { value, policy, teacher } of judged) {
      expect(teacher.settings).toEqual({ playouts: 60 });
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(policy.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
    expect(judged.some(({ line }) => line)).toBe(true);
    expect(await recordBattle(options)).toEqual(records);
  });
});
