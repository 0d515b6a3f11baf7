import { describe, expect, it } from 'vitest';
import { legalChoices, mustChoose } from '../../src/mechanics/choices.ts';
import { searchStateOf } from '../../src/mechanics/from-battle-state.ts';
import { modelMove } from '../../src/mechanics/model-move.ts';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import { advance } from '../../src/mechanics/turn.ts';
import { sampleWorlds } from '../../src/search/determinization/sample-worlds.ts';
import { createRandom, type Random } from '../../src/util/random.ts';
import { simulate } from '../support/simulated-battle.ts';
import { scaled } from '../support/thorough.ts';
import { compareTurns } from '../support/turn-fidelity.ts';

describe('the mechanics beside the simulator', () => {
  // Limits are about twice what is measured, most of it the unknown end of weather and terrain;
  // bench/search-model.ts prints the errors by feature.
  it.each([
    { format: 'gen9randombattle', off: 0.1 },
    { format: 'gen4randombattle', off: 0.1 },
    { format: 'gen1randombattle', off: 0.1 },
    { format: 'gen8randombattle', off: 0.2 },
    { format: 'gen7randombattle', off: 0.1 },
    { format: 'gen6randombattle', off: 0.1 },
    { format: 'gen5randombattle', off: 0.1 },
    { format: 'gen3randombattle', off: 0.1 },
    { format: 'gen2randombattle', off: 0.1 },
  ])('plays turns of $format as the simulator does', ({ format, off }) => {
    const plays = { model: 60, simulator: 12 };
    const turns = compareTurns({ format, seed: 'judged', battles: 5, every: 5, plays });
    expect(turns.length).toBeGreaterThan(20);
    const wrong = turns.filter(({ features }) =>
      [...features].some(([name, { model, simulator }]) => {
        const limit = name.startsWith('hp') ? 0.2 : name.includes('stage') ? 1 : 0.5;
        return Math.abs(model - simulator) > limit;
      }),
    );
    expect(wrong.length / turns.length, wrong.map(({ what }) => what).join('\n')).toBeLessThanOrEqual(off);
  });
});

/** States from all over random battles. */
function positions(format: string, battles: number, every: number): SearchState[] {
  const found: SearchState[] = [];
  for (let index = 0; index < battles; index++) {
    let count = 0;
    simulate({
      format,
      seed: `positions-${index}`,
      maxTurns: 40,
      onMoment: ({ trackers, side, request }) => {
        if (side === 'p2' || request.type === 'team' || count++ % every !== 0) return;
        const { state, turns } = trackers.p1;
        const random = createRandom(`${format}/${index}/${count}`);
        const [world] = sampleWorlds(state, turns, 1, random);
        if (world) found.push(searchStateOf(world, turns, request.type, random.next));
      },
    });
  }
  return found;
}

function choose(p: SearchState, side: 0 | 1, random: Random): number {
  const own = p.sides[side];
  if (!mustChoose(p, own)) return 0;
  const list = new Int8Array(19);
  return list[random.below(legalChoices(p, own, list))] ?? 0;
}

/** Fields that are not part of a state. */
const UNCHANGING = new Set(['foe', 'random', 'chart', 'rules', 'effects', 'attack']);

/** A state as text, without its source of chance and the links between the sides. */
function digest(p: SearchState): string {
  return JSON.stringify(p, (key, value: unknown) => {
    if (UNCHANGING.has(key)) return undefined;
    if (key !== 'forme' && key !== 'formeAtHome' && key !== 'futureMove') return value;
    const { id, species } = (value ?? {}) as { readonly id?: string; readonly species?: string };
    return id ?? species;
  });
}

/** Changes the value of every field. */
function scramble(p: SearchState): void {
  const [own, foe] = p.sides;
  for (const side of p.sides) {
    for (const part of [side, side.volatiles, ...side.pokemon]) scrambleFields(part);
    side.active = side.pokemon.find((pokemon) => pokemon !== side.active) ?? side.active;
    side.forme = side.foe.active.forme;
    side.formeAtHome = side.formeAtHome ? undefined : side.foe.active.forme;
    side.futureMove = modelMove(p.gen, side.futureMove?.id === 'surf' ? 'psychic' : 'surf');
  }
  const formes = [foe, own].map((side) => side.pokemon.map(({ forme }) => forme));
  for (const [index, side] of p.sides.entries())
    for (const pokemon of side.pokemon) pokemon.forme = formes[index]?.[pokemon.index] ?? pokemon.forme;
  scrambleFields(p);
}

function scrambleFields(part: object): void {
  for (const [key, value] of Object.entries(part)) {
    if (key === 'index' || key === 'gen' || key === 'gimmick') continue;
    if (typeof value === 'number') Object.assign(part, { [key]: value + 1 });
    if (typeof value === 'string') Object.assign(part, { [key]: `${value}?` });
    if (typeof value === 'boolean') Object.assign(part, { [key]: !value });
  }
}

describe('a copied state', () => {
  it('has every field of the original, whatever it held before', () => {
    for (const start of positions('gen9randombattle', 2, 5)) {
      const other = start.clone();
      scramble(other);
      const copy = start.clone();
      expect(digest(copy)).toBe(digest(start));
      copy.copyFrom(other);
      expect(digest(copy)).toBe(digest(other));
      copy.copyFrom(start);
      expect(digest(copy)).toBe(digest(start));
    }
  });

  it('continues exactly like the original over random choices, and leaves it alone', () => {
    const starts = ['gen9randombattle', 'gen8randombattle', 'gen4randombattle', 'gen1randombattle'].flatMap(
      (format) => positions(format, 4, 5),
    );
    const each = Math.ceil(scaled(10_000) / starts.length);
    for (const [index, start] of starts.entries()) {
      const before = digest(start);
      const [copy, other] = [start.clone(), start.clone()];
      for (let i = 0; i < each; i++) {
        copy.copyFrom(start);
        expect(digest(copy) === before, `copy ${i} of position ${index}`).toBe(true);
        other.copyFrom(start);
        for (const p of [copy, other]) {
          const random = createRandom(`${index}/${i}`);
          p.random = random.next;
          for (let turn = 0; turn < 3 && p.stage !== 'over'; turn++) {
            advance(p, choose(p, 0, random), choose(p, 1, random));
          }
        }
        expect(digest(copy) === digest(other), `continuation ${i} of position ${index}`).toBe(true);
      }
      expect(digest(start)).toBe(before);
    }
  });
});

describe('random play in the mechanics', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('ends, and stays within what is possible, in generation %i', (gen) => {
    for (const [index, p] of positions(`gen${gen}randombattle`, 3, 8).entries()) {
      const random = createRandom(`${gen}/${index}`);
      let decisions = 0;
      while (p.stage !== 'over' && decisions < 3000) {
        advance(p, choose(p, 0, random), choose(p, 1, random));
        decisions++;
        for (const side of p.sides) {
          expect(side.fainted).toBe(side.pokemon.filter(({ hp }) => hp <= 0).length);
          for (const { hp, maxHp } of side.pokemon) {
            expect(Number.isInteger(hp) && hp >= 0 && hp <= maxHp, `${hp} of ${maxHp} HP`).toBe(true);
          }
        }
      }
      expect(p.stage).toBe('over');
      const [own, foe] = p.sides;
      const beaten = [own, foe].map((side) => side.fainted === side.pokemon.length);
      expect(beaten[p.winner === 2 ? 0 : 1 - p.winner]).toBe(true);
    }
  });
});
