import { isPlainUse, type MoveUse } from './move-form.ts';

/** The use without the user's ability if that has no effect on this move: the damage calculator would count it. */
export function dropInactiveAbility(use: MoveUse): MoveUse {
  return hasEffect(use) ? use : { ...use, user: { ...use.user, ability: '' } };
}

function hasEffect(use: MoveUse): boolean {
  const { user, move } = use;
  const { flags, sleepUsable } = move;
  switch (user.ability) {
    case 'guts':
      // A Pokémon that attacks has woken up or thawed out first, unless the move is one for sleepers.
      return user.pokemon.status === 'slp' ? Boolean(sleepUsable) : user.pokemon.status !== 'frz';
    case 'parentalbond':
      return isPlainUse(use) && !(flags.noparentalbond || flags.charge || flags.futuremove);
    default:
      return true;
  }
}
