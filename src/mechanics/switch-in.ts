import { UNTRACEABLE } from './ability-flags.ts';
import { healIceFace, takeFormeByHp } from './ability-formes.ts';
import { boostStat } from './boosts.ts';
import { goHome, resetForme, takeForme } from './change-forme.ts';
import { abilityNow, isGrounded, isSunny, itemNow, stageFactor } from './condition.ts';
import type { Terrain, Weather } from './condition-ids.ts';
import { typeMultiplierOf } from './forme-type.ts';
import { applyIndirectDamage } from './hp.ts';
import { loseItem } from './item.ts';
import type { Pokemon } from './pokemon.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { clearScreens } from './side-conditions.ts';
import { inflict } from './status.ts';
import { transform } from './transform.ts';
import { POISON, ROCK, STEEL } from './types.ts';

/** The active Pokémon leaves the field. */
export function onSwitchOut(p: SearchState, side: Side): void {
  const { active } = side;
  if (active.hp > 0) {
    switch (abilityNow(side)) {
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
  if (side.volatiles.dynamax > 0) endDynamax(side);
  goHome(side);
  if (active.hp > 0 && side.ability === 'zerotohero' && active.forme.otherForme)
    active.forme = active.forme.otherForme;
  side.clearVolatiles();
  if (p.gen === 1) clearScreens(side);
  side.foe.volatiles.bound = 0;
  side.foe.volatiles.held = 0;
}

/** The Pokémon shrinks; the fraction of HP stays. */
export function endDynamax(side: Side): void {
  const { active } = side;
  side.volatiles.dynamax = 0;
  const share = active.hp / active.maxHp;
  active.maxHp = active.forme.maxHp;
  active.hp = active.hp <= 0 ? 0 : Math.max(1, Math.round(share * active.maxHp));
}

/** A team member comes in, and all that happens to it and by it then. */
export function switchIn(p: SearchState, side: Side, pokemon: Pokemon): void {
  placeOnField(side, pokemon);
  onSwitchIn(p, side);
}

/** A team member takes its place on the field. */
export function placeOnField(side: Side, pokemon: Pokemon): void {
  side.active = pokemon;
  side.mustSwitch = 0;
  resetForme(side);
  side.volatiles.turnsActive = 0;
}

/** What meets the active Pokémon when it has just come in: hazards, then what its ability and item do. */
export function onSwitchIn(p: SearchState, side: Side): void {
  const { active: pokemon } = side;
  if (pokemon.hp <= 0) return;
  if (side.healingWish && (pokemon.hp < pokemon.maxHp || pokemon.status !== '')) {
    pokemon.hp = pokemon.maxHp;
    pokemon.status = '';
    side.healingWish = 0;
  }
  takeHazards(p, side);
  if (pokemon.hp > 0) startAbility(p, side);
  if (side.foe.ability === 'trace' && side.foe.active.hp > 0) startAbility(p, side.foe);
}

function takeHazards(p: SearchState, side: Side): void {
  const { active } = side;
  if (itemNow(side) === 'heavydutyboots') return;
  if (side.stealthRock) {
    applyIndirectDamage(p, side, (active.maxHp * typeMultiplierOf(p, ROCK, side)) / 8);
    if (active.hp <= 0) return;
  }
  if (!isGrounded(p, side)) return;
  if (side.spikes > 0) {
    const share = p.gen === 2 ? 1 / 8 : side.spikes === 1 ? 1 / 8 : side.spikes === 2 ? 1 / 6 : 1 / 4;
    applyIndirectDamage(p, side, active.maxHp * share);
    if (active.hp <= 0) return;
  }
  if (side.toxicSpikes > 0) {
    if (side.hasType(POISON)) side.toxicSpikes = 0;
    else if (!side.hasType(STEEL)) inflict(p, side, side.toxicSpikes >= 2 ? 'tox' : 'psn', undefined);
  }
  if (side.stickyWeb) boostStat(p, side, 'spe', -1, true);
}

const WEATHER_TURNS = 5;

export function setWeather(p: SearchState, side: Side, weather: Weather, lasting = false): void {
  if (p.weather === weather) return;
  const strong = p.weather === 'harshsun' || p.weather === 'heavyrain' || p.weather === 'wind';
  if (strong && weather !== 'harshsun' && weather !== 'heavyrain' && weather !== 'wind') return;
  p.weather = weather;
  healIceFace(p, side);
  healIceFace(p, side.foe);
  p.weatherTurns = lasting ? 0 : WEATHER_TURNS + (weatherRock(itemNow(side)) === weather ? 3 : 0);
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

export function setTerrain(p: SearchState, side: Side, terrain: Terrain): void {
  if (p.terrain === terrain) return;
  p.terrain = terrain;
  p.terrainTurns = itemNow(side) === 'terrainextender' ? 8 : 5;
  wakeParadox(p, p.sides[0]);
  wakeParadox(p, p.sides[1]);
}

/** Whether weather from an ability lasts until it is replaced: before generation 6. */
const abilityWeatherLasts = (p: SearchState): boolean => p.gen <= 5;

/** What an ability does when its bearer comes in or gets it. */
export function startAbility(p: SearchState, side: Side): void {
  const { active, foe } = side;
  switch (abilityNow(side)) {
    case 'intimidate':
      intimidate(p, side);
      break;
    case 'drizzle':
      setWeather(p, side, 'rain', abilityWeatherLasts(p));
      break;
    case 'drought':
    case 'orichalcumpulse':
      setWeather(p, side, 'sun', abilityWeatherLasts(p));
      break;
    case 'sandstream':
      setWeather(p, side, 'sand', abilityWeatherLasts(p));
      break;
    case 'snowwarning':
      setWeather(p, side, 'snow', abilityWeatherLasts(p));
      break;
    case 'desolateland':
      setWeather(p, side, 'harshsun', true);
      break;
    case 'primordialsea':
      setWeather(p, side, 'heavyrain', true);
      break;
    case 'deltastream':
      setWeather(p, side, 'wind', true);
      break;
    case 'electricsurge':
    case 'hadronengine':
      setTerrain(p, side, 'electricterrain');
      break;
    case 'grassysurge':
      setTerrain(p, side, 'grassyterrain');
      break;
    case 'mistysurge':
      setTerrain(p, side, 'mistyterrain');
      break;
    case 'psychicsurge':
      setTerrain(p, side, 'psychicterrain');
      break;
    case 'download':
      if (foe.active.hp > 0) {
        const physical = foe.forme.def < foe.forme.spd;
        boostStat(p, side, physical ? 'atk' : 'spa', 1);
      }
      break;
    case 'intrepidsword':
      if (p.gen < 9 || !active.abilitySpent) boostStat(p, side, 'atk', 1);
      active.abilitySpent = true;
      break;
    case 'dauntlessshield':
      if (p.gen < 9 || !active.abilitySpent) boostStat(p, side, 'def', 1);
      active.abilitySpent = true;
      break;
    case 'embodyaspectcornerstone':
      boostStat(p, side, 'def', 1);
      break;
    case 'embodyaspecthearthflame':
      boostStat(p, side, 'atk', 1);
      break;
    case 'embodyaspectteal':
      boostStat(p, side, 'spe', 1);
      break;
    case 'embodyaspectwellspring':
      boostStat(p, side, 'spd', 1);
      break;
    case 'supersweetsyrup':
      if (!active.abilitySpent) boostStat(p, foe, 'evasion', -1, true);
      active.abilitySpent = true;
      break;
    case 'slowstart':
      side.volatiles.slowStart = 5;
      break;
    case 'imposter':
      transform(side);
      break;
    case 'trace':
      if (foe.active.hp > 0 && !UNTRACEABLE.has(foe.ability)) {
        side.ability = foe.ability;
        startAbility(p, side);
        return;
      }
      break;
    case 'terashift':
      if (side.forme.otherForme) takeForme(side, side.forme.otherForme);
      break;
    case 'supremeoverlord':
      side.volatiles.fallen = Math.min(5, side.everFainted);
      break;
    case 'schooling':
    case 'shieldsdown':
      takeFormeByHp(side);
      break;
    case 'iceface':
      healIceFace(p, side);
      break;
    case 'truant':
      // In generation 3 the end of this turn counts, but not for leads.
      side.volatiles.loafing = p.gen === 3 && p.turn > 0 ? 1 : 0;
      break;
    case 'screencleaner':
      for (const side of p.sides) {
        side.reflect = 0;
        side.lightScreen = 0;
        side.auroraVeil = 0;
      }
      break;
  }
  wakeParadox(p, side);
  if (p.weather !== '') wakeParadox(p, foe);
  startItem(p, side);
}

function startItem(p: SearchState, side: Side): void {
  switch (itemNow(side)) {
    case 'electricseed':
      if (p.terrain === 'electricterrain' && boostStat(p, side, 'def', 1)) loseItem(side);
      break;
    case 'grassyseed':
      if (p.terrain === 'grassyterrain' && boostStat(p, side, 'def', 1)) loseItem(side);
      break;
    case 'mistyseed':
      if (p.terrain === 'mistyterrain' && boostStat(p, side, 'spd', 1)) loseItem(side);
      break;
    case 'psychicseed':
      if (p.terrain === 'psychicterrain' && boostStat(p, side, 'spd', 1)) loseItem(side);
      break;
  }
}

function intimidate(p: SearchState, side: Side): void {
  const { foe } = side;
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

/** Protosynthesis and Quark Drive wake where sun, terrain or Booster Energy lets them, and sleep again without. */
function wakeParadox(p: SearchState, side: Side): void {
  const { ability, volatiles, active } = side;
  if (ability !== 'protosynthesis' && ability !== 'quarkdrive') return;
  if (active.hp <= 0) return;
  const fed = ability === 'protosynthesis' ? isSunny(p) : p.terrain === 'electricterrain';
  if (volatiles.paradoxStat > 0) return;
  if (!fed) {
    if (active.item !== 'boosterenergy') return;
    loseItem(side);
  }
  volatiles.paradoxStat = bestStat(side);
}

/** 1–5 for the highest of atk, def, spa, spd, spe; the first of equals. */
function bestStat({ forme, volatiles: v }: Side): number {
  const up = (stat: number, stage: number): number => Math.floor(stat * stageFactor(stage));
  let best = 1;
  let most = up(forme.atk, v.atk);
  const def = up(forme.def, v.def);
  if (def > most) {
    best = 2;
    most = def;
  }
  const spa = up(forme.spa, v.spa);
  if (spa > most) {
    best = 3;
    most = spa;
  }
  const spd = up(forme.spd, v.spd);
  if (spd > most) {
    best = 4;
    most = spd;
  }
  return up(forme.spe, v.spe) > most ? 5 : best;
}

/** Sends the active Pokémon back and a team member in. */
export function switchTo(p: SearchState, side: Side, pokemon: Pokemon): void {
  onSwitchOut(p, side);
  switchIn(p, side, pokemon);
}
