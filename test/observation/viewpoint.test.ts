import { describe, expect, it } from 'vitest';
import type { PokemonState } from '../../src/battle/state.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { viewpointOf } from '../../src/observation/viewpoint.ts';
import { BATTLE_01, recordedTurn } from './recorded-turn.ts';

const { state } = recordedTurn(BATTLE_01, 3);

/** Priority of a move of the opposing active Pokémon, if its ability were this one. */
function priority(
  move: string,
  ability: string | undefined,
  hidden: readonly string[] = [],
  item: string | undefined = undefined,
): number | undefined {
  const [active] = state.foe.active;
  if (!active) throw new Error('nobody stands there');
  const { ability: _, baseAbility: __, ...others } = active;
  const rest = { ...others, item };
  const foe: PokemonState = ability === undefined ? rest : { ...rest, ability, baseAbility: ability };
  const sets = assessTurn(state).likelySets.get(active.id);
  if (!sets) throw new Error('nothing is known of it');
  const likely = new Map([
    [foe.id, { ...sets, abilities: hidden.map((id): [string, number] => [id, 1 / hidden.length]) }],
  ]);
  const changed = { ...state, foe: { ...state.foe, pokemon: [foe], active: [foe] } };
  return viewpointOf(changed, likely).priorityOf(move, { id: foe.id, side: foe.side, species: foe.species });
}

describe('the priority of a move', () => {
  it('includes the effect of a known ability', () => {
    expect(priority('thunderwave', 'prankster')).toBe(1);
    expect(priority('surf', 'prankster')).toBe(0);
    expect(priority('recover', 'triage')).toBe(3);
    expect(priority('extremespeed', 'sturdy')).toBe(2);
  });

  it('is uncertain while a hidden ability or the moment could change it', () => {
    expect(priority('thunderwave', undefined, ['prankster', 'sturdy'])).toBeUndefined();
    expect(priority('surf', undefined, ['prankster', 'sturdy'])).toBe(0);
    expect(priority('bravebird', 'galewings')).toBeUndefined();
    expect(priority('grassyglide', 'overgrow')).toBeUndefined();
    expect(priority('surf', 'sturdy', [], 'laggingtail')).toBeUndefined();
  });

  it('handles unknown names', () => {
    expect(priority('surf', 'constructor')).toBe(0);
    expect(priority('constructor', 'sturdy')).toBeUndefined();
  });
});
