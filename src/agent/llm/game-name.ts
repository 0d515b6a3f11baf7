import { Dex, toId } from '../../battle/generations.ts';

/** What a name means in any generation of the game. */
export interface GameName {
  readonly kind: 'move' | 'species' | 'other';
  /** Id of the move, or of the species without its forme. */
  readonly id: string;
}

/**
 * Looks up what a name means, including the usual aliases (`tbolt`, `zard`); undefined when it does not exist. It reads
 * the data's own keys only, because the dex itself fails on names such as `constructor`.
 *
 * @param id lower case, letters and digits only
 */
export function gameName(id: string): GameName | undefined {
  const { Aliases, Moves, Species, Items, Abilities } = Dex.data;
  const alias = Object.hasOwn(Aliases, id) ? Aliases[id] : undefined;
  const known = alias === undefined ? id : toId(alias.normalize('NFKD'));
  if (Object.hasOwn(Moves, known)) return { kind: 'move', id: known };
  if (Object.hasOwn(Species, known)) return { kind: 'species', id: toId(Dex.species.get(known).baseSpecies) };
  if (Object.hasOwn(Items, known) || Object.hasOwn(Abilities, known)) return { kind: 'other', id: known };
  return undefined;
}
