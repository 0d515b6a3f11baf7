import { type BattleState, type PokemonState, standing } from '../battle/state.ts';
import { abilityName, itemName } from '../knowledge/dex.ts';
import { abilityEffect, conditionEffect, itemEffect } from '../knowledge/effect-text.ts';
import { HIDDEN_CONDITIONS } from './pokemon-view.ts';

type Effect = readonly [name: string, text: string];

function effectsOf(
  gen: number,
  { ability = '', item = '', status, volatiles }: PokemonState,
): readonly Effect[] {
  const conditions = [
    ...(status ? [status] : []),
    ...Object.keys(volatiles).filter((id) => !HIDDEN_CONDITIONS.test(id)),
  ];
  return [
    [abilityName(gen, ability), abilityEffect(gen, ability)],
    [itemName(gen, item), itemEffect(gen, item)],
    ...conditions.map((id) => conditionOf(gen, id)),
  ];
}

function conditionOf(gen: number, id: string): Effect {
  const { name, text } = conditionEffect(gen, id);
  return [name, text];
}

/** The effects of everything known to be active now, each once: `Sticky Web: Grounded Pokémon that come in …`. */
export function effectLines({ gen, field, own, foe }: BattleState): readonly string[] {
  const { weather, terrain, conditions } = field;
  const lying = [weather, terrain, ...Object.keys(conditions)].filter((id) => id !== undefined);
  const onSides = [own, foe].flatMap((side) => Object.keys(side.conditions));
  const effects: readonly Effect[] = [
    ...[...standing(own), ...standing(foe)].flatMap((pokemon) => effectsOf(gen, pokemon)),
    ...[...lying, ...onSides].map((id) => conditionOf(gen, id)),
  ];
  const known = new Map(effects.filter(([name, text]) => name !== '' && text !== ''));
  return [...known].map(([name, text]) => `${name}: ${text}`);
}
