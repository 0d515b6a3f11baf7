import { effectId } from './effect-id.ts';
import type { ParsedLine } from './parse-event.ts';

/** Moves that hit two turns after their use. */
export const FUTURE_MOVES: ReadonlySet<string> = new Set(['doomdesire', 'futuresight']);

/** Whether such a move hits now: the lines that follow are not effects of the last move used. */
export function isFutureStrike({ args: [kind, , effect = ''] }: ParsedLine): boolean {
  return kind === '-end' && FUTURE_MOVES.has(effectId(effect));
}
