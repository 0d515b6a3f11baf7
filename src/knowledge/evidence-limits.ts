/** Volatile conditions that change neither damage nor speed. */
export const HARMLESS = new Set([
  'attract',
  'confusion',
  'curse',
  'disable',
  'encore',
  'healblock',
  'leechseed',
  'perish0',
  'perish1',
  'perish2',
  'perish3',
  'saltcure',
  'substitute',
  'taunt',
  'torment',
  'yawn',
]);

/** Moves whose damage depends on what happened earlier, or on the order of the turn. */
export const CIRCUMSTANTIAL = new Set([
  'assurance',
  'avalanche',
  'boltbeak',
  'doomdesire',
  'dragondarts',
  'echoedvoice',
  'electroball',
  'fishiousrend',
  'fling',
  'furycutter',
  'fusionbolt',
  'fusionflare',
  'futuresight',
  'gyroball',
  'iceball',
  'lashout',
  'lastrespects',
  'magnitude',
  'payback',
  'present',
  'pursuit',
  'ragefist',
  'retaliate',
  'revenge',
  'rollout',
  'round',
  'spitup',
  'stompingtantrum',
  'temperflare',
  'terastarstorm',
]);

/** Items and abilities that may let a slower Pokémon act first. */
export const OUT_OF_TURN = new Set(['quickclaw', 'quickdraw', 'custapberry']);

/** Items that lock their holder into one move. */
export const CHOICE_ITEMS = ['choiceband', 'choicespecs', 'choicescarf'];

/** Items that heal a little at the end of each turn. */
export const HEALING_ITEMS = ['leftovers', 'blacksludge'];

/** Hazards that damage a Pokémon that comes in. */
export const DAMAGING_HAZARDS = new Set(['stealthrock', 'spikes', 'gmaxsteelsurge']);

/** How far the difference of two exact HP fractions may be off. */
export const OWN_ROUNDING = 0.0015;

/** The same for an opponent's: shown HP are rounded up to a hundredth, or to a 48th if the server shows those. */
export function foeRounding(...shown: readonly number[]): number {
  const hundredths = shown.every((hp) => Math.abs(hp * 100 - Math.round(hp * 100)) < 1e-6);
  return hundredths ? 0.0105 : 1 / 48 + 0.0005;
}
