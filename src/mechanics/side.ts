import type { Forme } from './forme.ts';
import { ABILITY_IDS } from './ids.ts';
import type { ModelMove } from './model-move.ts';
import type { Pokemon } from './pokemon.ts';
import { Volatiles } from './volatiles.ts';

const CLEAN = new Volatiles();

/**
 * Whether a side must bring in a Pokémon, and why: not at all, for a fainted one, after U-turn or a similar move, after
 * Baton Pass.
 */
export const NOT_ASKED = 0;
export const FAINTED = 1;
export const PIVOT = 2;
export const PASS = 3;
export type SwitchDemand = typeof NOT_ASKED | typeof FAINTED | typeof PIVOT | typeof PASS;

/** Turns left of a condition that does not end by itself. */
export const ENDLESS = 999;

/** One player's side of the field. */
export class Side {
  readonly pokemon: readonly Pokemon[];
  /** The other side; set once by its `SearchState`. */
  foe!: Side;
  readonly volatiles = new Volatiles();
  active: Pokemon;
  /** Current types of the active Pokémon. */
  type1 = 0;
  type2 = 0;
  /** Current forme of the active Pokémon. */
  forme: Forme;
  /** The forme it returns to when it leaves, if its current one is temporary. */
  formeAtHome: Forme | undefined;
  /** Its current ability, see `ids.ts`: its forme's, unless replaced. */
  abilityNumber = 0;
  stealthRock = 0;
  spikes = 0;
  toxicSpikes = 0;
  stickyWeb = 0;
  reflect = 0;
  lightScreen = 0;
  auroraVeil = 0;
  tailwind = 0;
  safeguard = 0;
  wishTurns = 0;
  wishHp = 0;
  futureTurns = 0;
  /** Index of the opponent's team member whose delayed attack will hit here, and the attack. */
  futureUser = 0;
  futureMove: ModelMove | undefined;
  healingWish = 0;
  fainted = 0;
  /** How often its Pokémon have fainted, including revived ones. */
  everFainted = 0;
  /** The turn in which one of its Pokémon last fainted. */
  faintedIn = -1;
  /** The once-per-battle gimmick is spent, and the Z-move. */
  gimmickSpent = 0;
  zMoveSpent = 0;
  /** What this side does this turn; see choices.ts. */
  choice = 0;
  /** Still to act this turn. */
  pending = 0;
  /** Still to act this turn, with an unknown choice: it may be anything. */
  undecided = 0;
  /** Whether, and why, it must bring in a Pokémon. */
  mustSwitch: SwitchDemand = NOT_ASKED;

  constructor(team: readonly Pokemon[], active: Pokemon) {
    this.pokemon = team;
    this.active = active;
    this.forme = active.forme;
    this.abilityNumber = active.forme.abilityNumber;
  }

  copyFrom(o: Side): void {
    for (let i = 0; i < this.pokemon.length; i++) {
      const from = o.pokemon[i];
      if (from) this.pokemon[i]?.copyFrom(from);
    }
    this.volatiles.copyFrom(o.volatiles);
    this.active = this.pokemon[o.active.index] ?? this.active;
    this.type1 = o.type1;
    this.type2 = o.type2;
    this.forme = o.forme;
    this.formeAtHome = o.formeAtHome;
    this.abilityNumber = o.abilityNumber;
    this.stealthRock = o.stealthRock;
    this.spikes = o.spikes;
    this.toxicSpikes = o.toxicSpikes;
    this.stickyWeb = o.stickyWeb;
    this.reflect = o.reflect;
    this.lightScreen = o.lightScreen;
    this.auroraVeil = o.auroraVeil;
    this.tailwind = o.tailwind;
    this.safeguard = o.safeguard;
    this.wishTurns = o.wishTurns;
    this.wishHp = o.wishHp;
    this.futureTurns = o.futureTurns;
    this.futureUser = o.futureUser;
    this.futureMove = o.futureMove;
    this.healingWish = o.healingWish;
    this.fainted = o.fainted;
    this.everFainted = o.everFainted;
    this.faintedIn = o.faintedIn;
    this.gimmickSpent = o.gimmickSpent;
    this.zMoveSpent = o.zMoveSpent;
    this.choice = o.choice;
    this.pending = o.pending;
    this.undecided = o.undecided;
    this.mustSwitch = o.mustSwitch;
  }

  get ability(): string {
    return ABILITY_IDS.nameOf(this.abilityNumber);
  }

  set ability(id: string) {
    this.abilityNumber = ABILITY_IDS.numberOf(id);
  }

  /** Clears everything that ends when the active Pokémon leaves. */
  clearVolatiles(): void {
    this.volatiles.copyFrom(CLEAN);
  }

  /** HP of the active Pokémon as a fraction. */
  get hpShare(): number {
    return this.active.hp / this.active.maxHp;
  }

  hasType(type: number): boolean {
    return this.type1 === type || this.type2 === type;
  }
}
