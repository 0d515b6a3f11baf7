import type { PokemonState, SideState } from '../../battle/state.ts';

/** A side with its team told anew: whoever stands on the field is told by the same. */
export function withTeam(side: SideState, pokemon: readonly PokemonState[]): SideState {
  const active = side.active.map(
    (standing) => standing && (pokemon.find(({ id }) => id === standing.id) ?? null),
  );
  return { ...side, pokemon, active };
}
