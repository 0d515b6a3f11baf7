import { standing } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { type Combatant, ownCombatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { isLockedOn } from './lock-on.ts';
import type { Setting } from './setting.ts';
import { strikesBeforeNextAction } from './turn-order.ts';

interface Hiding {
  /** Moves that hit the hidden Pokémon all the same. */
  readonly reachedBy: readonly string[];
  /** Those among them that deal double damage to it. */
  readonly doubled: readonly string[];
}

const UNDERGROUND: Hiding = {
  reachedBy: ['earthquake', 'fissure', 'magnitude'],
  doubled: ['earthquake', 'magnitude'],
};
const UNDERWATER: Hiding = { reachedBy: ['surf', 'whirlpool'], doubled: ['surf', 'whirlpool'] };
const AIRBORNE: Hiding = {
  reachedBy: ['gust', 'hurricane', 'skyuppercut', 'smackdown', 'thousandarrows', 'thunder', 'twister'],
  doubled: ['gust', 'twister'],
};
const GONE: Hiding = { reachedBy: [], doubled: [] };
/** For targets that Sky Drop holds in the air. */
const HELD: Hiding = { ...AIRBORNE, doubled: [] };

/** Where a Pokémon is between the two turns of a move. */
const HIDINGS: Readonly<Record<string, Hiding>> = table({
  bounce: AIRBORNE,
  dig: UNDERGROUND,
  dive: UNDERWATER,
  fly: AIRBORNE,
  phantomforce: GONE,
  shadowforce: GONE,
  skydrop: HELD,
});

/** Where a Pokémon is hidden, in words: `underground`; undefined when it can be reached. */
export function hidingPlace({ pokemon }: Combatant): string | undefined {
  const hiding = hidingOf(pokemon);
  if (!hiding) return undefined;
  if (hiding === UNDERGROUND) return 'underground';
  if (hiding === UNDERWATER) return 'under water';
  return hiding === GONE ? 'gone' : 'in the air';
}

function hidingOf({ volatiles, lastMove }: Combatant['pokemon']): Hiding | undefined {
  if (volatiles.skydrop) return HELD;
  return volatiles.twoturnmove ? HIDINGS[lastMove ?? ''] : undefined;
}

const AIMED = new Set(['adjacentFoe', 'allAdjacent', 'allAdjacentFoes', 'any', 'normal', 'randomNormal']);

/** Chance that a move misses because its target is out of reach between the two turns of its own move, 0–1. */
export function awayChance(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  if (target.pokemon.volatiles.commanding) return 1;
  const hiding = hidingOf(target.pokemon);
  // Future Sight and Doom Desire hit turns later.
  const isAimed = AIMED.has(move.target) || move.id === 'perishsong';
  if (!hiding || !isAimed || move.flags.futuremove) return 0;
  if (reaches(setting, user, target, move)) return 0;
  if (!target.pokemon.volatiles.skydrop) return strikesBeforeNextAction(setting, user, target, move);
  // It is released when the Pokémon that holds it acts, which is on the side of the attacker.
  const holder = standing(user.side).find(
    ({ volatiles, lastMove }) => volatiles.twoturnmove && lastMove === 'skydrop',
  );
  if (!holder || holder.id === user.pokemon.id) return 0;
  return strikesBeforeNextAction(setting, user, { ...ownCombatant(setting, holder), side: user.side }, move);
}

/** Whether a move hits a target that is out of reach. */
function reaches(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  const { gen } = setting;
  if (gen === 1) return REACHES_ANYBODY.has(move.id);
  if (hidingOf(target.pokemon)?.reachedBy.includes(move.id)) return move.id !== 'fissure' || gen === 2;
  if (gen >= 2 && isLockedOn(user, target)) return true;
  if (user.ability === 'noguard' || target.ability === 'noguard') return true;
  return gen >= 6 && move.id === 'toxic' && user.pokemon.types.includes('Poison');
}

/** The only moves of generation 1 that hit a target out of reach. */
const REACHES_ANYBODY = new Set(['swift', 'transform']);

/** Whether a move deals double damage to a hidden target. */
export function strikesHiddenTwice(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
): boolean {
  const hiding = hidingOf(target.pokemon);
  if (setting.gen === 1 || !hiding?.doubled.includes(move.id)) return false;
  return strikesBeforeNextAction(setting, user, target, move) >= 0.5;
}
