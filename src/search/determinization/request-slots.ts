import type { PokemonState, SideState } from '../../battle/state.ts';

/**
 * A team with the slots that its requests would list: active Pokémon first, by position. An empty position is held by a
 * Pokémon that fainted there.
 */
export function withRequestSlots(
  team: readonly PokemonState[],
  { active }: Pick<SideState, 'active'>,
): readonly PokemonState[] {
  const standing = new Set(active.map((pokemon) => pokemon?.id));
  const bench = team.filter(({ id }) => !standing.has(id));
  const order: (string | undefined)[] = active.map((pokemon) => {
    if (pokemon) return pokemon.id;
    const fallen = bench.findIndex(({ fainted }) => fainted);
    return bench.splice(Math.max(0, fallen), 1)[0]?.id;
  });
  order.push(...bench.map(({ id }) => id));
  const slots = order.filter((id) => id !== undefined);
  return team.map((pokemon) => inSlot(pokemon, slots.indexOf(pokemon.id) + 1));
}

const seated = new WeakMap<PokemonState, Map<number, PokemonState>>();

/** A Pokémon with a request slot: the same object each time. */
function inSlot(pokemon: PokemonState, slot: number): PokemonState {
  const slots = seated.get(pokemon) ?? new Map<number, PokemonState>();
  seated.set(pokemon, slots);
  const known = slots.get(slot) ?? { ...pokemon, requestSlot: slot };
  slots.set(slot, known);
  return known;
}
