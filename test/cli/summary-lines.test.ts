import { expect, test } from 'vitest';
import { summaryLines } from '../../src/cli/summary-lines.ts';
import { type DecisionSummary, type PlayedBattle, summarise } from '../../src/ledger/summary.ts';

function decision(playouts?: number): DecisionSummary {
  return {
    ...{ side: 'p1', agent: 'search', turn: 3, request: 'move', choice: 'move 1', legalActions: 9 },
    playouts,
    timing: { latencyMs: 10, turnMs: 1000 },
  };
}

function linesOf(wins: number, losses: number, playouts: readonly (number | undefined)[]): string[] {
  const battle = (winner: 'p1' | 'p2'): PlayedBattle => ({
    ...{ side: 'p1', result: { winner, turns: 20 } },
    decisions: playouts.map(decision),
  });
  const battles = [
    ...Array.from({ length: wins }, () => battle('p1')),
    ...Array.from({ length: losses }, () => battle('p2')),
  ];
  const search = { name: 'search', decider: 'search', summary: summarise(battles) };
  return summaryLines(search, { name: 'calc', decider: 'calc' }, undefined);
}

test('a series has a 95% interval, a single battle none', () => {
  expect(linesOf(60, 40, [undefined])).toContain(
    'search won 60 and lost 40 against calc (60% of 100, 95% interval 50–69%)',
  );
  expect(linesOf(1, 0, [undefined])).toContain('search won 1 and lost 0 against calc (100% of 1)');
});

test('playouts per decision are shown for a search, with a warning when they are too few', () => {
  expect(linesOf(1, 0, [900, 1400, 8])).toContain('Playouts a decision: median 900');
  expect(linesOf(1, 0, [900, 40, 8])).toContainEqual(
    expect.stringMatching(/^Playouts a decision: median 40: the search was starved \(under 200\)/),
  );
  expect(linesOf(1, 0, [undefined]).join()).not.toContain('Playouts');
});
