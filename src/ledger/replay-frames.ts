import type { BattleEvent, TurnEvents } from '../battle/event.ts';
import type { BattleState, PokemonState, SideId, SideState } from '../battle/state.ts';
import { safeLine } from '../util/safe-text.ts';
import { abilityName, conditionName, itemName } from './effect-names.ts';
import { describeEvent, type EventWords, type PlayerNames } from './format-event.ts';

/** A Pokémon as the replay page shows it. */
export interface FramePokemon {
  readonly id: string;
  readonly species: string;
  readonly level: number;
  readonly gender: string;
  readonly types: readonly string[];
  /** Set once it has terastallized. */
  readonly tera?: string;
  /** 0–1 */
  readonly hp: number;
  readonly fainted: boolean;
  readonly status?: string;
  /** 0-based position on the field; absent on the bench. */
  readonly position?: number;
  /** Stat stages other than 0, by stat id. */
  readonly boosts: Readonly<Record<string, number>>;
  /** Names of volatile conditions. */
  readonly volatiles: readonly string[];
  readonly ability?: string;
  readonly item?: string;
}

/** One side at the end of a turn. */
export interface FrameSide {
  readonly teamSize: number;
  /**
   * The whole team of the viewing side, in team order; of the other side those seen so far. Each number is an index in
   * {@link ReplayFrames.pokemon}.
   */
  readonly pokemon: readonly number[];
  /** Hazards, screens and similar conditions, e.g. `Spikes ×2`. */
  readonly conditions: readonly string[];
}

/** What a log entry changes on the board, so that a page can show it at the right moment. */
interface FrameChange {
  /** {@link FramePokemon.id} */
  readonly id: string;
  readonly hp?: number;
  /** `''` when it was cured. */
  readonly status?: string;
  /** 0-based position on the field where it comes in. */
  readonly position?: number;
}

/** One sentence of a turn's log. */
export interface LogEntry extends EventWords {
  readonly change?: FrameChange;
}

/** One turn: its events, and the board at its end. */
export interface ReplayFrame {
  /** 0 holds what came before the first turn. */
  readonly turn: number;
  readonly log: readonly LogEntry[];
  readonly sides: Readonly<Record<SideId, FrameSide>>;
  /** Weather, terrain and rooms. */
  readonly field: readonly string[];
}

/** The events of a battle turn by turn, as one side saw them. */
export interface ReplayFrames {
  /** The side whose view it is; absent when nothing has happened. */
  readonly view?: SideId;
  readonly frames: readonly ReplayFrame[];
  /** Every state in which a Pokémon is shown: most do not change from turn to turn. */
  readonly pokemon: readonly FramePokemon[];
}

/** Volatile conditions that are bookkeeping and mean nothing to a viewer. */
const HIDDEN_VOLATILES = new Set([
  'choicelock',
  'lockedmove',
  'stall',
  'formechange',
  'itemremoved',
  'transform',
  'typechange',
]);

function withLayers([id, { layers }]: [string, { readonly layers: number }]): string {
  return layers > 1 ? `${conditionName(id)} ×${layers}` : conditionName(id);
}

/** A Pokémon as a page shows it. */
export function framePokemon(pokemon: PokemonState): FramePokemon {
  const { id, level, hp, fainted, status, position, ability, item } = pokemon;
  return {
    id,
    species: safeLine(pokemon.species, 40),
    level,
    gender: pokemon.gender,
    types: pokemon.types,
    tera: pokemon.terastallized ? pokemon.teraType : undefined,
    hp,
    fainted,
    status,
    position: fainted ? undefined : position,
    boosts: Object.fromEntries(Object.entries(pokemon.boosts).filter(([, stage]) => stage !== 0)),
    volatiles: Object.keys(pokemon.volatiles)
      .filter((volatile) => !HIDDEN_VOLATILES.has(volatile))
      .map(conditionName),
    ability: ability && abilityName(ability),
    item: item && itemName(item),
  };
}

/** Whether two states of a Pokémon look the same on a page: {@link framePokemon} returns the same for both. */
export function looksSame(a: PokemonState, b: PokemonState): boolean {
  if (a === b) return true;
  return (
    a.hp === b.hp &&
    a.position === b.position &&
    a.fainted === b.fainted &&
    a.status === b.status &&
    a.item === b.item &&
    a.ability === b.ability &&
    a.species === b.species &&
    a.terastallized === b.terastallized &&
    a.teraType === b.teraType &&
    a.level === b.level &&
    a.gender === b.gender &&
    a.id === b.id &&
    a.types.join() === b.types.join() &&
    areSame(a.volatiles, b.volatiles) &&
    areSame(a.boosts, b.boosts)
  );
}

type Levels = Readonly<Record<string, number>>;

function areSame(a: Levels, b: Levels): boolean {
  let more = 0;
  for (const key in a) {
    if (a[key] !== b[key]) return false;
    more++;
  }
  for (const _ in b) more--;
  return more === 0;
}

/** Conditions of a side, as a page shows them. */
export function sideConditions({ conditions }: SideState): string[] {
  return Object.entries(conditions).map(withLayers);
}

/** Weather, terrain and rooms, as a page shows them. */
export function fieldNames({ field }: BattleState): string[] {
  const over = [field.weather, field.terrain].filter((id) => id !== undefined).map(conditionName);
  return [...over, ...Object.entries(field.conditions).map(withLayers)];
}

function changeOf(event: BattleEvent): FrameChange | undefined {
  switch (event.type) {
    case 'damage':
    case 'heal':
    case 'sethp':
      return { id: event.pokemon.id, hp: event.after };
    case 'faint':
      return { id: event.pokemon.id, hp: 0 };
    case 'status':
      return { id: event.pokemon.id, status: event.status };
    case 'curestatus':
      return { id: event.pokemon.id, status: '' };
    case 'switch':
      return { id: event.pokemon.id, hp: event.hp, position: event.position };
    default:
      return undefined;
  }
}

/** The events of a turn, in sentences. */
export function turnLog({ events }: TurnEvents, players: PlayerNames): LogEntry[] {
  return events.flatMap((event) => {
    const words = describeEvent(event, players);
    return words ? [{ ...words, change: changeOf(event) }] : [];
  });
}
