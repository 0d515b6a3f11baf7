import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../src/agent/agent.ts';
import { calcAgent } from '../../../src/agent/calc.ts';
import { playMatch } from '../../../src/arena/match.ts';
import { toChoice } from '../../../src/battle/action.ts';
import type { BattleEvent } from '../../../src/battle/event.ts';
import type { BattleMemory } from '../../../src/memory/battle-memory.ts';
import { oddsAgainst, regretOf, withOdds } from '../../../src/search/opponent-model/opponent-skill.ts';
import { search } from '../../../src/search/search.ts';

const FORESEEN = [
  { id: 'surf', share: 0.5, value: 0.6 },
  { id: 'recover', share: 0.49, value: 0.4 },
  { id: 'growl', share: 0.01, value: 0.9 },
];

/** A battle of this many turns in which the opponent chose the same each time. */
function after(turns: number, chosen: BattleEvent): BattleMemory {
  const numbers = Array.from({ length: turns }, (_, index) => index + 1);
  return {
    turns: numbers.map((turn) => ({ turn, events: [chosen] })),
    decisions: numbers.map((turn) => ({
      turn,
      action: { type: 'pass' },
      forced: false,
      foreseen: FORESEEN,
    })),
  };
}

/** Chooses the action that `calc` rates lowest. */
const worstAgent: Agent = {
  name: 'worst',
  async decide(turn, signal) {
    const decision = await calcAgent.decide(turn, signal);
    const worst = [...(decision.scores ?? [])].sort((a, b) => a.score - b.score)[0];
    const action = turn.actions.find((one) => toChoice(one) === worst?.choice);
    return { action: action ?? decision.action };
  },
};

const used = (move: string): BattleEvent => ({
  type: 'move',
  pokemon: { id: 'p2: a', side: 'p2', species: 'Starmie' },
  move,
  name: move,
  missed: false,
  noTarget: false,
  still: false,
  zMove: false,
});

describe('what an opponent gives away', () => {
  it('is the best of what was examined, less what was chosen', () => {
    expect(regretOf(FORESEEN, 'surf')).toBe(0);
    expect(regretOf(FORESEEN, 'recover')).toBeCloseTo(0.2);
    expect(regretOf(FORESEEN, 'growl')).toBe(0);
    expect(regretOf(FORESEEN, 'splash')).toBeUndefined();
    expect(regretOf(FORESEEN, undefined)).toBeUndefined();
  });

  it('raises the chance to win, more the longer it goes on and the longer the battle still is', () => {
    const odds = (turns: number, move: string, left = 12): number =>
      oddsAgainst(after(turns, used(move)), 'p2', left);
    expect(odds(10, 'recover')).toBeGreaterThan(odds(3, 'recover'));
    expect(odds(3, 'recover')).toBeGreaterThan(odds(0, 'recover'));
    expect(odds(0, 'surf')).toBeGreaterThan(odds(10, 'surf'));
    expect(odds(10, 'recover', 2)).toBeLessThan(odds(10, 'recover', 12));
    // Neither forced actions nor actions without a prediction say anything.
    expect(odds(10, 'splash')).toBe(odds(0, 'surf'));
    const dragged: BattleEvent = {
      type: 'switch',
      pokemon: { id: 'p2: b', side: 'p2', species: 'Recover' },
      how: 'drag',
      position: 0,
      hp: 1,
    };
    expect(oddsAgainst(after(10, dragged), 'p2', 12)).toBe(odds(0, 'surf'));
  });

  it('moves chances by log odds and does not affect certain ones', () => {
    expect(withOdds(0.5, Math.log(3))).toBeCloseTo(0.75);
    expect([withOdds(0, 2), withOdds(1, -2)]).toEqual([0, 1]);
  });

  it('is remembered from a real battle: an opponent that chooses the worst is considered weaker than an unwatched one', async () => {
    const said: { readonly watched: number; readonly unwatched: number }[] = [];
    await playMatch({
      battleId: 'battle-1',
      format: 'gen9randombattle',
      seed: 'foe-skill',
      players: {
        p1: {
          name: 'watcher',
          agent: {
            name: 'watcher',
            async decide(turn) {
              const forget = { ...turn, memory: { ...turn.memory, decisions: [] } };
              const [found, unwatched] = [
                await search(turn, { playouts: 60 }),
                await search(forget, { playouts: 60 }),
              ];
              if (!found || !unwatched) return calcAgent.decide(turn, new AbortController().signal);
              said.push({ watched: found.value, unwatched: unwatched.value });
              const [first] = turn.actions;
              return {
                action: found.actions[0]?.action ?? (first as NonNullable<typeof first>),
                foreseen: found.replies,
              };
            },
          },
        },
        p2: { name: 'worst', agent: worstAgent },
      },
      fallback: calcAgent,
      turnMs: 60_000,
    });
    expect(said.length).toBeGreaterThan(8);
    expect(said[0]?.watched).toBe(said[0]?.unwatched);
    const gained = said.slice(5).map(({ watched, unwatched }) => watched - unwatched);
    expect(gained.reduce((sum, gain) => sum + gain, 0)).toBeGreaterThan(0);
  });
});
