import { describe, expect, it } from 'vitest';
import { matchupsOf } from '../../../src/agent/search/matchups.ts';
import { positionOf } from '../../../src/agent/search/turn-model/from-world.ts';
import type { Position } from '../../../src/agent/search/turn-model/position.ts';
import { createRandom } from '../../../src/util/random.ts';
import { type SimTurnOptions, simTurn } from '../../support/sim-turn.ts';

/** The turn model's position for a battle in the simulator, with both sides' real teams as the world. */
function positionIn(options: SimTurnOptions): Position {
  const [own, foe] = [simTurn({ ...options, side: 'p1' }), simTurn({ ...options, side: 'p2' })];
  const asked = own.request.type === 'switch' ? 'switch' : 'move';
  const world = { ...own.state, foe: foe.state.own };
  return positionOf(world, own.memory.turns, asked, createRandom('luck').next);
}

/** A Pokémon in Showdown's export format: name and item, ability, moves. */
function set(name: string, ability: string, ...moves: readonly string[]): string {
  return [name, `Ability: ${ability}`, 'Level: 50', ...moves.map((move) => `- ${move}`)].join('\n');
}

const GEN9 = 'gen9customgame@@@!Team Preview';

describe('matchups', () => {
  it.each([
    ['Rotom', 'Levitate', 'Earth Power'],
    ['Jolteon', 'Volt Absorb', 'Thunderbolt'],
    ['Vaporeon', 'Water Absorb', 'Surf'],
    ['Heatran', 'Flash Fire', 'Flamethrower'],
    ['Azumarill', 'Sap Sipper', 'Energy Ball'],
    ['Gastrodon', 'Storm Drain', 'Surf'],
    ['Electivire', 'Motor Drive', 'Thunderbolt'],
    ['Raichu', 'Lightning Rod', 'Thunderbolt'],
    ['Toxicroak', 'Dry Skin', 'Surf'],
    ['Dachsbun', 'Well-Baked Body', 'Flamethrower'],
    ['Orthworm', 'Earth Eater', 'Earth Power'],
    ['Shedinja', 'Wonder Guard', 'Surf'],
    ['Heatran @ Air Balloon', 'Flame Body', 'Earth Power'],
  ])('know that %s with %s takes nothing from %s', (name, ability, move) => {
    const against = (own: string): Position =>
      positionIn({
        format: GEN9,
        p1: set('Mew', own, move, 'Psychic'),
        p2: set(name, ability, 'Splash'),
        choices: [],
      });
    expect(matchupsOf(against('Synchronize')).ownMoves[0]).toBe(0);
    const breaks = !name.includes('Balloon');
    expect((matchupsOf(against('Mold Breaker')).ownMoves[0] ?? 0) > 0).toBe(breaks);
  });
});
