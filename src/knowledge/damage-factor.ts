import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import { strikesHiddenTwice } from './semi-invulnerable.ts';
import type { Setting } from './setting.ts';
import { strikesBeforeNextAction } from './turn-order.ts';

/** How much harder an attack strikes by conditions that the damage calculator does not know; 1 where there is none. */
export function damageFactor(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const { volatiles } = target.pokemon;
  let factor = 1;
  if (volatiles.glaiverush && strikesBeforeNextAction(setting, user, target, move) >= 0.5) factor *= 2;
  if (volatiles.minimize && setting.gen >= 2 && 'minimize' in move.flags) factor *= 2;
  if (strikesHiddenTwice(setting, user, target, move)) factor *= 2;
  const type = moveTypeNow(setting, user, move);
  if (volatiles.tarshot && type === 'Fire') factor *= 2;
  if (isDampened(setting, user, target, type)) factor *= setting.gen >= 5 ? 1352 / 4096 : 1 / 2;
  return factor;
}

const SPORTS: Readonly<Record<string, string>> = { Electric: 'mudsport', Fire: 'watersport' };

/** Mud Sport and Water Sport lie over the field; until generation 5 they last while their user stays in. */
function isDampened(setting: Setting, user: Combatant, target: Combatant, type: string): boolean {
  const sport = SPORTS[type];
  if (sport === undefined) return false;
  return Boolean(
    setting.conditions[sport] ?? user.pokemon.volatiles[sport] ?? target.pokemon.volatiles[sport],
  );
}
