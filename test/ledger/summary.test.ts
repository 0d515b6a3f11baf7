import { expect, test } from 'vitest';
import { type DecisionSummary, type PlayedBattle, percentile, summarise } from '../../src/ledger/summary.ts';

function decision(extra: Partial<DecisionSummary> = {}, latencyMs = 10): DecisionSummary {
  return {
    side: 'p1',
    agent: 'llm',
    turn: 3,
    request: 'move',
    choice: 'move 1',
    legalActions: 9,
    timing: { latencyMs, turnMs: 1000 },
    ...extra,
  };
}

const usage = { inputTokens: 100, cachedInputTokens: 10, outputTokens: 5, calls: 2, costUsd: 0.25 };
const timeout = { reason: 'timeout', detail: 'too slow', agent: 'calc' };

const BATTLES: PlayedBattle[] = [
  {
    side: 'p1',
    result: { winner: 'p1', turns: 20 },
    decisions: [
      decision({ usage, playouts: 700 }, 100),
      decision({ usage, fallback: timeout }, 200),
      decision({ choice: 'switch 3', switching: { consecutive: 1, intoMoreDamage: false } }, 300),
      decision({ choice: 'switch 2', switching: { consecutive: 2, intoMoreDamage: true } }, 400),
      decision({ request: 'switch', choice: 'switch 4', fallback: { ...timeout, reason: 'empty' } }, 500),
      decision({ legalActions: 1, fallback: timeout }, 99_999),
      decision({ side: 'p2', usage, fallback: timeout }, 99_999),
    ],
  },
  {
    side: 'p2',
    result: { winner: 'p1', turns: 11 },
    decisions: [decision({ side: 'p2', choice: 'move 1 +1, switch 3' }, 600)],
  },
  { side: 'p2', result: { winner: null, turns: 1000 }, decisions: [] },
  { side: 'p1', decisions: [] },
];

test('sums up one player over battles on both sides', () => {
  expect(summarise(BATTLES)).toEqual({
    decided: {
      of: 6,
      own: 4,
      instead: [
        { agent: 'calc', reason: 'empty', count: 1 },
        { agent: 'calc', reason: 'timeout', count: 1 },
      ],
    },
    battles: 4,
    wins: 0,
    losses: 1,
    ties: 1,
    notOwn: { wins: 0, losses: 0, ties: 0 },
    // The other side of the first battle had one decision, and left it to calc.
    notOpponents: { wins: 1, losses: 0, ties: 0 },
    unfinished: 1,
    winRate: { share: 0, low: 0, high: expect.closeTo(0.658, 3) },
    playouts: 700,
    turns: 1031,
    decisions: 7,
    usage: { inputTokens: 200, cachedInputTokens: 20, outputTokens: 10, calls: 4, costUsd: 0.5 },
    latencyMs: { p50: 300, p95: 600 },
    switching: { voluntary: 3, longestRun: 2, intoMoreDamage: 1 },
  });
});

test('a cost that is unknown once makes the total unknown', () => {
  const { costUsd: _, ...unpriced } = usage;
  const battle: PlayedBattle = {
    side: 'p1',
    decisions: [decision({ usage }), decision({ usage: unpriced })],
  };
  expect(summarise([battle]).usage.costUsd).toBeUndefined();
  expect(summarise([battle]).usage.inputTokens).toBe(200);
});

test('switches in a row are counted for every agent, those into more damage if the agent measures them', () => {
  const choices = ['switch 2', 'switch 3', 'move 1', 'switch 2', 'switch 4', 'switch 5', 'pass, switch 3'];
  const decisions = choices.map((choice) => decision({ choice }));
  const forced = decision({ request: 'switch', choice: 'switch 6' });
  const { switching } = summarise([{ side: 'p1', decisions: [...decisions, forced] }]);
  expect(switching).toEqual({ voluntary: 6, longestRun: 4 });
  expect(summarise([{ side: 'p1', decisions: [decision()] }]).switching.intoMoreDamage).toBe(0);
});

test('a refused switch does not count', () => {
  const message = '[Unavailable choice]';
  const refused = [{ choice: 'switch 2', message }];
  const decisions = [decision({ choice: 'switch 2' }), decision({ choice: 'switch 3', refused })];
  expect(summarise([{ side: 'p1', decisions }]).switching).toEqual({ voluntary: 1, longestRun: 1 });
});

test('without battles there are no invented numbers', () => {
  const nothing = summarise([]);
  expect(nothing.latencyMs).toBeUndefined();
  expect(nothing).toMatchObject({
    battles: 0,
    wins: 0,
    decisions: 0,
    decided: { of: 0, own: 0, instead: [] },
  });
});

test('percentiles are values that occurred', () => {
  const values = [15, 20, 35, 40, 50];
  expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(values, share))).toEqual([15, 20, 20, 35, 50]);
  expect(percentile([], 0.5)).toBeUndefined();
});

test('a hundred thousand battles and more are summed up, their times to three digits', () => {
  const count = 150_000;
  const battles = Array.from(
    { length: count },
    (_, index): PlayedBattle => ({
      side: 'p1',
      result: { winner: 'p1', turns: 2 },
      decisions: [decision({}, 123.456 + (index % 2) * 100)],
    }),
  );
  expect(summarise(battles)).toMatchObject({
    ...{ battles: count, wins: count, turns: 2 * count, decisions: count },
    latencyMs: { p50: 123, p95: 223 },
  });
});

test('a battle mostly decided by a fallback is neither won nor lost, nor is one against such a player', () => {
  const fallen = { ...decision(), fallback: timeout };
  const battle = (side: 'p1' | 'p2', own: number, instead: number): PlayedBattle => ({
    side,
    result: { winner: 'p1', turns: 20 },
    decisions: [
      ...Array.from({ length: own }, () => decision()),
      ...Array.from({ length: instead }, () => fallen),
      ...Array.from({ length: 9 }, () => decision({ legalActions: 1 })),
      ...Array.from({ length: 9 }, () => decision({ side: 'p2', agent: 'heuristics' })),
    ],
  });
  expect(summarise([battle('p1', 5, 5), battle('p1', 4, 5), battle('p1', 0, 9)])).toMatchObject({
    ...{ battles: 3, wins: 1, losses: 0, ties: 0, unfinished: 0 },
    notOwn: { wins: 2, losses: 0, ties: 0 },
    notOpponents: { wins: 0, losses: 0, ties: 0 },
  });
  expect(summarise([battle('p2', 5, 5), battle('p2', 0, 9)])).toMatchObject({
    ...{ battles: 2, wins: 0, losses: 1 },
    notOpponents: { wins: 0, losses: 1, ties: 0 },
  });
});
