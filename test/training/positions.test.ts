import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSource } from '../support/run-cli.ts';

/** Numbers before the inputs of a record. */
const HEAD = 4;
/**
 * What `fit.py` expects of a record: 6 × 6 pairs of 11, 2 × 6 team members of 40, 2 sides of 14, and 12 of the field.
 */
const INPUTS = 36 * 11 + 12 * 40 + 2 * 14 + 12;
const WIDTH = HEAD + INPUTS;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'positions-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function positions(name: string): Promise<Buffer> {
  const file = join(folder, name);
  const options = ['--battles', '3', '--playouts', '20', '--formats', 'gen9randombattle,gen4randombattle'];
  const { finished } = startSource('training/value-network/positions.ts', ['--out', file, ...options]);
  expect(await finished).toMatchObject({ code: 0 });
  return readFileSync(file);
}

it('writes the positions of whole battles in the form that the fit reads, the same for the same seed', async () => {
  const [bytes, again] = await Promise.all([positions('one'), positions('two')]);
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  expect(numbers.length % WIDTH).toBe(0);
  const records = Array.from({ length: numbers.length / WIDTH }, (_, index) =>
    numbers.subarray(index * WIDTH, (index + 1) * WIDTH),
  );
  expect(records.length).toBeGreaterThan(30);
  const outcomes = new Map<number, number>();
  for (const [outcome = -1, value = -1, battle = -1, inputs] of records) {
    expect(inputs).toBe(INPUTS);
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
    expect([0, 0.5, 1]).toContain(outcome);
    expect(outcomes.get(battle) ?? outcome).toBe(outcome);
    outcomes.set(battle, outcome);
  }
  expect([...outcomes.keys()]).toEqual([0, 1, 2]);
  expect(records.flatMap((record) => [...record]).every(Number.isFinite)).toBe(true);
  expect(again).toEqual(bytes);
});
