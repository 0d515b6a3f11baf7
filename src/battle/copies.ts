import type { Pokemon, Side } from '@pkmn/client';
import { toId } from './generations.ts';
import { plainMoveId } from './move-id.ts';
import type { BattleRequest, RequestPokemon } from './request.ts';

/** Requests tell the moves and the ability of an own Pokémon under Transform: they are those of whoever it copied. */
export class Copies {
  /** Transformations that have been read; a later change of the original's is not the copy's. */
  private readonly read = new WeakSet<object>();

  learn({ team }: Side, request: BattleRequest): void {
    for (const [index, pokemon] of team.entries()) {
      const { transform } = pokemon.volatiles;
      const entry = request.side?.pokemon[index];
      if (!transform?.pokemon || !entry || this.read.has(transform)) continue;
      this.read.add(transform);
      if (transform.pokemon.side !== pokemon.side) learnFrom(entry, pokemon, transform.pokemon);
    }
  }
}

function learnFrom(entry: RequestPokemon, copy: Pokemon, original: Pokemon): void {
  // What the original got by Transform itself is not its own.
  const isItself = !original.volatiles.transform && !isSecondHand(copy);
  for (const move of isItself ? entry.moves : []) {
    const id = plainMoveId(move);
    original.rememberMove(
      (id.startsWith('hiddenpower') ? 'hiddenpower' : id) as Pokemon['moveSlots'][number]['id'],
      0,
    );
  }
  if (entry.ability === undefined || original.ability) return;
  original.ability = toId(entry.ability) as Pokemon['ability'];
  if (isItself && !original.baseAbility) original.baseAbility = original.ability;
}

const secondHand = new WeakSet<object>();

/** Notes that a Pokémon has become a copy of a copy. */
export function markSecondHand({ volatiles: { transform } }: Pokemon): void {
  if (transform) secondHand.add(transform);
}

/** Whether a Pokémon has the moves of one that was a copy itself when it was copied. */
export function isSecondHand({ volatiles: { transform } }: Pokemon): boolean {
  return transform !== undefined && secondHand.has(transform);
}
