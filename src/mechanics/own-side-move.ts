import { table } from '../util/table.ts';
import { hasBench } from './bench.ts';
import { boostAll, boostStat, clearStages } from './boosts.ts';
import { abilityNow, isGrounded, isSunny, itemNow, weatherNow } from './condition.ts';
import type { Terrain, Weather } from './condition-ids.ts';
import { eatPinchBerry, faint, heal } from './hp.ts';
import { loseItem } from './item.ts';
import type { ModelMove } from './move.ts';
import { useStockpile } from './move-effects.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { clearHazards, clearScreens, layHazard, raiseCondition } from './side-conditions.ts';
import { cureBerry } from './status.ts';
import { setTerrain, setWeather } from './switch-in.ts';
import { giveVolatile } from './volatile.ts';

const WEATHERS: Readonly<Record<string, Weather>> = table({
  sunnyday: 'sun',
  raindance: 'rain',
  sandstorm: 'sand',
  hail: 'snow',
  snow: 'snow',
  snowscape: 'snow',
});

/** Plays a status move that is for its user, its side or the whole field. Returns whether it did something. */
export function onOwnSide(p: SearchState, user: Side, move: ModelMove): boolean {
  const { active, foe } = user;
  if (move.heal > 0) {
    if (!healSelf(user, move.heal)) return false;
    if (move.id === 'roost') user.volatiles.roosting = 1;
    return true;
  }
  if (move.sideCondition !== '') return sideMove(p, user, move);
  if (move.weather !== '') {
    const weather = WEATHERS[move.weather] ?? '';
    const changes = weather !== '' && p.weather !== weather;
    if (changes) setWeather(p, user, weather);
    return changes || move.pivots;
  }
  if (move.terrain !== '') {
    if (p.terrain === move.terrain) return false;
    setTerrain(p, user, move.terrain as Terrain);
    return true;
  }
  let worked = false;
  switch (move.id) {
    case 'bellydrum':
    case 'filletaway':
    case 'clangoroussoul':
      worked = payForStages(p, user, move);
      eatPinchBerry(p, user);
      return worked;
    case 'moonlight':
    case 'morningsun':
    case 'synthesis':
      return healSelf(user, isSunny(p) ? 2 / 3 : weatherNow(p) === '' ? 1 / 2 : 1 / 4);
    case 'shoreup':
      return healSelf(user, weatherNow(p) === 'sand' ? 2 / 3 : 1 / 2);
    case 'rest':
      return rest(p, user);
    case 'wish':
      if (user.wishTurns > 0) return false;
      user.wishTurns = 2;
      user.wishHp = Math.floor(active.maxHp / 2);
      return true;
    case 'healbell':
    case 'aromatherapy':
    case 'junglehealing':
    case 'lunarblessing':
      return cureTeam(user, move);
    case 'refresh':
      if (active.status === '' || active.status === 'slp' || active.status === 'frz') return false;
      active.status = '';
      return true;
    case 'takeheart':
      active.status = '';
      boostStat(p, user, 'spa', 1);
      boostStat(p, user, 'spd', 1);
      return true;
    case 'substitute':
    case 'shedtail':
      worked = makeSubstitute(user, move.id === 'shedtail' ? 1 / 2 : 1 / 4);
      eatPinchBerry(p, user);
      return worked;
    case 'haze':
      clearStages(user);
      clearStages(foe);
      if (p.gen === 1) clearAllOfGen1(user);
      return true;
    case 'trickroom':
      p.trickRoom = p.trickRoom > 0 ? 0 : 5;
      return true;
    case 'gravity':
      if (p.gravity > 0) return false;
      p.gravity = 5;
      return true;
    case 'perishsong':
      giveVolatile(p, user, user, 'perishsong');
      giveVolatile(p, user, foe, 'perishsong');
      return true;
    case 'revivalblessing':
      return revive(user);
    case 'healingwish':
    case 'lunardance':
      if (!hasBench(user)) return false;
      user.healingWish = 1;
      faint(p, user);
      return true;
    case 'tidyup':
      for (const side of p.sides) {
        clearHazards(side);
        side.volatiles.substitute = 0;
      }
      boostStat(p, user, 'atk', 1);
      boostStat(p, user, 'spe', 1);
      return true;
    case 'courtchange':
      return courtChange(user);
    case 'curse':
      worked = boostStat(p, user, 'atk', 1) || worked;
      worked = boostStat(p, user, 'def', 1) || worked;
      return boostStat(p, user, 'spe', -1) || worked;
    case 'stockpile':
      user.volatiles.stockpile++;
      if (p.gen >= 4) {
        boostStat(p, user, 'def', 1);
        boostStat(p, user, 'spd', 1);
      }
      return true;
    case 'swallow':
      worked = healSelf(user, [0, 1 / 4, 1 / 2, 1][user.volatiles.stockpile] ?? 1);
      useStockpile(p, user);
      return worked;
    case 'defensecurl':
      user.volatiles.curled = 1;
      break;
    case 'minimize':
      user.volatiles.minimized = 1;
      break;
    case 'growth': {
      const amount = isSunny(p) ? 2 : 1;
      worked = boostStat(p, user, 'atk', p.gen >= 5 ? amount : 0) || worked;
      return boostStat(p, user, 'spa', amount) || worked;
    }
    case 'teleport':
      return p.gen >= 8 && hasBench(user);
    case 'batonpass':
      return hasBench(user);
    case 'splash':
    case 'celebrate':
      return false;
  }
  if (move.selfBoosts) worked = boostAll(p, user, move.selfBoosts) || worked;
  if (move.selfVolatile !== '' && !move.protects) {
    worked = giveVolatile(p, user, user, move.selfVolatile) || worked;
  }
  return worked;
}

function healSelf(user: Side, share: number): boolean {
  const { active } = user;
  if (active.hp >= active.maxHp || user.volatiles.healBlock > 0) return false;
  heal(user, Math.round(active.maxHp * share));
  return true;
}

function rest(p: SearchState, user: Side): boolean {
  const { active } = user;
  if (active.hp >= active.maxHp || user.volatiles.healBlock > 0) return false;
  const ability = abilityNow(user);
  if (ability === 'insomnia' || ability === 'vitalspirit' || ability === 'purifyingsalt') return false;
  if (isGrounded(p, user) && (p.terrain === 'electricterrain' || p.terrain === 'mistyterrain')) return false;
  active.hp = active.maxHp;
  active.status = 'slp';
  active.counter = 2;
  if (cureBerry(active.item, 'slp')) {
    active.status = '';
    loseItem(user);
  }
  return true;
}

function cureTeam(user: Side, move: ModelMove): boolean {
  if (move.id === 'junglehealing' || move.id === 'lunarblessing') {
    const needed = user.active.status !== '' || user.active.hp < user.active.maxHp;
    user.active.status = '';
    heal(user, user.active.maxHp / 4);
    return needed;
  }
  let cured = false;
  for (const pokemon of user.pokemon) {
    if (pokemon.hp > 0 && pokemon.status !== '') {
      pokemon.status = '';
      cured = true;
    }
  }
  return cured;
}

/** Brings the first fallen Pokémon of the team back at half its HP; whom its player would take is not asked. */
function revive(user: Side): boolean {
  const fallen = user.pokemon.find(({ hp }) => hp <= 0);
  if (!fallen) return false;
  fallen.hp = Math.max(1, Math.floor(fallen.maxHp / 2));
  fallen.status = '';
  user.fainted--;
  return true;
}

/** A substitute, or the one that Shed Tail leaves to whoever comes next. */
function makeSubstitute(user: Side, price: number): boolean {
  const { active, volatiles } = user;
  const points = Math.ceil(active.maxHp * price);
  if (volatiles.substitute > 0 || active.hp <= points) return false;
  if (price > 1 / 4 && !hasBench(user)) return false;
  active.hp -= price > 1 / 4 ? points : Math.floor(active.maxHp * price);
  volatiles.substitute = Math.max(1, Math.floor(active.maxHp / 4));
  return true;
}

function payForStages(p: SearchState, user: Side, move: ModelMove): boolean {
  const { active, volatiles } = user;
  const price = Math.floor(active.maxHp * (move.id === 'clangoroussoul' ? 1 / 3 : 1 / 2));
  if (active.hp <= price) {
    // In generation 2 it does this much even where it fails.
    if (p.gen === 2) boostStat(p, user, 'atk', 2);
    return false;
  }
  switch (move.id) {
    case 'bellydrum':
      if (volatiles.atk >= 6) return false;
      active.hp -= price;
      boostStat(p, user, 'atk', 12);
      return true;
    case 'filletaway':
      active.hp -= price;
      boostStat(p, user, 'atk', 2);
      boostStat(p, user, 'spa', 2);
      boostStat(p, user, 'spe', 2);
      return true;
    default:
      active.hp -= price;
      boostStat(p, user, 'atk', 1);
      boostStat(p, user, 'def', 1);
      boostStat(p, user, 'spa', 1);
      boostStat(p, user, 'spd', 1);
      boostStat(p, user, 'spe', 1);
      return true;
  }
}

function sideMove(p: SearchState, user: Side, move: ModelMove): boolean {
  const { foe } = user;
  switch (move.sideCondition) {
    case 'stealthrock':
    case 'spikes':
    case 'toxicspikes':
    case 'stickyweb':
      if (abilityNow(foe) === 'magicbounce' && foe.active.hp > 0) return layHazard(user, move.sideCondition);
      return layHazard(foe, move.sideCondition);
    case 'auroraveil':
      return weatherNow(p) === 'snow' && raiseCondition(user, 'auroraveil', itemNow(user), p.gen);
    default:
      return raiseCondition(user, move.sideCondition, itemNow(user), p.gen);
  }
}

function courtChange(user: Side): boolean {
  const { foe } = user;
  const keys = [
    'stealthRock',
    'spikes',
    'toxicSpikes',
    'stickyWeb',
    'reflect',
    'lightScreen',
    'auroraVeil',
    'tailwind',
    'safeguard',
  ] as const;
  for (const key of keys) {
    const own = user[key];
    user[key] = foe[key];
    foe[key] = own;
  }
  return true;
}

/** In generation 1 Haze ends nearly everything on the field, and cures the foe. */
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
