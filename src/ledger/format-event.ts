import type { BattleEvent, Cause, PokemonRef } from '../battle/event.ts';
import type { SideId } from '../battle/state.ts';
import { safeLine } from '../util/safe-text.ts';
import { abilityName, conditionName, itemName, moveName } from './effect-names.ts';
import {
  BOOSTS_RESETS,
  CANT_REASONS,
  CAUSE_NAMES,
  STAT_NAMES,
  STATUS_ENDS,
  STATUS_STARTS,
  VOLATILE_SENTENCES,
  WEATHER_STARTS,
} from './event-phrases.ts';

/** The kind of event in a sentence, for colour and weight. */
export type Tone =
  | 'action'
  | 'damage'
  | 'heal'
  | 'faint'
  | 'status'
  | 'boost'
  | 'note'
  | 'field'
  | 'forme'
  | 'result';

/** An event as a sentence. */
export interface EventWords {
  readonly text: string;
  readonly tone: Tone;
  /** The side of the Pokémon that the sentence is about, or the side itself. */
  readonly side?: SideId;
}

/** The two players' names, for sentences about a whole side. */
export type PlayerNames = Readonly<Record<SideId, string>>;

/** HP for people: whole percent, and never 0 while some are left. */
export function percent(hp: number): number {
  return hp > 0 ? Math.max(1, Math.round(hp * 100)) : 0;
}

function causeName(cause: Cause, about: PokemonRef): string {
  const name = CAUSE_NAMES.get(cause.id) ?? cause.name;
  return cause.of && cause.of.id !== about.id ? `${cause.of.species}'s ${name}` : name;
}

/** ` (CAUSE)`, or nothing. */
function because(cause: Cause | undefined, about: PokemonRef): string {
  return cause ? ` (${causeName(cause, about)})` : '';
}

function changeOfHp(
  event: Extract<BattleEvent, { type: 'damage' | 'heal' | 'sethp' }>,
): EventWords | undefined {
  const { pokemon, cause, before, after } = event;
  const change = after - before;
  if (change === 0) return undefined;
  const verb = change < 0 ? 'lost' : 'regained';
  const tone = change < 0 ? 'damage' : 'heal';
  const left = after > 0 ? `, ${percent(after)}% left` : '';
  return {
    tone,
    side: pokemon.side,
    text: `${pokemon.species} ${verb} ${percent(Math.abs(change))}% of its HP${because(cause, pokemon)}${left}.`,
  };
}

function moveSentence(event: Extract<BattleEvent, { type: 'move' }>): string {
  const { pokemon, target, cause, name } = event;
  const at = target && target.id !== pokemon.id ? ` on ${target.species}` : '';
  const called = cause && cause.kind !== 'other' ? because(cause, pokemon) : '';
  const missing = event.noTarget ? ', but there was no target' : '';
  return `${pokemon.species} used ${event.zMove ? `Z-Move ${name}` : name}${at}${called}${missing}.`;
}

function switchSentence({ pokemon, how, replaced, cause }: Extract<BattleEvent, { type: 'switch' }>): string {
  if (how === 'replace') return `The illusion broke: it was ${pokemon.species}!`;
  if (how === 'drag') return `${pokemon.species} was dragged in.`;
  const instead = replaced && replaced.id !== pokemon.id ? ` for ${replaced.species}` : '';
  return `${pokemon.species} came in${instead}${because(cause, pokemon)}.`;
}

function boostSentence(event: Extract<BattleEvent, { type: 'boost' }>): string {
  const { pokemon, stat, amount, cause } = event;
  const what = `${pokemon.species}'s ${STAT_NAMES[stat] ?? stat}`;
  if (amount === 0) return `${what} will not change any further.`;
  const size = Math.abs(amount);
  const how = size === 1 ? '' : size === 2 ? ' sharply' : ' drastically';
  return `${what} ${amount > 0 ? 'rose' : 'fell'}${how}${because(cause, pokemon)}.`;
}

function volatileSentence(event: Extract<BattleEvent, { type: 'volatile' }>): string {
  const { pokemon, effect, name, change, cause } = event;
  const phrase = VOLATILE_SENTENCES.get(`${effect} ${change}`);
  if (phrase) return `${pokemon.species} ${phrase}${because(cause, pokemon)}.`;
  switch (change) {
    case 'start':
      return `${pokemon.species} is under the effect of ${name}.`;
    case 'end':
      return `${pokemon.species}'s ${name} ended.`;
    case 'activate':
      return `${pokemon.species}: ${name} took effect.`;
    case 'prepare':
      return `${pokemon.species} is preparing ${name}.`;
    case 'mustrecharge':
      return `${pokemon.species} must recharge.`;
    case 'turn':
      return `${pokemon.species} is using ${name} this turn.`;
  }
}

function cantSentence({ pokemon, reason, move }: Extract<BattleEvent, { type: 'cant' }>): string {
  const known = CANT_REASONS.get(reason);
  if (known) return `${pokemon.species} ${known} and cannot move.`;
  return `${pokemon.species} cannot use ${move ? moveName(move) : 'its move'} (${conditionName(reason)}).`;
}

function itemSentence({ pokemon, item, change, cause }: Extract<BattleEvent, { type: 'item' }>): string {
  const verb = change === 'start' ? 'now holds' : cause ? 'lost its' : 'used up its';
  return `${pokemon.species} ${verb} ${itemName(item)}${because(cause, pokemon)}.`;
}

function formeSentence(event: Extract<BattleEvent, { type: 'forme' }>): string {
  const { species } = event.pokemon;
  switch (event.how) {
    case 'tera':
      return `${species} terastallized into the ${event.teraType ?? 'unknown'} type!`;
    case 'mega':
      return `It mega evolved into ${species}!`;
    case 'primal':
      return `It reverted to its primal form, ${species}!`;
    case 'ultra':
      return `It became ${species} in an ultra burst!`;
    case 'transform':
      return `${species} transformed.`;
    case 'change':
      return `It changed into ${species}.`;
  }
}

type PokemonEvent = Extract<BattleEvent, { readonly pokemon: PokemonRef }>;

/** Events about a side, the whole field or the battle. */
function fieldWords(event: Exclude<BattleEvent, PokemonEvent>, players: PlayerNames): EventWords | undefined {
  switch (event.type) {
    case 'turn':
      return undefined;
    case 'clearallboost':
      return { tone: 'boost', text: 'All stat stages went back to normal.' };
    case 'result':
      return {
        tone: 'result',
        text: event.winner ? `${players[event.winner]} won the battle.` : 'The battle ended in a tie.',
      };
    case 'weather': {
      const { weather, upkeep, cause } = event;
      if (upkeep) return undefined;
      const start = weather && (WEATHER_STARTS.get(weather) ?? `${conditionName(weather)} began`);
      return {
        tone: 'field',
        text: start ? `${start}${cause ? ` (${cause.name})` : ''}.` : 'The weather cleared.',
      };
    }
    case 'field':
      return {
        tone: 'field',
        text: `${conditionName(event.condition)} ${event.change === 'start' ? 'took hold of' : 'left'} the field.`,
      };
    case 'sidecondition': {
      const verb = event.change === 'start' ? 'went up on' : 'ended on';
      const text = `${conditionName(event.condition)} ${verb} ${players[event.side]}'s side.`;
      return { tone: 'field', side: event.side, text };
    }
  }
}

function sentence({ side }: PokemonRef, tone: Tone, text: string): EventWords {
  return { tone, side, text };
}

/** Events about one Pokémon. */
function pokemonWords(event: PokemonEvent): EventWords | undefined {
  const { pokemon } = event;
  const { species } = pokemon;
  switch (event.type) {
    case 'switch':
      return sentence(pokemon, 'action', switchSentence(event));
    case 'move':
      return sentence(pokemon, 'action', moveSentence(event));
    case 'cant':
      return sentence(pokemon, 'action', cantSentence(event));
    case 'damage':
    case 'heal':
    case 'sethp':
      return changeOfHp(event);
    case 'faint':
      return sentence(pokemon, 'faint', `${species} fainted!`);
    case 'status':
      return sentence(
        pokemon,
        'status',
        `${species} ${STATUS_STARTS[event.status]}${because(event.cause, pokemon)}.`,
      );
    case 'curestatus':
      return sentence(
        pokemon,
        'status',
        `${species} ${STATUS_ENDS[event.status]}${because(event.cause, pokemon)}.`,
      );
    case 'boost':
      return sentence(pokemon, 'boost', boostSentence(event));
    case 'boosts-reset':
      return sentence(
        pokemon,
        'boost',
        `${species}'s ${BOOSTS_RESETS.get(event.how) ?? 'stats went back to normal'}.`,
      );
    case 'effectiveness':
      return sentence(
        pokemon,
        'note',
        event.how === 'supereffective'
          ? `Super effective against ${species}!`
          : `Not very effective against ${species}.`,
      );
    case 'immune':
      return sentence(pokemon, 'note', `${species} is immune${because(event.cause, pokemon)}.`);
    case 'crit':
      return sentence(pokemon, 'note', `A critical hit on ${species}!`);
    case 'miss':
      return sentence(
        pokemon,
        'note',
        event.target ? `${event.target.species} avoided it.` : `${species} missed.`,
      );
    case 'fail':
      return sentence(pokemon, 'note', 'But it failed.');
    case 'block':
      return sentence(
        pokemon,
        'note',
        `${species} blocked it${event.effect ? ` (${conditionName(event.effect)})` : ''}.`,
      );
    case 'hitcount':
      return sentence(pokemon, 'note', `It hit ${event.hits} ${event.hits === 1 ? 'time' : 'times'}.`);
    case 'ability':
      return sentence(
        pokemon,
        'note',
        `${species}'s ability ${event.ended ? 'was suppressed' : `is ${abilityName(event.ability)}`}.`,
      );
    case 'item':
      return sentence(pokemon, 'note', itemSentence(event));
    case 'volatile':
      return sentence(pokemon, event.change === 'activate' ? 'note' : 'status', volatileSentence(event));
    case 'forme':
      return sentence(pokemon, 'forme', formeSentence(event));
  }
}

/**
 * A battle event as a sentence on one safe line, by species and never by nickname.
 *
 * @returns undefined for events without news: a new turn (which has its own heading), weather that continues, HP that
 * do not change
 */
export function describeEvent(event: BattleEvent, players: PlayerNames): EventWords | undefined {
  const words = 'pokemon' in event ? pokemonWords(event) : fieldWords(event, players);
  return words && { text: safeLine(words.text, 300), tone: words.tone, side: words.side };
}
