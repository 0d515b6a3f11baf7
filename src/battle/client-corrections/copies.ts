import type { Pokemon, Side } from '@pkmn/client';
import { toId } from '../generations.ts';
import { loggedMoveId, plainMoveId } from '../move-id.ts';
import type { BattleRequest, RequestPokemon } from '../request.ts';

/** Requests list the moves and the ability of our transformed Pokémon: they are those of the Pokémon it copied. */
export class Copies {
  /** Transformations already read; later changes of the original do not affect the copy. */
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
  // What the original itself got by Transform is not its own.
  const isItself = !original.volatiles.transform;
  for (const move of entry.moves) {
    const base = loggedMoveId(plainMoveId(move));
    if (isItself && isOfOriginal(copy, base)) original.rememberMove(base as Id, 0);
  }
  if (entry.ability === undefined || original.ability) return;
  original.ability = toId(entry.ability) as Id;
  if (isItself && !original.baseAbility) original.baseAbility = original.ability;
}

/** What a Pokémon had that was not its own when another one copied it. */
interface Borrowed {
  /** It was itself a copy: none of its moves were its own. */
  readonly isCopy: boolean;
  /** The move that it had by Mimic. */
  readonly mimicked: string | undefined;
}

const copied = new WeakMap<object, Borrowed>();

/** Notes what the Pokémon just copied had that was not its own. */
export function noteBorrowed({ volatiles: { transform } }: Pokemon, borrowed: Borrowed): void {
  if (transform) copied.set(transform, borrowed);
}

/** Whether a copy's move was the original's own. */
export function isOfOriginal({ volatiles: { transform } }: Pokemon, move: string): boolean {
  const borrowed = transform && copied.get(transform);
  return !borrowed || (!borrowed.isCopy && borrowed.mimicked !== move);
}

type Id = Pokemon['ability'];
