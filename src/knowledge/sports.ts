import { table } from '../util/table.ts';
import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import type { MoveForm } from './move-form.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

/** The condition that weakens attacks of a type. */
export const SPORTS: Readonly<Record<string, string>> = table({ Electric: 'mudsport', Fire: 'watersport' });

/** What is left of the power or the damage from generation 5 on. */
export const SPORT_FACTOR = 1352 / 4096;

/** The setting without the sport over the field that weakens a move; undefined where there is none, as before generation 6. */
export function withoutSport(
  setting: Setting,
  user: Combatant,
  move: Move,
  form: MoveForm,
): Setting | undefined {
  const sport = SPORTS[moveTypeNow(setting, user, move)];
  const isPlain = form === 'plain' && !user.pokemon.volatiles.dynamax;
  if (setting.gen < 6 || !isPlain || sport === undefined || !setting.conditions[sport]) return undefined;
  const { [sport]: _, ...conditions } = setting.conditions;
  return { ...setting, conditions };
}

/** A power weakened by a sport, rounded as the games do. */
export function weakenedPower(power: number): number {
  return Math.max(1, Math.ceil(power * SPORT_FACTOR - 0.5));
}
