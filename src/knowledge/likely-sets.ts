/** Probabilities by id, most likely first. */
export type Marginal = readonly (readonly [id: string, probability: number])[];

/** A complete set that the opponent's Pokémon may have. */
export interface CandidateSet {
  readonly moves: readonly string[];
  readonly item: string;
  readonly ability: string;
  readonly teraType?: string;
  readonly level: number;
  readonly nature: string;
  readonly evs: Readonly<Record<'hp' | 'atk' | 'def' | 'spa' | 'spd' | 'spe', number>>;
  readonly ivs: Readonly<Record<'hp' | 'atk' | 'def' | 'spa' | 'spd' | 'spe', number>>;
  /** Share among the candidates still possible; they sum to 1. */
  readonly weight: number;
}

/** For each part of a set that has not been shown, the chance that it is none of the candidates'. */
export interface Doubt {
  /** For each move not shown. */
  readonly move: number;
  readonly item: number;
  readonly ability: number;
  readonly tera: number;
}

/** What a species may have that no candidate has, as far as the rules allow: shares that sum to 1, or empty. */
export interface OffMetaChoices {
  readonly moves: Marginal;
  readonly items: Marginal;
  readonly abilities: Marginal;
  readonly teraTypes: Marginal;
}

/** What an opponent's Pokémon may have, narrowed down by all it has shown. */
export interface LikelySets {
  /** Never empty, most likely first. */
  readonly sets: readonly CandidateSet[];
  /** Marginals by id, most likely first, including what none of the sets has; 1 only for what is certain. */
  readonly moves: Marginal;
  readonly items: Marginal;
  readonly abilities: Marginal;
  readonly teraTypes: Marginal;
  /** Where most of the sets come from. */
  readonly source: SetOrigin;
  /** How likely the sets are wrong, and what it then may have; absent when they are certain. */
  readonly doubt?: Doubt & { readonly instead: OffMetaChoices };
}

/** Where sets come from: see `set-sources.ts`. */
export interface SetOrigin {
  readonly basis: 'own' | 'generator' | 'statistics' | 'analysed' | 'guess';
  /** The format that they were written for or counted in; absent for guesses. */
  readonly format?: string;
}
