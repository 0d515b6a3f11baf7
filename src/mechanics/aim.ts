import { stageFactor } from '../knowledge/stat-stages.ts';
import { makesContact } from './contact.ts';
import { abilityAgainst, typeMultiplier } from './effectiveness.ts';
import { abilityEffects, itemEffects } from './effects-now.ts';
import type { ModelMove } from './model-move.ts';
import { typeOf } from './move-type.ts';
import { type Attack, NO_ABILITY, type SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Sets up the state's attack for a damaging move of the active Pokémon. */
export function setUpAttack(p: SearchState, user: Side, move: ModelMove): Attack {
  const { attack } = p;
  attack.user = user;
  attack.target = user.foe;
  attack.move = move;
  attack.moveEffects = p.effects.moves[move.number];
  attack.type = typeOf(p, user, move);
  attack.effectiveness = typeMultiplier(p, user, move, attack.type);
  attack.crit = false;
  refreshAttack(p, attack);
  return attack;
}

/** Reads abilities, items and the category once more: a hit may have changed them. */
export function refreshAttack(p: SearchState, attack: Attack): void {
  const { user, target, move } = attack;
  attack.ability = abilityAgainst(p, user, move);
  attack.userAbility = abilityEffects(p, user);
  attack.targetAbility = abilityEffects(p, target);
  attack.defendingAbility = attack.ability === '' ? NO_ABILITY : attack.targetAbility;
  attack.userItem = itemEffects(p, user);
  attack.targetItem = itemEffects(p, target);
  attack.physical = isPhysical(user, move);
  attack.contact = makesContact(user, move);
}

/** Whether a damaging move counts as physical now. */
function isPhysical(user: Side, move: ModelMove): boolean {
  const adapts =
    move.id === 'photongeyser' ||
    ((move.id === 'terablast' || move.id === 'terastarstorm') && user.active.terastallized);
  if (!adapts) return move.category === 'Physical';
  const { forme, volatiles } = user;
  return forme.atk * stageFactor(volatiles.atk) > forme.spa * stageFactor(volatiles.spa);
}
