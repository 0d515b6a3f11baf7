import { isPlainUse, type MoveUse } from './move-form.ts';

/** A use by its user as it is when the move strikes: without an ability that has no part in it, which the damage calculator would count. */
export function asItStrikes(use: MoveUse): MoveUse {
  return hasPart(use) ? use : { ...use, user: { ...use.user, ability: '' } };
}

function hasPart(use: MoveUse): boolean {
  const { user, move } = use;
  const { flags, sleepUsable } = move;
  switch (user.ability) {
    case 'guts':
      // Whoever strikes has woken or thawed before, but for moves of the sleeping.
      return user.pokemon.status === 'slp' ? Boolean(sleepUsable) : user.pokemon.status !== 'frz';
    case 'parentalbond':
      return isPlainUse(use) && !(flags.noparentalbond || flags.charge || flags.futuremove);
    default:
      return true;
  }
}
