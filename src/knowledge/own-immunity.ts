import { type Combatant, isGrounded, itemInEffect } from './combatant.ts';
import type { Move } from './dex.ts';
import { possibleHp } from './fixed-damage.ts';
import type { Setting } from './setting.ts';

/** Whether the target is immune to a move because of a condition particular to that move. */
export function isImmuneByMove(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  const { gender, types } = target.pokemon;
  switch (move.id) {
    case 'attract':
    case 'captivate':
      return gender === 'N' || user.pokemon.gender === 'N' || gender === user.pokemon.gender;
    case 'dreameater':
      if (setting.gen <= 4 && target.pokemon.volatiles.substitute) return true;
      return target.pokemon.status !== 'slp' && target.ability !== 'comatose';
    case 'endeavor':
      return possibleHp(user)[0] >= possibleHp(target)[1];
    case 'leechseed':
      return types.includes('Grass');
    case 'skydrop':
      return types.includes('Flying');
    case 'rototiller':
      return !isGrounded(setting, target);
    case 'octolock':
      return setting.gen >= 8 && types.includes('Ghost');
    case 'switcheroo':
    case 'trick':
      return target.ability === 'stickyhold';
    case 'synchronoise':
      return (
        itemInEffect(setting, target) !== 'ringtarget' &&
        !types.some((type) => user.pokemon.types.includes(type))
      );
    case 'worryseed':
      return hasAbility(target, 'insomnia') || hasAbility(target, 'truant');
    default:
      return false;
  }
}

/** Whether a Pokémon has an ability, suppressed or not. */
function hasAbility({ ability, pokemon }: Combatant, id: string): boolean {
  return ability === id || pokemon.ability === id;
}
