import { stageFactor } from '../knowledge/stat-stages.ts';
import { healIceFace } from './ability-formes.ts';
import type { Terrain, Weather } from './condition-ids.ts';
import { isSunny, itemEffects, itemNow } from './effects-now.ts';
import { loseItem } from './lose-item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

const WEATHER_TURNS = 5;
const TERRAIN_TURNS = 5;
/** Turns added by a weather rock or Terrain Extender. */
const LONGER = 3;

const isStrong = (weather: Weather): boolean =>
  weather === 'harshsun' || weather === 'heavyrain' || weather === 'wind';

/** A side sets weather; strong weather prevents any that is not strong too. */
export function setWeather(p: SearchState, side: Side, weather: Weather, lasting = false): void {
  if (p.weather === weather || (isStrong(p.weather) && !isStrong(weather))) return;
  p.weather = weather;
  healIceFace(p, side);
  healIceFace(p, side.foe);
  const isLong = itemEffects(p, side).lengthens === weather;
  p.weatherTurns = lasting ? 0 : WEATHER_TURNS + (isLong ? LONGER : 0);
}

/** A side sets terrain. */
export function setTerrain(p: SearchState, side: Side, terrain: Terrain): void {
  if (p.terrain === terrain) return;
  p.terrain = terrain;
  p.terrainTurns = TERRAIN_TURNS + (itemNow(side) === 'terrainextender' ? LONGER : 0);
  wakeParadox(p, p.sides[0]);
  wakeParadox(p, p.sides[1]);
}

/** Activates Protosynthesis or Quark Drive under sun, terrain or Booster Energy, and deactivates it without. */
export function wakeParadox(p: SearchState, side: Side): void {
  const { volatiles, active } = side;
  if (active.hp <= 0 || volatiles.paradoxStat > 0) return;
  const isFed = isParadoxFed(p, side);
  if (isFed === undefined) return;
  if (!isFed) {
    if (active.item !== 'boosterenergy') return;
    loseItem(side);
  }
  volatiles.paradoxStat = bestStat(side);
}

/** Deactivates them when what activated them has gone; Booster Energy lasts. */
export function sleepParadox(p: SearchState): void {
  for (const side of p.sides) {
    if (isParadoxFed(p, side) === false && !side.active.lostItem) side.volatiles.paradoxStat = 0;
  }
}

/** Whether sun or terrain supports such an ability; undefined for any other ability. */
function isParadoxFed(p: SearchState, { ability }: Side): boolean | undefined {
  if (ability === 'protosynthesis') return isSunny(p);
  return ability === 'quarkdrive' ? p.terrain === 'electricterrain' : undefined;
}

/** 1–5 for the highest of atk, def, spa, spd, spe; the first one on a tie. */
function bestStat({ forme, volatiles: v }: Side): number {
  const stats = [
    [forme.atk, v.atk],
    [forme.def, v.def],
    [forme.spa, v.spa],
    [forme.spd, v.spd],
    [forme.spe, v.spe],
  ] as const;
  const now = stats.map(([stat, stage]) => Math.floor(stat * stageFactor(stage)));
  return now.indexOf(Math.max(...now)) + 1;
}
