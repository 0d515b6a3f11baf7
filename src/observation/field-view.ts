import type { ConditionState, FieldState, SideState } from '../battle/state.ts';
import { findSpecies } from '../knowledge/dex.ts';
import type { Suspicion } from '../knowledge/illusion-signs.ts';
import { conditionName } from './names.ts';
import { defenceOf, listed, pokemonView, speciesName } from './pokemon-view.ts';
import type { PokemonView, SideView } from './view.ts';

function turnsLeft(turns: readonly [number, number] | undefined): string {
  if (!turns) return '';
  const [least, most] = turns;
  const span = least === most ? `${least}` : `${least}-${most}`;
  return ` (${span} ${span === '1' ? 'turn' : 'turns'} left)`;
}

function conditionList(gen: number, conditions: Readonly<Record<string, ConditionState>>): readonly string[] {
  return Object.entries(conditions).map(
    ([id, { layers, turnsLeft: left }]) =>
      conditionName(gen, id) + (layers > 1 ? ` x${layers}` : '') + turnsLeft(left),
  );
}

/** Conditions of the whole field, or null for none. */
export function fieldWords(gen: number, field: FieldState): string | null {
  const { weather, terrain } = field;
  return listed([
    ...(weather ? [conditionName(gen, weather) + turnsLeft(field.weatherTurnsLeft)] : []),
    ...(terrain ? [conditionName(gen, terrain) + turnsLeft(field.terrainTurnsLeft)] : []),
    ...conditionList(gen, field.conditions),
  ]);
}

/** When a disguise is certain, the weaknesses shown are the real ones. */
function withDisguise(gen: number, view: PokemonView, { species, signs, certain }: Suspicion): PokemonView {
  const types = certain && !view.terastallized ? findSpecies(gen, species)?.types : undefined;
  const disguise = `${certain ? 'must' : 'may'} be a disguised ${species} (${signs.join('; ')})`;
  return { ...view, ...(types && defenceOf(gen, types)), disguise };
}

/**
 * One player's side as a prompt shows it.
 *
 * @param suspicions Pokémon that may be disguised
 */
export function sideView(
  gen: number,
  side: SideState,
  suspicions: ReadonlyMap<string, Suspicion> = new Map(),
): SideView {
  const shown = side.pokemon.map((pokemon) => {
    const view = pokemonView(gen, pokemon);
    const suspicion = suspicions.get(pokemon.id);
    return { pokemon, view: suspicion ? withDisguise(gen, view, suspicion) : view };
  });
  const left = side.teamSize - side.fainted;
  const standing = shown.filter(({ view }) => view.active && !view.fainted).length;
  return {
    teamSize: side.teamSize,
    left,
    leftOnBench: left - standing,
    unseen: Math.max(0, side.teamSize - side.pokemon.length),
    team: shown.map(({ view }) => view),
    active: side.active.flatMap((active) => {
      const found = active && !active.fainted && shown.find(({ pokemon }) => pokemon.id === active.id);
      return found ? [found.view] : [];
    }),
    bench: shown.filter(({ view }) => !view.active && !view.fainted).map(({ view }) => view),
    fainted: listed(side.pokemon.filter(({ fainted }) => fainted).map(speciesName)),
    conditions: listed(conditionList(gen, side.conditions)),
  };
}
