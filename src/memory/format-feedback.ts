import type { Cause, PokemonRef } from '../battle/event.ts';
import type { BoostId, SideId, StatusId } from '../battle/state.ts';
import { safeLine } from '../util/safe-text.ts';

/** `your Milotic` or `foe Dragalge`: a Pokémon's side is part of its name, because both sides may have one. */
export function label(pokemon: PokemonRef, side: SideId): string {
  return `${pokemon.side === side ? 'your' : 'foe'} ${safeLine(pokemon.species, 40)}`;
}

/** The text with its first letter in upper case. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An HP fraction as whole percent; only zero reads as 0%, and only full HP as 100%. */
export function percent(fraction: number): string {
  const whole = Math.round(fraction * 100);
  if (whole === 0 && fraction > 0) return '<1%';
  if (whole === 100 && fraction < 1) return '99%';
  return `${whole}%`;
}

const STATUS_DONE: Record<StatusId, string> = {
  brn: 'burned',
  par: 'paralyzed',
  psn: 'poisoned',
  tox: 'badly poisoned',
  slp: 'fell asleep',
  frz: 'frozen',
};

const STATUS_CURED: Record<StatusId, string> = {
  brn: 'burn cured',
  par: 'paralysis cured',
  psn: 'poison cured',
  tox: 'poison cured',
  slp: 'woke up',
  frz: 'thawed out',
};

/** A status in words when it comes (`burned`) or goes (`burn cured`). */
export function statusWords(status: StatusId, cured: boolean): string {
  return cured ? STATUS_CURED[status] : STATUS_DONE[status];
}

const BOOST_NAMES: Record<BoostId, string> = {
  atk: 'Atk',
  def: 'Def',
  spa: 'SpA',
  spd: 'SpD',
  spe: 'Spe',
  accuracy: 'accuracy',
  evasion: 'evasion',
};

/** Short name of a stat, e.g. `SpA`; the id itself for one that does not exist. */
export function statName(id: string): string {
  return Object.hasOwn(BOOST_NAMES, id) ? BOOST_NAMES[id as BoostId] : id;
}

/** A change of stat stages, e.g. `Atk +1`; `Atk at its limit` when nothing changed. */
export function boostWords(stat: BoostId, amount: number): string {
  if (amount === 0) return `${BOOST_NAMES[stat]} at its limit`;
  return `${BOOST_NAMES[stat]} ${amount > 0 ? '+' : ''}${amount}`;
}

const CAUSE_WORDS = new Map([
  ['psn', 'poison'],
  ['tox', 'poison'],
  ['brn', 'burn'],
  ['slp', 'sleep'],
]);

/** The cause of something in words, e.g. `Leftovers`, `burn`. */
export function causeWords(cause: Cause): string {
  return CAUSE_WORDS.get(cause.id) ?? safeLine(cause.name, 40);
}
