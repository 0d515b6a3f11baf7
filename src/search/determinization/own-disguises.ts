import type { TurnEvents } from '../../battle/event.ts';
import type { PokemonState, SideState } from '../../battle/state.ts';

/** An active Pokémon of ours that looks like another. */
export interface OwnDisguise {
  /** The Pokémon it looks like. */
  readonly likeness: PokemonState;
  /** Moves that it has used in this disguise. */
  readonly moves: ReadonlySet<string>;
}

/**
 * Pokémon of a side that are on the field disguised as another, by their own ids: the log names the one that seemed to
 * come in, and requests the one that did.
 */
export function ownDisguises(
  { id: side, active, pokemon }: SideState,
  turns: readonly TurnEvents[],
): ReadonlyMap<string, OwnDisguise> {
  const entered = new Map<number, { readonly species: string; readonly moves: Set<string> }>();
  for (const event of turns.flatMap(({ events }) => events)) {
    if (!('pokemon' in event) || event.pokemon.side !== side) continue;
    if (event.type === 'switch')
      entered.set(event.position, { species: event.pokemon.species, moves: new Set() });
    if (event.type === 'move') {
      const at = active.findIndex((standing) => standing?.id === event.pokemon.id);
      entered.get(at)?.moves.add(event.move);
    }
  }
  const disguises = new Map<string, OwnDisguise>();
  for (const [position, standing] of active.entries()) {
    const shown = entered.get(position);
    if (standing?.baseAbility !== 'illusion' || !shown || shown.species === standing.species) continue;
    const likeness = pokemon.find(({ id, species }) => id !== standing.id && species === shown.species);
    if (likeness) disguises.set(standing.id, { likeness, moves: shown.moves });
  }
  return disguises;
}
