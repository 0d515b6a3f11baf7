import type { DecisionContext } from '../../memory/decision-context.ts';

/** Whether the opponent has used a move in the running turn already. */
export function foeHasActed({ memory, state }: DecisionContext): boolean {
  const own = state.own.active[0];
  if (!own || own.fainted) return true;
  const events = memory.turns.at(-1)?.events ?? [];
  return events.some(
    (event) => (event.type === 'move' || event.type === 'cant') && event.pokemon.side === state.foe.id,
  );
}

/** How many of our last decisions in a row were voluntary switches. */
export function switchesInARow({ memory }: DecisionContext): number {
  let count = 0;
  for (const { action, forced } of [...memory.decisions].reverse()) {
    if (forced) continue;
    if (action.type !== 'switch') break;
    count++;
  }
  return count;
}
