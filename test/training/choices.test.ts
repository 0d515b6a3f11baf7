import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSource } from '../support/run-cli.ts';

/** What `fit.py` expects of a record: two numbers, 39 of the state, and 18 choices with a share and 61 numbers each. */
const [HEAD, CONTEXT, CHOICES, CHOICE] = [2, 39, 18, 1 + 61];
const WIDTH = HEAD + CONTEXT + CHOICES * CHOICE;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'choices-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function choices(name: string): Promise<Buffer> {
  const file = join(folder, name);
  const options = ['--battles', '3', '--playouts', '60', '--formats', 'gen9randombattle,gen7randombattle'];
  const { finished } = startSource('training/policy-network/choices.ts', ['--out', file, ...options]);
  expect(await finished).toMatchObject({ code: 0 });
  return readFileSync(file);
}

it('writes what searches chose in the form that the fit reads, the same for the same seed', async () => {
  const [bytes, again] = await Promise.all([choices('one'), choices('two')]);
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  expect(numbers.length % WIDTH).toBe(0);
  const records = Array.from({ length: numbers.length / WIDTH }, (_, index) =>
    numbers.subarray(index * WIDTH, (index + 1) * WIDTH),
  );
  expect(records.length).toBeGreaterThan(5);
  for (const record of records) {
    const [battle = -1, count = 0] = record;
    expect([0, 1, 2]).toContain(battle);
    expect(count).toBeGreaterThan(1);
    const listed = Array.from({ length: CHOICES }, (_, index) =>
      record.subarray(HEAD + CONTEXT + index * CHOICE, HEAD + CONTEXT + (index + 1) * CHOICE),
    );
    expect(listed.reduce((sum, [share = 0]) => sum + share, 0)).toBeCloseTo(1, 5);
    for (const [index, [share, isAttack = 0, isStatusMove = 0, isSwitch = 0]] of listed.entries()) {
      expect(isAttack + isStatusMove + isSwitch).toBe(index < count ? 1 : 0);
      if (index >= count) expect(share).toBe(0);
    }
    expect([...record].every(Number.isFinite)).toBe(true);
  }
  expect(again).toEqual(bytes);
});
