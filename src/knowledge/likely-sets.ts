/** A complete set the foe may have. */
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

/** What a foe's Pokémon may be, narrowed by all it has shown. */
export interface LikelySets {
  /** Never empty, most likely first. */
  readonly sets: readonly CandidateSet[];
  /** Marginals by id, most likely first. */
  readonly moves: readonly (readonly [id: string, probability: number])[];
  readonly items: readonly (readonly [id: string, probability: number])[];
  readonly abilities: readonly (readonly [id: string, probability: number])[];
  readonly teraTypes: readonly (readonly [type: string, probability: number])[];
}
