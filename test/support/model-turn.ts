import { choicesOf, GIMMICK } from '../../src/mechanics/choices.ts';
import { searchStateOf } from '../../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import { createRandom } from '../../src/util/random.ts';
import { setOf } from './set-of.ts';
import { type SimTurnOptions, simTurnOfBoth } from './sim-turn.ts';

/** A custom game without team preview. */
export const GEN9 = 'gen9customgame@@@!Team Preview';

/** The mechanics' state for a battle in the simulator, with both sides' real teams as the world. */
export function positionIn(options: SimTurnOptions, luck = 'luck'): SearchState {
  const { world, memory, request } = simTurnOfBoth(options);
  const asked = request.type === 'switch' ? 'switch' : 'move';
  return searchStateOf(world, memory.turns, asked, createRandom(luck).next);
}

/** A Pokémon of level 50; see {@link setOf}. */
export function set(name: string, ability: string, ...moves: readonly string[]): string {
  return setOf(name, ability, moves, { level: 50 });
}

/** Slots of the moves that a side may choose. */
export function slots(p: SearchState, side: 0 | 1): number[] {
  return [...choicesOf(p, p.sides[side])].filter((choice) => choice < GIMMICK);
}
