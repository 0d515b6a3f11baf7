import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

/** What a move is used as. */
export type MoveForm = 'plain' | 'zmove';

const NAMELESS = '' as Move['id'];

/**
 * A move as types and abilities see it: of an attack that becomes a Z-Move or Max Move only category and type are left, and
 * nothing of what is special about it, e.g. that Dream Eater wants a sleeper.
 */
export function inForm(setting: Setting, user: Combatant, move: Move, form: MoveForm): Move {
  const isPlain = form === 'plain' && !user.pokemon.volatiles.dynamax;
  if (isPlain || move.category === 'Status') return move;
  return {
    ...move,
    id: NAMELESS,
    type: moveTypeNow(setting, user, move) as Move['type'],
    flags: {},
    priority: 0,
    target: 'normal',
    ohko: undefined,
    damage: undefined,
    ignoreAbility: undefined,
  } as unknown as Move;
}
