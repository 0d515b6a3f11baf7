import type { SideId } from '../src/battle/state.ts';

/** A mistake of this package in a battle. */
export interface Finding {
  /** What was compared. */
  readonly check: 'tracker' | 'reading' | 'legality' | 'prompt' | 'guess' | 'speed' | 'move' | 'crash';
  /** The common part of findings with the same cause, without the names of Pokémon. */
  readonly kind: string;
  /** Believed and true, in words. */
  readonly detail: string;
  readonly turn: number;
  /** The side whose knowledge it is. */
  readonly side: SideId;
}

/** What findings are grouped by. */
export function groupOf({ check, kind }: Finding): string {
  return `${check}: ${kind}`;
}
