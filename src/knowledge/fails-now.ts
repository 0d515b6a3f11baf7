import { weightNow } from './calc-pokemon.ts';
import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import type { Setting } from './setting.ts';
import { staged } from './stat-stages.ts';

const ONLY_ON_ARRIVAL = new Set(['fakeout', 'firstimpression', 'matblock']);
const ONLY_ASLEEP = new Set(['snore', 'sleeptalk']);

/** Whether a move would be sure to fail now, for a reason that is plain to see. */
export function failsNow(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  const asleep = (combatant: Combatant): boolean =>
    combatant.pokemon.status === 'slp' || combatant.ability === 'comatose';
  // It loafs around every other turn.
  if (user.ability === 'truant' && user.pokemon.volatiles.truant) return true;
  if (isForbidden(setting, user, move)) return true;
  if (EXPLOSIONS.has(move.id) && [...setting.abilities, target.ability].includes('damp')) return true;
  if (ONLY_ON_ARRIVAL.has(move.id)) return !user.pokemon.justSwitchedIn && !user.entering;
  if (ONLY_ASLEEP.has(move.id)) return !asleep(user);
  switch (move.id) {
    case 'dreameater':
    case 'nightmare':
      return !asleep(target);
    case 'aurawheel':
      return user.species.baseSpecies !== 'Morpeko';
    case 'hyperspacefury':
      return user.species.name !== 'Hoopa-Unbound';
    case 'burnup':
      return !user.pokemon.types.includes('Fire');
    case 'doubleshock':
      return !user.pokemon.types.includes('Electric');
    case 'spitup':
    case 'swallow':
      return !Object.keys(user.pokemon.volatiles).some((id) => id.startsWith('stockpile'));
    case 'steelroller':
      return setting.terrain === undefined;
    case 'skydrop':
      return !user.pokemon.volatiles.twoturnmove && !mayBeLifted(setting, target);
    case 'swagger':
      return setting.gen === 2 && isAtMost(target);
    case 'poltergeist':
      return target.item === '';
    default:
      return false;
  }
}

/** In generation 2 no stat rises above 999 points. */
function isAtMost({ stats, pokemon: { boosts } }: Combatant): boolean {
  const { atk = 0 } = boosts;
  return atk >= 6 || staged(2, stats.atk, atk) >= MOST_POINTS;
}

const MOST_POINTS = 999;

/** From this weight on, in kilograms, Sky Drop cannot lift a target (since generation 6). */
const TOO_HEAVY = 200;

function mayBeLifted({ gen }: Setting, { pokemon, species }: Combatant): boolean {
  return !pokemon.volatiles.substitute && (gen < 6 || weightNow(pokemon, species) < TOO_HEAVY);
}

const EXPLOSIONS = new Set(['explosion', 'mindblown', 'mistyexplosion', 'selfdestruct']);

/** Whether Taunt, Throat Chop, Heal Block or Gravity forbids the move. */
function isForbidden(
  { gen, conditions }: Setting,
  { pokemon: { volatiles } }: Combatant,
  move: Move,
): boolean {
  if (volatiles.taunt && move.category === 'Status' && (gen < 5 || move.id !== 'mefirst')) return true;
  if (volatiles.throatchop && move.flags.sound) return true;
  if (volatiles.healblock && move.flags.heal) return true;
  return Boolean(conditions.gravity && move.flags.gravity);
}
