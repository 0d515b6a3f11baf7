import { table } from '../util/table.ts';
import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

/** The condition that weakens attacks of a type. */
const SPORTS: Readonly<Record<string, string>> = table({ Electric: 'mudsport', Fire: 'watersport' });

/**
 * The factor that Mud Sport and Water Sport put on a move's power, 1 when they do not weaken it. They affect the whole
 * field; until generation 5 they last while their user stays in, and those of several users add up.
 */
export function sportFactor(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const sport = SPORTS[moveTypeNow(setting, user, move)];
  if (sport === undefined) return 1;
  const { conditions, own, foe } = setting;
  const present = [...own.active, ...foe.active, user.pokemon, target.pokemon];
  const users = present.flatMap((one) => (one && !one.fainted && sport in one.volatiles ? [one.id] : []));
  const sports = conditions[sport] === undefined ? new Set(users).size : 1;
  return (setting.gen >= 5 ? 1352 / 4096 : 1 / 2) ** sports;
}

/** A power weakened by a sport, rounded as in the games. */
export function weakenedPower(power: number, factor: number): number {
  return Math.max(1, Math.ceil(power * factor - 0.5));
}
