/**
 * What one side may know of a battle at one moment, as plain immutable data. Ids are Showdown ids
 * (lower case, letters and digits); HP is a fraction 0–1; nicknames do not occur.
 */

/** A player of a battle. */
export type SideId = 'p1' | 'p2';
/** A status that lasts; `tox` is bad poison. */
export type StatusId = 'brn' | 'par' | 'psn' | 'tox' | 'slp' | 'frz';
/** The six stats. */
export type StatId = 'hp' | 'atk' | 'def' | 'spa' | 'spd' | 'spe';
/** What has stages from −6 to +6. */
export type BoostId = 'atk' | 'def' | 'spa' | 'spd' | 'spe' | 'accuracy' | 'evasion';
/** How many of a side are on the field: one or two. */
export type GameType = 'singles' | 'doubles';
/** `N`: none. */
export type Gender = 'M' | 'F' | 'N';

/** A move that a Pokémon is known to have. */
export interface KnownMove {
  readonly id: string;
  /** Remaining PP; for the opponent the most it can have left. */
  readonly pp: number;
  readonly maxPp: number;
  /** Base power where a request states it: our Hidden Power, Return, Frustration. */
  readonly power?: number;
}

/** A change of a Pokémon's stats that lasts until it leaves. */
export type StatChange =
  | { readonly kind: 'powertrick' }
  | {
      /** Attack and Sp. Atk, or Defense and Sp. Def, were averaged with the partner's; Speed was swapped with it. */
      readonly kind: 'powersplit' | 'guardsplit' | 'speedswap';
      /** {@link PokemonState.id} of the other Pokémon. */
      readonly partner: string;
      /** The changes of the other Pokémon's stats before this one. */
      readonly partnerChanges: readonly StatChange[];
    };

/**
 * Generation 1: how often burn has halved the Attack, and paralysis quartered the Speed, since the stat last changed
 * otherwise.
 */
export interface StatPenalties {
  readonly atk: number;
  readonly spe: number;
}

/** Generation 1: a move such as Wrap that binds its target. */
export interface Binding {
  /** {@link PokemonState.id} of the bound Pokémon. */
  readonly target: string;
  /** In how many turns it has hit so far, at least 1. */
  readonly uses: number;
  /**
   * Damage of its first hit, which each further one repeats, as a range of fractions of the target's HP; absent when
   * unknown.
   */
  readonly damage?: readonly [least: number, most: number];
}

/** One Pokémon as this side knows it. */
export interface PokemonState {
  /** Stable within a battle and free of nicknames, e.g. `p1-0`. Our Pokémon are numbered in team order. */
  readonly id: string;
  readonly side: SideId;
  /** Current forme, e.g. `Rotom-Wash`; under Transform or Illusion the forme it appears to have. */
  readonly species: string;
  /** Forme outside of battle-only changes (mega, dynamax, transform). */
  readonly baseSpecies: string;
  readonly level: number;
  readonly gender: Gender;
  /** 1-based position in the last request (our side only): the number in `switch N`. */
  readonly requestSlot?: number;
  /** 0-based position on the field, or undefined on the bench. */
  readonly position?: number;
  /** 0–1; exact for our Pokémon, in steps of 1/100 (or 1/48) for the opponent's. */
  readonly hp: number;
  /**
   * Number of steps in which the opponent's HP are shown when it is not 100: 48 in older games, or its HP points
   * themselves.
   */
  readonly hpSteps?: number;
  /**
   * Generations 5 and 6: the letter after the opponent's HP, which splits 24/48 at half (`g` above it) and 9/48 at a
   * fifth (`y` above it).
   */
  readonly hpColor?: 'g' | 'y' | 'r';
  /** Our Pokémon only: HP points at full health. */
  readonly maxHp?: number;
  readonly fainted: boolean;
  readonly status?: StatusId;
  /** Turns asleep so far, or the toxic counter. */
  readonly statusTurns: number;
  readonly boosts: Readonly<Partial<Record<BoostId, number>>>;
  /**
   * Ids of volatile conditions, e.g. `substitute`, `leechseed`, `confusion`, `dynamax`; the value is a level or 1.
   * `itemremoved`: it has lost its item since it came in, which activates Unburden.
   */
  readonly volatiles: Readonly<Record<string, number>>;
  /** Types that count for defence now: after terastallizing, Soak, Burn Up and similar moves. */
  readonly types: readonly string[];
  /** Tera type: ours always in gen 9, the opponent's once revealed. */
  readonly teraType?: string;
  readonly terastallized: boolean;
  /** The types it had when it terastallized, for which its attacks keep their bonus; absent: not terastallized. */
  readonly typesUnderTera?: readonly string[];
  /** Moves with which it has hit since it terastallized to Stellar, which strengthens each type once; absent: none. */
  readonly stellarMoves?: readonly string[];
  /** Current ability; undefined while unknown. */
  readonly ability?: string;
  /** Ability apart from Skill Swap and similar effects; undefined while unknown. */
  readonly baseAbility?: string;
  /** Held item id; `''` when it is known to hold none, undefined while unknown. */
  readonly item?: string;
  /** The item it has lost in this battle, if any. */
  readonly lastItem?: string;
  /** Ours: all moves. The opponent's: those seen (excluding moves called by other moves or gained by Transform). */
  readonly moves: readonly KnownMove[];
  /** Our side only: stats at stage 0, without items, in points, before {@link PokemonState.statChanges}. */
  readonly stats?: Readonly<Record<Exclude<StatId, 'hp'>, number>>;
  /** Last move used since it came in. */
  readonly lastMove?: string;
  /** Changes of its stats since it came in, oldest first; absent: none. */
  readonly statChanges?: readonly StatChange[];
  /**
   * {@link PokemonState.id} of the Pokémon whose stats and moves it has by Transform; a copy's copy has the original's.
   */
  readonly copyOf?: string;
  /** Generation 1 only, on the field. */
  readonly statPenalties?: StatPenalties;
  /** Generation 1 only: the target that it binds by a move such as Wrap. */
  readonly binding?: Binding;
  /** How often attacks have hit it in this battle, which Rage Fist counts; absent: never. */
  readonly timesHit?: number;
  /** The move that succeeded in its last turn, and in how many turns in a row; absent: none. */
  readonly streak?: { readonly move: string; readonly uses: number };
  /**
   * The move that it tried last, and how often in a row the item Metronome has counted it since generation 5; absent: it
   * has tried none.
   */
  readonly metronomeRow?: { readonly move: string; readonly count: number };
  /** Its move failed or missed in the last turn, which doubles Stomping Tantrum. */
  readonly lastMoveFailed?: boolean;
  /** True until it has had a turn on the field: Fake Out and First Impression would work. */
  readonly justSwitchedIn: boolean;
}

/** A hazard, screen or other condition of a side or the field. */
export interface ConditionState {
  /** Layers (spikes, toxic spikes), else 1. */
  readonly layers: number;
  /** Turns left, this one included: [least, most]; undefined when it has no end. */
  readonly turnsLeft?: readonly [number, number];
}

/** One player's side of the battle. */
export interface SideState {
  readonly id: SideId;
  /** Pokémon on the team, seen or not. */
  readonly teamSize: number;
  /** Ours: the whole team in team order. The opponent's: those seen (or previewed). */
  readonly pokemon: readonly PokemonState[];
  /** By field position; null when the position is empty. */
  readonly active: readonly (PokemonState | null)[];
  /** By condition id: `stealthrock`, `spikes`, `reflect`, `tailwind`, … */
  readonly conditions: Readonly<Record<string, ConditionState>>;
  /** Fainted so far. */
  readonly fainted: number;
  /** One of its Pokémon fainted in the last turn, which strengthens Retaliate. */
  readonly justLost?: boolean;
  /** Gimmicks this side has spent: `mega`, `zmove`, `dynamax`, `terastallize`, `ultra`. */
  readonly spent: readonly string[];
}

/** Conditions of the whole field. */
export interface FieldState {
  /** Weather id (`raindance`, `sunnyday`, `sandstorm`, `hail`, `snowscape`, `desolateland`, `primordialsea`, `deltastream`) or undefined. */
  readonly weather?: string;
  readonly weatherTurnsLeft?: readonly [number, number];
  /** Terrain id (`electricterrain`, …) or undefined. */
  readonly terrain?: string;
  readonly terrainTurnsLeft?: readonly [number, number];
  /** Rooms, Gravity and similar conditions, by id. */
  readonly conditions: Readonly<Record<string, ConditionState>>;
}

/** Everything one side may know at one moment. */
export interface BattleState {
  readonly gen: number;
  readonly gameType: GameType;
  /** Format id, e.g. `gen9randombattle`. */
  readonly format: string;
  /** 0 before the first turn. */
  readonly turn: number;
  /** The side whose knowledge this is. */
  readonly side: SideId;
  readonly own: SideState;
  readonly foe: SideState;
  readonly field: FieldState;
  /** Set once the battle is over; `tie` for a draw. */
  readonly result?: 'win' | 'loss' | 'tie';
}

/** The Pokémon on a side's field, left to right. */
export function standing({ active }: SideState): readonly PokemonState[] {
  return active.flatMap((pokemon) => (pokemon && !pokemon.fainted ? [pokemon] : []));
}

/** The other side. */
export function otherSide(side: SideId): SideId {
  return side === 'p1' ? 'p2' : 'p1';
}
