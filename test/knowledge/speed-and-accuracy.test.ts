import type { ActiveMove, Pokemon } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import type { ConditionState, PokemonState } from '../../src/battle/state.ts';
import { accuracyNow } from '../../src/knowledge/accuracy.ts';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { findMove } from '../../src/knowledge/dex.ts';
import type { CandidateSet } from '../../src/knowledge/likely-sets.ts';
import { priorityNow } from '../../src/knowledge/priority.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { speedNow, speedOrder } from '../../src/knowledge/speed.ts';
import { newBattle, playOut, pokemonFromSim, requestId, stateFromSim } from './sim.ts';
import { pokemon, set, side, state } from './states.ts';

describe('speed and accuracy in simulated battles', () => {
  it.each([
    ['gen9randombattle', 8],
    ['gen9randomdoublesbattle', 4],
    ['gen7randombattle', 4],
    ['gen5randombattle', 4],
    ['gen3randombattle', 3],
    ['gen2randombattle', 3],
  ])('%s', (format, battles) => {
    const wrong: string[] = [];
    let speeds = 0;
    let accuracies = 0;
    for (let i = 0; i < battles; i++) {
      const battle = newBattle(format, `speed/${format}/${i}`);
      const chance = battle.randomChance.bind(battle);
      const { actions } = battle;
      const step = actions.hitStepAccuracy.bind(actions);
      let expected: { percent: number; label: string } | undefined;
      battle.randomChance = (numerator, denominator) => {
        if (expected && denominator === 100) {
          accuracies++;
          // The simulator rounds down after every modifier.
          const off = Math.abs(Math.min(100, numerator) - expected.percent) > 1.5;
          if (off) wrong.push(`${expected.label}: ${numerator}%, not ${expected.percent}%`);
          expected = undefined;
        }
        return chance(numerator, denominator);
      };
      actions.hitStepAccuracy = (targets, user, move) => {
        const [target] = targets;
        if (target && targets.length === 1) expected = expectedAccuracy(user, target, move);
        const results = step(targets, user, move);
        expected = undefined;
        return results;
      };
      playOut(battle, `speed/${format}/${i}`, () => {
        const standing = [...battle.p1.active, ...battle.p2.active].filter((one) => one && !one.fainted);
        speeds += standing.length;
        wrong.push(...standing.flatMap(wrongSpeed));
      });
    }
    expect(speeds).toBeGreaterThan(100);
    // Older generations compute accuracy elsewhere.
    if (!/gen[23]/.test(format)) expect(accuracies).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});

/** The predicted accuracy of a move, in percent; undefined when something other than the plain move is used. */
function expectedAccuracy(
  user: Pokemon,
  target: Pokemon,
  move: ActiveMove,
): { readonly percent: number; readonly label: string } | undefined {
  const { battle } = user;
  // With Protean, a status move changes the type of its user first.
  if (move.isZ || move.isMax || user.transformed || target === user || user.ability === 'protean')
    return undefined;
  const found = findMove(battle.gen, requestId(user, move.id));
  if (!found) return undefined;
  const setting = settingOf(stateFromSim(battle, user.side.id === 'p1' ? 'p1' : 'p2'));
  const own = ownCombatant(setting, pokemonFromSim(user));
  const foe = ownCombatant(setting, pokemonFromSim(target));
  const percent = accuracyNow(setting, own, foe, found) * 100;
  return { percent, label: `${user.species.name} ${move.id} on ${target.species.name}` };
}

/** What is wrong about the predicted Speed of a Pokémon, if anything. */
function wrongSpeed(active: Pokemon): readonly string[] {
  const { battle } = active;
  const setting = settingOf(stateFromSim(battle, active.side.id === 'p1' ? 'p1' : 'p2'));
  let speed = speedNow(setting, ownCombatant(setting, pokemonFromSim(active)));
  if (battle.field.pseudoWeather.trickroom) speed = (10_000 - speed) % 8192;
  // Until generation 4 the simulator rounds the paralysed half up.
  const tolerance = battle.gen <= 4 && active.status === 'par' ? 1 : 0;
  const real = active.getActionSpeed();
  if (Math.abs(real - speed) <= tolerance) return [];
  return [`${active.species.name} (${active.ability}, ${active.item}): ${real}, not ${speed}`];
}

describe('who acts first', () => {
  function order(
    own: PokemonState,
    foe: PokemonState,
    sets: readonly CandidateSet[] = [set()],
    conditions: Record<string, ConditionState> = {},
  ) {
    const setting = settingOf(state(side([own]), side([foe]), { field: { conditions } }));
    const foes = sets.map((candidate) => ({
      combatant: foeCombatant(setting, foe, candidate),
      weight: candidate.weight,
    }));
    return speedOrder(setting, ownCombatant(setting, own), foes);
  }
  const garchomp = pokemon('p1', 'Garchomp'); // base Speed 102
  const landorus = pokemon('p2', 'Landorus-Therian'); // base Speed 91

  it('is the faster one, or either on a tie', () => {
    expect(order(garchomp, landorus).ownFirst).toBe(1);
    expect(order(garchomp, pokemon('p2', 'Dragapult')).ownFirst).toBe(0);
    expect(order(garchomp, pokemon('p2', 'Garchomp')).ownFirst).toBe(0.5);
  });

  it('includes the chance that the opponent holds a Choice Scarf', () => {
    const speed = order(garchomp, landorus, [
      set({ weight: 0.7 }),
      set({ item: 'choicescarf', weight: 0.3 }),
    ]);
    expect(speed.ownFirst).toBeCloseTo(0.7, 10);
    expect(speed.foe[1]).toBe(Math.floor(speed.foe[0] * 1.5));
    expect(speed.note).toBe('foe may hold a Choice Scarf');
    expect(order(garchomp, landorus, [set({ item: 'choicescarf' })]).note).toBe('foe holds a Choice Scarf');
  });

  it('is inverted by Trick Room', () => {
    const room = { trickroom: { layers: 1 } };
    expect(order(garchomp, landorus, [set()], room).ownFirst).toBe(0);
    expect(order(garchomp, landorus, [set()], room).note).toContain('Trick Room');
  });

  it('depends on stages, paralysis and items that make their holder act last', () => {
    expect(order({ ...garchomp, boosts: { spe: -1 } }, landorus).ownFirst).toBe(0);
    expect(order({ ...garchomp, status: 'par' }, landorus).ownFirst).toBe(0);
    expect(order({ ...garchomp, item: 'laggingtail' }, landorus).ownFirst).toBe(0);
    expect(order(garchomp, { ...landorus, volatiles: { quarkdrivespe: 1 } }).ownFirst).toBe(0);
    const toedscruel = pokemon('p1', 'Toedscruel', { ability: 'myceliummight' });
    expect(order(toedscruel, landorus).note).toBe('own status moves act last (Mycelium Might)');
  });

  it('includes Simple, which doubles stages while it is active in generation 4, and as they are gained since', () => {
    const speed = (gen: number, ability: string, spe: number): number => {
      const own = pokemon('p1', 'Bidoof', { gen, ability, boosts: { spe } });
      const setting = settingOf(state(side([own]), side([pokemon('p2', 'Mew', { gen })]), { gen }));
      return speedNow(setting, ownCombatant(setting, own));
    };
    expect(speed(4, 'simple', -1)).toBe(speed(4, 'unaware', -2));
    expect(speed(5, 'simple', -1)).toBe(speed(5, 'unaware', -1));
  });

  it('includes Neutralizing Gas suspending Quark Drive', () => {
    const bundle = pokemon('p1', 'Iron Bundle', { ability: 'quarkdrive', volatiles: { quarkdrivespe: 1 } });
    const speedAgainst = (ability: string): number => {
      const setting = settingOf(state(side([bundle]), side([pokemon('p2', 'Weezing', { ability })])));
      return speedNow(setting, ownCombatant(setting, bundle));
    };
    expect(speedAgainst('levitate')).toBe(Math.floor(1.5 * speedAgainst('neutralizinggas')));
  });

  it('includes Unburden ending when its Pokémon leaves', () => {
    const lost = { ability: 'unburden', item: '', lastItem: 'sitrusberry' } as const;
    const hawlucha = pokemon('p1', 'Hawlucha', lost); // base Speed 118
    const dragapult = pokemon('p2', 'Dragapult'); // base Speed 142
    expect(order(hawlucha, dragapult).ownFirst).toBe(0);
    expect(order({ ...hawlucha, volatiles: { itemremoved: 1 } }, dragapult).ownFirst).toBe(1);
  });
});

describe('priority', () => {
  const priority = (move: string, ability: string, form?: 'plain' | 'zmove', dynamaxed = false): number => {
    const volatiles: Record<string, number> = dynamaxed ? { dynamax: 1 } : {};
    const gen = dynamaxed ? 8 : 7;
    const user = pokemon('p1', 'Sableye', { gen, ability, volatiles });
    const foe = pokemon('p2', 'Blissey', { gen });
    const setting = settingOf(state(side([user]), side([foe]), { gen }));
    const found = findMove(setting.gen, move);
    if (!found) throw new Error(`no move ${move}`);
    return priorityNow(setting, ownCombatant(setting, user), found, form);
  };
  it('is that of Max Guard and Max Moves under Dynamax, and of the move that a Z-move is based on', () => {
    expect(priority('willowisp', 'stall', 'plain', true)).toBe(4);
    expect(priority('willowisp', 'prankster', 'plain', true)).toBe(5);
    expect(priority('shadowsneak', 'stall', 'plain', true)).toBe(0);
    expect(priority('shadowsneak', 'stall', 'zmove')).toBe(0);
    expect(priority('willowisp', 'prankster', 'zmove')).toBe(1);
    // Max Guard is not a Flying move.
    expect(priority('defog', 'galewings', 'plain', true)).toBe(4);
    expect(priority('airslash', 'galewings', 'plain', true)).toBe(1);
  });
});
