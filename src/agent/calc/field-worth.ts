import { toId } from '../../battle/generations.ts';
import type { BattleState, BoostId, PokemonState, SideState } from '../../battle/state.ts';
import type { Move } from '../../knowledge/dex.ts';
import { table } from '../../util/table.ts';

/** Hazards: worth per Pokémon still to come in, and the most layers. */
const HAZARDS: Readonly<Record<string, { readonly each: number; readonly layers: number }>> = table({
  stealthrock: { each: 0.07, layers: 1 },
  spikes: { each: 0.05, layers: 3 },
  toxicspikes: { each: 0.04, layers: 2 },
  stickyweb: { each: 0.05, layers: 1 },
});

const SCREENS: Readonly<Record<string, number>> = table({
  reflect: 0.15,
  lightscreen: 0.15,
  auroraveil: 0.25,
  tailwind: 0.1,
  safeguard: 0.02,
  mist: 0.01,
});

/** Attacks that set a hazard. */
const LAYING_ATTACKS: Readonly<Record<string, string>> = table({
  stoneaxe: 'stealthrock',
  ceaselessedge: 'spikes',
});

/** Worth of a move's effect on the field and the teams, in healthy Pokémon, when it works. */
export function fieldWorth(move: Move | undefined, state: BattleState): number {
  if (!move) return 0;
  const effect = PARTICULAR[move.id]?.(state) ?? 0;
  return conditionWorth(move, state) + effect + forcedSwitchWorth(move, state) + weatherWorth(move, state);
}

/** Worth of special moves, by the move's id. */
const PARTICULAR: Readonly<Record<string, (state: BattleState) => number>> = table({
  rapidspin: ({ own }) => hazardsOn(own),
  mortalspin: ({ own }) => hazardsOn(own),
  tidyup: ({ own }) => hazardsOn(own),
  defog: ({ own, foe }) => hazardsOn(own) - hazardsOn(foe),
  courtchange: ({ own, foe }) => hazardsOn(own) - hazardsOn(foe),
  knockoff: ({ foe }) => knockOffWorth(foe.active[0]),
  haze: ({ own, foe }) => boostsOf(foe.active[0]?.boosts) - boostsOf(own.active[0]?.boosts),
  clearsmog: ({ foe }) => boostsOf(foe.active[0]?.boosts),
  healbell: ({ own }) => cureWorth(own),
  aromatherapy: ({ own }) => cureWorth(own),
  revivalblessing: ({ own }) => (own.fainted > 0 ? 0.7 : 0),
  taunt: () => 0.05,
  encore: () => 0.05,
});

/** Worth of the condition that a move sets on a side. */
function conditionWorth(move: Move, { own, foe, field }: BattleState): number {
  const condition = move.sideCondition ?? LAYING_ATTACKS[move.id] ?? '';
  if (HAZARDS[condition]) return layWorth(condition, foe);
  if (own.conditions[condition] || (condition === 'auroraveil' && !field.weather)) return 0;
  return SCREENS[condition] ?? 0;
}

function forcedSwitchWorth(move: Move, { foe }: BattleState): number {
  return move.forceSwitch ? boostsOf(foe.active[0]?.boosts) + hazardsOn(foe) * 0.3 : 0;
}

function weatherWorth({ weather, terrain }: Move, { field }: BattleState): number {
  const isNewWeather = weather && toId(weather) !== field.weather;
  const isNewTerrain = terrain && toId(terrain) !== field.terrain;
  return (isNewWeather ? 0.05 : 0) + (isNewTerrain ? 0.03 : 0);
}

/** Worth of the item that Knock Off removes: a known one, or one that may be there. */
function knockOffWorth(foe: PokemonState | null | undefined): number {
  if (!foe) return 0;
  if (foe.item === undefined) return 0.06;
  return foe.item ? 0.08 : 0;
}

function cureWorth({ pokemon }: SideState): number {
  return 0.12 * pokemon.filter(({ status, fainted }) => status && !fainted).length;
}

function layWorth(hazard: string, foe: SideState): number {
  const data = HAZARDS[hazard];
  const up = foe.conditions[hazard]?.layers ?? 0;
  if (!data || up >= data.layers) return 0;
  return data.each * benched(foe);
}

/** Cost of the hazards on a side. */
function hazardsOn(side: SideState): number {
  return Object.entries(HAZARDS).reduce(
    (sum, [id, { each }]) => sum + each * (side.conditions[id]?.layers ?? 0) * benched(side),
    0,
  );
}

function benched(side: SideState): number {
  return Math.max(0, side.teamSize - side.fainted - 1);
}

/** Worth of stat stages to the Pokémon that has them. */
function boostsOf(boosts: Readonly<Partial<Record<BoostId, number>>> = {}): number {
  const total = Object.values(boosts).reduce((sum, stages) => sum + stages, 0);
  return 0.12 * Math.max(0, total);
}
