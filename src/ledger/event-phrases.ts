import type { BoostId, StatusId } from '../battle/state.ts';

/** Stats as sentences name them. */
export const STAT_NAMES: Record<BoostId, string> = {
  atk: 'Attack',
  def: 'Defense',
  spa: 'Sp. Atk',
  spd: 'Sp. Def',
  spe: 'Speed',
  accuracy: 'accuracy',
  evasion: 'evasiveness',
};

/** What follows the name of a Pokémon that gets a status. */
export const STATUS_STARTS: Record<StatusId, string> = {
  brn: 'was burned',
  par: 'was paralyzed',
  psn: 'was poisoned',
  tox: 'was badly poisoned',
  slp: 'fell asleep',
  frz: 'was frozen solid',
};

/** What follows the name of a Pokémon whose status ends. */
export const STATUS_ENDS: Record<StatusId, string> = {
  brn: 'is no longer burned',
  par: 'is no longer paralyzed',
  psn: 'is no longer poisoned',
  tox: 'is no longer poisoned',
  slp: 'woke up',
  frz: 'thawed out',
};

/** What follows the name of a Pokémon that cannot move, by the reason. */
export const CANT_REASONS = new Map([
  ['par', 'is fully paralyzed'],
  ['slp', 'is fast asleep'],
  ['frz', 'is frozen solid'],
  ['flinch', 'flinched'],
  ['recharge', 'must recharge'],
  ['attract', 'is immobilized by love'],
  ['truant', 'is loafing around'],
  ['focuspunch', 'lost its focus'],
  ['nopp', 'has no PP left'],
  ['partiallytrapped', 'is trapped'],
]);

/** What follows the name of a Pokémon whose stages have changed all at once. */
export const BOOSTS_RESETS = new Map([
  ['setboost', 'stat stages were set'],
  ['swapboost', 'stat stages were swapped'],
  ['copyboost', 'stat stages were copied'],
  ['invertboost', 'stat stages were turned upside down'],
  ['clearpositiveboost', 'raised stats went back to normal'],
  ['clearnegativeboost', 'lowered stats went back to normal'],
]);

/** Causes that are neither moves, abilities nor items. */
export const CAUSE_NAMES = new Map([
  ['brn', 'burn'],
  ['psn', 'poison'],
  ['tox', 'poison'],
  ['recoil', 'recoil'],
  ['confusion', 'confusion'],
  ['drain', 'draining'],
]);

/** Sentences for volatile conditions for which "NAME started" reads badly; keys are `effect change`. */
export const VOLATILE_SENTENCES = new Map([
  ['confusion start', 'became confused'],
  ['confusion activate', 'is confused'],
  ['confusion end', 'snapped out of its confusion'],
  ['substitute start', 'put up a substitute'],
  ['substitute activate', 'took the hit with its substitute'],
  ['substitute end', 'lost its substitute'],
  ['leechseed start', 'was seeded'],
  ['yawn start', 'grew drowsy'],
  ['dynamax start', 'dynamaxed'],
  ['dynamax end', 'returned to its normal size'],
  ['typechange start', 'changed its type'],
  ['typeadd start', 'gained a type'],
  ['trapped activate', 'can no longer escape'],
  ['attract start', 'fell in love'],
  ['destinybond activate', 'took its attacker down with it'],
  ['endure activate', 'endured the hit'],
]);

/** Sentences for weathers that begin. */
export const WEATHER_STARTS = new Map([
  ['raindance', 'It started to rain'],
  ['sunnyday', 'The sunlight turned harsh'],
  ['sandstorm', 'A sandstorm kicked up'],
  ['hail', 'It started to hail'],
  ['snow', 'It started to snow'],
  ['snowscape', 'It started to snow'],
  ['desolateland', 'The sunlight turned extremely harsh'],
  ['primordialsea', 'A heavy rain began to fall'],
  ['deltastream', 'Strong winds began to blow'],
]);
