// The names are also in the file of the network's weights: weights that were trained on other inputs are refused.

/** Inputs that describe one of our Pokémon against one of the opponent's. HP and damage are fractions of maximum HP. */
export const PAIR = {
  hp: 0,
  foeHp: 1,
  /** Expected damage of the best attack, at most 2. */
  dealt: 2,
  taken: 3,
  /** 1 if ours goes first, 0 if not, ½ if unknown. */
  first: 4,
  /** How a fight to the end would go, −1 to 1. */
  race: 5,
  /** Damage as a share of the HP left, at most 1.5. */
  dealtOfLeft: 6,
  takenOfLeft: 7,
  active: 8,
  foeActive: 9,
  bothActive: 10,
} as const;
export const PAIR_INPUTS = Object.keys(PAIR).length;

/**
 * Inputs that describe one Pokémon, and their indices. Most are 1 or 0; all are 0 for a fainted one. From `setsUp` on
 * they are as at the beginning of the search.
 */
export const MEMBER = {
  alive: 0,
  /** Fraction. */
  hp: 1,
  burned: 2,
  paralysed: 3,
  poisoned: 4,
  badlyPoisoned: 5,
  asleep: 6,
  frozen: 7,
  terastallized: 8,
  /** Share of its HP that coming in would cost, at most all it has. */
  entryCost: 9,
  itemless: 10,
  abilitySpent: 11,
  active: 12,
  /** Stages of an active Pokémon. */
  atk: 13,
  def: 14,
  spa: 15,
  spd: 16,
  spe: 17,
  accuracy: 18,
  evasion: 19,
  /** Its HP as a share of its owner's. */
  substitute: 20,
  seeded: 21,
  confused: 22,
  /** Bound, trapped, taunted or under Encore. */
  hampered: 23,
  /** Locked into one move. */
  locked: 24,
  drowsy: 25,
  doomed: 26,
  setsUp: 27,
  recovers: 28,
  strikesFirst: 29,
  laysHazards: 30,
  clearsHazards: 31,
  pivots: 32,
  givesStatus: 33,
  forcesOut: 34,
  regenerates: 35,
  /** Attack is its better attacking stat. */
  physical: 36,
  choiceItem: 37,
  healingItem: 38,
  boots: 39,
} as const;
export const MEMBER_INPUTS = Object.keys(MEMBER).length;
/** Index of the first unchanging input. */
export const LASTING = MEMBER.setsUp;

/** Inputs that describe each side; most are 1 or 0. */
export const SIDE = {
  stealthRock: 0,
  /** Layers. */
  spikes: 1,
  toxicSpikes: 2,
  stickyWeb: 3,
  reflect: 4,
  lightScreen: 5,
  auroraVeil: 6,
  tailwind: 7,
  gimmickLeft: 8,
  wish: 9,
  futureMove: 10,
  mustSwitch: 11,
  undecided: 12,
  /** Number of its Pokémon that have fainted. */
  fainted: 13,
} as const;
export const SIDE_INPUTS = Object.keys(SIDE).length;

/** Inputs that describe the field that both sides share, 1 or 0. */
export const FIELD = {
  trickRoom: 0,
  sun: 1,
  rain: 2,
  sand: 3,
  snow: 4,
  electricTerrain: 5,
  grassyTerrain: 6,
  mistyTerrain: 7,
  psychicTerrain: 8,
  choosing: 9,
  acting: 10,
  gravity: 11,
} as const;
export const FIELD_INPUTS = Object.keys(FIELD).length;

/** Names of all inputs, in order; pairs and members repeat. */
export const VALUE_LAYOUT = {
  pair: Object.keys(PAIR),
  member: Object.keys(MEMBER),
  side: Object.keys(SIDE),
  field: Object.keys(FIELD),
};
