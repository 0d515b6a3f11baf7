import type { MainGimmick } from '../knowledge/gimmick.ts';
import type { Status, Terrain, Weather } from './condition-ids.ts';
import type { Forme } from './forme.ts';
import type { ModelMove } from './move.ts';
import type { TypeChart } from './types.ts';

/** What changes of one team member in the course of a battle and stays with it on the bench. */
export class Pokemon {
  readonly index: number;
  forme: Forme;
  /** HP points. */
  hp = 0;
  maxHp = 1;
  status: Status = '';
  /** Turns it will still sleep, or the toxic counter. */
  counter = 0;
  /** Id of the item held; `''` for none. */
  item = '';
  /** Whether it ever held one, for Unburden. */
  lostItem = false;
  terastallized = false;
  /** Once-per-battle abilities (Disguise, Intrepid Sword …) are spent. */
  abilitySpent = false;
  /** Hits it has taken in this battle. */
  timesHit = 0;
  ateBerry = false;
  pp0 = 0;
  pp1 = 0;
  pp2 = 0;
  pp3 = 0;

  constructor(index: number, forme: Forme) {
    this.index = index;
    this.forme = forme;
  }

  copyFrom(other: Pokemon): void {
    this.forme = other.forme;
    this.hp = other.hp;
    this.maxHp = other.maxHp;
    this.status = other.status;
    this.counter = other.counter;
    this.item = other.item;
    this.lostItem = other.lostItem;
    this.terastallized = other.terastallized;
    this.abilitySpent = other.abilitySpent;
    this.timesHit = other.timesHit;
    this.ateBerry = other.ateBerry;
    this.pp0 = other.pp0;
    this.pp1 = other.pp1;
    this.pp2 = other.pp2;
    this.pp3 = other.pp3;
  }

  /** PP left of the move in a slot, 0–3. */
  pp(slot: number): number {
    return slot === 0 ? this.pp0 : slot === 1 ? this.pp1 : slot === 2 ? this.pp2 : this.pp3;
  }

  usePp(slot: number, amount: number): void {
    if (slot === 0) this.pp0 = Math.max(0, this.pp0 - amount);
    else if (slot === 1) this.pp1 = Math.max(0, this.pp1 - amount);
    else if (slot === 2) this.pp2 = Math.max(0, this.pp2 - amount);
    else this.pp3 = Math.max(0, this.pp3 - amount);
  }
}

/** What leaves the field with the active Pokémon; all zero when it has just come in. */
export class Volatiles {
  atk = 0;
  def = 0;
  spa = 0;
  spd = 0;
  spe = 0;
  accuracy = 0;
  evasion = 0;
  /** HP of the substitute. */
  substitute = 0;
  /** Turns of confusion left. */
  confusion = 0;
  leechSeed = 0;
  taunt = 0;
  encore = 0;
  /** Slot + 1 of the move that Encore repeats. */
  encoreMove = 0;
  disable = 0;
  disabledMove = 0;
  /** Slot + 1 of the move that a choice item or ability, Outrage or Uproar holds it to. */
  lockedMove = 0;
  /** Turns of Outrage and its like left, this one included. */
  rampage = 0;
  recharging = 0;
  /** Slot + 1 of a move that strikes next turn. */
  charging = 0;
  /** Protects in a row. */
  stalled = 0;
  /** Cannot be hit this turn: 1 by protection, 2 by being out of reach. */
  protected = 0;
  /** Slot + 1 of the move last used. */
  lastMove = 0;
  /** Ends of turns it has seen on the field. */
  turnsActive = 0;
  /** Moves it has tried since it came in: Fake Out works as the first only. */
  movesMade = 0;
  yawn = 0;
  perish = 0;
  flashFire = 0;
  /** Turns left in Fire Spin and its like. */
  bound = 0;
  /** Held by Mean Look and its like. */
  held = 0;
  destinyBond = 0;
  saltCure = 0;
  cursed = 0;
  aquaRing = 0;
  ingrain = 0;
  /** Critical-hit stages from Focus Energy and the like. */
  focus = 0;
  charged = 0;
  /** 1–5 for the stat (atk … spe) that Protosynthesis or Quark Drive raises. */
  paradoxStat = 0;
  flinched = 0;
  moved = 0;
  /** Damage taken this turn, by category. */
  hurtPhysical = 0;
  hurtSpecial = 0;
  slowStart = 0;
  /** Its Flying type is gone for this turn. */
  roosting = 0;
  /** Protean and its like have had their turn. */
  changedType = 0;
  magnetRise = 0;
  unburdened = 0;
  /** Charge of the ability Truant: it loafs when 1. */
  loafing = 0;
  /** Turns of Dynamax left. */
  dynamax = 0;
  syrup = 0;
  /** Takes double damage until its next move. */
  exposed = 0;
  healBlock = 0;
  smackedDown = 0;
  /** Times in a row that it has used the move last used with success. */
  streak = 0;
  /** 1 where its move of this turn failed, 2 of the turn before. */
  failed = 0;
  /** Its stages went up, or down, in this turn. */
  raised = 0;
  lowered = 0;
  /** It has lost HP in this turn. */
  hurtNow = 0;
  /** Moves used since it came in, one bit a slot. */
  usedMoves = 0;
  /** Layers of Stockpile. */
  stockpile = 0;
  /** Uses in a row of Rollout or Ice Ball. */
  rolling = 0;
  /** It has used Defense Curl, or Minimize. */
  curled = 0;
  minimized = 0;
  /** Allies that had fainted when it came in: Supreme Overlord. */
  fallen = 0;

  copyFrom(o: Volatiles): void {
    this.atk = o.atk;
    this.def = o.def;
    this.spa = o.spa;
    this.spd = o.spd;
    this.spe = o.spe;
    this.accuracy = o.accuracy;
    this.evasion = o.evasion;
    this.substitute = o.substitute;
    this.confusion = o.confusion;
    this.leechSeed = o.leechSeed;
    this.taunt = o.taunt;
    this.encore = o.encore;
    this.encoreMove = o.encoreMove;
    this.disable = o.disable;
    this.disabledMove = o.disabledMove;
    this.lockedMove = o.lockedMove;
    this.rampage = o.rampage;
    this.recharging = o.recharging;
    this.charging = o.charging;
    this.stalled = o.stalled;
    this.protected = o.protected;
    this.lastMove = o.lastMove;
    this.turnsActive = o.turnsActive;
    this.movesMade = o.movesMade;
    this.yawn = o.yawn;
    this.perish = o.perish;
    this.flashFire = o.flashFire;
    this.bound = o.bound;
    this.held = o.held;
    this.destinyBond = o.destinyBond;
    this.saltCure = o.saltCure;
    this.cursed = o.cursed;
    this.aquaRing = o.aquaRing;
    this.ingrain = o.ingrain;
    this.focus = o.focus;
    this.charged = o.charged;
    this.paradoxStat = o.paradoxStat;
    this.flinched = o.flinched;
    this.moved = o.moved;
    this.hurtPhysical = o.hurtPhysical;
    this.hurtSpecial = o.hurtSpecial;
    this.slowStart = o.slowStart;
    this.roosting = o.roosting;
    this.changedType = o.changedType;
    this.magnetRise = o.magnetRise;
    this.unburdened = o.unburdened;
    this.loafing = o.loafing;
    this.dynamax = o.dynamax;
    this.syrup = o.syrup;
    this.exposed = o.exposed;
    this.healBlock = o.healBlock;
    this.smackedDown = o.smackedDown;
    this.streak = o.streak;
    this.failed = o.failed;
    this.raised = o.raised;
    this.lowered = o.lowered;
    this.hurtNow = o.hurtNow;
    this.usedMoves = o.usedMoves;
    this.stockpile = o.stockpile;
    this.rolling = o.rolling;
    this.curled = o.curled;
    this.minimized = o.minimized;
    this.fallen = o.fallen;
  }
}

const CLEAN = new Volatiles();

/** One player's half of the field. */
export class Side {
  readonly pokemon: readonly Pokemon[];
  /** The other half; set once by {@link SearchState}. */
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
  /** Its ability now: its forme's, until another takes its place. */
  ability = '';
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
  futureFighter = 0;
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
  /** What this half does this turn; see choices.ts. */
  choice = 0;
  /** Still to act this turn. */
  pending = 0;
  /** Has still to act this turn, but what it chose is not known: it may be anything. */
  undecided = 0;
  /** Must bring in somebody: 1 for a fainted Pokémon, 2 after U-turn and the like, 3 after Baton Pass. */
  mustSwitch = 0;

  constructor(team: readonly Pokemon[], active: Pokemon) {
    this.pokemon = team;
    this.active = active;
    this.forme = active.forme;
    this.ability = active.forme.ability;
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
    this.ability = o.ability;
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
    this.futureFighter = o.futureFighter;
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

  /** Forgets everything that leaves the field with the active Pokémon. */
  clearVolatiles(): void {
    this.volatiles.copyFrom(CLEAN);
  }

  hasType(type: number): boolean {
    return this.type1 === type || this.type2 === type;
  }
}

/** Where in a turn a position waits. */
export type Stage = 'choose' | 'act' | 'residual' | 'over';

/**
 * A singles battle as the turn model sees it: mutable, and copied in place, so that a search allocates nothing. HP is
 * in points. Both halves are complete: a position is one *world*, with nothing unknown.
 */
export class SearchState {
  readonly gen: number;
  readonly chart: TypeChart;
  /** What a Pokémon of each side may do once. */
  readonly gimmick: MainGimmick | undefined;
  readonly sides: readonly [Side, Side];
  /** Uniform in [0, 1). */
  random: () => number;
  weather: Weather = '';
  /** Turns left; 0 for one without an end. */
  weatherTurns = 0;
  terrain: Terrain = '';
  terrainTurns = 0;
  trickRoom = 0;
  gravity = 0;
  /** Factor of Echoed Voice, and the turn in which somebody used it last. */
  echo = 0;
  echoedIn = -9;
  turn = 0;
  /** The last turn whose end has been played. */
  endedTurn = -1;
  stage: Stage = 'choose';
  /** Winner's index once over; −1 before, 2 for a tie. */
  winner = -1;

  constructor(
    gen: number,
    chart: TypeChart,
    gimmick: MainGimmick | undefined,
    sides: readonly [Side, Side],
    random: () => number,
  ) {
    this.gen = gen;
    this.chart = chart;
    this.gimmick = gimmick;
    this.sides = sides;
    this.random = random;
    sides[0].foe = sides[1];
    sides[1].foe = sides[0];
  }

  /** Takes on another position of the same world. */
  copyFrom(o: SearchState): void {
    this.sides[0].copyFrom(o.sides[0]);
    this.sides[1].copyFrom(o.sides[1]);
    this.weather = o.weather;
    this.weatherTurns = o.weatherTurns;
    this.terrain = o.terrain;
    this.terrainTurns = o.terrainTurns;
    this.trickRoom = o.trickRoom;
    this.gravity = o.gravity;
    this.echo = o.echo;
    this.echoedIn = o.echoedIn;
    this.turn = o.turn;
    this.endedTurn = o.endedTurn;
    this.stage = o.stage;
    this.winner = o.winner;
  }

  /** An independent position equal to this one. */
  clone(): SearchState {
    const [own, foe] = this.sides.map(cloneHalf) as [Side, Side];
    const copy = new SearchState(this.gen, this.chart, this.gimmick, [own, foe], this.random);
    copy.copyFrom(this);
    return copy;
  }

  /** Whether something of this chance happens. */
  chance(probability: number): boolean {
    return probability >= 1 || (probability > 0 && this.random() < probability);
  }
}

function cloneHalf(side: Side): Side {
  const team = side.pokemon.map(({ index, forme }) => new Pokemon(index, forme));
  return new Side(team, team[side.active.index] ?? (team[0] as Pokemon));
}
