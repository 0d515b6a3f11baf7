import type { BattleState, PokemonState } from '../battle/state.ts';
import type { Suspicion } from './illusion-signs.ts';
import type { LikelySets } from './likely-sets.ts';

/**
 * Damage of one use of a move that hits, as fractions of the target's maximum HP, over rolls and likely sets. The range
 * is that of plain hits, unless all are critical; the mean and the KO chance weigh both by their chances.
 */
export interface DamageRange {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Chance that one use faints the target from its current HP, accuracy and critical hits included. */
  readonly koChance: number;
  /** Hits needed from its current HP with [highest, lowest] rolls; Infinity when the move does no damage. */
  readonly hitsToKo: readonly [number, number];
  /** Critical hits, when a hit may but need not be one: their chance and their damage. */
  readonly crit?: { readonly chance: number; readonly min: number; readonly max: number };
}

/** One move of one Pokémon against one target. */
export interface MoveAssessment {
  readonly move: string;
  readonly name: string;
  /** Type it would have now (after Tera Blast, Weather Ball, Pixilate and similar effects). */
  readonly type: string;
  readonly category: 'Physical' | 'Special' | 'Status';
  readonly basePower: number;
  readonly priority: number;
  /** Chance to hit, 0–1. */
  readonly accuracy: number;
  /** Type multiplier on the target, 0 when an ability or item makes it immune. */
  readonly effectiveness: number;
  /** Absent for status moves. */
  readonly damage?: DamageRange;
  /** Where the target is when that makes this move miss, e.g. `underground`; absent when it can be reached. */
  readonly targetAway?: string;
  /** Chance that the user has this move: 1 for our own and for revealed moves. */
  readonly probability: number;
}

/** Who would act first if both used a move of the same priority. */
export interface SpeedAssessment {
  /** Effective Speed now: boosts, status, item, ability, weather, Tailwind. */
  readonly own: number;
  /** Range over the likely sets, Choice Scarf included if possible. */
  readonly foe: readonly [number, number];
  /** Chance that our Pokémon acts first at equal priority, Trick Room considered; ties count ½. */
  readonly ownFirst: number;
  /** What decides the order or makes it uncertain, for people, e.g. `foe may hold a Choice Scarf`. */
  readonly note?: string;
}

/** Our active Pokémon against one of the opponent's active Pokémon. */
export interface Pairing {
  readonly own: PokemonState;
  readonly foe: PokemonState;
  /** Our moves as they are now, in request order. */
  readonly ownMoves: readonly MoveAssessment[];
  /** The same after terastallizing; absent when that is not possible. */
  readonly ownMovesTera?: readonly MoveAssessment[];
  /** The opponent's known and likely moves against ours, most likely first. */
  readonly foeMoves: readonly MoveAssessment[];
  /** The opponent's moves after ours terastallized; absent when that is not possible. */
  readonly foeMovesOnTera?: readonly MoveAssessment[];
  readonly speed: SpeedAssessment;
  /** The opponent's ability is sure to prevent ours from switching. */
  readonly ownHeld: boolean;
}

/** What coming in now would mean for one benched Pokémon. */
export interface SwitchAssessment {
  readonly pokemon: PokemonState;
  /** Fraction of maximum HP lost to hazards on entry, and what else they do (`poisoned`, `speed -1`). */
  readonly hazardDamage: number;
  readonly hazardEffects: readonly string[];
  readonly faintsOnEntry: boolean;
  /** Against each of the opponent's active Pokémon: what it could do and would take. */
  readonly pairings: readonly Pairing[];
}

/** The knowledge one decision is based on. */
export interface TurnAssessment {
  readonly state: BattleState;
  /** The state with certain disguises seen through, which everything else here is based on. */
  readonly seenThrough: BattleState;
  /** Each of our active Pokémon × each of the opponent's. */
  readonly pairings: readonly Pairing[];
  /** Benched Pokémon that could come in. */
  readonly switches: readonly SwitchAssessment[];
  /** What the opponent's seen Pokémon may be, by {@link PokemonState.id}. */
  readonly likelySets: ReadonlyMap<string, LikelySets>;
  /** The opponent's active Pokémon that may be disguised by Illusion, by {@link PokemonState.id}. */
  readonly suspicions: ReadonlyMap<string, Suspicion>;
}

/** The damage to expect from the opponent's next attack: its best likely move, weighted by probability and accuracy. */
export interface Threat {
  /** Expected fraction of maximum HP lost. */
  readonly expected: number;
  /** The most damaging move that the opponent may have. */
  readonly worst?: MoveAssessment;
}
