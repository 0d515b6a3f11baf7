/**
 * Inputs that describe a choice, and their indices. Many are 1 or 0; one that does not apply to the kind of choice is
 * 0.
 */
export const CHOICE = {
  isAttack: 0,
  isStatusMove: 1,
  isSwitch: 2,
  /** Expected share of the opponent's remaining HP that it takes, at most 1.5. */
  deals: 3,
  /** The same of the opponent's maximum HP. */
  dealsOfAll: 4,
  faints: 5,
  faintsFirst: 6,
  /** Relative to the best attack. */
  ofBest: 7,
  isBest: 8,
  harmless: 9,
  /** Chance. */
  mayMiss: 10,
  goesFirst: 11,
  goesLast: 12,
  gimmick: 13,
  zMove: 14,
  /** Increase in the share of the opponent's remaining HP taken after the gimmick. */
  gimmickTakes: 15,
  /** Gives a healthy opponent a status. */
  burns: 16,
  paralyses: 17,
  poisons: 18,
  sendsToSleep: 19,
  statusInVain: 20,
  /** Stages in pairs, by their chance. */
  raisesAttack: 21,
  raisesDefence: 22,
  raisesSpeed: 23,
  lowersSelf: 24,
  lowersFoe: 25,
  heals: 26,
  /** Share of maximum HP that it would restore. */
  healsMissing: 27,
  /** Shares of HP. */
  drains: 28,
  costs: 29,
  laysHazards: 30,
  hazardsInVain: 31,
  clearsHazards: 32,
  helpsSide: 33,
  protects: 34,
  protectsAgain: 35,
  makesSubstitute: 36,
  pivots: 37,
  forcesOut: 38,
  selfDestructs: 39,
  losesTurn: 40,
  /** Locks its user into the move. */
  locks: 41,
  /** Chances. */
  mayGiveStatus: 42,
  mayFlinch: 43,
  seeds: 44,
  hampers: 45,
  confuses: 46,
  changesField: 47,
  takesItem: 48,
  /**
   * How the newcomer would fare against the opponent's active Pokémon, −1 to 1, and how much better than the current
   * one.
   */
  outlook: 49,
  gain: 50,
  newDeals: 51,
  newTakes: 52,
  newFirst: 53,
  newHp: 54,
  newIll: 55,
  isBestSwitch: 56,
  /** How much better the best on the bench would fare. */
  behindBest: 57,
  /** Share of the newcomer's HP taken by the opponent's best move against the current Pokémon. */
  expectedHit: 58,
  /** Share of its HP that hazards take. */
  entryCost: 59,
  newSetsUp: 60,
} as const;
/** Number of inputs for a choice. */
export const CHOICE_INPUTS = Object.keys(CHOICE).length;
