import type { PokemonState } from '../../battle/state.ts';
import type { MoveAssessment } from '../../knowledge/assessment.ts';
import type { Move } from '../../knowledge/dex.ts';
import type { Reply } from './foe-replies.ts';
import type { MatchupState } from './matchup-state.ts';
import type { MoveEffects, Stages } from './move-effects.ts';

/** Stages of two changes together, within −6 and 6. */
export function addStages(a: Stages, b: Stages): Stages {
  const total: Stages = { ...a };
  for (const [id, stages] of Object.entries(b) as [keyof Stages, number][]) {
    total[id] = Math.max(-6, Math.min(6, (total[id] ?? 0) + stages));
  }
  return total;
}

/** The opponent does nothing. */
export interface NoReply {
  readonly move?: undefined;
  readonly weight: 1;
}

/** See {@link NoReply}. */
export const NO_REPLY: NoReply = { weight: 1 };

/** One of our moves against one reply. */
export interface Round {
  readonly matchup: MatchupState;
  readonly move: MoveAssessment;
  readonly effects: MoveEffects;
  readonly data: Move | undefined;
  /** Chance that our move works. */
  readonly lands: number;
  readonly reply: Reply | NoReply;
  /** Chance that ours acts first. */
  readonly first: number;
  /** Chance that the opponent acts and hits. */
  readonly acts: number;
}

/** Chance, 0–1, that a move puts the opponent to sleep or freezes it. */
export function sleepChance(effects: MoveEffects, foe: PokemonState): number {
  if (foe.status) return 0;
  return effects.statuses.reduce(
    (sum, [status, chance]) => sum + (status === 'slp' || status === 'frz' ? chance : 0),
    0,
  );
}

/** Mean damage of an opponent's move on a Pokémon that comes in, as a share of its HP, misses included. */
export function expectedHit(matchup: MatchupState, move: MoveAssessment): number {
  const onIt = matchup.foeMoves.find((candidate) => candidate.move === move.move);
  return onIt?.damage ? onIt.damage.mean * onIt.accuracy : 0;
}
