import type { BattleState, ConditionState, SideState } from '../battle/state.ts';

/** Conditions of the field that matter to every formula, read from a {@link BattleState} once. */
export interface Setting {
  readonly gen: number;
  readonly doubles: boolean;
  /** Weather in effect: none under Cloud Nine or Air Lock. */
  readonly weather?: string;
  readonly terrain?: string;
  /** Rooms, gravity and similar conditions, by id. */
  readonly conditions: Readonly<Record<string, ConditionState>>;
  /** Known abilities of all active Pokémon, for auras, ruin abilities and Neutralizing Gas. */
  readonly abilities: readonly string[];
  readonly own: SideState;
  readonly foe: SideState;
}

const WEATHER_SUPPRESSORS = ['cloudnine', 'airlock'];

/** The setting of a state. */
export function settingOf(state: BattleState): Setting {
  const abilities = [...state.own.active, ...state.foe.active].flatMap((pokemon) =>
    pokemon?.ability && !pokemon.fainted && !pokemon.volatiles.gastroacid ? [pokemon.ability] : [],
  );
  const weatherless = abilities.some((ability) => WEATHER_SUPPRESSORS.includes(ability));
  return {
    gen: state.gen,
    doubles: state.gameType === 'doubles',
    weather: weatherless ? undefined : state.field.weather,
    terrain: state.field.terrain,
    conditions: state.field.conditions,
    abilities,
    own: state.own,
    foe: state.foe,
  };
}

const SUN = ['sunnyday', 'desolateland'];
const RAIN = ['raindance', 'primordialsea'];
const SNOW = ['hail', 'snowscape', 'snow'];

/** Whether there is sun, normal or harsh. */
export const isSun = (setting: Setting): boolean => SUN.includes(setting.weather ?? '');
/** Whether there is rain, normal or heavy. */
export const isRain = (setting: Setting): boolean => RAIN.includes(setting.weather ?? '');
/** Whether there is hail or snow. */
export const isSnow = (setting: Setting): boolean => SNOW.includes(setting.weather ?? '');
/** Whether there is a sandstorm. */
export const isSand = (setting: Setting): boolean => setting.weather === 'sandstorm';
