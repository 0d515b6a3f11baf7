import type { Pokemon } from '@pkmn/client';
import type { Move } from '@pkmn/data';
import { generations } from './generations.ts';
import { loggedMoveId, plainMoveId } from './move-id.ts';
import { copiedPp, fullPp, type PpData } from './power-points.ts';
import type { RequestPokemon } from './request.ts';
import type { KnownMove } from './state.ts';

/** The moves that an opponent's Pokémon has shown. */
export function seenMoves(pokemon: Pokemon): KnownMove[] {
  const moves: KnownMove[] = [];
  for (const slot of pokemon.moveSlots) {
    const { ppUsed, virtual } = slot;
    const id = plainMoveId(slot.id);
    const { isZ, isMax } = moveData(pokemon, id);
    // Z-Moves and Max Moves are other names of moves, not moves of their own.
    if (virtual || isZ || isMax) continue;
    const maxPp = 'maxpp' in slot ? slot.maxpp : moveMaxPp(pokemon, id);
    moves.push({ id, pp: Math.max(0, maxPp - leastUsed(ppUsed)), maxPp });
  }
  return moves;
}

function moveData(pokemon: Pokemon, id: string): PpData & Pick<Move, 'isZ' | 'isMax'> {
  return pokemon.side.battle.gen.moves.get(id) ?? generations.dex.moves.get(id);
}

function moveMaxPp(pokemon: Pokemon, id: string): number {
  return fullPp(pokemon.side.battle.gen.num, moveData(pokemon, id));
}

function leastUsed(used: number | [number, number]): number {
  return Array.isArray(used) ? Math.min(...used) : used;
}

const WITH_POWER = /^(?:hiddenpower[a-z]*|return|frustration)(\d+)$/;

/** The power that a request states for a move. */
function statedPower(id: string): { readonly power?: number } {
  const power = WITH_POWER.exec(id)?.[1];
  return power === undefined ? {} : { power: Number(power) };
}

/** The moves that a request lists, with what is known of their PP. */
export function ownMoves(
  pokemon: Pokemon,
  request: RequestPokemon,
  mimicked: string | undefined,
): KnownMove[] {
  const transformed = 'transform' in pokemon.volatiles;
  return request.moves.map((raw) => {
    const id = plainMoveId(raw);
    const base = loggedMoveId(id);
    const slot = pokemon.moveSlots.find((known) => known.id === base && !known.virtual === !transformed);
    const isListed = slot && 'maxpp' in slot;
    // A request that leaves only Struggle lists no PP. Mimicked moves have no PP Ups.
    const isMimicked = !isListed && mimicked === id && pokemon.side.battle.gen.num >= 5;
    const max = isListed ? slot.maxpp : isMimicked ? moveData(pokemon, id).pp : moveMaxPp(pokemon, id);
    if (transformed && !isListed)
      return { id, ...copiedPp(pokemon.side.battle.gen.num, max), ...statedPower(raw) };
    return { id, pp: Math.max(0, max - leastUsed(slot?.ppUsed ?? 0)), maxPp: max, ...statedPower(raw) };
  });
}
