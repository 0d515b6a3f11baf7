import type { Forme } from './forme.ts';
import { ABILITY_IDS } from './ids.ts';
import type { ModelMove } from './move.ts';
import type { Pokemon } from './pokemon.ts';
import { Volatiles } from './volatiles.ts';

const CLEAN = new Volatiles();

/** A side need not bring in anybody, or must: for a fainted Pokémon, after U-turn and the like, after Baton Pass. */
export const NOT_ASKED = 0;
export const FAINTED = 1;
export const PIVOT = 2;
export const PASS = 3;
export type SwitchDemand = typeof NOT_ASKED | typeof FAINTED | typeof PIVOT | typeof PASS;

/** One player's side of the field. */
export class Side {
  readonly pokemon: readonly Pokemon[];
  /** The other side; set once by its `SearchState`. */
  foe!: Side;
  readonly volatiles = new Volatiles();
  active: Pokemon;
  /** Types that count now. */
  type1 = 0;
  type2 = 0;
  /** What the active Pokémon is now. */
  forme: Forme;
  /** What it is again once it leaves, where a forme or a copy that does not last covers that. */
  formeAtHome: Forme | undefined;
  /** Its ability now, see `ids.ts`: its forme's, until another takes its place. */
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
  /** Index of the foe's team member whose delayed attack lands here, and its move. */
  futureUser = 0;
  futureMove: ModelMove | undefined;
  healingWish = 0;
  fainted = 0;
  /** Times one of its team has fainted, whoever came back. */
  everFainted = 0;
  /** The turn in which one fainted last. */
  faintedIn = -1;
  /** The once-per-battle gimmick is spent, and the Z-move. */
  gimmickSpent = 0;
  zMoveSpent = 0;
  /** What this side does this turn; see choices.ts. */
  choice = 0;
  /** Still to act this turn. */
  pending = 0;
  /** Has still to act this turn, but what it chose is not known: it may be anything. */
  undecided = 0;
  /** Why it must bring in somebody. */
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

  /** Forgets everything that leaves the field with the active Pokémon. */
  clearVolatiles(): void {
    this.volatiles.copyFrom(CLEAN);
  }

  hasType(type: number): boolean {
    return this.type1 === type || this.type2 === type;
  }
}
