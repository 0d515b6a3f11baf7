import { addVolatile } from './add-volatile.ts';
import { boostAll } from './boosts.ts';
import { type Terrain, WEATHERS } from './condition-ids.ts';
import { abilityNow, itemNow, weatherNow } from './effects-now.ts';
import { setTerrain, setWeather } from './field.ts';
import type { ModelMove } from './model-move.ts';
import { healSelf } from './move-support.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { layHazard, raiseCondition } from './side-conditions.ts';

/** Plays a status move that affects its user, its side or the whole field. Returns whether it had an effect. */
export function onOwnSide(p: SearchState, user: Side, move: ModelMove): boolean {
  if (move.heal > 0) {
    if (!healSelf(user, move.heal)) return false;
    if (move.id === 'roost') user.volatiles.roosting = 1;
    return true;
  }
  if (move.sideCondition !== '') return sideMove(p, user, move);
  if (move.weather !== '') return weatherMove(p, user, move);
  if (move.terrain !== '') return terrainMove(p, user, move);
  const special = p.effects.moves[move.number]?.onHitSide?.(p, user, move);
  if (special !== undefined) return special;
  let worked = false;
  if (move.selfBoosts) worked = boostAll(p, user, move.selfBoosts) || worked;
  if (move.selfVolatile !== '' && !move.protects) {
    worked = addVolatile(p, user, user, move.selfVolatile) || worked;
  }
  return worked;
}

function weatherMove(p: SearchState, user: Side, move: ModelMove): boolean {
  const weather = WEATHERS[move.weather] ?? '';
  const changes = weather !== '' && p.weather !== weather;
  if (changes) setWeather(p, user, weather);
  return changes || move.pivots;
}

function terrainMove(p: SearchState, user: Side, move: ModelMove): boolean {
  if (p.terrain === move.terrain) return false;
  setTerrain(p, user, move.terrain as Terrain);
  return true;
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
      return weatherNow(p) === 'snow' && raiseCondition(user, 'auroraveil', itemNow(user), p.rules);
    default:
      return raiseCondition(user, move.sideCondition, itemNow(user), p.rules);
  }
}
