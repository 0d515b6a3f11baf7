import type { PokemonRef } from '../battle/event.ts';
import type { BattleState, PokemonState } from '../battle/state.ts';
import { findMove, type Move } from '../knowledge/dex.ts';
import type { LikelySets } from '../knowledge/likely-sets.ts';
import type { Viewpoint } from '../memory/viewpoint.ts';
import { nameOf } from './names.ts';

/** Changes of priority by an ability for the moves it applies to; undefined when that depends on the moment. */
const PRIORITY_ABILITIES = new Map<
  string,
  { readonly applies: (move: Move) => boolean; readonly bonus?: number }
>([
  ['prankster', { applies: (move) => move.category === 'Status', bonus: 1 }],
  ['triage', { applies: (move) => move.flags.heal !== undefined, bonus: 3 }],
  ['galewings', { applies: (move) => move.type === 'Flying' }],
  ['myceliummight', { applies: (move) => move.category === 'Status' }],
  ['stall', { applies: () => true }],
]);

/** Items whose holders act last among those with the same priority. */
const HOLD_BACK = new Set(['laggingtail', 'fullincense']);

// Moves whose priority depends on the current terrain.
const FICKLE_MOVES = new Set(['grassyglide']);

/** An ability less likely than this is ignored. */
const NEGLIGIBLE_ABILITY = 0.02;

/** Our side's viewpoint for texts about what happened. */
export function viewpointOf(state: BattleState, likelySets: ReadonlyMap<string, LikelySets>): Viewpoint {
  const pokemon = new Map<string, PokemonState>(
    [...state.own.pokemon, ...state.foe.pokemon].map((known) => [known.id, known]),
  );
  const abilitiesOf = (ref: PokemonRef): readonly string[] => {
    const known = pokemon.get(ref.id);
    const ability = known?.baseAbility ?? known?.ability;
    if (ability !== undefined) return [ability];
    const likely = likelySets.get(ref.id)?.abilities ?? [];
    return likely.filter(([, share]) => share >= NEGLIGIBLE_ABILITY).map(([id]) => id);
  };
  return {
    side: state.side,
    nameOf: (id) => nameOf(state.gen, id),
    priorityOf(id, user) {
      const move = findMove(state.gen, id);
      if (!move || FICKLE_MOVES.has(move.id) || HOLD_BACK.has(pokemon.get(user.id)?.item ?? ''))
        return undefined;
      const possible = abilitiesOf(user).map((ability) => {
        const effect = PRIORITY_ABILITIES.get(ability);
        if (!effect?.applies(move)) return move.priority;
        return effect.bonus === undefined ? undefined : move.priority + effect.bonus;
      });
      const [priority = move.priority] = possible;
      return possible.every((value) => value === priority) ? priority : undefined;
    },
  };
}
