import type { BattleEvent, PokemonRef } from '../battle/event.ts';
import type { BattleState } from '../battle/state.ts';
import type { PlayerNames } from './format-event.ts';

/** Species that both players are known to have. */
export function sharedSpecies({ own, foe }: Pick<BattleState, 'own' | 'foe'>): ReadonlySet<string> {
  const theirs = new Set(foe.pokemon.map(({ species }) => species));
  return new Set(own.pokemon.flatMap(({ species }) => (theirs.has(species) ? [species] : [])));
}

/** The name of a Pokémon: with its player's when both have one of its species. */
export function ownedName(
  { side, species }: Pick<PokemonRef, 'side' | 'species'>,
  players: PlayerNames,
  shared: ReadonlySet<string>,
): string {
  return shared.has(species) ? `${players[side]}'s ${species}` : species;
}

/** An event in which {@link ownedName} names all Pokémon. */
export function withOwners(
  event: BattleEvent,
  players: PlayerNames,
  shared: ReadonlySet<string>,
): BattleEvent {
  return shared.size === 0 ? event : (named(event, players, shared) as BattleEvent);
}

/** The same value with every Pokémon in it, however deep, renamed to its owned name. */
function named(value: unknown, players: PlayerNames, shared: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, named(part, players, shared)]),
  );
  return isPokemon(value) ? { ...parts, species: ownedName(value, players, shared) } : parts;
}

function isPokemon(value: object): value is PokemonRef {
  return 'id' in value && 'side' in value && 'species' in value;
}
