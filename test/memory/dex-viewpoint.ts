import { generations } from '../../src/battle/generations.ts';
import type { SideId } from '../../src/battle/state.ts';
import type { Viewpoint } from '../../src/memory/viewpoint.ts';

/** A viewpoint that knows the priorities and names in the dex, but nothing about abilities. */
export function dexViewpoint(side: SideId, gen = 9): Viewpoint {
  const { dex } = generations.get(gen);
  return {
    side,
    priorityOf: (move) => dex.moves.get(move).priority,
    nameOf: (id) =>
      [dex.moves.get(id), dex.abilities.get(id), dex.items.get(id)].find(({ exists }) => exists)?.name ?? id,
  };
}
