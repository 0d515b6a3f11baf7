// Longer than most: every ability that the model knows, in one table.
import { UNSUPPRESSABLE, UNSWAPPABLE, UNTRACEABLE } from './ability-flags.ts';
import { healIceFace, takeFormeByHp, toggleHungerSwitch } from './ability-formes.ts';
import { addVolatile } from './add-volatile.ts';
import { boostByFoe, boostStat } from './boosts.ts';
import { takeForme } from './change-forme.ts';
import type { Terrain, Weather } from './condition-ids.ts';
import { abilityEffects, abilityNow, isGrounded, isRainy, isSunny, weatherNow } from './effects-now.ts';
import { setTerrain, setWeather } from './field.ts';
import { applyIndirectDamage, heal } from './hp.ts';
import { ABILITY_IDS } from './ids.ts';
import { inflict } from './inflict-status.ts';
import { typeOf } from './move-type.ts';
import {
  AbilityEffects,
  type Attack,
  type AttackFactor,
  type SearchState,
  type SideEvent,
} from './search-state.ts';
import type { Side } from './side.ts';
import { breakScreens } from './side-conditions.ts';
import { startAbility } from './start-ability.ts';
import { transform } from './transform.ts';
import {
  BUG,
  DARK,
  DRAGON,
  ELECTRIC,
  FAIRY,
  FIRE,
  FLYING,
  GHOST,
  GRASS,
  GROUND,
  ICE,
  NORMAL,
  ROCK,
  STEEL,
  WATER,
} from './types.ts';

/** The same for both attacking stats. */
const attacking = (factor: AttackFactor): Partial<AbilityEffects> => ({
  onModifyAtk: factor,
  onModifySpA: factor,
});
const sourceAttacking = (factor: AttackFactor): Partial<AbilityEffects> => ({
  onSourceModifyAtk: factor,
  onSourceModifySpA: factor,
});

const isAtThird = ({ active }: Side): boolean => active.hp * 3 <= active.maxHp;
const whenPinched = (of: number): Partial<AbilityEffects> =>
  attacking((_, { type, user }) => (type === of && isAtThird(user) ? 1.5 : 1));

/** Normal moves become another type, and stronger. */
const changesNormal = (type: number): Partial<AbilityEffects> => ({
  onModifyType: (move) => (move.type === NORMAL ? type : move.type),
  onBasePower: ({ rules }, { move }) => (move.type === NORMAL ? rules.changedTypePower : 1),
});

const strengthens = (of: number, factor: number): Partial<AbilityEffects> => ({
  onBasePower: (_, { type }) => (type === of ? factor : 1),
});

const onTouch = (act: (p: SearchState, attack: Attack) => void): Partial<AbilityEffects> => ({
  onDamagingHit: (p, attack) => {
    if (attack.contact && attack.user.active.hp > 0) act(p, attack);
  },
});
const statusOnTouch = (status: 'par' | 'brn' | 'psn'): Partial<AbilityEffects> =>
  onTouch((p, { user, target }) => {
    if (p.chance(0.3)) inflict(p, user, status, target);
  });

/** When hit and still standing. */
const whenHit = (act: (p: SearchState, attack: Attack) => void): Partial<AbilityEffects> => ({
  onDamagingHit: (p, attack) => {
    if (attack.target.active.hp > 0) act(p, attack);
  },
});

const absorbs = (of: number, onAbsorb: SideEvent): Partial<AbilityEffects> => ({
  onTryHit: (_p, _target, _move, type) => type === of,
  onAbsorb,
});
const raising =
  (stat: 'atk' | 'def' | 'spa' | 'spd' | 'spe', amount: number): SideEvent =>
  (p, side) => {
    boostStat(p, side, stat, amount);
  };
const drink: SideEvent = (_, { active }) => {
  active.hp = Math.min(active.maxHp, active.hp + Math.floor(active.maxHp / 4));
};

const bringsWeather = (weather: Weather): Partial<AbilityEffects> => ({
  onStart: (p, side) => setWeather(p, side, weather, p.rules.weatherOfAbilitiesLasts),
});
const bringsStrongWeather = (weather: Weather): Partial<AbilityEffects> => ({
  onStart: (p, side) => setWeather(p, side, weather, true),
});
const bringsTerrain = (terrain: Terrain): Partial<AbilityEffects> => ({
  onStart: (p, side) => setTerrain(p, side, terrain),
});

/** Until generation 8 each time it comes in, since then once a battle. */
const onceABattle = (stat: 'atk' | 'def'): Partial<AbilityEffects> => ({
  onStart: (p, side) => {
    if (p.gen < 9 || !side.active.abilitySpent) boostStat(p, side, stat, 1);
    side.active.abilitySpent = true;
  },
});

const fasterIn = (isSo: (p: SearchState) => boolean): Partial<AbilityEffects> => ({
  onModifySpe: (p) => (isSo(p) ? 2 : 1),
});

const hiddenIn = (weather: Weather): Partial<AbilityEffects> => ({
  onModifyAccuracy: (p) => (weatherNow(p) === weather ? 0.8 : 1),
  weatherproof: [weather],
});

const keepsAllStages: Partial<AbilityEffects> = { onTryBoost: () => true };
const keepsStage = (kept: string): Partial<AbilityEffects> => ({ onTryBoost: (stat) => stat === kept });

const coolWhenIntimidated: Partial<AbilityEffects> = { onIntimidate: (p) => p.gen >= 8 };

const softerWhenEffective: Partial<AbilityEffects> = {
  onSourceModifyDamage: (_, { effectiveness }) => (effectiveness > 1 ? 0.75 : 1),
};
const softerWhenFull: Partial<AbilityEffects> = {
  onSourceModifyDamage: (_, { target: { active } }) => (active.hp >= active.maxHp ? 0.5 : 1),
};

const byHp: Partial<AbilityEffects> = { onResidual: (_, side) => takeFormeByHp(side) };

const givesAbility = onTouch((_, { user, target }) => {
  if (!UNSUPPRESSABLE.has(user.ability) && user.active.item !== 'abilityshield')
    user.ability = target.ability;
});

const hurtsWhoTouches = onTouch((p, { user }) => applyIndirectDamage(p, user, user.active.maxHp / 8));
const slowsWhoTouches = onTouch((p, { user }) => {
  boostByFoe(p, user, 'spe', -1);
});

const MOODS = ['atk', 'def', 'spa', 'spd', 'spe'] as const;

function moody(p: SearchState, side: Side): void {
  const up = Math.floor(p.random() * MOODS.length);
  const down = (up + 1 + Math.floor(p.random() * (MOODS.length - 1))) % MOODS.length;
  boostStat(p, side, MOODS[up] ?? 'atk', 2);
  boostStat(p, side, MOODS[down] ?? 'def', -1);
}

function intimidate(p: SearchState, side: Side): void {
  const { foe } = side;
  if (foe.active.hp <= 0 || foe.volatiles.substitute > 0) return;
  if (abilityEffects(p, foe).onIntimidate?.(p, foe)) return;
  boostByFoe(p, foe, 'atk', -1);
}

function highestStat({ forme: { atk, def, spa, spd, spe } }: Side): 'atk' | 'def' | 'spa' | 'spd' | 'spe' {
  const most = Math.max(atk, def, spa, spd, spe);
  if (atk === most) return 'atk';
  if (def === most) return 'def';
  if (spa === most) return 'spa';
  return spd === most ? 'spd' : 'spe';
}

/** Battle Bond works once a battle: it changed the forme, and since generation 9 it raises stages. */
function bond(p: SearchState, user: Side): void {
  const { active, forme, foe } = user;
  if (active.abilitySpent || forme.species !== 'greninjabond' || foe.fainted >= foe.pokemon.length) return;
  active.abilitySpent = true;
  if (p.gen < 9) {
    if (forme.otherForme) takeForme(user, forme.otherForme);
    return;
  }
  boostStat(p, user, 'atk', 1);
  boostStat(p, user, 'spa', 1);
  boostStat(p, user, 'spe', 1);
}

function trace(p: SearchState, side: Side): void {
  const { foe } = side;
  if (foe.active.hp <= 0 || UNTRACEABLE.has(foe.ability)) return;
  side.ability = foe.ability;
  startAbility(p, side);
}

const reapsAttack: Partial<AbilityEffects> = { onSourceAfterFaint: raising('atk', 1) };
const reapsSpecialAttack: Partial<AbilityEffects> = { onSourceAfterFaint: raising('spa', 1) };

const immuneTo = (...statuses: readonly string[]): Partial<AbilityEffects> => ({
  onSetStatus: (_p, _target, status) => statuses.includes(status),
});

const isPoisoned = ({ active: { status } }: Side): boolean => status === 'psn' || status === 'tox';

/** Whether a weather is of this kind, normal or strong. */
const isOf = (weather: Weather, kind: 'sun' | 'rain'): boolean =>
  weather === kind || weather === (kind === 'sun' ? 'harshsun' : 'heavyrain');

function tormentSleeper(p: SearchState, side: Side): void {
  if (side.active.status === 'slp') applyIndirectDamage(p, side, side.active.maxHp / 8);
}

const ABILITIES: Readonly<Record<string, Partial<AbilityEffects>>> = {
  adaptability: { onModifySTAB: (stab) => (stab === 2 ? 2.25 : 2) },
  aerilate: changesNormal(FLYING),
  aftermath: onTouch((p, { user, target }) => {
    if (target.active.hp <= 0 && abilityNow(user) !== 'damp')
      applyIndirectDamage(p, user, user.active.maxHp / 4);
  }),
  analytic: { onBasePower: (_, { target }) => (target.volatiles.moved ? 1.3 : 1) },
  angerpoint: whenHit((_, { target, crit }) => {
    if (crit) target.volatiles.atk = 6;
  }),
  arenatrap: { onFoeTrapPokemon: isGrounded },
  armortail: { stopsPriority: true },
  aromaveil: { volatileproof: ['taunt', 'encore'] },
  asoneglastrier: { ...reapsAttack, stopsBerries: true },
  asonespectrier: { ...reapsSpecialAttack, stopsBerries: true },
  baddreams: { onSufferedStatus: (p, { foe }) => tormentSleeper(p, foe) },
  battlebond: { onSourceAfterFaint: bond },
  battlearmor: { stopsCrits: true },
  beadsofruin: { onAnyModifySpD: 0.75 },
  beastboost: {
    onSourceAfterFaint: (p, side) => {
      boostStat(p, side, highestStat(side), 1);
    },
  },
  bigpecks: keepsStage('def'),
  blaze: whenPinched(FIRE),
  bulletproof: { onTryHit: (_p, _target, move) => move.bullet },
  chillingneigh: reapsAttack,
  chlorophyll: fasterIn(isSunny),
  clearbody: keepsAllStages,
  comatose: { onSetStatus: () => true },
  competitive: { onAfterEachBoost: raising('spa', 2) },
  compoundeyes: { onSourceModifyAccuracy: () => 1.3 },
  contrary: { onChangeBoost: (amount) => -amount },
  cottondown: {
    onDamagingHit: (p, { user }) => {
      boostByFoe(p, user, 'spe', -1);
    },
  },
  cursedbody: onTouch((p, { user, target }) => {
    if (target.active.hp > 0 && p.chance(0.3)) addVolatile(p, target, user, 'disable');
  }),
  damp: { onTryHit: (_p, _target, move) => move.selfDestructs },
  darkaura: strengthens(DARK, 1.33),
  dauntlessshield: onceABattle('def'),
  dazzling: { stopsPriority: true },
  defeatist: attacking((_, { user }) => (user.hpShare <= 0.5 ? 0.5 : 1)),
  defiant: { onAfterEachBoost: raising('atk', 2) },
  deltastream: bringsStrongWeather('wind'),
  desolateland: bringsStrongWeather('harshsun'),
  download: {
    onStart: (p, side) => {
      const { forme, active } = side.foe;
      if (active.hp > 0) boostStat(p, side, forme.def < forme.spd ? 'atk' : 'spa', 1);
    },
  },
  dragonsmaw: attacking((_, { type }) => (type === DRAGON ? 1.5 : 1)),
  drizzle: bringsWeather('rain'),
  drought: bringsWeather('sun'),
  dryskin: {
    ...absorbs(WATER, drink),
    onSourceModifyDamage: (_, { type }) => (type === FIRE ? 1.25 : 1),
    onWeather: (p, side, weather) => {
      if (isOf(weather, 'rain')) heal(side, side.active.maxHp / 8);
      else if (isOf(weather, 'sun')) applyIndirectDamage(p, side, side.active.maxHp / 8);
    },
  },
  eartheater: absorbs(GROUND, drink),
  effectspore: onTouch((p, { user, target }) => {
    if (user.hasType(GRASS) || !p.chance(0.3)) return;
    const which = p.random();
    inflict(p, user, which < 0.37 ? 'slp' : which < 0.7 ? 'par' : 'psn', target);
  }),
  electricsurge: bringsTerrain('electricterrain'),
  electromorphosis: whenHit((_, { target }) => {
    target.volatiles.charged = 1;
  }),
  embodyaspectcornerstone: { onStart: raising('def', 1) },
  embodyaspecthearthflame: { onStart: raising('atk', 1) },
  embodyaspectteal: { onStart: raising('spe', 1) },
  embodyaspectwellspring: { onStart: raising('spd', 1) },
  fairyaura: strengthens(FAIRY, 1.33),
  filter: softerWhenEffective,
  flamebody: statusOnTouch('brn'),
  flareboost: {
    onBasePower: (_, { user, move }) =>
      user.active.status === 'brn' && move.category === 'Special' ? 1.5 : 1,
  },
  flashfire: {
    onTryHit: (p, target, _move, type) => type === FIRE && !(p.gen <= 4 && target.active.status === 'frz'),
    onAbsorb: (_, side) => {
      side.volatiles.flashFire = 1;
    },
  },
  flowergift: {
    onModifyAtk: (p) => (isSunny(p) ? 1.5 : 1),
    onModifySpD: (p) => (isSunny(p) ? 1.5 : 1),
  },
  fluffy: {
    onSourceModifyDamage: (_, { move, type }) => (move.contact ? 0.5 : 1) * (type === FIRE ? 2 : 1),
  },
  fullmetalbody: keepsAllStages,
  furcoat: { onModifyDef: () => 2 },
  galewings: {
    onModifyPriority: (p, user, move) => {
      const isWell = p.gen <= 6 || user.active.hp >= user.active.maxHp;
      return isWell && typeOf(p, user, move) === FLYING ? 1 : 0;
    },
  },
  galvanize: changesNormal(ELECTRIC),
  goodasgold: { stopsStatusMoves: true },
  gooey: slowsWhoTouches,
  gorillatactics: { onModifyAtk: () => 1.5 },
  grasspelt: { onModifyDef: (p) => (p.terrain === 'grassyterrain' ? 1.5 : 1) },
  grassysurge: bringsTerrain('grassyterrain'),
  grimneigh: reapsSpecialAttack,
  guarddog: {
    onIntimidate: (p, side) => {
      boostStat(p, side, 'atk', 1);
      return true;
    },
    staysPut: true,
  },
  guts: { onModifyAtk: (_, { user }) => (user.active.status === '' ? 1 : 1.5), ignoresBurn: true },
  hadronengine: {
    ...bringsTerrain('electricterrain'),
    onModifySpA: (p) => (p.terrain === 'electricterrain' ? 4 / 3 : 1),
  },
  heatproof: sourceAttacking((_, { type }) => (type === FIRE ? 0.5 : 1)),
  hugepower: { onModifyAtk: () => 2 },
  hungerswitch: { onResidual: (_, side) => toggleHungerSwitch(side) },
  hustle: {
    onModifyAtk: () => 1.5,
    onSourceModifyAccuracy: (_p, _target, move) => (move.category === 'Physical' ? 0.8 : 1),
  },
  hydration: {
    onEarlyResidual: (p, { active }) => {
      if (isRainy(p)) active.status = '';
    },
  },
  hypercutter: keepsStage('atk'),
  icebody: {
    onWeather: (_, side, weather) => {
      if (weather === 'snow') heal(side, side.active.maxHp / 16);
    },
    weatherproof: ['snow'],
  },
  iceface: { onStart: healIceFace },
  icescales: { onSourceModifyDamage: (_, { move }) => (move.category === 'Special' ? 0.5 : 1) },
  illuminate: keepsStage('accuracy'),
  immunity: immuneTo('psn', 'tox'),
  imposter: { onStart: (_, side) => transform(side) },
  innerfocus: { ...coolWhenIntimidated, volatileproof: ['flinch'] },
  insomnia: immuneTo('slp'),
  intimidate: { onStart: intimidate },
  intrepidsword: onceABattle('atk'),
  ironbarbs: hurtsWhoTouches,
  ironfist: { onBasePower: (_, { move }) => (move.punch ? 1.2 : 1) },
  justified: whenHit((p, { target, type }) => {
    if (type === DARK) boostStat(p, target, 'atk', 1);
  }),
  keeneye: { ...keepsStage('accuracy'), ignoresEvasion: true },
  leafguard: { onSetStatus: (p) => isSunny(p) },
  levitate: {
    onTryHit: (p, target, move, type) =>
      type === GROUND && move.id !== 'thousandarrows' && !isGrounded(p, target),
  },
  lightningrod: {
    onTryHit: (p, _target, _move, type) => type === ELECTRIC && p.gen > 4,
    onAbsorb: raising('spa', 1),
  },
  limber: immuneTo('par'),
  lingeringaroma: givesAbility,
  liquidvoice: { onModifyType: (move) => (move.sound ? WATER : move.type) },
  magmaarmor: immuneTo('frz'),
  magnetpull: { onFoeTrapPokemon: (_, trapped) => trapped.hasType(STEEL) },
  marvelscale: { onModifyDef: (_, { target }) => (target.active.status === '' ? 1 : 1.5) },
  megalauncher: { onBasePower: (_, { move }) => (move.pulse ? 1.5 : 1) },
  mindseye: { ...keepsStage('accuracy'), ignoresEvasion: true, hitsGhosts: true },
  mistysurge: bringsTerrain('mistyterrain'),
  moldbreaker: { ignoresAbilities: true },
  moody: { onResidual: moody },
  motordrive: absorbs(ELECTRIC, raising('spe', 1)),
  moxie: reapsAttack,
  multiscale: softerWhenFull,
  mummy: givesAbility,
  naturalcure: {
    onSwitchOut: (_, { active }) => {
      active.status = '';
      active.counter = 0;
    },
  },
  neuroforce: { onModifyDamage: (_, { effectiveness }) => (effectiveness > 1 ? 1.25 : 1) },
  noguard: { neverMisses: true },
  normalize: { onModifyType: () => NORMAL, onBasePower: (p) => (p.gen >= 7 ? 1.2 : 1) },
  oblivious: { ...coolWhenIntimidated, volatileproof: ['taunt'] },
  orichalcumpulse: { ...bringsWeather('sun'), onModifyAtk: (p) => (isSunny(p) ? 4 / 3 : 1) },
  overcoat: { weatherproof: ['sand', 'snow'], stopsPowder: true },
  overgrow: whenPinched(GRASS),
  owntempo: { ...coolWhenIntimidated, volatileproof: ['confusion'] },
  parentalbond: { onBasePower: (_, { move }) => (move.maxHits === 1 ? 1.25 : 1) },
  pastelveil: immuneTo('psn', 'tox'),
  perishbody: onTouch((p, { user, target }) => {
    if (target.active.hp <= 0) return;
    addVolatile(p, target, user, 'perishsong');
    addVolatile(p, target, target, 'perishsong');
  }),
  pixilate: changesNormal(FAIRY),
  poisonpoint: statusOnTouch('psn'),
  poisontouch: {
    onSourceDamagingHit: (p, { user, target, contact }) => {
      if (contact && p.chance(0.3)) inflict(p, target, 'psn', user);
    },
  },
  powerconstruct: byHp,
  prankster: { onModifyPriority: (_p, _user, move) => (move.category === 'Status' ? 1 : 0) },
  primordialsea: bringsStrongWeather('heavyrain'),
  prismarmor: softerWhenEffective,
  psychicsurge: bringsTerrain('psychicterrain'),
  punkrock: {
    onBasePower: (_, { move }) => (move.sound ? 1.3 : 1),
    onSourceModifyDamage: (_, { move }) => (move.sound ? 0.5 : 1),
  },
  purepower: { onModifyAtk: () => 2 },
  purifyingsalt: {
    ...sourceAttacking((_, { type }) => (type === GHOST ? 0.5 : 1)),
    onSetStatus: () => true,
  },
  queenlymajesty: { stopsPriority: true },
  quickfeet: { onModifySpe: (_, { active }) => (active.status === '' ? 1 : 1.5), ignoresParalysis: true },
  raindish: {
    onWeather: (_, side, weather) => {
      if (isOf(weather, 'rain')) heal(side, side.active.maxHp / 16);
    },
  },
  rattled: {
    ...whenHit((p, { target, type }) => {
      if (type === DARK || type === BUG || type === GHOST) boostStat(p, target, 'spe', 1);
    }),
    onIntimidate: (p, side) => {
      if (p.gen >= 8) boostStat(p, side, 'spe', 1);
      return false;
    },
  },
  reckless: { onBasePower: (_, { move }) => (move.recoil > 0 || move.crashes ? 1.2 : 1) },
  refrigerate: changesNormal(ICE),
  regenerator: {
    onSwitchOut: (_, { active }) => {
      active.hp = Math.min(active.maxHp, active.hp + Math.floor(active.maxHp / 3));
    },
  },
  rockypayload: attacking((_, { type }) => (type === ROCK ? 1.5 : 1)),
  roughskin: hurtsWhoTouches,
  sandforce: {
    onBasePower: (p, { type }) =>
      weatherNow(p) === 'sand' && (type === ROCK || type === GROUND || type === STEEL) ? 1.3 : 1,
    weatherproof: ['sand'],
  },
  sandrush: { ...fasterIn((p) => weatherNow(p) === 'sand'), weatherproof: ['sand'] },
  sandspit: { onDamagingHit: (p, { target }) => setWeather(p, target, 'sand') },
  sandstream: bringsWeather('sand'),
  sandveil: hiddenIn('sand'),
  sapsipper: absorbs(GRASS, raising('atk', 1)),
  schooling: { ...byHp, onStart: (_, side) => takeFormeByHp(side) },
  scrappy: { ...coolWhenIntimidated, hitsGhosts: true },
  screencleaner: {
    onStart: (p) => {
      for (const side of p.sides) breakScreens(side);
    },
  },
  seedsower: { onDamagingHit: (p, { target }) => setTerrain(p, target, 'grassyterrain') },
  shadowshield: softerWhenFull,
  shadowtag: { onFoeTrapPokemon: (_, trapped) => abilityNow(trapped) !== 'shadowtag' },
  sharpness: { onBasePower: (_, { move }) => (move.slicing ? 1.5 : 1) },
  shedskin: {
    onEarlyResidual: (p, { active }) => {
      if (active.status !== '' && p.chance(p.gen >= 4 ? 0.33 : 1 / 3)) active.status = '';
    },
  },
  sheerforce: { onBasePower: (_, { move }) => (move.hasSecondary ? 1.3 : 1) },
  shellarmor: { stopsCrits: true },
  shielddust: { stopsSecondaries: true },
  shieldsdown: {
    ...byHp,
    onStart: (_, side) => takeFormeByHp(side),
    onSetStatus: (_, { active }) => active.hp * 2 > active.maxHp,
  },
  simple: { onChangeBoost: (amount) => amount * 2 },
  slowstart: {
    onStart: (_, { volatiles }) => {
      volatiles.slowStart = 5;
    },
    onModifyAtk: (_, { user }) => (user.volatiles.slowStart > 0 ? 0.5 : 1),
    onModifySpe: (_, { volatiles }) => (volatiles.slowStart > 0 ? 0.5 : 1),
  },
  slushrush: { ...fasterIn((p) => weatherNow(p) === 'snow'), weatherproof: ['snow'] },
  sniper: { onModifyDamage: (_, { crit }) => (crit ? 1.5 : 1) },
  snowcloak: hiddenIn('snow'),
  snowwarning: bringsWeather('snow'),
  solarpower: {
    onModifySpA: (p) => (isSunny(p) ? 1.5 : 1),
    onWeather: (p, side, weather) => {
      if (isOf(weather, 'sun')) applyIndirectDamage(p, side, side.active.maxHp / 8);
    },
  },
  solidrock: softerWhenEffective,
  soulheart: reapsSpecialAttack,
  soundproof: { onTryHit: (_p, _target, move) => move.sound },
  speedboost: {
    onResidual: (p, side) => {
      if (side.volatiles.turnsActive > 0) boostStat(p, side, 'spe', 1);
    },
  },
  stakeout: attacking((_, { target }) => (target.volatiles.turnsActive === 0 ? 2 : 1)),
  stamina: whenHit((p, { target }) => {
    boostStat(p, target, 'def', 1);
  }),
  static: statusOnTouch('par'),
  steadfast: {
    onFlinch: ({ volatiles }) => {
      volatiles.spe = Math.min(6, volatiles.spe + 1);
    },
  },
  steamengine: whenHit((p, { target, type }) => {
    if (type === WATER || type === FIRE) boostStat(p, target, 'spe', 6);
  }),
  steelworker: strengthens(STEEL, 1.5),
  steelyspirit: strengthens(STEEL, 1.5),
  stench: {
    onSourceDamagingHit: (p, { user, target }) => {
      if (p.chance(0.1)) addVolatile(p, user, target, 'flinch');
    },
  },
  stormdrain: {
    onTryHit: (p, _target, _move, type) => type === WATER && p.gen > 4,
    onAbsorb: raising('spa', 1),
  },
  strongjaw: { onBasePower: (_, { move }) => (move.bite ? 1.5 : 1) },
  suctioncups: { staysPut: true },
  supersweetsyrup: {
    onStart: (p, { active, foe }) => {
      if (!active.abilitySpent) boostByFoe(p, foe, 'evasion', -1);
      active.abilitySpent = true;
    },
  },
  supremeoverlord: {
    onStart: (_, side) => {
      side.volatiles.fallen = Math.min(5, side.everFainted);
    },
    onBasePower: (_, { user }) => 1 + 0.1 * user.volatiles.fallen,
  },
  surgesurfer: fasterIn((p) => p.terrain === 'electricterrain'),
  swarm: whenPinched(BUG),
  sweetveil: immuneTo('slp'),
  swiftswim: fasterIn(isRainy),
  swordofruin: { onAnyModifyDef: 0.75 },
  tabletsofruin: { onAnyModifyAtk: 0.75 },
  tangledfeet: { onModifyAccuracy: (_, { volatiles }) => (volatiles.confusion > 0 ? 0.5 : 1) },
  tanglinghair: slowsWhoTouches,
  technician: { onBasePower: (_, { power }) => (power <= 60 ? 1.5 : 1) },
  terashell: {
    onSourceModifyDamage: (_, { target: { active }, effectiveness }) =>
      active.hp >= active.maxHp && effectiveness > 0.5 ? 0.5 / effectiveness : 1,
  },
  terashift: {
    onStart: (_, side) => {
      if (side.forme.otherForme) takeForme(side, side.forme.otherForme);
    },
  },
  teravolt: { ignoresAbilities: true },
  thermalexchange: {
    ...whenHit((p, { target, type }) => {
      if (type === FIRE) boostStat(p, target, 'atk', 1);
    }),
    ...immuneTo('brn'),
  },
  thickfat: sourceAttacking((_, { type }) => (type === FIRE || type === ICE ? 0.5 : 1)),
  tintedlens: { onModifyDamage: (_, { effectiveness }) => (effectiveness < 1 ? 2 : 1) },
  torrent: whenPinched(WATER),
  toughclaws: { onBasePower: (_, { move }) => (move.contact ? 1.3 : 1) },
  toxicboost: {
    onBasePower: (_, { user, move }) => (isPoisoned(user) && move.category === 'Physical' ? 1.5 : 1),
  },
  toxicchain: {
    onSourceDamagingHit: (p, { user, target }) => {
      if (p.chance(0.3)) inflict(p, target, 'tox', user);
    },
  },
  toxicdebris: {
    onDamagingHit: (_, { user, move }) => {
      if (move.category === 'Physical' && user.toxicSpikes < 2) user.toxicSpikes += 1;
    },
  },
  trace: { onStart: trace },
  transistor: attacking((p, { type }) => (type === ELECTRIC ? (p.gen >= 9 ? 1.3 : 1.5) : 1)),
  triage: { onModifyPriority: (_p, _user, move) => (move.heals ? 3 : 0) },
  truant: {
    // In generation 3 the end of the turn in which it comes in counts, except for leads.
    onStart: (p, { volatiles }) => {
      volatiles.loafing = p.gen === 3 && p.turn > 0 ? 1 : 0;
    },
    onResidual: (p, { volatiles }) => {
      if (p.gen === 3) volatiles.loafing = 1 - volatiles.loafing;
    },
  },
  turboblaze: { ignoresAbilities: true },
  unaware: { ignoresStages: true },
  unburden: {
    onModifySpe: (_, { volatiles, active }) => (volatiles.unburdened && active.item === '' ? 2 : 1),
  },
  unnerve: { stopsBerries: true },
  vesselofruin: { onAnyModifySpA: 0.75 },
  victorystar: { onSourceModifyAccuracy: () => 1.1 },
  vitalspirit: immuneTo('slp'),
  voltabsorb: absorbs(ELECTRIC, drink),
  wanderingspirit: onTouch((_, { user, target }) => {
    if (UNSWAPPABLE.has(user.ability) || user.active.item === 'abilityshield') return;
    target.ability = user.ability;
    user.ability = 'wanderingspirit';
  }),
  waterabsorb: absorbs(WATER, drink),
  waterbubble: {
    ...attacking((_, { type }) => (type === WATER ? 2 : 1)),
    ...sourceAttacking((_, { type }) => (type === FIRE ? 0.5 : 1)),
    ...immuneTo('brn'),
  },
  watercompaction: whenHit((p, { target, type }) => {
    if (type === WATER) boostStat(p, target, 'def', 2);
  }),
  waterveil: immuneTo('brn'),
  weakarmor: whenHit((p, { target, move }) => {
    if (move.category !== 'Physical') return;
    boostStat(p, target, 'def', -1);
    boostStat(p, target, 'spe', p.gen >= 7 ? 2 : 1);
  }),
  wellbakedbody: absorbs(FIRE, raising('def', 2)),
  whitesmoke: keepsAllStages,
  windpower: whenHit((_, { target, move }) => {
    if (move.wind) target.volatiles.charged = 1;
  }),
  windrider: { onTryHit: (_p, _target, move) => move.wind, onAbsorb: raising('atk', 1) },
  wonderskin: { onStatusAccuracy: 0.5 },
  zenmode: byHp,
};

/** Effects of abilities. One without an entry does nothing, or the rest of the mechanics asks for it by name. */
export const ABILITY_EFFECTS = ABILITY_IDS.listed(
  Object.fromEntries(Object.entries(ABILITIES).map(([id, effects]) => [id, new AbilityEffects(effects)])),
);
