import { expect, test } from 'vitest';
import { pokellmon } from '../support/run-cli.ts';

const SAMPLE = 'replays/samples/calc-heuristics';

test('prints the prompt for a turn, in any style, for either side', async () => {
  const [grounded, compact] = await Promise.all([
    pokellmon(['prompt', SAMPLE, '--turn', '5']),
    pokellmon(['prompt', SAMPLE, '--turn', '5', '--side', 'p2', '--prompt', 'compact', '--json']),
  ]);
  expect(grounded.code).toBe(0);
  expect(grounded.stdout).toMatch(/^── system \(about \d+ tokens\)$/m);
  expect(grounded.stdout).toMatch(/^NOW: TURN 5$/m);
  expect(grounded.stdout).toMatch(/^1\. use /m);
  const { style, messages } = JSON.parse(compact.stdout);
  expect(style).toBe('compact');
  expect(messages.at(-1).content).toMatch(/^Turn 5, left: you \d/m);
});

test('shows each decision of a turn, and how many there are', async () => {
  const turn = ['prompt', SAMPLE, '--turn', '6'];
  const [first, second, third] = await Promise.all([
    pokellmon(turn),
    pokellmon([...turn, '--decision', '2']),
    pokellmon([...turn, '--decision', '3']),
  ]);
  expect(first.stderr).toMatch(/^Turn 6 has 2 decisions of p1; this is number 1, see --decision\.$/m);
  expect(second.code).toBe(0);
  expect(second.stdout).toMatch(/Choose who comes in/);
  expect(third.code).toBe(1);
  expect(third.stderr).toMatch(/no decision 3 of p1 in turn 6; the last is 2$/m);
});
