import { abilityNow, hpShare, isGrounded, isRainy, isSunny, itemNow, weatherNow } from './condition.ts';
import type { ModelMove } from './model-move.ts';
import type { Half, Position } from './position.ts';
import {
  DARK,
  ELECTRIC,
  FAIRY,
  FIRE,
  FLYING,
  GRASS,
  GROUND,
  ICE,
  NO_TYPE,
  NORMAL,
  POISON,
  PSYCHIC,
  ROCK,
  STEEL,
  WATER,
} from './types.ts';

const PLATE_TYPES: Readonly<Record<string, number>> = {
  ogerponwellspring: WATER,
  ogerponhearthflame: FIRE,
  ogerponcornerstone: ROCK,
  taurospaldeablaze: FIRE,
  taurospaldeaaqua: WATER,
};

/** Type of a move if this half's active Pokémon uses it now. */
export function typeOf(p: Position, user: Half, move: ModelMove): number {
  switch (move.id) {
    case 'terablast':
      return user.active.terastallized ? user.body.teraType : NORMAL;
    case 'terastarstorm':
      return user.active.terastallized ? user.body.teraType : NORMAL;
    case 'weatherball':
      return weatherType(p);
    case 'terrainpulse':
      return isGrounded(p, user) ? terrainType(p) : NORMAL;
    case 'revelationdance':
    case 'judgment':
    case 'multiattack':
      return user.type1;
    case 'ivycudgel':
    case 'ragingbull':
      return PLATE_TYPES[user.body.species] ?? move.type;
    case 'struggle':
      return p.gen === 1 ? NORMAL : NO_TYPE;
  }
  if (move.category === 'Status') return move.type;
  switch (abilityNow(user)) {
    case 'aerilate':
      return move.type === NORMAL ? FLYING : move.type;
    case 'pixilate':
      return move.type === NORMAL ? FAIRY : move.type;
    case 'refrigerate':
      return move.type === NORMAL ? ICE : move.type;
    case 'galvanize':
      return move.type === NORMAL ? ELECTRIC : move.type;
    case 'normalize':
      return NORMAL;
    case 'liquidvoice':
      return move.sound ? WATER : move.type;
    default:
      return move.type;
  }
}

function weatherType(p: Position): number {
  switch (weatherNow(p)) {
    case 'sun':
    case 'harshsun':
      return FIRE;
    case 'rain':
    case 'heavyrain':
      return WATER;
    case 'sand':
      return ROCK;
    case 'snow':
      return ICE;
    default:
      return NORMAL;
  }
}

function terrainType(p: Position): number {
  switch (p.terrain) {
    case 'electricterrain':
      return ELECTRIC;
    case 'grassyterrain':
      return GRASS;
    case 'mistyterrain':
      return FAIRY;
    case 'psychicterrain':
      return PSYCHIC;
    default:
      return NORMAL;
  }
}

/** Base power of a move now, before items and abilities. */
export function powerOf(p: Position, user: Half, move: ModelMove): number {
  const { foe } = user;
  const { active, volatiles } = user;
  const power = move.power;
  switch (move.id) {
    case 'acrobatics':
      return active.item === '' ? 110 : power;
    case 'avalanche':
    case 'revenge':
      return volatiles.hurtPhysical + volatiles.hurtSpecial > 0 ? power * 2 : power;
    case 'payback':
      return foe.volatiles.moved ? power * 2 : power;
    case 'boltbeak':
    case 'fishiousrend':
      return foe.volatiles.moved ? power : power * 2;
    case 'brine':
      return foe.active.hp * 2 <= foe.active.maxHp ? power * 2 : power;
    case 'hex':
    case 'infernalparade':
      return foe.active.status !== '' ? power * 2 : power;
    case 'barbbarrage':
    case 'venoshock':
      return foe.active.status === 'psn' || foe.active.status === 'tox' ? power * 2 : power;
    case 'facade':
      return active.status !== '' && active.status !== 'slp' ? power * 2 : power;
    case 'smellingsalts':
      return foe.active.status === 'par' ? power * 2 : power;
    case 'wakeupslap':
      return foe.active.status === 'slp' ? power * 2 : power;
    case 'knockoff':
      return p.gen >= 6 && foe.active.item !== '' ? power * 1.5 : power;
    case 'eruption':
    case 'waterspout':
    case 'dragonenergy':
      return Math.max(1, Math.floor(power * hpShare(user)));
    case 'flail':
    case 'reversal':
      return flailPower(hpShare(user));
    case 'crushgrip':
    case 'wringout':
    case 'hardpress':
      return Math.max(1, Math.floor((move.id === 'hardpress' ? 100 : 120) * hpShare(foe)));
    case 'grassknot':
    case 'lowkick':
      return p.gen >= 3 ? weightPower(foe.body.weight) : power;
    case 'heatcrash':
    case 'heavyslam':
      return weightRatioPower(user.body.weight / Math.max(0.1, foe.body.weight));
    case 'gyroball':
      return Math.max(
        1,
        Math.min(150, Math.floor((25 * speedGuess(foe)) / Math.max(1, speedGuess(user))) + 1),
      );
    case 'electroball':
      return electroPower(speedGuess(user) / Math.max(1, speedGuess(foe)));
    case 'storedpower':
    case 'powertrip':
      return power + 20 * raised(user);
    case 'punishment':
      return Math.min(200, 60 + 20 * raised(foe));
    case 'lastrespects':
      return 50 + 50 * user.fainted;
    case 'weatherball':
      return weatherNow(p) === '' ? power : power * 2;
    case 'terrainpulse':
      return p.terrain !== '' && isGrounded(p, user) ? power * 2 : power;
    case 'risingvoltage':
      return p.terrain === 'electricterrain' && isGrounded(p, foe) ? power * 2 : power;
    case 'expandingforce':
      return p.terrain === 'psychicterrain' && isGrounded(p, user) ? power * 1.5 : power;
    case 'psyblade':
      return p.terrain === 'electricterrain' ? power * 1.5 : power;
    case 'mistyexplosion':
      return p.terrain === 'mistyterrain' && isGrounded(p, user) ? power * 1.5 : power;
    case 'hydrosteam':
      // The sun strengthens it by as much as it weakens other Water moves.
      return isSunny(p) ? power * 3 : power;
    case 'solarbeam':
    case 'solarblade':
      return isRainy(p) || weatherNow(p) === 'sand' || weatherNow(p) === 'snow' ? power / 2 : power;
    case 'terastarstorm':
      return power;
    case 'magnitude':
      return 71;
    case 'present':
      return 52;
    case 'trumpcard':
      return 40;
    case 'beatup':
      return 10;
    case 'return':
    case 'frustration':
      return 102;
    case 'naturalgift':
      return active.item === '' ? 0 : 80;
    case 'fling':
      return active.item === '' ? 0 : 30;
    default:
      return power;
  }
}

function flailPower(share: number): number {
  const pixels = Math.floor(48 * share);
  if (pixels <= 1) return 200;
  if (pixels <= 4) return 150;
  if (pixels <= 9) return 100;
  if (pixels <= 16) return 80;
  return pixels <= 32 ? 40 : 20;
}

function weightPower(kg: number): number {
  if (kg >= 200) return 120;
  if (kg >= 100) return 100;
  if (kg >= 50) return 80;
  if (kg >= 25) return 60;
  return kg >= 10 ? 40 : 20;
}

function weightRatioPower(ratio: number): number {
  if (ratio >= 5) return 120;
  if (ratio >= 4) return 100;
  if (ratio >= 3) return 80;
  return ratio >= 2 ? 60 : 40;
}

function electroPower(ratio: number): number {
  if (ratio >= 4) return 150;
  if (ratio >= 3) return 120;
  if (ratio >= 2) return 80;
  return ratio >= 1 ? 60 : 40;
}

/** Speed with stages and paralysis, which is what Gyro Ball and Electro Ball compare. */
function speedGuess({ body, volatiles, active }: Half): number {
  const stage = volatiles.spe;
  const factor = stage >= 0 ? (2 + stage) / 2 : 2 / (2 - stage);
  return body.spe * factor * (active.status === 'par' ? 0.5 : 1) * (active.item === 'ironball' ? 0.5 : 1);
}

/** Stages above zero, summed. */
function raised({ volatiles: v }: Half): number {
  const up = (stage: number): number => (stage > 0 ? stage : 0);
  return up(v.atk) + up(v.def) + up(v.spa) + up(v.spd) + up(v.spe) + up(v.accuracy) + up(v.evasion);
}

/** Factor of the user's ability on the power of a move. */
export function abilityPowerFactor(
  p: Position,
  user: Half,
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
      return 1 + 0.1 * Math.min(5, user.fainted);
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

const isPoisoned = ({ active: { status } }: Half): boolean => status === 'psn' || status === 'tox';

const TYPE_ITEMS: Readonly<Record<string, number>> = {
  adamantorb: STEEL,
  blackbelt: 7,
  blackglasses: DARK,
  charcoal: FIRE,
  dragonfang: 15,
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
  silverpowder: 12,
  softsand: GROUND,
  spelltag: 14,
  twistedspoon: PSYCHIC,
  waveincense: WATER,
  oddincense: PSYCHIC,
  rockincense: ROCK,
  roseincense: GRASS,
  dracoplate: 15,
  dreadplate: DARK,
  earthplate: GROUND,
  fistplate: 7,
  flameplate: FIRE,
  icicleplate: ICE,
  insectplate: 12,
  ironplate: STEEL,
  meadowplate: GRASS,
  mindplate: PSYCHIC,
  pixieplate: FAIRY,
  skyplate: FLYING,
  splashplate: WATER,
  spookyplate: 14,
  stoneplate: ROCK,
  toxicplate: POISON,
  zapplate: ELECTRIC,
};

/** Factor of the user's item on the power of a move. */
export function itemPowerFactor(p: Position, user: Half, move: ModelMove, type: number): number {
  const item = itemNow(user);
  switch (item) {
    case '':
      return 1;
    case 'muscleband':
      return move.category === 'Physical' ? 1.1 : 1;
    case 'wiseglasses':
      return move.category === 'Special' ? 1.1 : 1;
    case 'punchingglove':
      return move.punch ? 1.1 : 1;
    case 'cornerstonemask':
    case 'hearthflamemask':
    case 'wellspringmask':
      return 1.2;
    case 'adamantcrystal':
    case 'adamantorb':
      return type === STEEL || type === 15 ? 1.2 : 1;
    case 'lustrousglobe':
    case 'lustrousorb':
      return type === WATER || type === 15 ? 1.2 : 1;
    case 'griseouscore':
    case 'griseousorb':
      return type === 14 || type === 15 ? 1.2 : 1;
    case 'souldew':
      return p.gen >= 7 && (type === PSYCHIC || type === 15) ? 1.2 : 1;
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
