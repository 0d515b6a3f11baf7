import { toId } from './generations.ts';
import type { ParsedLine } from './parse-event.ts';

/** Moves that strike two turns after their use. */
export const FUTURE_MOVES: ReadonlySet<string> = new Set(['doomdesire', 'futuresight']);

/** Whether a line tells that such a move strikes now: what follows is not what the last move has done. */
export function isFutureStrike({ args: [kind, , effect = ''] }: ParsedLine): boolean {
  return kind === '-end' && FUTURE_MOVES.has(toId(effect.replace(/^move: ?/, '')));
}
