import { toId } from '../../battle/generations.ts';
import type { BattleState, BoostId, SideState } from '../../battle/state.ts';
import type { Move } from '../../knowledge/dex.ts';
import { table } from '../../util/table.ts';

/** Hazards: worth a Pokémon still to come in, and the most layers. */
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

const CLEARS_OWN_SIDE = ['rapidspin', 'mortalspin', 'tidyup', 'defog'];

/** What a move does to the field and the teams, in healthy Pokémon, when it works. */
export function fieldWorth(move: Move | undefined, state: BattleState): number {
  if (!move) return 0;
  let value = 0;
  const condition = move.sideCondition ?? '';
  if (HAZARDS[condition]) value += layWorth(condition, state.foe);
  if (move.id === 'stoneaxe') value += layWorth('stealthrock', state.foe);
  if (move.id === 'ceaselessedge') value += layWorth('spikes', state.foe);
  const screen = SCREENS[condition];
  if (screen && !state.own.conditions[condition]) {
    value += condition === 'auroraveil' && !state.field.weather ? 0 : screen;
  }
  if (CLEARS_OWN_SIDE.includes(move.id)) value += hazardsOn(state.own);
  if (move.id === 'defog') value -= hazardsOn(state.foe);
  if (move.id === 'courtchange') value += hazardsOn(state.own) - hazardsOn(state.foe);
  const [own] = state.own.active;
  const [foe] = state.foe.active;
  if (foe?.item && move.id === 'knockoff') value += 0.08;
  if (foe && foe.item === undefined && move.id === 'knockoff') value += 0.06;
  if (move.id === 'haze' || move.id === 'clearsmog' || move.forceSwitch) value += boostsOf(foe?.boosts);
  if (move.id === 'haze') value -= boostsOf(own?.boosts);
  if (move.forceSwitch) value += hazardsOn(state.foe) * 0.3;
  if (['healbell', 'aromatherapy'].includes(move.id)) {
    value += 0.12 * state.own.pokemon.filter(({ status, fainted }) => status && !fainted).length;
  }
  if (move.id === 'revivalblessing' && state.own.fainted > 0) value += 0.7;
  if (move.id === 'taunt' || move.id === 'encore') value += 0.05;
  if (move.weather && toId(move.weather) !== state.field.weather) value += 0.05;
  if (move.terrain && toId(move.terrain) !== state.field.terrain) value += 0.03;
  return value;
}

function layWorth(hazard: string, foe: SideState): number {
  const data = HAZARDS[hazard];
  const up = foe.conditions[hazard]?.layers ?? 0;
  if (!data || up >= data.layers) return 0;
  return data.each * benched(foe);
}

/** What the hazards on a side cost it. */
function hazardsOn(side: SideState): number {
  return Object.entries(HAZARDS).reduce(
    (sum, [id, { each }]) => sum + each * (side.conditions[id]?.layers ?? 0) * benched(side),
    0,
  );
}

function benched(side: SideState): number {
  return Math.max(0, side.teamSize - side.fainted - 1);
}

/** What stat stages are worth to whoever has them. */
function boostsOf(boosts: Readonly<Partial<Record<BoostId, number>>> = {}): number {
  const total = Object.values(boosts).reduce((sum, stages) => sum + stages, 0);
  return 0.12 * Math.max(0, total);
}
