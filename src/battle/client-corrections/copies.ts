import type { Pokemon, Side } from '@pkmn/client';
import { toId } from '../generations.ts';
import { loggedMoveId, plainMoveId } from '../move-id.ts';
import type { BattleRequest, RequestPokemon } from '../request.ts';

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
  const isItself = !original.volatiles.transform;
  for (const move of entry.moves) {
    const base = loggedMoveId(plainMoveId(move));
    if (isItself && isOfOriginal(copy, base)) original.rememberMove(base as Id, 0);
  }
  if (entry.ability === undefined || original.ability) return;
  original.ability = toId(entry.ability) as Id;
  if (isItself && !original.baseAbility) original.baseAbility = original.ability;
}

/** What was not its own of a Pokémon when another copied it. */
interface Borrowed {
  /** It was a copy itself: all of its moves. */
  readonly isCopy: boolean;
  /** The move that it had by Mimic. */
  readonly mimicked: string | undefined;
}

const copied = new WeakMap<object, Borrowed>();

/** Notes what was not its own of the one that a Pokémon has just copied. */
export function noteBorrowed({ volatiles: { transform } }: Pokemon, borrowed: Borrowed): void {
  if (transform) copied.set(transform, borrowed);
}

/** Whether a move that a copy has was its original's own. */
export function isOfOriginal({ volatiles: { transform } }: Pokemon, move: string): boolean {
  const borrowed = transform && copied.get(transform);
  return !borrowed || (!borrowed.isCopy && borrowed.mimicked !== move);
}

type Id = Pokemon['ability'];
