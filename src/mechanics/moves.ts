// Longer than most: every move that does something of its own, in one table.

import { stageFactor } from '../knowledge/stat-stages.ts';
import { table } from '../util/table.ts';
import { UNCOPIABLE, UNGIVABLE, UNSUPPRESSABLE } from './ability-flags.ts';
import { addVolatile } from './add-volatile.ts';
import { hasBench } from './bench.ts';
import { boostByFoe, boostStat, clearStages, copyStages, turnStagesOver } from './boosts.ts';
import { takeFormeForNow } from './change-forme.ts';
import type { Status, Terrain, Weather } from './condition-ids.ts';
import { isGrounded, isRainy, isSunny, itemEffects, itemNow, weatherNow } from './effects-now.ts';
import { setTerrain, setWeather } from './field.ts';
import { applyIndirectDamage, eatPinchBerry, faint, heal } from './hp.ts';
import { MOVE_IDS } from './ids.ts';
import { inflict } from './inflict-status.ts';
import { keepsItem, loseItem } from './lose-item.ts';
import {
  countEchoedVoice,
  cureAndHeal,
  cureTeam,
  giveAbility,
  hasUsedAllOthers,
  healSelf,
  isAboutToAttack,
  loseType,
  makeSubstitute,
  payHp,
  rest,
  revive,
  shedTail,
  swapAbilities,
  swapSides,
  useStockpile,
} from './move-support.ts';
import {
  electroPower,
  flailPower,
  gyroPower,
  isLeaving,
  raisedStages,
  trumpPower,
  weightPower,
  weightRatioPower,
} from './power-formulas.ts';
import type { AttackEvent, MoveEffects, SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { clearHazards, clearScreens, layHazard } from './side-conditions.ts';
import { transform } from './transform.ts';
import {
  DARK,
  ELECTRIC,
  FAIRY,
  FIRE,
  GRASS,
  ICE,
  NO_TYPE,
  NORMAL,
  PSYCHIC,
  ROCK,
  STELLAR,
  WATER,
} from './types.ts';
import { FAILED_LAST_TURN } from './volatiles.ts';

type Stat = 'atk' | 'def' | 'spa' | 'spd' | 'spe';
type Power = NonNullable<MoveEffects['basePowerCallback']>;

const power = (basePowerCallback: Power): MoveEffects => ({ basePowerCallback });
const fixedPower = (points: number): MoveEffects => power(() => points);
/** Doubles the power under a condition. */
const doubledIf = (isSo: (p: SearchState, user: Side) => boolean): MoveEffects =>
  power((p, user, move) => (isSo(p, user) ? move.power * 2 : move.power));

const isPoisoned = ({ active: { status } }: Side): boolean => status === 'psn' || status === 'tox';
const isHurt = ({ volatiles }: Side): boolean => volatiles.hurtPhysical + volatiles.hurtSpecial > 0;
const byOwnHp = power((_, user, move) => Math.max(1, Math.floor(move.power * user.hpShare)));
const byFoesHp = (most: number): MoveEffects =>
  power((_, { foe }) => Math.max(1, Math.floor(most * foe.hpShare)));

const damage = (damageCallback: NonNullable<MoveEffects['damageCallback']>): MoveEffects => ({
  damageCallback,
});
const halvesHp = damage((_, { foe }) => Math.max(1, Math.floor(foe.active.hp / 2)));
const returnsAll = damage((_, { volatiles: v }) => Math.floor((v.hurtPhysical + v.hurtSpecial) * 1.5));

const worksIf = (onTry: NonNullable<MoveEffects['onTry']>): MoveEffects => ({ onTry });
const firstOnly = worksIf((_, { volatiles }) => volatiles.movesMade <= 1);
const forestalls = worksIf((_, { foe }) => isAboutToAttack(foe));

const afterHit = (onAfterHit: AttackEvent): MoveEffects => ({ onAfterHit });
const isUp = ({ active }: Side): boolean => active.hp > 0;
const bringsWeather = (weather: Weather): MoveEffects =>
  afterHit((p, { user }) => setWeather(p, user, weather));
const bringsTerrain = (terrain: Terrain): MoveEffects =>
  afterHit((p, { user }) => setTerrain(p, user, terrain));
const raisesOwn = (stat: Stat): MoveEffects => afterHit((p, { user }) => void boostStat(p, user, stat, 1));
const lowersFoes = (stat: Stat): MoveEffects =>
  afterHit((p, { target }) => void boostByFoe(p, target, stat, -1));
const holds = afterHit((_, { target }) => {
  if (isUp(target)) target.volatiles.held = 1;
});
const steals = afterHit((_, { user, target, hadSubstitute }) => {
  if (!isUp(target) || hadSubstitute || user.active.item !== '') return;
  if (target.active.item === '' || keepsItem(target)) return;
  user.active.item = target.active.item;
  loseItem(target);
});
const destroysBerry = afterHit((_, { target }) => {
  if (isUp(target) && target.active.item.endsWith('berry')) loseItem(target);
});
const sweepsOwnSide = afterHit((_, { user }) => {
  if (user.active.hp <= 0) return;
  clearHazards(user);
  user.volatiles.leechSeed = 0;
  user.volatiles.bound = 0;
});
const cures = (status: Status): MoveEffects =>
  afterHit((_, { target: { active } }) => {
    if (active.hp > 0 && active.status === status) active.status = '';
  });
const bringsDown = afterHit((_, { target }) => {
  if (isUp(target)) target.volatiles.smackedDown = 1;
});
const endsTerrain = afterHit((p) => {
  p.terrain = '';
});
const breaksScreens: MoveEffects = { breaksScreens: true };

const shield = (onShieldTouched: NonNullable<MoveEffects['onShieldTouched']>): MoveEffects => ({
  onShieldTouched,
});

const hits = (onHit: NonNullable<MoveEffects['onHit']>): MoveEffects => ({ onHit });
const holdsFoe = hits((_p, _user, target) => {
  target.volatiles.held = 1;
  return true;
});
const copiesAbility = hits((p, user, target) =>
  UNCOPIABLE.has(target.ability) ? false : giveAbility(p, user, target.ability),
);
const swapsItems = hits((_, user, target) => {
  if (keepsItem(target) || keepsItem(user)) return false;
  const { item } = user.active;
  user.active.item = target.active.item;
  target.active.item = item;
  user.volatiles.lockedMove = 0;
  target.volatiles.lockedMove = 0;
  return true;
});
const keepsAbility = ({ ability }: Side): boolean => UNSUPPRESSABLE.has(ability) || ability === 'truant';

const forOwnSide = (onHitSide: NonNullable<MoveEffects['onHitSide']>): MoveEffects => ({ onHitSide });
const restoresByWeather = forOwnSide((p, user) =>
  healSelf(user, isSunny(p) ? 2 / 3 : weatherNow(p) === '' ? 1 / 2 : 1 / 4),
);
const curesTeam = forOwnSide((_, user) => cureTeam(user));
const curesAndHeals = forOwnSide((_, user) => cureAndHeal(user));
const diesForNext = forOwnSide((p, user) => {
  if (!hasBench(user)) return false;
  user.healingWish = 1;
  faint(p, user);
  return true;
});
const nothing = forOwnSide(() => false);

function boostEach(p: SearchState, side: Side, amount: number, stats: readonly Stat[]): boolean {
  let changed = false;
  for (const stat of stats) changed = boostStat(p, side, stat, amount) || changed;
  return changed;
}

/** Raises stages for a part of the user's HP. */
const paidFor = (share: number, amount: number, stats: readonly Stat[]): MoveEffects =>
  forOwnSide((p, user) => {
    if (!payHp(user, share)) return false;
    boostEach(p, user, amount, stats);
    eatPinchBerry(p, user);
    return true;
  });

function bellyDrum(p: SearchState, user: Side): boolean {
  // In generation 2 it raises this much even when it fails.
  if (p.gen === 2 && user.active.hp <= Math.floor(user.active.maxHp / 2)) boostStat(p, user, 'atk', 2);
  if (user.volatiles.atk >= 6 || !payHp(user, 1 / 2)) return false;
  boostStat(p, user, 'atk', 12);
  eatPinchBerry(p, user);
  return true;
}

const BY_WEATHER: Readonly<Record<Weather, number>> = {
  '': NORMAL,
  sun: FIRE,
  harshsun: FIRE,
  rain: WATER,
  heavyrain: WATER,
  sand: ROCK,
  snow: ICE,
  wind: NORMAL,
};
const BY_TERRAIN: Readonly<Record<Terrain, number>> = {
  '': NORMAL,
  electricterrain: ELECTRIC,
  grassyterrain: GRASS,
  mistyterrain: FAIRY,
  psychicterrain: PSYCHIC,
};
const BY_FORME: Readonly<Record<string, number>> = table({
  ogerponwellspring: WATER,
  ogerponwellspringtera: WATER,
  ogerponhearthflame: FIRE,
  ogerponhearthflametera: FIRE,
  ogerponcornerstone: ROCK,
  ogerponcornerstonetera: ROCK,
  taurospaldeablaze: FIRE,
  taurospaldeaaqua: WATER,
});
const typeOfTera = ({ active }: Side): number => (active.terastallized ? active.forme.teraType : NORMAL);
const typeOfForme: MoveEffects = {
  onModifyType: (_, { forme }, move) => BY_FORME[forme.species] ?? move.type,
};

/** In rain they cannot miss; in sun half of them do. */
const accurateInRain = (inSun?: number): MoveEffects => ({
  onModifyAccuracy: (p, accuracy) => (isRainy(p) ? 2 : isSunny(p) ? (inSun ?? accuracy) : accuracy),
});

const strengthenedBy = (terrain: Terrain, factor: number): MoveEffects =>
  power((p, user, move) => (p.terrain === terrain && isGrounded(p, user) ? move.power * factor : move.power));
const weakInBadWeather = power((p, _, move) => {
  const weather = weatherNow(p);
  const isBad = isRainy(p) || weather === 'sand' || weather === 'snow';
  return isBad ? move.power / 2 : move.power;
});
const rolling = power(
  (_, { volatiles }, move) => move.power * 2 ** volatiles.rolling * (volatiles.curled ? 2 : 1),
);

/** One of three statuses. */
const anyOf = (...statuses: readonly [Status, Status, Status]): MoveEffects => ({
  onSecondaryHit: (p, user, target) => {
    inflict(p, target, statuses[Math.floor(p.random() * 3)] ?? statuses[2], user);
  },
});

/** What moves do beyond their data. */
export const MOVE_EFFECTS = MOVE_IDS.listed<MoveEffects>({
  // A gem is used up before the move hits.
  acrobatics: power((_, { active }, move) =>
    active.item === '' || active.item === 'flyinggem' ? 110 : move.power,
  ),
  alluringvoice: {
    onSecondaryHit: (p, user, target) => {
      if (target.volatiles.raised) addVolatile(p, user, target, 'confusion');
    },
  },
  anchorshot: holds,
  aromatherapy: curesTeam,
  assurance: doubledIf((_, { foe }) => foe.volatiles.hurtNow > 0),
  aurawheel: {
    onTry: (_, { forme }) => forme.species.startsWith('morpeko'),
    onModifyType: (_, { forme }, move) => (forme.species === 'morpekohangry' ? DARK : move.type),
  },
  avalanche: doubledIf((_, user) => isHurt(user)),
  banefulbunker: shield((p, user) => void inflict(p, user, 'psn', user.foe)),
  barbbarrage: doubledIf((_, { foe }) => isPoisoned(foe)),
  batonpass: forOwnSide((_, user) => hasBench(user)),
  beatup: fixedPower(10),
  belch: worksIf((_, { active }) => active.ateBerry),
  bellydrum: forOwnSide(bellyDrum),
  bleakwindstorm: accurateInRain(),
  blizzard: { onModifyAccuracy: (p, accuracy) => (weatherNow(p) === 'snow' ? 2 : accuracy) },
  block: holdsFoe,
  boltbeak: doubledIf((_, { foe }) => !foe.volatiles.moved),
  brickbreak: breaksScreens,
  brine: doubledIf((_, { foe: { active } }) => active.hp * 2 <= active.maxHp),
  bugbite: destroysBerry,
  burningbulwark: shield((p, user) => void inflict(p, user, 'brn', user.foe)),
  burningjealousy: {
    onSecondaryHit: (p, user, target) => {
      if (target.volatiles.raised) inflict(p, target, 'brn', user);
    },
  },
  burnup: { ...worksIf((_, user) => user.hasType(FIRE)), ...afterHit((_, { user }) => loseType(user, FIRE)) },
  ceaselessedge: afterHit((_, { target }) => void layHazard(target, 'spikes')),
  celebrate: nothing,
  clangoroussoul: paidFor(1 / 3, 1, ['atk', 'def', 'spa', 'spd', 'spe']),
  clearsmog: afterHit((_, { target, hadSubstitute }) => {
    if (isUp(target) && !hadSubstitute) clearStages(target);
  }),
  comeuppance: returnsAll,
  coreenforcer: afterHit((_, { target, hadSubstitute }) => {
    const isLate = target.volatiles.moved > 0;
    if (isUp(target) && !hadSubstitute && isLate && !UNSUPPRESSABLE.has(target.ability)) target.ability = '';
  }),
  corrosivegas: hits((_p, _user, target) => {
    loseItem(target);
    return true;
  }),
  counter: damage((_, { volatiles }) => volatiles.hurtPhysical * 2),
  courtchange: forOwnSide((_, user) => swapSides(user)),
  covet: steals,
  crushgrip: byFoesHp(120),
  curse: {
    onHit: (p, user, target) => {
      applyIndirectDamage(p, user, user.active.maxHp / 2);
      return addVolatile(p, user, target, 'curse');
    },
    onHitSide: (p, user) => {
      const isStronger = boostEach(p, user, 1, ['atk', 'def']);
      return boostStat(p, user, 'spe', -1) || isStronger;
    },
  },
  darkvoid: worksIf((p, { forme }) => p.gen < 7 || forme.species === 'darkrai'),
  defensecurl: forOwnSide((_, { volatiles }) => {
    volatiles.curled = 1;
    return undefined;
  }),
  defog: hits((p, user, target) => {
    clearHazards(target);
    clearScreens(target);
    if (p.gen >= 6) clearHazards(user);
    if (p.gen >= 8) p.terrain = '';
    boostByFoe(p, target, 'evasion', -1);
    return true;
  }),
  direclaw: anyOf('psn', 'par', 'slp'),
  doodle: copiesAbility,
  doubleshock: {
    ...worksIf((_, user) => user.hasType(ELECTRIC)),
    ...afterHit((_, { user }) => loseType(user, ELECTRIC)),
  },
  dragonenergy: byOwnHp,
  dreameater: worksIf((_, { foe }) => foe.active.status === 'slp'),
  echoedvoice: {
    onTry: (p) => {
      countEchoedVoice(p);
      return true;
    },
    basePowerCallback: (p, _, move) => move.power * Math.max(1, p.echo),
  },
  electroball: power((_, user) => electroPower(user)),
  endeavor: damage((_, { active, foe }) => Math.max(0, foe.active.hp - active.hp)),
  entrainment: hits((p, user, target) =>
    UNGIVABLE.has(user.ability) || keepsAbility(target) ? false : giveAbility(p, target, user.ability),
  ),
  eruption: byOwnHp,
  expandingforce: strengthenedBy('psychicterrain', 1.5),
  facade: doubledIf((_, { active: { status } }) => status !== '' && status !== 'slp'),
  fakeout: firstOnly,
  fellstinger: afterHit((p, { user, target }) => {
    if (!isUp(target)) boostStat(p, user, 'atk', 3);
  }),
  // Doubled three times in ten.
  ficklebeam: power((_p, _user, move) => move.power * 1.3),
  filletaway: paidFor(1 / 2, 2, ['atk', 'spa', 'spe']),
  finalgambit: {
    ...damage((_, { active }) => active.hp),
    ...afterHit((p, { user }) => {
      if (user.active.hp > 0) faint(p, user);
    }),
  },
  firstimpression: firstOnly,
  fishiousrend: doubledIf((_, { foe }) => !foe.volatiles.moved),
  flail: power((_, user) => flailPower(user.hpShare)),
  fling: power((_, { active }) => (active.item === '' ? 0 : 30)),
  focuspunch: worksIf((_, user) => !isHurt(user)),
  frustration: fixedPower(102),
  furycutter: power((_, { volatiles }, move) => Math.min(160, move.power * 2 ** volatiles.streak)),
  gastroacid: hits((_p, _user, target) => {
    if (UNSUPPRESSABLE.has(target.ability)) return false;
    target.ability = '';
    return true;
  }),
  glaiverush: afterHit((_, { user }) => {
    user.volatiles.exposed = 1;
  }),
  grassknot: power((p, { foe }, move) => (p.gen >= 3 ? weightPower(foe.forme.weight) : move.power)),
  gravity: forOwnSide((p) => {
    if (p.gravity > 0) return false;
    p.gravity = 5;
    return true;
  }),
  growth: forOwnSide((p, user) => {
    const amount = isSunny(p) ? 2 : 1;
    return boostEach(p, user, amount, p.gen >= 5 ? ['atk', 'spa'] : ['spa']);
  }),
  gyroball: power((_, user) => gyroPower(user)),
  hardpress: byFoesHp(100),
  haze: forOwnSide((p, user) => {
    clearStages(user);
    clearStages(user.foe);
    if (p.gen === 1) clearAllOfGen1(user);
    return true;
  }),
  healbell: curesTeam,
  healingwish: diesForNext,
  heatcrash: power((_, user) => weightRatioPower(user)),
  heavyslam: power((_, user) => weightRatioPower(user)),
  hex: doubledIf((_, { foe }) => foe.active.status !== ''),
  hurricane: accurateInRain(0.5),
  // Sun strengthens it by as much as it weakens other Water moves.
  hydrosteam: power((p, _, move) => (isSunny(p) ? move.power * 3 : move.power)),
  hyperspacefury: worksIf((_, { forme }) => forme.species.startsWith('hoopaunbound')),
  iceball: rolling,
  icespinner: endsTerrain,
  incinerate: destroysBerry,
  infernalparade: doubledIf((_, { foe }) => foe.active.status !== ''),
  ivycudgel: typeOfForme,
  jawlock: afterHit((_, { user, target, hadSubstitute }) => {
    if (!isUp(target) || hadSubstitute) return;
    target.volatiles.held = 1;
    user.volatiles.held = 1;
  }),
  judgment: {
    onModifyType: (p, user) => {
      const item = itemNow(user);
      const { type } = itemEffects(p, user);
      return item.endsWith('plate') && type >= 0 ? type : NORMAL;
    },
  },
  junglehealing: curesAndHeals,
  kingsshield: shield((p, user) => void boostByFoe(p, user, 'atk', p.gen >= 8 ? -1 : -2)),
  knockoff: power((p, { foe: { active } }, move) => {
    const isStronger = p.gen >= 6 && active.item !== '' && active.item !== active.forme.boundItem;
    return isStronger ? move.power * 1.5 : move.power;
  }),
  lashout: doubledIf((_, { volatiles }) => volatiles.lowered > 0),
  lastresort: worksIf((_, user) => hasUsedAllOthers(user)),
  lastrespects: power((_, { everFainted }) => 50 + 50 * everFainted),
  lowkick: power((p, { foe }, move) => (p.gen >= 3 ? weightPower(foe.forme.weight) : move.power)),
  lunarblessing: curesAndHeals,
  lunardance: diesForNext,
  magnitude: fixedPower(71),
  matblock: firstOnly,
  maxairstream: raisesOwn('spe'),
  maxdarkness: lowersFoes('spd'),
  maxflare: bringsWeather('sun'),
  maxflutterby: lowersFoes('spa'),
  maxgeyser: bringsWeather('rain'),
  maxhailstorm: bringsWeather('snow'),
  maxknuckle: raisesOwn('atk'),
  maxlightning: bringsTerrain('electricterrain'),
  maxmindstorm: bringsTerrain('psychicterrain'),
  maxooze: raisesOwn('spa'),
  maxovergrowth: bringsTerrain('grassyterrain'),
  maxphantasm: lowersFoes('def'),
  maxquake: raisesOwn('spd'),
  maxrockfall: bringsWeather('sand'),
  maxstarfall: bringsTerrain('mistyterrain'),
  maxsteelspike: raisesOwn('def'),
  maxstrike: lowersFoes('spe'),
  maxwyrmwind: lowersFoes('atk'),
  meanlook: holdsFoe,
  memento: hits((p, user) => {
    faint(p, user);
    return true;
  }),
  metalburst: returnsAll,
  minimize: forOwnSide((_, { volatiles }) => {
    volatiles.minimized = 1;
    return undefined;
  }),
  mirrorcoat: damage((_, { volatiles }) => volatiles.hurtSpecial * 2),
  mistyexplosion: strengthenedBy('mistyterrain', 1.5),
  moonlight: restoresByWeather,
  morningsun: restoresByWeather,
  mortalspin: sweepsOwnSide,
  multiattack: {
    onModifyType: (_, { forme, type1 }) => (forme.species.startsWith('silvally') ? type1 : NORMAL),
  },
  naturalgift: power((_, { active }) => (active.item === '' ? 0 : 80)),
  naturesmadness: halvesHp,
  noretreat: worksIf((_, { volatiles }) => !volatiles.held),
  obstruct: shield((p, user) => void boostByFoe(p, user, 'def', -2)),
  painsplit: hits((_, user, target) => {
    const mean = Math.max(1, Math.floor((user.active.hp + target.active.hp) / 2));
    user.active.hp = Math.min(user.active.maxHp, mean);
    target.active.hp = Math.min(target.active.maxHp, mean);
    return true;
  }),
  partingshot: hits((p, _, target) => {
    boostByFoe(p, target, 'atk', -1);
    boostByFoe(p, target, 'spa', -1);
    return true;
  }),
  payback: doubledIf((_, { foe }) => foe.volatiles.moved > 0),
  perishsong: forOwnSide((p, user) => {
    addVolatile(p, user, user, 'perishsong');
    addVolatile(p, user, user.foe, 'perishsong');
    return true;
  }),
  pluck: destroysBerry,
  poltergeist: worksIf((_, { foe }) => foe.active.item !== ''),
  powertrip: power((_, user, move) => move.power + 20 * raisedStages(user)),
  present: fixedPower(52),
  psyblade: power((p, _, move) => (p.terrain === 'electricterrain' ? move.power * 1.5 : move.power)),
  psychicfangs: breaksScreens,
  psychicnoise: {
    onSecondaryHit: (_p, _user, { volatiles }) => {
      volatiles.healBlock = 2;
    },
  },
  psychup: hits((_, user, target) => {
    copyStages(target, user);
    return true;
  }),
  psywave: damage((p, { forme }) => Math.max(1, Math.floor(forme.level * (0.5 + p.random())))),
  punishment: power((_, { foe }) => Math.min(200, 60 + 20 * raisedStages(foe))),
  pursuit: doubledIf((_, { foe }) => isLeaving(foe)),
  ragefist: power((_, { active }) => Math.min(350, 50 + 50 * active.timesHit)),
  ragingbull: { ...typeOfForme, ...breaksScreens },
  rapidspin: sweepsOwnSide,
  refresh: forOwnSide((_, { active }) => {
    if (active.status === '' || active.status === 'slp' || active.status === 'frz') return false;
    active.status = '';
    return true;
  }),
  relicsong: afterHit((_, { user }) => {
    const { forme, active } = user;
    if (forme.species.startsWith('meloetta') && forme.otherForme && active.hp > 0)
      takeFormeForNow(user, forme.otherForme);
  }),
  rest: forOwnSide(rest),
  retaliate: doubledIf((p, { faintedIn }) => faintedIn >= 0 && faintedIn === p.turn - 1),
  return: fixedPower(102),
  revelationdance: { onModifyType: (_, { type1 }) => type1 },
  revenge: doubledIf((_, user) => isHurt(user)),
  reversal: power((_, user) => flailPower(user.hpShare)),
  revivalblessing: forOwnSide((_, user) => revive(user)),
  risingvoltage: doubledIf((p, { foe }) => p.terrain === 'electricterrain' && isGrounded(p, foe)),
  roleplay: copiesAbility,
  rollout: rolling,
  ruination: halvesHp,
  sandsearstorm: accurateInRain(),
  shedtail: forOwnSide((p, user) => {
    const isMade = shedTail(user);
    eatPinchBerry(p, user);
    return isMade;
  }),
  shoreup: forOwnSide((p, user) => healSelf(user, weatherNow(p) === 'sand' ? 2 / 3 : 1 / 2)),
  silktrap: shield((p, user) => void boostByFoe(p, user, 'spe', -1)),
  simplebeam: hits((p, _, target) => !keepsAbility(target) && giveAbility(p, target, 'simple')),
  skillswap: hits(swapAbilities),
  smackdown: bringsDown,
  smellingsalts: { ...doubledIf((_, { foe }) => foe.active.status === 'par'), ...cures('par') },
  snore: worksIf((_, { active }) => active.status === 'slp'),
  soak: hits((_p, _user, target) => {
    target.type1 = WATER;
    target.type2 = NO_TYPE;
    return true;
  }),
  solarbeam: weakInBadWeather,
  solarblade: weakInBadWeather,
  spiderweb: holdsFoe,
  spikyshield: shield((p, user) => applyIndirectDamage(p, user, user.active.maxHp / 8)),
  spiritshackle: holds,
  spite: hits((_p, _user, { volatiles, active }) => {
    if (volatiles.lastMove === 0) return false;
    active.usePp(volatiles.lastMove - 1, 4);
    return true;
  }),
  spitup: {
    ...worksIf((_, { volatiles }) => volatiles.stockpile > 0),
    ...power((_, { volatiles }) => 100 * volatiles.stockpile),
    ...afterHit((p, { user }) => useStockpile(p, user)),
  },
  splash: nothing,
  steelroller: { ...worksIf((p) => p.terrain !== ''), ...endsTerrain },
  stockpile: {
    ...worksIf((_, { volatiles }) => volatiles.stockpile < 3),
    ...forOwnSide((p, user) => {
      user.volatiles.stockpile++;
      if (p.gen >= 4) boostEach(p, user, 1, ['def', 'spd']);
      return true;
    }),
  },
  stompingtantrum: doubledIf((_, { volatiles }) => volatiles.failed === FAILED_LAST_TURN),
  stoneaxe: afterHit((_, { target }) => void layHazard(target, 'stealthrock')),
  storedpower: power((_, user, move) => move.power + 20 * raisedStages(user)),
  strengthsap: hits((p, user, target) => {
    const points = target.forme.atk * stageFactor(target.volatiles.atk);
    if (!boostByFoe(p, target, 'atk', -1)) return false;
    heal(user, points);
    return true;
  }),
  struggle: { onModifyType: (p) => (p.gen === 1 ? NORMAL : NO_TYPE) },
  substitute: forOwnSide((p, user) => {
    const isMade = makeSubstitute(user);
    eatPinchBerry(p, user);
    return isMade;
  }),
  suckerpunch: forestalls,
  superfang: halvesHp,
  swallow: {
    ...worksIf((_, { volatiles }) => volatiles.stockpile > 0),
    ...forOwnSide((p, user) => {
      const isHealed = healSelf(user, [0, 1 / 4, 1 / 2, 1][user.volatiles.stockpile] ?? 1);
      useStockpile(p, user);
      return isHealed;
    }),
  },
  switcheroo: swapsItems,
  synthesis: restoresByWeather,
  takeheart: forOwnSide((p, user) => {
    user.active.status = '';
    boostEach(p, user, 1, ['spa', 'spd']);
    return true;
  }),
  teleport: forOwnSide((p, user) => p.gen >= 8 && hasBench(user)),
  temperflare: doubledIf((_, { volatiles }) => volatiles.failed === FAILED_LAST_TURN),
  terablast: {
    onModifyType: (_, user) => typeOfTera(user),
    onAfterHit: (p, { user }) => {
      const { active } = user;
      if (active.terastallized && active.forme.teraType === STELLAR) boostEach(p, user, -1, ['atk', 'spa']);
    },
  },
  terastarstorm: { onModifyType: (_, user) => typeOfTera(user) },
  terrainpulse: {
    ...doubledIf((p, user) => p.terrain !== '' && isGrounded(p, user)),
    onModifyType: (p, user) => (isGrounded(p, user) ? BY_TERRAIN[p.terrain] : NORMAL),
  },
  thief: steals,
  thousandarrows: bringsDown,
  thousandwaves: holds,
  thunder: accurateInRain(0.5),
  thunderclap: forestalls,
  tidyup: forOwnSide((p, user) => {
    for (const side of p.sides) {
      clearHazards(side);
      side.volatiles.substitute = 0;
    }
    boostEach(p, user, 1, ['atk', 'spe']);
    return true;
  }),
  topsyturvy: hits((_p, _user, target) => {
    turnStagesOver(target);
    return true;
  }),
  transform: hits((_, user) => {
    transform(user);
    return user.formeAtHome !== undefined;
  }),
  triattack: anyOf('brn', 'par', 'frz'),
  trick: swapsItems,
  trickroom: forOwnSide((p) => {
    p.trickRoom = p.trickRoom > 0 ? 0 : 5;
    return true;
  }),
  trumpcard: power((_, user) => trumpPower(user)),
  upperhand: forestalls,
  venoshock: doubledIf((_, { foe }) => isPoisoned(foe)),
  wakeupslap: { ...doubledIf((_, { foe }) => foe.active.status === 'slp'), ...cures('slp') },
  waterspout: byOwnHp,
  weatherball: {
    ...doubledIf((p) => weatherNow(p) !== ''),
    onModifyType: (p) => BY_WEATHER[weatherNow(p)],
  },
  wildboltstorm: accurateInRain(),
  wish: forOwnSide((_, user) => {
    if (user.wishTurns > 0) return false;
    user.wishTurns = 2;
    user.wishHp = Math.floor(user.active.maxHp / 2);
    return true;
  }),
  worryseed: hits((p, _, target) => {
    if (keepsAbility(target)) return false;
    if (target.active.status === 'slp') target.active.status = '';
    return giveAbility(p, target, 'insomnia');
  }),
  wringout: byFoesHp(120),
});

/** In generation 1 Haze ends nearly everything on the field, and cures the opponent. */
function clearAllOfGen1(user: Side): void {
  user.foe.active.status = '';
  if (user.active.status === 'tox') user.active.status = 'psn';
  for (const side of [user, user.foe]) {
    clearScreens(side);
    const { volatiles: v } = side;
    v.confusion = 0;
    v.leechSeed = 0;
    v.focus = 0;
    v.disable = 0;
  }
}
