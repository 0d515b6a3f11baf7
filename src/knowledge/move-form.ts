import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

/** The form in which a move is used. */
export type MoveForm = 'plain' | 'zmove';

/** One use of a move. */
export interface MoveUse {
  readonly setting: Setting;
  readonly user: Combatant;
  readonly target: Combatant;
  readonly move: Move;
  /**
   * The form of the move; a dynamaxed Pokémon uses Max Moves.
   *
   * @default 'plain'
   */
  readonly form?: MoveForm;
}

/** Whether a use is neither a Z-Move nor a Max Move. */
export function isPlainUse({ user, form = 'plain' }: Pick<MoveUse, 'user' | 'form'>): boolean {
  return form === 'plain' && !user.pokemon.volatiles.dynamax;
}

const NAMELESS = '' as Move['id'];

/**
 * A move as types and abilities see it: an attack that becomes a Z-Move or Max Move keeps only its category and type
 * and loses its special rules, e.g. that Dream Eater needs a sleeping target.
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
