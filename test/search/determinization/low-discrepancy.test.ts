import { describe, expect, it } from 'vitest';
import { assessTurn } from '../../../src/knowledge/assess-turn.ts';
import { evenly } from '../../../src/search/determinization/low-discrepancy.ts';
import { worldSource } from '../../../src/search/determinization/sample-worlds.ts';
import { oneOfEach } from '../../../src/search/determinization/stratify.ts';
import { createRandom } from '../../../src/util/random.ts';
import { simulate } from '../../support/simulated-battle.ts';

describe('draws that fill an interval evenly', () => {
  it('put one of the first 2ⁿ into each interval of length 2⁻ⁿ', () => {
    for (let seed = 0; seed < 50; seed++) {
      const next = evenly(createRandom(`even ${seed}`));
      const drawn = Array.from({ length: 8 }, next);
      for (const parts of [2, 4, 8]) {
        const places = drawn.slice(0, parts).map((at) => Math.floor(at * parts));
        expect(new Set(places).size).toBe(parts);
      }
    }
  });

  it('are uniform, and independent of another such sequence', () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => {
      const random = createRandom(`pair ${seed}`);
      return [evenly(random)(), evenly(random)()] as const;
    });
    const share = (is: (a: number, b: number) => boolean): number =>
      firsts.filter(([a, b]) => is(a, b)).length / firsts.length;
    expect(share((a) => a < 0.25)).toBeCloseTo(0.25, 1);
    expect(share((_, b) => b > 0.9)).toBeCloseTo(0.1, 1);
    expect(share((a, b) => a < 0.5 && b < 0.5)).toBeCloseTo(0.25, 1);
  });
});

describe('a few worlds', () => {
  it('have each likely set of an opponent about as often as it is likely', () => {
    let checked = 0;
    simulate({
      format: 'gen9randombattle',
      seed: 'even worlds',
      maxTurns: 2,
      onMoment: ({ side, request, trackers: { p1 } }) => {
        if (side !== 'p1' || request.type !== 'move') return;
        const standing = p1.state.foe.active[0];
        const sets = assessTurn(p1.state, p1.turns).likelySets.get(standing?.id ?? '')?.sets ?? [];
        const items = new Map<string, number>();
        for (const { item, weight } of sets) items.set(item, (items.get(item) ?? 0) + weight);
        const [item = '', chance = 0] = [...items].sort((a, b) => b[1] - a[1])[0] ?? [];
        const counts = Array.from({ length: 30 }, (_, seed) => {
          const draw = worldSource(p1.state, p1.turns, createRandom(`worlds ${seed}`));
          return Array.from({ length: 8 }, draw).filter(({ foe }) => foe.active[0]?.item === item).length;
        });
        const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
        const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
        if (chance < 0.2 || chance > 0.8) return;
        checked++;
        expect(mean / 8).toBeCloseTo(chance, 0);
        // Independent draws would vary by the binomial's variance.
        expect(variance).toBeLessThan(0.7 * 8 * chance * (1 - chance));
      },
    });
    expect(checked).toBeGreaterThan(0);
  });

  it('are taken from all parts of those drawn', () => {
    const drawn = Array.from({ length: 12 }, (_, index) => (index * 7) % 12);
    for (let seed = 0; seed < 20; seed++) {
      const taken = oneOfEach(drawn, 4, (value) => value, createRandom(`strata ${seed}`));
      expect(taken.map((value) => Math.floor(value / 3))).toEqual([0, 1, 2, 3]);
    }
    expect(oneOfEach([3, 1], 4, (value) => value, createRandom('few'))).toEqual([3, 1]);
  });
});
