import { standing } from '../battle/state.ts';
import { type Combatant, itemInEffect } from './combatant.ts';
import type { Move } from './dex.ts';
import type { Setting } from './setting.ts';

/** Chances of each number of hits. */
export type HitCounts = readonly (readonly [hits: number, probability: number])[];

const TWO_TO_FIVE_MODERN: HitCounts = [
  [2, 0.35],
  [3, 0.35],
  [4, 0.15],
  [5, 0.15],
];
const TWO_TO_FIVE_OLD: HitCounts = [
  [2, 0.375],
  [3, 0.375],
  [4, 0.125],
  [5, 0.125],
];

/** How often a move hits in one use, given that its first hit lands. */
export function hitCounts(setting: Setting, user: Combatant, target: Combatant, move: Move): HitCounts {
  const { multihit } = move;
  if (!multihit || (move.id === 'dragondarts' && isShared(user, target))) return [[1, 1]];
  const loaded = itemInEffect(setting, user) === 'loadeddice';
  if (typeof multihit === 'number') return fixedCounts(move, multihit, user.ability === 'skilllink', loaded);
  if (user.species.name === 'Greninja-Ash' && move.id === 'watershuriken') return [[3, 1]];
  const [least = 2, most = 5] = multihit;
  if (user.ability === 'skilllink') return [[most, 1]];
  if (loaded) return evenly(Math.min(4, most), most);
  if (least === 2 && most === 5) return setting.gen >= 5 ? TWO_TO_FIVE_MODERN : TWO_TO_FIVE_OLD;
  return evenly(least, most);
}

/** Dragon Darts hits the target and its ally once each, unless there is no ally or one of them is a Fairy. */
function isShared(user: Combatant, target: Combatant): boolean {
  const pair = [target.pokemon.id, user.pokemon.id];
  return standing(target.side).some(({ id, types }) => !pair.includes(id) && !types.includes('Fairy'));
}

/** Some moves check accuracy for every hit and stop at the first miss. */
function fixedCounts(move: Move, hits: number, skillLink: boolean, loaded: boolean): HitCounts {
  if (loaded && hits > 4) return evenly(4, hits);
  if (!move.multiaccuracy || skillLink || loaded || move.accuracy === true) return [[hits, 1]];
  const again = move.accuracy / 100;
  const counts: [number, number][] = [];
  for (let n = 1; n < hits; n++) counts.push([n, again ** (n - 1) * (1 - again)]);
  return [...counts, [hits, again ** (hits - 1)]];
}

function evenly(least: number, most: number): HitCounts {
  const counts: [number, number][] = [];
  for (let n = least; n <= most; n++) counts.push([n, 1 / (most - least + 1)]);
  return counts;
}
