import { expect, test } from 'vitest';
import type { TurnEvents } from '../../src/battle/event.ts';
import type { BattleState, SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { SIDES, simulate } from '../support/simulated-battle.ts';

interface TurnEnd {
  readonly turn: TurnEvents;
  readonly state: BattleState;
}

/** Follows a battle; `isAsked` says after which lines the state is read, as at a decision. */
function follow(lines: readonly string[], side: SideId, isAsked: (line: string) => boolean) {
  const turnEnds: TurnEnd[] = [];
  const tracker: BattleTracker = new BattleTracker({
    side,
    onTurnEnd: (turn) => turnEnds.push({ turn: structuredClone(turn), state: tracker.state }),
  });
  for (const line of lines) {
    tracker.add(line);
    if (isAsked(line)) expect(tracker.turns.at(-1)?.turn).toBe(tracker.turn);
    if (isAsked(line)) void tracker.state;
  }
  return { tracker, turnEnds };
}

test.each(['gen9randombattle', 'gen9randomdoublesbattle', 'gen5randombattle', 'gen1randombattle'])(
  '%s: lines followed together give the same result as lines followed one by one',
  (format) => {
    const { lines } = simulate({ format, seed: 'batches' });
    for (const side of SIDES) {
      const eager = follow(lines[side], side, () => true);
      const lazy = follow(lines[side], side, () => false);
      const atRequests = follow(lines[side], side, (line) => line.startsWith('|request|{"active"'));
      expect(eager.turnEnds.length).toBeGreaterThan(10);
      expect(lazy.turnEnds).toEqual(eager.turnEnds);
      expect(atRequests.turnEnds).toEqual(eager.turnEnds);
      expect(lazy.tracker.turns).toEqual(eager.tracker.turns);
      expect(lazy.tracker.ended).toBe(true);
    }
  },
);

test('the request, the turn and the end of the battle are known at once', () => {
  const { lines } = simulate({ format: 'gen9randombattle', seed: 'batches' });
  const tracker = new BattleTracker({ side: 'p1' });
  let asked = 0;
  for (const line of lines.p1) {
    tracker.add(line);
    if (line.startsWith('|turn|')) expect(tracker.turn).toBe(Number(line.slice('|turn|'.length)));
    if (!line.startsWith('|request|{')) continue;
    asked++;
    expect(tracker.request?.side?.pokemon.map(({ condition }) => condition)).toEqual(
      JSON.parse(line.slice('|request|'.length)).side.pokemon.map(
        ({ condition }: { condition: string }) => condition,
      ),
    );
  }
  expect(asked).toBeGreaterThan(10);
  expect(tracker.request).toBeUndefined();
});

test('an error at the end of a turn is reported, and no line is lost by it', () => {
  const { lines } = simulate({ format: 'gen9randombattle', seed: 'batches' });
  const problems: string[] = [];
  const tracker = new BattleTracker({
    side: 'p1',
    onTurnEnd: ({ turn }) => {
      if (turn === 3) throw new Error('no paper');
    },
    onProblem: ({ line, error }) => problems.push(`${line}: ${error}`),
  });
  for (const line of lines.p1) tracker.add(line);
  expect(problems).toEqual(['the end of turn 3: Error: no paper']);
  expect(tracker.state).toEqual(follow(lines.p1, 'p1', () => false).tracker.state);
});
