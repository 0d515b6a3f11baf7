import { UNTRACEABLE } from './ability-flags.ts';
import { healIceFace, takeFormeByHp } from './ability-formes.ts';
import { boostStat } from './boosts.ts';
import { copyOf, goHome, setBody, setTeraType, takeForme, takeFormeForNow } from './change-forme.ts';
import { abilityNow, isGrounded, isSunny, itemNow, stageFactor } from './condition.ts';
import { typeMultiplierOf } from './forme-type.ts';
import { hurtIndirectly } from './hp.ts';
import { loseItem } from './item.ts';
import type { Fighter, Half, Position, Terrain, Weather } from './search-state.ts';
import { clearScreens } from './side-conditions.ts';
import { inflict } from './status.ts';
import { POISON, ROCK, STEEL } from './types.ts';

/** The active Pokémon leaves the field. */
export function leave(p: Position, half: Half): void {
  const { active } = half;
  if (active.hp > 0) {
    switch (abilityNow(half)) {
      case 'regenerator':
        active.hp = Math.min(active.maxHp, active.hp + Math.floor(active.maxHp / 3));
        break;
      case 'naturalcure':
        active.status = '';
        active.counter = 0;
        break;
    }
    if (active.status === 'tox') {
      active.counter = 0;
      if (p.gen <= 2) active.status = 'psn';
    }
  }
  if (half.volatiles.dynamax > 0) endDynamax(half);
  goHome(half);
  if (active.hp > 0 && half.ability === 'zerotohero' && active.body.otherForme)
    active.body = active.body.otherForme;
  half.clearVolatiles();
  if (p.gen === 1) clearScreens(half);
  half.foe.volatiles.bound = 0;
  half.foe.volatiles.held = 0;
}

/** The Pokémon shrinks; the fraction of HP stays. */
export function endDynamax(half: Half): void {
  const { active } = half;
  half.volatiles.dynamax = 0;
  const share = active.hp / active.maxHp;
  active.maxHp = active.body.maxHp;
  active.hp = active.hp <= 0 ? 0 : Math.max(1, Math.round(share * active.maxHp));
}

/** A team member comes in, and all that happens to it and by it then. */
export function enter(p: Position, half: Half, fighter: Fighter): void {
  stand(half, fighter);
  arrive(p, half);
}

/** A team member takes its place on the field. */
export function stand(half: Half, fighter: Fighter): void {
  half.active = fighter;
  half.mustSwitch = 0;
  setBody(half);
  half.volatiles.turnsActive = 0;
}

/** What meets the active Pokémon when it has just come in: hazards, then what its ability and item do. */
export function arrive(p: Position, half: Half): void {
  const { active: fighter } = half;
  if (fighter.hp <= 0) return;
  if (half.healingWish && (fighter.hp < fighter.maxHp || fighter.status !== '')) {
    fighter.hp = fighter.maxHp;
    fighter.status = '';
    half.healingWish = 0;
  }
  takeHazards(p, half);
  if (fighter.hp > 0) startAbility(p, half);
  if (half.foe.ability === 'trace' && half.foe.active.hp > 0) startAbility(p, half.foe);
}

function takeHazards(p: Position, half: Half): void {
  const { active } = half;
  if (itemNow(half) === 'heavydutyboots') return;
  if (half.stealthRock) {
    hurtIndirectly(p, half, (active.maxHp * typeMultiplierOf(p, ROCK, half)) / 8);
    if (active.hp <= 0) return;
  }
  if (!isGrounded(p, half)) return;
  if (half.spikes > 0) {
    const share = p.gen === 2 ? 1 / 8 : half.spikes === 1 ? 1 / 8 : half.spikes === 2 ? 1 / 6 : 1 / 4;
    hurtIndirectly(p, half, active.maxHp * share);
    if (active.hp <= 0) return;
  }
  if (half.toxicSpikes > 0) {
    if (half.hasType(POISON)) half.toxicSpikes = 0;
    else if (!half.hasType(STEEL)) inflict(p, half, half.toxicSpikes >= 2 ? 'tox' : 'psn', undefined);
  }
  if (half.stickyWeb) boostStat(p, half, 'spe', -1, true);
}

const WEATHER_TURNS = 5;

export function setWeather(p: Position, half: Half, weather: Weather, lasting = false): void {
  if (p.weather === weather) return;
  const strong = p.weather === 'harshsun' || p.weather === 'heavyrain' || p.weather === 'wind';
  if (strong && weather !== 'harshsun' && weather !== 'heavyrain' && weather !== 'wind') return;
  p.weather = weather;
  healIceFace(p, half);
  healIceFace(p, half.foe);
  p.weatherTurns = lasting ? 0 : WEATHER_TURNS + (weatherRock(itemNow(half)) === weather ? 3 : 0);
}

function weatherRock(item: string): Weather {
  switch (item) {
    case 'heatrock':
      return 'sun';
    case 'damprock':
      return 'rain';
    case 'smoothrock':
      return 'sand';
    case 'icyrock':
      return 'snow';
    default:
      return '';
  }
}

export function setTerrain(p: Position, half: Half, terrain: Terrain): void {
  if (p.terrain === terrain) return;
  p.terrain = terrain;
  p.terrainTurns = itemNow(half) === 'terrainextender' ? 8 : 5;
  wakeParadox(p, p.sides[0]);
  wakeParadox(p, p.sides[1]);
}

/** Whether weather from an ability lasts until it is replaced: before generation 6. */
const abilityWeatherLasts = (p: Position): boolean => p.gen <= 5;

/** What an ability does when its bearer comes in or gets it. */
export function startAbility(p: Position, half: Half): void {
  const { active, foe } = half;
  switch (abilityNow(half)) {
    case 'intimidate':
      intimidate(p, half);
      break;
    case 'drizzle':
      setWeather(p, half, 'rain', abilityWeatherLasts(p));
      break;
    case 'drought':
    case 'orichalcumpulse':
      setWeather(p, half, 'sun', abilityWeatherLasts(p));
      break;
    case 'sandstream':
      setWeather(p, half, 'sand', abilityWeatherLasts(p));
      break;
    case 'snowwarning':
      setWeather(p, half, 'snow', abilityWeatherLasts(p));
      break;
    case 'desolateland':
      setWeather(p, half, 'harshsun', true);
      break;
    case 'primordialsea':
      setWeather(p, half, 'heavyrain', true);
      break;
    case 'deltastream':
      setWeather(p, half, 'wind', true);
      break;
    case 'electricsurge':
    case 'hadronengine':
      setTerrain(p, half, 'electricterrain');
      break;
    case 'grassysurge':
      setTerrain(p, half, 'grassyterrain');
      break;
    case 'mistysurge':
      setTerrain(p, half, 'mistyterrain');
      break;
    case 'psychicsurge':
      setTerrain(p, half, 'psychicterrain');
      break;
    case 'download':
      if (foe.active.hp > 0) {
        const physical = foe.body.def < foe.body.spd;
        boostStat(p, half, physical ? 'atk' : 'spa', 1);
      }
      break;
    case 'intrepidsword':
      if (p.gen < 9 || !active.abilitySpent) boostStat(p, half, 'atk', 1);
      active.abilitySpent = true;
      break;
    case 'dauntlessshield':
      if (p.gen < 9 || !active.abilitySpent) boostStat(p, half, 'def', 1);
      active.abilitySpent = true;
      break;
    case 'embodyaspectcornerstone':
      boostStat(p, half, 'def', 1);
      break;
    case 'embodyaspecthearthflame':
      boostStat(p, half, 'atk', 1);
      break;
    case 'embodyaspectteal':
      boostStat(p, half, 'spe', 1);
      break;
    case 'embodyaspectwellspring':
      boostStat(p, half, 'spd', 1);
      break;
    case 'supersweetsyrup':
      if (!active.abilitySpent) boostStat(p, foe, 'evasion', -1, true);
      active.abilitySpent = true;
      break;
    case 'slowstart':
      half.volatiles.slowStart = 5;
      break;
    case 'imposter':
      transform(half);
      break;
    case 'trace':
      if (foe.active.hp > 0 && !UNTRACEABLE.has(foe.ability)) {
        half.ability = foe.ability;
        startAbility(p, half);
        return;
      }
      break;
    case 'terashift':
      if (half.body.otherForme) takeForme(half, half.body.otherForme);
      break;
    case 'supremeoverlord':
      half.volatiles.fallen = Math.min(5, half.everFainted);
      break;
    case 'schooling':
    case 'shieldsdown':
      takeFormeByHp(half);
      break;
    case 'iceface':
      healIceFace(p, half);
      break;
    case 'truant':
      // In generation 3 the end of this turn counts, but not for leads.
      half.volatiles.loafing = p.gen === 3 && p.turn > 0 ? 1 : 0;
      break;
    case 'screencleaner':
      for (const side of p.sides) {
        side.reflect = 0;
        side.lightScreen = 0;
        side.auroraVeil = 0;
      }
      break;
  }
  wakeParadox(p, half);
  if (p.weather !== '') wakeParadox(p, foe);
  startItem(p, half);
}

function startItem(p: Position, half: Half): void {
  switch (itemNow(half)) {
    case 'electricseed':
      if (p.terrain === 'electricterrain' && boostStat(p, half, 'def', 1)) loseItem(half);
      break;
    case 'grassyseed':
      if (p.terrain === 'grassyterrain' && boostStat(p, half, 'def', 1)) loseItem(half);
      break;
    case 'mistyseed':
      if (p.terrain === 'mistyterrain' && boostStat(p, half, 'spd', 1)) loseItem(half);
      break;
    case 'psychicseed':
      if (p.terrain === 'psychicterrain' && boostStat(p, half, 'spd', 1)) loseItem(half);
      break;
  }
}

function intimidate(p: Position, half: Half): void {
  const { foe } = half;
  if (foe.active.hp <= 0 || foe.volatiles.substitute > 0) return;
  switch (abilityNow(foe)) {
    case 'innerfocus':
    case 'oblivious':
    case 'owntempo':
    case 'scrappy':
      if (p.gen >= 8) return;
      break;
    case 'guarddog':
      boostStat(p, foe, 'atk', 1);
      return;
    case 'rattled':
      if (p.gen >= 8) boostStat(p, foe, 'spe', 1);
      break;
  }
  boostStat(p, foe, 'atk', -1, true);
}

/** Takes on the looks, stats, types, moves, ability and stages of the foe. */
export function transform(half: Half): void {
  const { foe, volatiles, active } = half;
  if (foe.active.hp <= 0 || foe.volatiles.substitute > 0 || half.bodyAtHome || foe.bodyAtHome) return;
  takeFormeForNow(half, copyOf(foe.body, active.body));
  half.ability = foe.ability;
  half.type1 = foe.type1;
  half.type2 = foe.type2;
  setTeraType(half);
  active.pp0 = 5;
  active.pp1 = 5;
  active.pp2 = 5;
  active.pp3 = 5;
  volatiles.atk = foe.volatiles.atk;
  volatiles.def = foe.volatiles.def;
  volatiles.spa = foe.volatiles.spa;
  volatiles.spd = foe.volatiles.spd;
  volatiles.spe = foe.volatiles.spe;
  volatiles.accuracy = foe.volatiles.accuracy;
  volatiles.evasion = foe.volatiles.evasion;
  volatiles.focus = foe.volatiles.focus;
}

/** Protosynthesis and Quark Drive wake where sun, terrain or Booster Energy lets them, and sleep again without. */
function wakeParadox(p: Position, half: Half): void {
  const { ability, volatiles, active } = half;
  if (ability !== 'protosynthesis' && ability !== 'quarkdrive') return;
  if (active.hp <= 0) return;
  const fed = ability === 'protosynthesis' ? isSunny(p) : p.terrain === 'electricterrain';
  if (volatiles.paradoxStat > 0) return;
  if (!fed) {
    if (active.item !== 'boosterenergy') return;
    loseItem(half);
  }
  volatiles.paradoxStat = bestStat(half);
}

/** 1–5 for the highest of atk, def, spa, spd, spe; the first of equals. */
function bestStat({ body, volatiles: v }: Half): number {
  const up = (stat: number, stage: number): number => Math.floor(stat * stageFactor(stage));
  let best = 1;
  let most = up(body.atk, v.atk);
  const def = up(body.def, v.def);
  if (def > most) {
    best = 2;
    most = def;
  }
  const spa = up(body.spa, v.spa);
  if (spa > most) {
    best = 3;
    most = spa;
  }
  const spd = up(body.spd, v.spd);
  if (spd > most) {
    best = 4;
    most = spd;
  }
  return up(body.spe, v.spe) > most ? 5 : best;
}

/** Sends the active Pokémon back and a team member in. */
export function switchTo(p: Position, half: Half, fighter: Fighter): void {
  leave(p, half);
  enter(p, half, fighter);
}
