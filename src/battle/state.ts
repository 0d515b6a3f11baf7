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
/** How many of a side stand on the field: one or two. */
export type GameType = 'singles' | 'doubles';
/** `N`: none. */
export type Gender = 'M' | 'F' | 'N';

/** A move that a Pokémon is known to have. */
export interface KnownMove {
  readonly id: string;
  /** Remaining PP; for the foe the most it can have left. */
  readonly pp: number;
  readonly maxPp: number;
  /** Base power where a request tells it: own Hidden Power, Return, Frustration. */
  readonly power?: number;
}

/** Something that changed a Pokémon's stats for as long as it stays in. */
export type StatChange =
  | { readonly kind: 'powertrick' }
  | {
      /** Attack and Sp. Atk, or Defense and Sp. Def, were averaged with the partner's; Speed was swapped with it. */
      readonly kind: 'powersplit' | 'guardsplit' | 'speedswap';
      /** {@link PokemonState.id} of the other one. */
      readonly partner: string;
      /** What had become of the other one's stats before. */
      readonly partnerChanges: readonly StatChange[];
    };

/** Generation 1: how often burn has halved the Attack, and paralysis quartered the Speed, since they last changed otherwise. */
export interface StatPenalties {
  readonly atk: number;
  readonly spe: number;
}

/** Generation 1: a move such as Wrap that holds its target. */
export interface Binding {
  /** {@link PokemonState.id} of the one that is held. */
  readonly target: string;
  /** In how many turns it has struck so far, at least 1. */
  readonly uses: number;
  /** What its first strike did and each further one does, as fractions of the target's HP; absent where that is not known. */
  readonly damage?: readonly [least: number, most: number];
}

/** One Pokémon as this side knows it. */
export interface PokemonState {
  /** Stable within a battle and free of nicknames, e.g. `p1-0`. Own Pokémon are numbered in team order. */
  readonly id: string;
  readonly side: SideId;
  /** Current forme, e.g. `Rotom-Wash`; under Transform or Illusion what it appears to be. */
  readonly species: string;
  /** Forme outside of battle-only changes (mega, dynamax, transform). */
  readonly baseSpecies: string;
  readonly level: number;
  readonly gender: Gender;
  /** 1-based position in the last request (own side only): what `switch N` names. */
  readonly requestSlot?: number;
  /** 0-based position on the field, or undefined on the bench. */
  readonly position?: number;
  /** 0–1; exact for own Pokémon, in steps of 1/100 (or 1/48) for the foe's. */
  readonly hp: number;
  /** In how many steps the foe's HP are told where not in 100: 48 in older games, or its HP points themselves. */
  readonly hpSteps?: number;
  /** Generations 5 and 6: the letter at the foe's HP, which parts 24/48 at half (`g` above it) and 9/48 at a fifth (`y` above it). */
  readonly hpColor?: 'g' | 'y' | 'r';
  /** Own Pokémon only: HP points at full health. */
  readonly maxHp?: number;
  readonly fainted: boolean;
  readonly status?: StatusId;
  /** Turns asleep so far, or the toxic counter. */
  readonly statusTurns: number;
  readonly boosts: Readonly<Partial<Record<BoostId, number>>>;
  /**
   * Ids of volatile conditions, e.g. `substitute`, `leechseed`, `confusion`, `dynamax`; the value is a level or 1.
   * `itemremoved`: it has lost its item since it came in, which is what Unburden asks for.
   */
  readonly volatiles: Readonly<Record<string, number>>;
  /** Types that count for defence now: after tera, Soak, Burn Up and the like. */
  readonly types: readonly string[];
  /** Tera type: own always in gen 9, the foe's once revealed. */
  readonly teraType?: string;
  readonly terastallized: boolean;
  /** The types it had when it terastallized, which its attacks keep their bonus for; absent: not terastallized. */
  readonly typesUnderTera?: readonly string[];
  /** Moves with which it has struck since it terastallized to Stellar: each type is strengthened once; absent: none. */
  readonly stellarMoves?: readonly string[];
  /** Current ability; undefined while not known. */
  readonly ability?: string;
  /** Ability outside of Skill Swap and the like; undefined while not known. */
  readonly baseAbility?: string;
  /** Held item id; `''` when it is known to hold none, undefined while not known. */
  readonly item?: string;
  /** The item it has lost in this battle, if any. */
  readonly lastItem?: string;
  /** Own: all moves. Foe: those seen (excluding moves called by other moves or gained by Transform). */
  readonly moves: readonly KnownMove[];
  /** Own side only: stats at stage 0, without items, in points, before {@link PokemonState.statChanges}. */
  readonly stats?: Readonly<Record<Exclude<StatId, 'hp'>, number>>;
  /** Last move used since it came in. */
  readonly lastMove?: string;
  /** What has become of its stats since it came in, oldest first; absent: nothing. */
  readonly statChanges?: readonly StatChange[];
  /** {@link PokemonState.id} of the one whose stats and moves it has by Transform; a copy's copy has the original's. */
  readonly copyOf?: string;
  /** Generation 1 only, on the field. */
  readonly statPenalties?: StatPenalties;
  /** Generation 1 only: the target that it holds by a move such as Wrap. */
  readonly binding?: Binding;
  /** How often attacks have hit it in this battle, which Rage Fist counts; absent: never. */
  readonly timesHit?: number;
  /** The move that had an effect in its last turn, and in how many turns in a row; absent: none. */
  readonly streak?: { readonly move: string; readonly uses: number };
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

/** One player's half of the battle. */
export interface SideState {
  readonly id: SideId;
  /** Pokémon in the team, seen or not. */
  readonly teamSize: number;
  /** Own: the whole team in team order. Foe: those seen (or previewed). */
  readonly pokemon: readonly PokemonState[];
  /** By field position; null where nobody stands. */
  readonly active: readonly (PokemonState | null)[];
  /** By condition id: `stealthrock`, `spikes`, `reflect`, `tailwind`, … */
  readonly conditions: Readonly<Record<string, ConditionState>>;
  /** Fainted so far. */
  readonly fainted: number;
  /** One of it fainted in the last turn, which Retaliate avenges. */
  readonly justLost?: boolean;
  /** Gimmicks this side has spent: `mega`, `zmove`, `dynamax`, `terastallize`, `ultra`. */
  readonly spent: readonly string[];
}

/** What lies over the whole field. */
export interface FieldState {
  /** Weather id (`raindance`, `sunnyday`, `sandstorm`, `hail`, `snowscape`, `desolateland`, `primordialsea`, `deltastream`) or undefined. */
  readonly weather?: string;
  readonly weatherTurnsLeft?: readonly [number, number];
  /** Terrain id (`electricterrain`, …) or undefined. */
  readonly terrain?: string;
  readonly terrainTurnsLeft?: readonly [number, number];
  /** Rooms, gravity and the like, by id. */
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

/** Who stands on a side's field, left to right. */
export function standing({ active }: SideState): readonly PokemonState[] {
  return active.flatMap((pokemon) => (pokemon && !pokemon.fainted ? [pokemon] : []));
}

/** The other side. */
export function otherSide(side: SideId): SideId {
  return side === 'p1' ? 'p2' : 'p1';
}
