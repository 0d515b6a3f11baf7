import {
  abilityNow,
  accuracyFactor,
  isGrounded,
  isRainy,
  isSunny,
  itemNow,
  stageFactor,
  weatherNow,
} from './condition.ts';
import type { ModelMove } from './move.ts';
import { typeOf } from './move-type.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { FLYING, POISON } from './types.ts';

/** Priority of a move if this side uses it now. */
export function priorityOf(p: SearchState, user: Side, move: ModelMove): number {
  let { priority } = move;
  switch (abilityNow(user)) {
    case 'prankster':
      if (move.category === 'Status') priority += 1;
      break;
    case 'galewings':
      if ((p.gen <= 6 || user.active.hp >= user.active.maxHp) && typeOf(p, user, move) === FLYING)
        priority += 1;
      break;
    case 'triage':
      if (move.heals) priority += 3;
      break;
  }
  if (move.id === 'grassyglide' && p.terrain === 'grassyterrain' && isGrounded(p, user)) priority += 1;
  return priority;
}

/** Speed of the active Pokémon now, in points: stages, item, ability, weather, Tailwind, paralysis. */
export function speedOf(p: SearchState, side: Side): number {
  const { active, volatiles } = side;
  let speed = side.forme.spe * stageFactor(volatiles.spe);
  let quick = false;
  switch (abilityNow(side)) {
    case 'swiftswim':
      if (isRainy(p)) speed *= 2;
      break;
    case 'chlorophyll':
      if (isSunny(p)) speed *= 2;
      break;
    case 'sandrush':
      if (weatherNow(p) === 'sand') speed *= 2;
      break;
    case 'slushrush':
      if (weatherNow(p) === 'snow') speed *= 2;
      break;
    case 'surgesurfer':
      if (p.terrain === 'electricterrain') speed *= 2;
      break;
    case 'unburden':
      if (volatiles.unburdened && active.item === '') speed *= 2;
      break;
    case 'quickfeet':
      quick = true;
      if (active.status !== '') speed *= 1.5;
      break;
    case 'slowstart':
      if (volatiles.slowStart > 0) speed *= 0.5;
      break;
  }
  if (volatiles.paradoxStat === 5) speed *= 1.5;
  switch (itemNow(side)) {
    case 'choicescarf':
      if (volatiles.dynamax === 0) speed *= 1.5;
      break;
    case 'ironball':
    case 'machobrace':
      speed *= 0.5;
      break;
    case 'quickpowder':
      if (side.forme.species === 'ditto') speed *= 2;
      break;
  }
  if (side.tailwind > 0) speed *= 2;
  if (active.status === 'par' && !quick) speed *= p.gen >= 7 ? 0.5 : 0.25;
  return Math.floor(speed);
}

/** Chance that a move hits its target, as far as accuracy goes. */
export function hitChance(p: SearchState, user: Side, move: ModelMove): number {
  if (move.accuracy > 1) return 1;
  const { foe } = user;
  const ability = abilityNow(user);
  const defending = abilityNow(foe);
  if (ability === 'noguard' || defending === 'noguard') return 1;
  if (p.gen >= 8 && move.id === 'toxic' && user.hasType(POISON)) return 1;
  let { accuracy } = move;
  if (move.ohko) return 0.3;
  switch (move.id) {
    case 'blizzard':
      if (weatherNow(p) === 'snow') return 1;
      break;
    case 'thunder':
    case 'hurricane':
    case 'bleakwindstorm':
    case 'sandsearstorm':
    case 'wildboltstorm':
      if (isRainy(p)) return 1;
      if (isSunny(p) && (move.id === 'thunder' || move.id === 'hurricane')) accuracy = 0.5;
      break;
  }
  if (move.category === 'Status' && defending === 'wonderskin') accuracy = Math.min(accuracy, 0.5);
  let stage = ability === 'unaware' ? 0 : -foe.volatiles.evasion;
  if (defending !== 'unaware') stage += user.volatiles.accuracy;
  if (ability === 'keeneye' || ability === 'mindseye') stage = Math.max(stage, user.volatiles.accuracy);
  accuracy *= accuracyFactor(Math.max(-6, Math.min(6, stage)));
  switch (ability) {
    case 'compoundeyes':
      accuracy *= 1.3;
      break;
    case 'hustle':
      if (move.category === 'Physical') accuracy *= 0.8;
      break;
    case 'victorystar':
      accuracy *= 1.1;
      break;
  }
  const weather = weatherNow(p);
  if (defending === 'sandveil' && weather === 'sand') accuracy *= 0.8;
  else if (defending === 'snowcloak' && weather === 'snow') accuracy *= 0.8;
  else if (defending === 'tangledfeet' && foe.volatiles.confusion > 0) accuracy *= 0.5;
  if (itemNow(user) === 'widelens') accuracy *= 1.1;
  const worn = itemNow(foe);
  if (worn === 'brightpowder' || worn === 'laxincense') accuracy *= 0.9;
  if (p.gravity > 0) accuracy *= 5 / 3;
  return accuracy;
}
