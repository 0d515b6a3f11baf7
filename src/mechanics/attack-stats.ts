import { stageFactor } from '../knowledge/stat-stages.ts';
import { weatherNow } from './effects-now.ts';
import type { Attack, SearchState } from './search-state.ts';
import { FIRE, ICE, ROCK } from './types.ts';

/** Attack or Special Attack with stages, abilities and items. */
export function attackOf(p: SearchState, attack: Attack): number {
  const { user, move, physical, crit, type } = attack;
  const { userAbility, targetAbility, defendingAbility, userItem } = attack;
  const stage = attackStage(attack);
  const isStageLost = (crit && (stage < 0 || p.gen === 1)) || defendingAbility.ignoresStages;
  let factor = isStageLost ? 1 : stageFactor(stage);
  const own = physical ? userAbility.onModifyAtk : userAbility.onModifySpA;
  if (own) factor *= own(p, attack);
  if (user.volatiles.flashFire && type === FIRE) factor *= 1.5;
  if (user.volatiles.paradoxStat === (physical ? 1 : 3) && move.id !== 'bodypress') factor *= 1.3;
  factor *= physical ? targetAbility.onAnyModifyAtk : targetAbility.onAnyModifySpA;
  const item = physical ? userItem.onModifyAtk : userItem.onModifySpA;
  if (item) factor *= item(p, attack);
  const defending = physical ? defendingAbility.onSourceModifyAtk : defendingAbility.onSourceModifySpA;
  if (defending) factor *= defending(p, attack);
  if (p.gen === 1 && physical && user.active.status === 'brn' && !crit) factor *= 0.5;
  return Math.max(1, Math.floor(attackStat(attack) * factor));
}

/** The stat that a move attacks with. */
function attackStat({ user: { forme, foe }, move, physical }: Attack): number {
  if (move.id === 'bodypress') return forme.def;
  if (move.id === 'foulplay') return foe.forme.atk;
  return physical ? forme.atk : forme.spa;
}

function attackStage({ user: { volatiles, foe }, move, physical }: Attack): number {
  if (move.id === 'bodypress') return volatiles.def;
  if (move.id === 'foulplay') return foe.volatiles.atk;
  return physical ? volatiles.atk : volatiles.spa;
}

/** Defence or Special Defence of the target with stages, abilities, items and weather. */
export function defenceOf(p: SearchState, attack: Attack): number {
  const { target, move, crit, physical } = attack;
  const { userAbility, defendingAbility, targetItem } = attack;
  const { forme, volatiles } = target;
  const isDef = physical !== move.hitsOtherDefence;
  const stage = isDef ? volatiles.def : volatiles.spd;
  const isStageLost =
    (crit && (stage > 0 || p.gen === 1)) || move.ignoresDefensiveStages || userAbility.ignoresStages;
  let factor = (isStageLost ? 1 : stageFactor(stage)) * fieldDefence(p, attack, isDef);
  const ability = isDef ? defendingAbility.onModifyDef : defendingAbility.onModifySpD;
  if (ability) factor *= ability(p, attack);
  if (volatiles.paradoxStat === (isDef ? 2 : 4)) factor *= 1.3;
  factor *= isDef ? userAbility.onAnyModifyDef : userAbility.onAnyModifySpD;
  const item = isDef ? targetItem.onModifyDef : targetItem.onModifySpD;
  if (item) factor *= item(p, attack);
  return Math.max(1, Math.floor((isDef ? forme.def : forme.spd) * factor));
}

/** Factor of weather, of the screens of old generations, and of an explosion on the defending stat. */
function fieldDefence(p: SearchState, { target, move, crit }: Attack, isDef: boolean): number {
  let factor = 1;
  if (isDef) {
    if (p.weather === 'snow' && p.gen >= 9 && target.hasType(ICE) && weatherNow(p) === 'snow') factor *= 1.5;
    if (p.gen <= 4 && move.selfDestructs) factor *= 0.5;
  } else if (p.weather === 'sand' && p.gen >= 4 && target.hasType(ROCK) && weatherNow(p) === 'sand')
    factor *= 1.5;
  const screen = isDef ? target.reflect : target.lightScreen;
  return p.gen <= 2 && screen > 0 && !crit ? factor * 2 : factor;
}
