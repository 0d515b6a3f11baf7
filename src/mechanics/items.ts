// Longer than most: every item that the model knows, in one table.
import { boostStat, useWhiteHerb } from './boosts.ts';
import type { Status, Terrain, Weather } from './condition-ids.ts';
import { abilityNow } from './effects-now.ts';
import { applyIndirectDamage, heal } from './hp.ts';
import { ITEM_IDS } from './ids.ts';
import { inflict } from './inflict-status.ts';
import { loseItem } from './lose-item.ts';
import {
  type Attack,
  type AttackFactor,
  ItemEffects,
  type SearchState,
  type SideEvent,
} from './search-state.ts';
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

type Stat = 'atk' | 'def' | 'spa' | 'spd' | 'spe';

/** An item that strengthens the moves of a type. */
const ofType = (type: number): Partial<ItemEffects> => ({
  type,
  onBasePower: ({ rules }, attack) => (attack.type === type ? rules.typeItemPower : 1),
});

const gem = (type: number): Partial<ItemEffects> => ({
  gem: type,
  onBasePower: ({ rules }, attack) => (attack.type === type ? rules.gemPower : 1),
});

const ofTwoTypes = (one: number, other: number): Partial<ItemEffects> => ({
  onBasePower: (_, { type }) => (type === one || type === other ? 1.2 : 1),
});

const mask: Partial<ItemEffects> = { onBasePower: () => 1.2 };

/** Doubles a stat of certain species. */
const doubles = (isHolder: RegExp): AttackFactor => {
  return (_, { user }) => (isHolder.test(user.forme.species) ? 2 : 1);
};

const seed = (terrain: Terrain, stat: Stat): Partial<ItemEffects> => ({
  onStart: (p, side) => {
    if (p.terrain === terrain && boostStat(p, side, stat, 1)) loseItem(side);
  },
});

/** Used up by a hit of a kind, for a stage. */
const whenStruck = (isOfKind: (attack: Attack) => boolean, stat: Stat): Partial<ItemEffects> => ({
  onDamagingHit: (p, attack) => {
    if (attack.target.active.hp <= 0 || !isOfKind(attack)) return;
    loseItem(attack.target);
    boostStat(p, attack.target, stat, 1);
  },
});

/** Hurts an attacker of this category. */
const strikesBack = (category: 'Physical' | 'Special'): Partial<ItemEffects> => ({
  onDamagingHit: (p, { user, target, move }) => {
    if (target.active.hp <= 0 || move.category !== category) return;
    loseItem(target);
    applyIndirectDamage(p, user, user.active.maxHp / 8);
  },
});

const isAtHalf = ({ active }: Side): boolean => active.hp * 2 <= active.maxHp;

/** Whether HP are at a quarter or less; with Gluttony at half. */
function isAtQuarter(side: Side): boolean {
  return abilityNow(side) === 'gluttony' ? isAtHalf(side) : side.active.hp * 4 <= side.active.maxHp;
}

function eat(side: Side, points: number): void {
  side.active.ateBerry = true;
  loseItem(side);
  heal(side, points * (side.ability === 'ripen' ? 2 : 1));
  if (side.ability === 'cheekpouch') heal(side, side.active.maxHp / 3);
}

const restoresAtHalf = (points: (p: SearchState, side: Side) => number): Partial<ItemEffects> => ({
  onUpdate: (p, side) => {
    if (isAtHalf(side)) eat(side, points(p, side));
  },
});

/** Berries that restore much HP, and confuse those that dislike their flavour. */
const restoresWhenPinched: Partial<ItemEffects> = {
  onUpdate: (p, side) => {
    const isTime = p.gen >= 7 ? isAtQuarter(side) : isAtHalf(side);
    if (isTime) eat(side, side.active.maxHp * p.rules.pinchHealing);
  },
};

const raisesWhenPinched = (stat: Stat): Partial<ItemEffects> => ({
  onUpdate: (p, side) => {
    if (!isAtQuarter(side)) return;
    side.active.ateBerry = true;
    loseItem(side);
    boostStat(p, side, stat, side.ability === 'ripen' ? 2 : 1);
  },
});

const weakens = (type: number): Partial<ItemEffects> => ({ weakens: type });
const cures = (...statuses: readonly Status[]): Partial<ItemEffects> => ({ cures: statuses });
const lengthens = (weather: Weather): Partial<ItemEffects> => ({ lengthens: weather });

const gives =
  (status: Status): SideEvent =>
  (p, side) => {
    inflict(p, side, status, undefined);
  };

const dewOf = /^lati[ao]s/;

const ITEMS: Readonly<Record<string, Partial<ItemEffects>>> = {
  absorbbulb: whenStruck(({ type }) => type === WATER, 'spa'),
  adamantcrystal: ofTwoTypes(STEEL, DRAGON),
  adamantorb: ofTwoTypes(STEEL, DRAGON),
  aguavberry: restoresWhenPinched,
  airballoon: {
    onDamagingHit: (_, { target }) => {
      if (target.active.hp > 0) loseItem(target);
    },
  },
  apicotberry: raisesWhenPinched('spd'),
  aspearberry: cures('frz'),
  assaultvest: { onModifySpD: () => 1.5 },
  babiriberry: weakens(STEEL),
  berry: restoresAtHalf(() => 10),
  berryjuice: restoresAtHalf(() => 20),
  blackbelt: ofType(FIGHTING),
  blackglasses: ofType(DARK),
  blacksludge: {
    onEarlyResidual: (p, side) => {
      if (side.hasType(POISON)) heal(side, side.active.maxHp / 16);
      else applyIndirectDamage(p, side, side.active.maxHp / 8);
    },
  },
  brightpowder: { onModifyAccuracy: 0.9 },
  buggem: gem(BUG),
  burntberry: cures('frz'),
  cellbattery: whenStruck(({ type }) => type === ELECTRIC, 'atk'),
  charcoal: ofType(FIRE),
  chartiberry: weakens(ROCK),
  cheriberry: cures('par'),
  chestoberry: cures('slp'),
  chilanberry: weakens(NORMAL),
  choiceband: { onModifyAtk: () => 1.5 },
  choicescarf: { onModifySpe: (_, { volatiles }) => (volatiles.dynamax === 0 ? 1.5 : 1) },
  choicespecs: { onModifySpA: () => 1.5 },
  chopleberry: weakens(FIGHTING),
  cobaberry: weakens(FLYING),
  colburberry: weakens(DARK),
  cornerstonemask: mask,
  damprock: lengthens('rain'),
  darkgem: gem(DARK),
  deepseascale: { onModifySpD: (_, { target }) => (target.forme.species === 'clamperl' ? 2 : 1) },
  deepseatooth: { onModifySpA: doubles(/^clamperl$/) },
  dracoplate: ofType(DRAGON),
  dragonfang: ofType(DRAGON),
  dragongem: gem(DRAGON),
  dreadplate: ofType(DARK),
  earthplate: ofType(GROUND),
  electricgem: gem(ELECTRIC),
  electricseed: seed('electricterrain', 'def'),
  enigmaberry: {
    onDamagingHit: (_, { target, effectiveness }) => {
      const { active } = target;
      if (effectiveness <= 1 || active.hp <= 0) return;
      loseItem(target);
      active.hp = Math.min(active.maxHp, active.hp + Math.floor(active.maxHp / 4));
    },
  },
  eviolite: {
    onModifyDef: (_, { target }) => (target.forme.canEvolve ? 1.5 : 1),
    onModifySpD: (_, { target }) => (target.forme.canEvolve ? 1.5 : 1),
  },
  expertbelt: { onModifyDamage: (_, { effectiveness }) => (effectiveness > 1 ? 1.2 : 1) },
  fairyfeather: ofType(FAIRY),
  fairygem: gem(FAIRY),
  fightinggem: gem(FIGHTING),
  figyberry: restoresWhenPinched,
  firegem: gem(FIRE),
  fistplate: ofType(FIGHTING),
  flameorb: { onResidual: gives('brn') },
  flameplate: ofType(FIRE),
  flyinggem: gem(FLYING),
  ganlonberry: raisesWhenPinched('def'),
  ghostgem: gem(GHOST),
  goldberry: restoresAtHalf(() => 30),
  grassgem: gem(GRASS),
  grassyseed: seed('grassyterrain', 'def'),
  griseouscore: ofTwoTypes(GHOST, DRAGON),
  griseousorb: ofTwoTypes(GHOST, DRAGON),
  groundgem: gem(GROUND),
  habanberry: weakens(DRAGON),
  hardstone: ofType(ROCK),
  hearthflamemask: mask,
  heatrock: lengthens('sun'),
  iapapaberry: restoresWhenPinched,
  iceberry: cures('brn'),
  icegem: gem(ICE),
  icicleplate: ofType(ICE),
  icyrock: lengthens('snow'),
  insectplate: ofType(BUG),
  ironball: { onModifySpe: () => 0.5 },
  ironplate: ofType(STEEL),
  jabocaberry: strikesBack('Physical'),
  kasibberry: weakens(GHOST),
  kebiaberry: weakens(POISON),
  keeberry: whenStruck(({ move }) => move.category === 'Physical', 'def'),
  laxincense: { onModifyAccuracy: 0.9 },
  leftovers: { onEarlyResidual: (_, side) => heal(side, side.active.maxHp / 16) },
  liechiberry: raisesWhenPinched('atk'),
  lifeorb: { onModifyDamage: () => 1.3 },
  lightball: {
    onModifyAtk: (p, { user }) => (p.gen >= 4 && user.forme.species.startsWith('pikachu') ? 2 : 1),
    onModifySpA: doubles(/^pikachu/),
  },
  lumberry: cures('brn', 'par', 'psn', 'tox', 'slp', 'frz'),
  luminousmoss: whenStruck(({ type }) => type === WATER, 'spd'),
  lustrousglobe: ofTwoTypes(WATER, DRAGON),
  lustrousorb: ofTwoTypes(WATER, DRAGON),
  machobrace: { onModifySpe: () => 0.5 },
  magnet: ofType(ELECTRIC),
  magoberry: restoresWhenPinched,
  marangaberry: whenStruck(({ move }) => move.category !== 'Physical', 'spd'),
  meadowplate: ofType(GRASS),
  metalcoat: ofType(STEEL),
  metalpowder: { onModifyDef: (_, { target }) => (target.forme.species === 'ditto' ? 2 : 1) },
  metronome: { onBasePower: (_, { user }) => 1 + 0.2 * Math.min(5, user.volatiles.streak) },
  mindplate: ofType(PSYCHIC),
  mintberry: cures('slp'),
  miracleberry: cures('brn', 'par', 'psn', 'tox', 'slp', 'frz'),
  miracleseed: ofType(GRASS),
  mistyseed: seed('mistyterrain', 'spd'),
  muscleband: { onBasePower: (_, { move }) => (move.category === 'Physical' ? 1.1 : 1) },
  mysticwater: ofType(WATER),
  nevermeltice: ofType(ICE),
  normalgem: gem(NORMAL),
  occaberry: weakens(FIRE),
  oddincense: ofType(PSYCHIC),
  oranberry: restoresAtHalf(() => 10),
  passhoberry: weakens(WATER),
  payapaberry: weakens(PSYCHIC),
  pechaberry: cures('psn', 'tox'),
  petayaberry: raisesWhenPinched('spa'),
  pixieplate: ofType(FAIRY),
  poisonbarb: ofType(POISON),
  poisongem: gem(POISON),
  przcureberry: cures('par'),
  psncureberry: cures('psn', 'tox'),
  psychicgem: gem(PSYCHIC),
  psychicseed: seed('psychicterrain', 'spd'),
  punchingglove: { onBasePower: (_, { move }) => (move.punch ? 1.1 : 1) },
  quickpowder: { onModifySpe: (_, { forme }) => (forme.species === 'ditto' ? 2 : 1) },
  rawstberry: cures('brn'),
  rindoberry: weakens(GRASS),
  rockgem: gem(ROCK),
  rockincense: ofType(ROCK),
  rockyhelmet: {
    onDamagingHit: (p, { user, contact }) => {
      if (contact) applyIndirectDamage(p, user, user.active.maxHp / 6);
    },
  },
  roseincense: ofType(GRASS),
  roseliberry: weakens(FAIRY),
  rowapberry: strikesBack('Special'),
  salacberry: raisesWhenPinched('spe'),
  seaincense: ofType(WATER),
  sharpbeak: ofType(FLYING),
  shucaberry: weakens(GROUND),
  silkscarf: ofType(NORMAL),
  silverpowder: ofType(BUG),
  sitrusberry: restoresAtHalf((p, { active }) => (p.gen >= 4 ? active.maxHp / 4 : 30)),
  skyplate: ofType(FLYING),
  smoothrock: lengthens('sand'),
  snowball: whenStruck(({ type }) => type === ICE, 'atk'),
  softsand: ofType(GROUND),
  souldew: {
    onBasePower: (p, { type }) => (p.gen >= 7 && (type === PSYCHIC || type === DRAGON) ? 1.2 : 1),
    onModifySpA: (p, { user }) => (p.gen <= 6 && dewOf.test(user.forme.species) ? 1.5 : 1),
    onModifySpD: (p, { target }) => (p.gen <= 6 && dewOf.test(target.forme.species) ? 1.5 : 1),
  },
  spelltag: ofType(GHOST),
  splashplate: ofType(WATER),
  spookyplate: ofType(GHOST),
  steelgem: gem(STEEL),
  stickybarb: { onResidual: (p, side) => applyIndirectDamage(p, side, side.active.maxHp / 8) },
  stoneplate: ofType(ROCK),
  tangaberry: weakens(BUG),
  thickclub: { onModifyAtk: doubles(/^(cubone|marowak)/) },
  toxicorb: { onResidual: gives('tox') },
  toxicplate: ofType(POISON),
  twistedspoon: ofType(PSYCHIC),
  wacanberry: weakens(ELECTRIC),
  watergem: gem(WATER),
  waveincense: ofType(WATER),
  weaknesspolicy: {
    onDamagingHit: (p, { target, effectiveness }) => {
      if (effectiveness <= 1 || target.active.hp <= 0) return;
      loseItem(target);
      boostStat(p, target, 'atk', 2);
      boostStat(p, target, 'spa', 2);
    },
  },
  wellspringmask: mask,
  whiteherb: { onResidual: (_, side) => useWhiteHerb(side) },
  widelens: { onSourceModifyAccuracy: 1.1 },
  wikiberry: restoresWhenPinched,
  wiseglasses: { onBasePower: (_, { move }) => (move.category === 'Special' ? 1.1 : 1) },
  yacheberry: weakens(ICE),
  zapplate: ofType(ELECTRIC),
};

/** Effects of held items. One without an entry does nothing, or the rest of the mechanics asks for it by name. */
export const ITEM_EFFECTS = ITEM_IDS.listed(
  Object.fromEntries(Object.entries(ITEMS).map(([id, effects]) => [id, new ItemEffects(effects)])),
);
