import { describe, expect, it } from 'vitest';
import { neuralEvaluator } from '../../../src/search/evaluation/evaluator.ts';
import { searchAsOpponent } from '../../../src/search/opponent-model/opponent-search.ts';
import { search } from '../../../src/search/search.ts';
import { createRandom } from '../../../src/util/random.ts';
import { setOf } from '../../support/set-of.ts';
import { type SimTurn, simTurn } from '../../support/sim-turn.ts';

/**
 * Our Snorlax faces a Scizor, after it has used a move against a Heatran that is immune to Fire Blast.
 *
 * @param item shown by Scizor, so that nobody has to guess whether it is stronger than it seems
 */
function beforeScizor(move: 'Fire Blast' | 'Body Slam', item?: 'Leftovers'): SimTurn {
  return simTurn({
    format: 'gen4customgame',
    p1: [
      setOf('Snorlax', 'Thick Fat', 'Fire Blast / Body Slam / Curse / Splash'),
      setOf('Skarmory', 'Sturdy', 'Roost / Spikes / Brave Bird / Whirlwind'),
    ].join('\n\n'),
    p2: [
      setOf('Heatran', 'Flash Fire', 'Protect / Magma Storm / Earth Power / Taunt'),
      setOf(
        item ? `Scizor @ ${item}` : 'Scizor',
        'Technician',
        'Bullet Punch / Superpower / U-turn / Swords Dance',
      ),
      setOf('Milotic', 'Marvel Scale', 'Surf / Recover'),
    ].join('\n\n'),
    choices: [
      [move === 'Fire Blast' ? 'move 1' : 'move 2', 'move 1'],
      [item ? 'move 2' : 'move 4', 'switch 2'],
    ],
  });
}

const limits = { until: Number.POSITIVE_INFINITY, signal: undefined };

/** How likely Scizor is expected to leave, over several draws of what is hidden. */
async function leaving(turn: SimTurn): Promise<number> {
  let leaves = 0;
  const seeds = ['one', 'two', 'three', 'four'];
  for (const seed of seeds) {
    const growing = { evaluatorFor: neuralEvaluator, depth: 8, limits: { ...limits, playouts: 30_000 } };
    const found = await searchAsOpponent({ ...turn, random: createRandom(seed) }, growing);
    for (const { species, chance } of found?.foe ?? []) if (species !== undefined) leaves += chance;
  }
  return leaves / seeds.length;
}

describe('what the opponent is predicted to do', () => {
  it('depends on what it was shown: Scizor flees from a Fire Blast that it has seen', async () => {
    const shown = await leaving(beforeScizor('Fire Blast'));
    const hidden = await leaving(beforeScizor('Body Slam'));
    expect(hidden).toBeLessThan(0.05);
    expect(shown).toBeGreaterThan(5 * hidden);
  });

  it('is what the search plays for, given the time', async () => {
    const turn = beforeScizor('Fire Blast', 'Leftovers');
    const leaving = async (playouts: number, seed: string): Promise<number> => {
      const options = { playouts };
      const random = createRandom(seed);
      const found = await search({ ...turn, random }, options);
      expect(found?.playouts).toBeLessThanOrEqual(playouts);
      expect(found?.actions[0]?.action).not.toMatchObject({ move: 'fireblast' });
      return found?.replies.find(({ id }) => id === 'heatran')?.share ?? 0;
    };
    // An opponent that knew that Snorlax would rather leave than attack would stay.
    for (const seed of ['a', 'b'])
      expect(await leaving(30_000, seed)).toBeGreaterThan((await leaving(10_000, seed)) + 0.2);
  });

  it('is mixed with another prediction', async () => {
    const foe = [{ move: 'superpower', chance: 1 }];
    const found = await search(beforeScizor('Fire Blast'), { playouts: 30_000, foe });
    expect(found?.actions[0]?.line).toMatch(/^[^,;]+, foe: Superpower/);
  });

  it('takes a part of the playouts, and none when there are too few for it', async () => {
    const turn = beforeScizor('Fire Blast');
    const growing = { evaluatorFor: neuralEvaluator, depth: 8 };
    const found = await searchAsOpponent(turn, { ...growing, limits: { ...limits, playouts: 30_000 } });
    expect(found?.playouts).toBeGreaterThan(1000);
    expect(found?.playouts).toBeLessThanOrEqual(6000);
    expect(
      await searchAsOpponent(turn, { ...growing, limits: { ...limits, playouts: 3000 } }),
    ).toBeUndefined();
    const soon = { ...limits, playouts: undefined, until: performance.now() + 100 };
    expect(await searchAsOpponent(turn, { ...growing, limits: soon })).toBeUndefined();
  });
});
