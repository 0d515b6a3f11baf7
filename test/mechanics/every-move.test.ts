import { Battle, Teams } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import { findMove } from '../../src/knowledge/dex.ts';
import { randomTeam } from '../../src/knowledge/random-teams.ts';
import { searchStateOf } from '../../src/mechanics/from-battle-state.ts';
import { advance } from '../../src/mechanics/turn.ts';
import { isModelled } from '../../src/mechanics/unmodelled-moves.ts';
import { copyBattle } from '../../src/search/simulator-bridge/copy-battle.ts';
import { createRandom } from '../../src/util/random.ts';
import { setOf } from '../support/set-of.ts';
import { simTurn } from '../support/sim-turn.ts';
import { featuresOfBattle, featuresOfPosition } from '../support/turn-features.ts';

/** How often each plays a move: moves that differ after a few plays are examined more closely. */
const FEW = { model: 40, simulator: 10 };
const MORE = { model: 100, simulator: 50 };
const MANY = { model: 400, simulator: 200 };
/** Both sides begin with this share of their HP, so that healing shows as well. */
const HP = 0.6;

/** Moves that random teams of a generation have. */
function movesOfRandomTeams(gen: number): readonly string[] {
  const teams = Array.from({ length: 200 }, (_, index) => randomTeam(gen, `gen${gen}randombattle`, index));
  const ids = teams.flatMap((team) => team.flatMap(({ set }) => set.moves));
  return [...new Set(ids)].filter((id) => !id.startsWith('hiddenpower')).sort();
}

/** Mean of each feature after a turn in which our side uses a move and the opponent waits. */
function afterMove(
  gen: number,
  move: string,
  plays: typeof FEW,
): Map<string, { model: number; simulator: number }> {
  const format = `gen${gen}customgame${gen >= 5 ? '@@@!Team Preview' : ''}`;
  const ability = gen >= 3 ? 'Illuminate' : '';
  const bench = setOf('Chansey', ability, 'Splash');
  const p1 = [setOf('Mew', ability, [move, 'Splash']), bench].join('\n\n');
  const p2 = [setOf('Mew', ability, 'Splash'), bench].join('\n\n');
  const [own, foe] = [
    simTurn({ format, p1, p2, choices: [], side: 'p1' }),
    simTurn({ format, p1, p2, choices: [], side: 'p2' }),
  ];
  const start = searchStateOf({ ...own.state, foe: foe.state.own }, [], 'move', createRandom(move).next);
  const means = new Map<string, { model: number; simulator: number }>();
  const add = (values: ReadonlyMap<string, number>, who: 'model' | 'simulator'): void => {
    for (const [name, value] of values) {
      const mean = means.get(name) ?? { model: 0, simulator: 0 };
      mean[who] += value / plays[who];
      means.set(name, mean);
    }
  };
  for (let play = 0; play < plays.model; play++) {
    const p = start.clone();
    p.random = createRandom(`${move}/${play}`).next;
    for (const { active } of p.sides) active.hp = Math.round(active.maxHp * HP);
    advance(p, 0, 0);
    add(featuresOfPosition(p), 'model');
  }
  const teams = [p1, p2].map((team) => Teams.pack(Teams.import(team)));
  const begun = new Battle({ formatid: format as Battle['format']['id'], seed: '1,2,3,4', send: () => {} });
  begun.setPlayer('p1', { name: 'Red', team: teams[0] ?? '' });
  begun.setPlayer('p2', { name: 'Blue', team: teams[1] ?? '' });
  const sets = [begun.p1, begun.p2].map(({ pokemon }) => pokemon.map((one) => one.set));
  for (const { active } of [begun.p1, begun.p2]) active[0]?.sethp(Math.round((active[0]?.maxhp ?? 0) * HP));
  for (let play = 0; play < plays.simulator; play++) {
    const battle = copyBattle(begun);
    battle.resetRNG(createRandom(`${move}/${play}`).simSeed());
    for (const side of ['p1', 'p2'] as const) {
      if (!battle.choose(side, 'move 1')) throw new Error(battle[side].choice.error);
    }
    add(featuresOfBattle(battle, sets), 'simulator');
  }
  return means;
}

/** What the model gets wrong about a move, in words. */
function errorsOf(gen: number, id: string, plays: typeof FEW): string[] {
  const name = findMove(gen, id)?.name ?? id;
  return [...afterMove(gen, name, plays)].flatMap(([feature, { model, simulator }]) => {
    const limit = feature.startsWith('hp') ? 0.05 : 0.2;
    if (Math.abs(model - simulator) <= limit) return [];
    return [`${name}: ${feature} is ${simulator.toFixed(2)}, the model says ${model.toFixed(2)}`];
  });
}

/** For a Mew they fail, or have another type. */
const OF_ONE_SPECIES = new Set([
  'aurawheel',
  'chatter',
  'darkvoid',
  'hyperspacefury',
  'judgment',
  'multiattack',
]);

describe.concurrent('the mechanics model what each move does', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('in generation %i', (gen) => {
    const moves = movesOfRandomTeams(gen).filter((id) => isModelled(id) && !OF_ONE_SPECIES.has(id));
    expect(moves.length).toBeGreaterThan(60);
    const suspects = [FEW, MORE].reduce(
      (left, plays) => left.filter((id) => errorsOf(gen, id, plays).length > 0),
      moves,
    );
    expect(suspects.flatMap((id) => errorsOf(gen, id, MANY))).toEqual([]);
  });
});
