/** Protected from moves by Protect or a similar move. */
export const SHIELDED = 1;
/** Out of reach of moves: in the air, underground, under water or gone. */
export const OUT_OF_REACH = 2;

/** Its move failed this turn. */
export const FAILED_NOW = 1;
/** Its move failed in the turn before. */
export const FAILED_LAST_TURN = 2;

/** What ends when the active Pokémon leaves the field; all zero when it has just come in. */
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
  /** Slot + 1 of the move it is locked into by a choice item or ability, Outrage or Uproar. */
  lockedMove = 0;
  /** Turns left of Outrage and similar moves, this one included. */
  rampage = 0;
  recharging = 0;
  /** Slot + 1 of a move that hits next turn. */
  charging = 0;
  /** Successful Protects in a row. */
  stalled = 0;
  /** Why it cannot be hit this turn: 0 (it can), {@link SHIELDED} or {@link OUT_OF_REACH}. */
  protected = 0;
  /** Slot + 1 of the move last used. */
  lastMove = 0;
  /** Turn ends it has been on the field for. */
  turnsActive = 0;
  /** Moves it has tried since it came in: Fake Out works only as the first. */
  movesMade = 0;
  yawn = 0;
  perish = 0;
  flashFire = 0;
  /** Turns left in Fire Spin and similar moves. */
  bound = 0;
  /** Trapped by Mean Look and similar moves. */
  held = 0;
  destinyBond = 0;
  saltCure = 0;
  cursed = 0;
  aquaRing = 0;
  ingrain = 0;
  /** Critical-hit stages from Focus Energy and similar moves. */
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
  /** Its Flying type is suspended for this turn. */
  roosting = 0;
  /** Protean or Libero has been used. */
  changedType = 0;
  magnetRise = 0;
  unburdened = 0;
  /** State of the ability Truant: it loafs when 1. */
  loafing = 0;
  /** Turns of Dynamax left. */
  dynamax = 0;
  syrup = 0;
  /** Takes double damage until its next move. */
  exposed = 0;
  healBlock = 0;
  smackedDown = 0;
  /** How often in a row it has succeeded with the move last used. */
  streak = 0;
  /** When its last move failed: 0 (it did not), {@link FAILED_NOW} or {@link FAILED_LAST_TURN}. */
  failed = 0;
  /** Its stages went up, or down, this turn. */
  raised = 0;
  lowered = 0;
  /** It has lost HP this turn. */
  hurtNow = 0;
  /** Moves used since it came in, one bit per slot. */
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
