/**
 * Inputs that describe the state in which a side chooses, and their indices. HP are fractions; many others are 1 or 0.
 */
export const CONTEXT = {
  hp: 0,
  foeHp: 1,
  first: 2,
  /** How a fight to the end would go, −1 to 1. */
  outlook: 3,
  /** Expected share of the other Pokémon's remaining HP that the best attack takes, at most 1.5. */
  deals: 4,
  takes: 5,
  /** Stages, in threes. */
  attack: 6,
  defence: 7,
  speed: 8,
  foeAttack: 9,
  foeDefence: 10,
  foeSpeed: 11,
  ill: 12,
  foeIll: 13,
  foeHelpless: 14,
  substitute: 15,
  foeSubstitute: 16,
  /** In sixths. */
  standing: 17,
  foeStanding: 18,
  /** How much better the best on the bench would fare. */
  bestGain: 19,
  gimmick: 20,
  foeGimmick: 21,
  replaces: 22,
  pivoted: 23,
  foeIsDown: 24,
  afflicted: 25,
  foeAfflicted: 26,
  locked: 27,
  foeLocked: 28,
  fresh: 29,
  foeFresh: 30,
  hazards: 31,
  foeHazards: 32,
  screens: 33,
  foeScreens: 34,
  stalled: 35,
  /** HP that switching out would restore. */
  regenerates: 36,
  foeSetsUp: 37,
  takesQuick: 38,
} as const;
/** Number of inputs for a state. */
export const CONTEXT_INPUTS = Object.keys(CONTEXT).length;
