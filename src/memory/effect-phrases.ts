import type { BattleEvent, Cause, PokemonRef } from '../battle/event.ts';
import { safeLine } from '../util/safe-text.ts';
import type { ActionEvent } from './episodes.ts';
import { capitalize, causeWords, percent, statName } from './format-feedback.ts';
import type { Viewpoint } from './viewpoint.ts';

/** The direct hits of a move on one Pokémon, summed up. */
export interface Hits {
  readonly who: PokemonRef;
  /** HP taken; healing in between does not reduce it. */
  lost: number;
  after: number;
  count: number;
}

/** Why a move had no effect: its condition was there already. */
export const ALREADY = new Map([
  ['brn', 'already burned'],
  ['par', 'already paralyzed'],
  ['psn', 'already poisoned'],
  ['tox', 'already poisoned'],
  ['slp', 'already asleep'],
  ['frz', 'already frozen'],
  ['heal', 'HP already full'],
  ['unboost', 'stats cannot be lowered'],
]);

/** Why a Pokémon could not move. */
export const COULD_NOT = new Map([
  ['par', 'fully paralyzed'],
  ['slp', 'asleep'],
  ['frz', 'frozen solid'],
  ['flinch', 'flinched'],
  ['recharge', 'had to recharge'],
  ['truant', 'loafing around (Truant)'],
  ['focuspunch', 'lost its focus'],
  ['nopp', 'no PP left'],
]);

/** A change of HP: `lost 12% to its Life Orb, now 40%`. */
export function hpWords(change: number, after: number, cause: string): string {
  const amount = `${change < 0 ? '-' : '+'}${percent(Math.abs(change))}${cause}`;
  return `${amount} (${after === 0 ? 'fainted' : `now ${percent(after)}`})`;
}

/** The damage of a move over all its hits. */
export function hitWords({ lost, after, count }: Hits): string {
  return hpWords(-lost, after, count > 1 ? ` in ${count} hits` : '');
}

/** The cause of something, when it was not the move itself. */
export function becauseOf(cause: Cause | undefined, action: ActionEvent | undefined): string {
  if (!cause || (action?.type === 'move' && cause.id === action.move)) return '';
  return ` (${causeWords(cause)})`;
}

/** A volatile condition that has begun or ended. */
export function volatileWords(
  event: Extract<BattleEvent, { type: 'volatile' }>,
  action: ActionEvent | undefined,
  view: Viewpoint,
): string | undefined {
  const { effect, change } = event;
  if (effect === 'confusion' && change !== 'activate')
    return change === 'end' ? 'no longer confused' : 'confused';
  const [, booster, stat] = /^(protosynthesis|quarkdrive)(\w*)$/.exec(effect) ?? [];
  if (booster)
    return change === 'start' && stat ? `${view.nameOf(booster)} raises ${statName(stat)}` : undefined;
  if (/^perish\d$/.test(effect)) return `Perish count ${effect.slice(-1)}`;
  if (effect.startsWith('fallen')) return undefined;
  return changeWords(event, action);
}

/** A change of a condition with a plain name; the effect of the move itself goes without saying. */
function changeWords(
  event: Extract<BattleEvent, { type: 'volatile' }>,
  action: ActionEvent | undefined,
): string | undefined {
  const { effect } = event;
  const name = capitalize(safeLine(event.name, 40));
  const isOfMove = action?.type === 'move' && action.move === effect;
  const isOwnMove = isOfMove && action.pokemon.id === event.pokemon.id;
  switch (event.change) {
    case 'start':
      if (effect === 'typechange') return 'type changed';
      return isOwnMove ? undefined : `${name} started`;
    case 'end':
      return effect === 'substitute' ? 'Substitute broke' : `${name} ended`;
    case 'activate':
      if (effect === 'substitute') return 'hit the Substitute';
      return effect === 'confusion' || isOfMove ? undefined : name;
    case 'prepare':
      return 'charging';
    case 'mustrecharge':
      return 'must recharge next turn';
    case 'turn':
      return isOwnMove || effect === 'protect' ? undefined : name;
  }
}

/** A change of forme. */
export function formeWords(event: Extract<BattleEvent, { type: 'forme' }>): string {
  const species = safeLine(event.species, 40);
  switch (event.how) {
    case 'tera':
      return `Terastallized (${safeLine(event.teraType ?? '', 20)})`;
    case 'mega':
      return 'Mega Evolved';
    case 'ultra':
      return 'used Ultra Burst';
    case 'transform':
      return `transformed into ${species}`;
    default:
      return `became ${species}`;
  }
}

/** Stages that have changed all at once. */
export const RESETS = new Map([
  ['setboost', 'stat stages set'],
  ['swapboost', 'stat stages swapped'],
  ['copyboost', 'stat stages copied'],
  ['invertboost', 'stat stages inverted'],
  ['clearboost', 'stat stages reset'],
  ['clearpositiveboost', 'raised stats reset'],
  ['clearnegativeboost', 'lowered stats reset'],
]);
