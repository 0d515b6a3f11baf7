import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

/** What a move is used as. */
export type MoveForm = 'plain' | 'zmove';

/** One use of a move. */
export interface MoveUse {
  readonly setting: Setting;
  readonly user: Combatant;
  readonly target: Combatant;
  readonly move: Move;
  /**
   * What the move is used as; what is dynamaxed uses Max Moves.
   *
   * @default 'plain'
   */
  readonly form?: MoveForm;
}

/** Whether a use is neither of a Z-Move nor of a Max Move. */
export function isPlainUse({ user, form = 'plain' }: Pick<MoveUse, 'user' | 'form'>): boolean {
  return form === 'plain' && !user.pokemon.volatiles.dynamax;
}

const NAMELESS = '' as Move['id'];

/**
 * A move as types and abilities see it: of an attack that becomes a Z-Move or Max Move only category and type are left, and
 * nothing of what is special about it, e.g. that Dream Eater wants a sleeper.
 */
export function inForm({ setting, user, move, form }: Omit<MoveUse, 'target'>): Move {
  if (isPlainUse({ user, form }) || move.category === 'Status') return move;
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
