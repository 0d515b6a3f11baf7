import { describe, expect, it } from 'vitest';
import { sameAction, toChoice } from '../../src/battle/action.ts';
import { LEFT_FACTOR, numberChoices } from '../../src/observation/candidates.ts';
import { simTurn } from '../support/sim-turn.ts';
import { simulate } from '../support/simulated-battle.ts';

const team = (...species: readonly string[]): string =>
  species.map((name) => `${name}\nAbility: Pressure\n- Surf\n- Thunderbolt\n- Helping Hand`).join('\n\n');

describe('numbered candidates', () => {
  it.each(['gen9randombattle', 'gen8randombattle', 'gen6randombattle'])(
    'offer every legal action of singles exactly once, counted from 1 (%s)',
    (format) => {
      simulate({
        format,
        seed: 'candidates',
        maxTurns: 8,
        onMoment: ({ actions, side, trackers }) => {
          const { candidates } = numberChoices(actions, trackers[side].state);
          expect(candidates.map(({ number }) => number)).toEqual(actions.map((_, index) => index + 1));
          expect(candidates.map(({ action }) => toChoice(action))).toEqual(actions.map(toChoice));
          expect(new Set(candidates.map(({ words }) => words)).size).toBe(candidates.length);
        },
      });
    },
  );

  it.each(['gen9randomdoublesbattle', 'gen8randomdoublesbattle'])(
    'join the numbers of two lists in doubles, and stay legal (%s)',
    (format) => {
      let joined = 0;
      let left = 0;
      simulate({
        format,
        seed: 'candidates',
        maxTurns: 8,
        onMoment: ({ actions, side, trackers }) => {
          const { slots, candidates } = numberChoices(actions, trackers[side].state);
          expect(candidates.length).toBeGreaterThan(0);
          expect(new Set(candidates.map(({ number }) => number)).size).toBe(candidates.length);
          for (const { number, action } of candidates) {
            expect(actions.some((legal) => sameAction(legal, action))).toBe(true);
            if (slots.length < 2) continue;
            joined++;
            const option = (slot: number, at: number) =>
              slots[slot]?.options.find((listed) => listed.number === at)?.action;
            const [one, two] = [option(0, Math.floor(number / LEFT_FACTOR)), option(1, number % LEFT_FACTOR)];
            if (!one || !two) throw new Error(`${number} joins nothing`);
            expect(toChoice(action)).toBe(`${toChoice(one)}, ${toChoice(two)}`);
          }
          left += actions.length - candidates.length;
        },
      });
      expect(joined).toBeGreaterThan(50);
      expect(left).toBeGreaterThan(0);
    },
  );

  it('leave out attacks on our own ally, and only those', () => {
    const { actions, state } = simTurn({
      format: 'gen9doublescustomgame@@@!teampreview',
      p1: team('Milotic', 'Zapdos', 'Suicune'),
      p2: team('Lapras', 'Raikou'),
      choices: [],
    });
    const { candidates } = numberChoices(actions, state);
    const offered = new Set(candidates.map(({ action }) => toChoice(action)));
    const missing = actions.map(toChoice).filter((choice) => !offered.has(choice));
    expect(missing.length).toBeGreaterThan(0);
    for (const choice of missing) expect(choice).toMatch(/move 2 -[12]/);
    expect(candidates.some(({ words }) => words.includes('use Thunderbolt on foe Lapras'))).toBe(true);
  });

  it('offer each lead of a team preview once, with its first legal order', () => {
    const p1 = team('Milotic', 'Zapdos', 'Suicune', 'Raikou');
    const singles = simTurn({ format: 'gen9customgame', p1, p2: p1, choices: [] });
    expect(numberChoices(singles.actions, singles.state).candidates.map(({ words }) => words)).toEqual([
      'lead with Milotic',
      'lead with Zapdos',
      'lead with Suicune',
      'lead with Raikou',
    ]);
    const doubles = simTurn({ format: 'gen9doublescustomgame', p1, p2: p1, choices: [] });
    const { candidates } = numberChoices(doubles.actions, doubles.state);
    expect(candidates).toHaveLength(6);
    expect(candidates[1]).toMatchObject({ words: 'lead with Milotic and Suicune', number: 2 });
    expect(candidates.map(({ action }) => toChoice(action))[0]).toBe('team 1234');
  });

  it('list leads and back separately when only a part of the team comes along', () => {
    const p1 = team('Milotic', 'Zapdos', 'Suicune', 'Raikou', 'Lapras', 'Entei');
    const { actions, state } = simTurn({ format: 'gen9vgc2024regg', p1, p2: p1, choices: [] });
    const { slots, candidates } = numberChoices(actions, state);
    expect(slots.map(({ position, options }) => [position, options.length])).toEqual([
      ['leads', 15],
      ['back', 15],
    ]);
    // 15 pairs of leads, and for each 6 pairs of the four others.
    expect(candidates).toHaveLength(90);
    const brought = candidates.map(({ action }) => {
      const order = action.type === 'team' ? action.order : [];
      expect(new Set(order).size).toBe(4);
      return [order.slice(0, 2), order.slice(2)].map((slots) => [...slots].sort().join()).join(' | ');
    });
    expect(new Set(brought).size).toBe(90);
    const chosen = candidates.find(
      ({ words }) => words === 'lead with Milotic and Suicune; bring Zapdos and Entei',
    );
    expect(chosen?.number).toBe(
      LEFT_FACTOR * 2 +
        (slots[1]?.options.find(({ words }) => words === 'bring Zapdos and Entei')?.number ?? 0),
    );
    expect(chosen && toChoice(chosen.action)).toBe('team 1326');
  });

  it('list only one slot when the other has nothing to choose', () => {
    const { actions, state } = simTurn({
      format: 'gen9doublescustomgame@@@!teampreview',
      p1: `${team('Milotic')}\n\n${team('Zapdos', 'Suicune', 'Raikou').replace('Helping Hand', 'U-turn')}`,
      p2: team('Lapras', 'Raikou'),
      choices: [['move helpinghand -2, move uturn +1', 'move helpinghand -2, move helpinghand -1']],
    });
    const { slots, candidates } = numberChoices(actions, state);
    expect(slots.map(({ position }) => position)).toEqual([1]);
    expect(candidates.map(({ number, words }) => `${number} ${words}`)).toEqual([
      '1 switch to Suicune',
      '2 switch to Raikou',
    ]);
    expect(candidates.map(({ action }) => toChoice(action))).toEqual(['pass, switch 3', 'pass, switch 4']);
  });
});
