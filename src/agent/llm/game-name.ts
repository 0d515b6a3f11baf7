import { Dex, toId } from '../../battle/generations.ts';

/** What a name stands for in any generation of the game. */
export interface GameName {
  readonly kind: 'move' | 'species' | 'other';
  /** Id of the move, or of the species without its forme. */
  readonly id: string;
}

/**
 * Finds what a name means, through the usual aliases (`tbolt`, `zard`); undefined for what does not exist.
 * Looks at the data's own keys only: the dex itself stumbles over names such as `constructor`.
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
