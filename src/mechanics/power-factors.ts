import { abilityNow, itemNow, weatherNow } from './condition.ts';
import type { ModelMove } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import {
  BUG,
  DARK,
  DRAGON,
  ELECTRIC,
  FAIRY,
  FIGHTING,
  FIRE,
  FLYING,
  GHOST,
  GRASS,
  GROUND,
  ICE,
  NORMAL,
  POISON,
  PSYCHIC,
  ROCK,
  STEEL,
  WATER,
} from './types.ts';

/** Factor of the user's ability on the power of a move. */
export function abilityPowerFactor(
  p: SearchState,
  user: Side,
  move: ModelMove,
  power: number,
  type: number,
): number {
  switch (abilityNow(user)) {
    case 'technician':
      return power <= 60 ? 1.5 : 1;
    case 'sheerforce':
      return move.hasSecondary ? 1.3 : 1;
    case 'ironfist':
      return move.punch ? 1.2 : 1;
    case 'reckless':
      return move.recoil > 0 || move.crashes ? 1.2 : 1;
    case 'toughclaws':
      return move.contact ? 1.3 : 1;
    case 'strongjaw':
      return move.bite ? 1.5 : 1;
    case 'megalauncher':
      return move.pulse ? 1.5 : 1;
    case 'sharpness':
      return move.slicing ? 1.5 : 1;
    case 'punkrock':
      return move.sound ? 1.3 : 1;
    case 'sandforce':
      return weatherNow(p) === 'sand' && (type === ROCK || type === GROUND || type === STEEL) ? 1.3 : 1;
    case 'analytic':
      return user.foe.volatiles.moved ? 1.3 : 1;
    case 'aerilate':
    case 'pixilate':
    case 'refrigerate':
    case 'galvanize':
      return move.type === NORMAL ? (p.gen >= 7 ? 1.2 : 1.3) : 1;
    case 'normalize':
      return p.gen >= 7 ? 1.2 : 1;
    case 'steelworker':
      return type === STEEL ? 1.5 : 1;
    case 'steelyspirit':
      return type === STEEL ? 1.5 : 1;
    case 'toxicboost':
      return isPoisoned(user) && move.category === 'Physical' ? 1.5 : 1;
    case 'flareboost':
      return user.active.status === 'brn' && move.category === 'Special' ? 1.5 : 1;
    case 'supremeoverlord':
      return 1 + 0.1 * user.volatiles.fallen;
    case 'parentalbond':
      return move.maxHits === 1 ? 1.25 : 1;
    case 'darkaura':
      return type === DARK ? 1.33 : 1;
    case 'fairyaura':
      return type === FAIRY ? 1.33 : 1;
    default:
      return 1;
  }
}

const isPoisoned = ({ active: { status } }: Side): boolean => status === 'psn' || status === 'tox';

/** Items that strengthen the moves of a type. */
export const TYPE_ITEMS: Readonly<Record<string, number>> = {
  adamantorb: STEEL,
  blackbelt: FIGHTING,
  blackglasses: DARK,
  charcoal: FIRE,
  dragonfang: DRAGON,
  fairyfeather: FAIRY,
  hardstone: ROCK,
  magnet: ELECTRIC,
  metalcoat: STEEL,
  miracleseed: GRASS,
  mysticwater: WATER,
  nevermeltice: ICE,
  poisonbarb: POISON,
  seaincense: WATER,
  sharpbeak: FLYING,
  silkscarf: NORMAL,
  silverpowder: BUG,
  softsand: GROUND,
  spelltag: GHOST,
  twistedspoon: PSYCHIC,
  waveincense: WATER,
  oddincense: PSYCHIC,
  rockincense: ROCK,
  roseincense: GRASS,
  dracoplate: DRAGON,
  dreadplate: DARK,
  earthplate: GROUND,
  fistplate: FIGHTING,
  flameplate: FIRE,
  icicleplate: ICE,
  insectplate: BUG,
  ironplate: STEEL,
  meadowplate: GRASS,
  mindplate: PSYCHIC,
  pixieplate: FAIRY,
  skyplate: FLYING,
  splashplate: WATER,
  spookyplate: GHOST,
  stoneplate: ROCK,
  toxicplate: POISON,
  zapplate: ELECTRIC,
};

/** Factor of the user's item on the power of a move. */
export function itemPowerFactor(p: SearchState, user: Side, move: ModelMove, type: number): number {
  const item = itemNow(user);
  switch (item) {
    case '':
      return 1;
    case 'muscleband':
      return move.category === 'Physical' ? 1.1 : 1;
    case 'wiseglasses':
      return move.category === 'Special' ? 1.1 : 1;
    case 'metronome':
      return 1 + 0.2 * Math.min(5, user.volatiles.streak);
    case 'punchingglove':
      return move.punch ? 1.1 : 1;
    case 'cornerstonemask':
    case 'hearthflamemask':
    case 'wellspringmask':
      return 1.2;
    case 'adamantcrystal':
    case 'adamantorb':
      return type === STEEL || type === DRAGON ? 1.2 : 1;
    case 'lustrousglobe':
    case 'lustrousorb':
      return type === WATER || type === DRAGON ? 1.2 : 1;
    case 'griseouscore':
    case 'griseousorb':
      return type === GHOST || type === DRAGON ? 1.2 : 1;
    case 'souldew':
      return p.gen >= 7 && (type === PSYCHIC || type === DRAGON) ? 1.2 : 1;
    default:
      if (TYPE_ITEMS[item] === type) return p.gen >= 4 ? 1.2 : 1.1;
      return item.endsWith('gem') && item === gemOf(type) ? (p.gen >= 6 ? 1.3 : 1.5) : 1;
  }
}

/** The gem that strengthens a type; only the Normal Gem is left since generation 6. */
export function gemOf(type: number): string {
  return GEMS[type] ?? '';
}

const GEMS = [
  '',
  'normalgem',
  'firegem',
  'watergem',
  'electricgem',
  'grassgem',
  'icegem',
  'fightinggem',
  'poisongem',
  'groundgem',
  'flyinggem',
  'psychicgem',
  'buggem',
  'rockgem',
  'ghostgem',
  'dragongem',
  'darkgem',
  'steelgem',
  'fairygem',
];
