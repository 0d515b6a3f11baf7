import type { SideId } from '../src/battle/state.ts';

/** Something that this package got wrong in a battle. */
export interface Finding {
  /** What was compared. */
  readonly check: 'tracker' | 'reading' | 'legality' | 'prompt' | 'guess' | 'speed' | 'move' | 'crash';
  /** What findings of the same cause have in common, without the names of Pokémon. */
  readonly kind: string;
  /** Believed and true, in words. */
  readonly detail: string;
  readonly turn: number;
  /** Whose knowledge it is. */
  readonly side: SideId;
}

/** What findings are grouped by. */
export function groupOf({ check, kind }: Finding): string {
  return `${check}: ${kind}`;
}
