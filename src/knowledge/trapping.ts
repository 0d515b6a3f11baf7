import { table } from '../util/table.ts';
import { type Combatant, isGrounded, itemInEffect } from './combatant.ts';
import type { Setting } from './setting.ts';

/** Abilities that keep opponents from leaving, each with a test for which ones. */
const TRAPPING: Readonly<Record<string, (setting: Setting, held: Combatant) => boolean>> = table({
  arenatrap: isGrounded,
  magnetpull: (_, { pokemon }) => pokemon.types.includes('Steel'),
  // In generation 3 two bearers trap each other.
  shadowtag: ({ gen }, { ability }) => gen === 3 || ability !== 'shadowtag',
});

/** Whether an ability is one of those that keep opponents from leaving. */
function isTrappingAbility(ability: string): boolean {
  return Object.hasOwn(TRAPPING, ability);
}

/**
 * Whether an opponent's ability is sure to keep a Pokémon on the field, so that the server would refuse to let it
 * switch.
 *
 * @param by the opponent with its ability, as far as that is known
 */
export function isHeldBy(setting: Setting, held: Combatant, by: Combatant): boolean {
  if (!isTrappingAbility(by.ability)) return false;
  if (setting.gen >= 6 && held.pokemon.types.includes('Ghost')) return false;
  if (itemInEffect(setting, held) === 'shedshell') return false;
  return TRAPPING[by.ability]?.(setting, held) ?? false;
}
