import type { BattleState, PokemonState } from '../battle/state.ts';
import type { Suspicion } from './illusion-signs.ts';
import type { LikelySets } from './likely-sets.ts';

/**
 * Damage of one use of a move that hits, as fractions of the target's maximum HP, over rolls and likely sets. The range
 * is that of plain hits, unless all are critical; the mean and the KO chance count both as often as they happen.
 */
export interface DamageRange {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Chance that one use faints the target from its current HP, accuracy and critical hits included. */
  readonly koChance: number;
  /** Hits needed from its current HP with [highest, lowest] rolls; Infinity when it does nothing. */
  readonly hitsToKo: readonly [number, number];
  /** Critical hits, where a hit may be one and need not: how likely that is, and what it then does. */
  readonly crit?: { readonly chance: number; readonly min: number; readonly max: number };
}

/** One move of one Pokémon against one target. */
export interface MoveAssessment {
  readonly move: string;
  readonly name: string;
  /** Type it would have now (after Tera Blast, Weather Ball, Pixilate and the like). */
  readonly type: string;
  readonly category: 'Physical' | 'Special' | 'Status';
  readonly basePower: number;
  readonly priority: number;
  /** Chance to hit, 0–1. */
  readonly accuracy: number;
  /** Type multiplier on the target, 0 where an ability or item makes it immune. */
  readonly effectiveness: number;
  /** Absent for status moves. */
  readonly damage?: DamageRange;
  /** Where the target is that this move may miss for, e.g. `underground`; absent where it can be reached. */
  readonly targetAway?: string;
  /** Chance that the user has this move: 1 for own and revealed moves. */
  readonly probability: number;
}

/** Who would act first if both used a move of the same priority. */
export interface SpeedAssessment {
  /** Effective Speed now: boosts, status, item, ability, weather, Tailwind. */
  readonly own: number;
  /** Over the likely sets, Choice Scarf among them where possible. */
  readonly foe: readonly [number, number];
  /** Chance that own acts first at equal priority, Trick Room considered, ties ½. */
  readonly ownFirst: number;
  /** What decides or blurs it, for people, e.g. `foe may hold a Choice Scarf`. */
  readonly note?: string;
}

/** Own active Pokémon against one of the foe's active Pokémon. */
export interface Pairing {
  readonly own: PokemonState;
  readonly foe: PokemonState;
  /** Own moves as they are now, in request order. */
  readonly ownMoves: readonly MoveAssessment[];
  /** The same after terastallizing; absent when that is not possible. */
  readonly ownMovesTera?: readonly MoveAssessment[];
  /** The foe's known and likely moves on own, most likely first. */
  readonly foeMoves: readonly MoveAssessment[];
  /** The foe's moves on own after own terastallized; absent when that is not possible. */
  readonly foeMovesOnTera?: readonly MoveAssessment[];
  readonly speed: SpeedAssessment;
  /** The foe's ability is sure to refuse own a switch. */
  readonly ownHeld: boolean;
}

/** What coming in now would mean for one benched Pokémon. */
export interface SwitchAssessment {
  readonly pokemon: PokemonState;
  /** Fraction of maximum HP lost to hazards on entry, and what else they do (`poisoned`, `speed -1`). */
  readonly hazardDamage: number;
  readonly hazardEffects: readonly string[];
  readonly faintsOnEntry: boolean;
  /** Against each of the foe's active Pokémon: what it could do and would take. */
  readonly pairings: readonly Pairing[];
}

/** The knowledge one decision is based on. */
export interface TurnAssessment {
  readonly state: BattleState;
  /** The same with certain disguises seen through: what all else here is about. */
  readonly seenThrough: BattleState;
  /** Own active × foe active. */
  readonly pairings: readonly Pairing[];
  /** Benched Pokémon that could come in. */
  readonly switches: readonly SwitchAssessment[];
  /** What the foe's seen Pokémon may be, by {@link PokemonState.id}. */
  readonly likelySets: ReadonlyMap<string, LikelySets>;
  /** Those of the foe on the field that may be another with Illusion, by {@link PokemonState.id}. */
  readonly suspicions: ReadonlyMap<string, Suspicion>;
}

/** The damage a side expects from the foe's next attack: its best likely move, weighted by probability and accuracy. */
export interface Threat {
  /** Expected fraction of maximum HP lost. */
  readonly expected: number;
  /** The most damaging move that the foe may have. */
  readonly worst?: MoveAssessment;
}
