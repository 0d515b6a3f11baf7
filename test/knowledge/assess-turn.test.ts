import { readFileSync } from 'node:fs';
import { Dex } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import type { BattleState, PokemonState } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { assessGimmick, assessTurn } from '../../src/knowledge/assess-turn.ts';
import type { MoveAssessment, Pairing, TurnAssessment } from '../../src/knowledge/assessment.ts';
import { expectedThreat } from '../../src/knowledge/expected-threat.ts';
import { simulate } from '../support/simulated-battle.ts';
import { pokemon, side, state } from './states.ts';

function allPairings({ pairings, switches }: TurnAssessment): readonly Pairing[] {
  return [...pairings, ...switches.flatMap((change) => change.pairings)];
}

function allMoves(pairing: Pairing): readonly MoveAssessment[] {
  const { ownMoves, ownMovesTera = [], foeMoves, foeMovesOnTera = [] } = pairing;
  return [...ownMoves, ...ownMovesTera, ...foeMoves, ...foeMovesOnTera];
}

/** Asserts that every number is what its name promises, and returns how many moves were checked. */
function expectSound(assessment: TurnAssessment): number {
  const wrong: string[] = [];
  let moves = 0;
  for (const pairing of allPairings(assessment)) {
    const { own, foe, speed } = pairing;
    const ordered = speed.own >= 0 && speed.foe[0] <= speed.foe[1];
    if (!ordered || !isChance(speed.ownFirst)) wrong.push(`${own.species} and ${foe.species}: speed`);
    for (const move of allMoves(pairing)) {
      moves++;
      if (!isSound(move)) wrong.push(`${own.species} and ${foe.species}: ${JSON.stringify(move)}`);
    }
  }
  expect(wrong).toEqual([]);
  return moves;
}

const isChance = (value: number): boolean => value >= 0 && value <= 1;

function isSound({ accuracy, probability, effectiveness, category, damage }: MoveAssessment): boolean {
  const known = isChance(accuracy) && isChance(probability) && probability > 0;
  const product = effectiveness === 0 || (Number.isInteger(Math.log2(effectiveness)) && effectiveness <= 16);
  if (!known || !product || (damage === undefined) !== (category === 'Status')) return false;
  if (!damage) return true;
  const { min, mean, max, koChance, hitsToKo, crit } = damage;
  const most = Math.max(max, crit?.max ?? 0);
  const ranged = min >= 0 && min <= max && min <= mean + 1e-9 && mean <= most + 1e-9;
  const fatal = koChance >= 0 && koChance <= accuracy + 1e-9;
  return ranged && fatal && hitsToKo[0] >= 1 && hitsToKo[0] <= hitsToKo[1];
}

describe('the knowledge of a turn', () => {
  it.each([
    ['battle-01', 'fpr100a'],
    ['battle-14', 'fpr500'],
    ['battle-20', 'sh346181'],
  ])('is sound at every decision of a real battle (%s)', (battle, player) => {
    const log = new URL(`../fixtures/battles/${battle}/${player}.log`, import.meta.url);
    const lines = readFileSync(log, 'utf8').split('\n');
    const seat = lines.some((line) => line.startsWith(`|player|p1|${player}|`)) ? 'p1' : 'p2';
    const tracker = new BattleTracker({ side: seat, format: 'gen9randombattle' });
    let moves = 0;
    let decisions = 0;
    for (const line of lines) {
      tracker.add(line);
      if (!line.startsWith('|request|') || !tracker.request || tracker.request.type === 'wait') continue;
      const assessment = assessTurn(tracker.state, tracker.turns);
      moves += expectSound(assessment);
      decisions++;
      expect([...assessment.likelySets.keys()]).toEqual(tracker.state.foe.pokemon.map(({ id }) => id));
    }
    expect(decisions).toBeGreaterThan(10);
    expect(moves).toBeGreaterThan(decisions * 10);
  });

  it.each([
    ['gen9randomdoublesbattle', 2],
    ['gen8randombattle', 2],
    ['gen7randombattle', 2],
    ['gen4randombattle', 2],
    ['gen1randombattle', 2],
  ])('is sound in simulated battles of %s', (format, games) => {
    let moves = 0;
    for (let i = 0; i < games; i++) {
      simulate({
        format,
        seed: `assess/${format}/${i}`,
        maxTurns: 40,
        onDecision: ({ trackers }) => {
          moves += expectSound(assessTurn(trackers.p1.state, trackers.p1.turns));
        },
      });
    }
    expect(moves).toBeGreaterThan(200);
  });

  it('never fails for any species, in any format', () => {
    for (const [gen, format] of [
      [9, 'gen9ou'],
      [7, 'gen7anythinggoes'],
      [3, 'gen3ou'],
      [1, 'gen1ou'],
    ] as const) {
      const every = gen === 9 ? 30 : 20;
      const species = Dex.forGen(gen)
        .species.all()
        .filter((one, i) => one.gen <= gen && i % every === 0);
      for (const { name } of species) {
        const own = pokemon('p1', name, { gen, moveIds: ['tackle', 'toxic', 'surf'], teraType: 'Water' });
        const foe = pokemon('p2', name, { gen, hp: 0.5 });
        const now = state(side([own]), side([foe]), { gen, format });
        expectSound(assessTurn(now));
        for (const gimmick of ['mega', 'dynamax', 'zmove', 'ultra', 'terastallize'] as const) {
          expect(() => assessGimmick(now, { own, foe }, gimmick)).not.toThrow();
        }
      }
    }
  });

  it('is kept with the state', () => {
    const now = state(side([pokemon('p1', 'Mew', { moveIds: ['psychic'] })]), side([pokemon('p2', 'Muk')]));
    const assessment = assessTurn(now);
    expect(assessTurn(now)).toBe(assessment);
    expect(assessment.pairings).toBe(assessment.pairings);
    expect(assessment.pairings[0]?.ownMoves).toBe(assessment.pairings[0]?.ownMoves);
  });

  it('is empty when no Pokémon is on the field', () => {
    const fainted = pokemon('p1', 'Mew', { fainted: true, hp: 0 });
    const bench = pokemon('p1', 'Muk', { position: undefined });
    const now = state(side([fainted, bench]), side([pokemon('p2', 'Garchomp')]));
    expect(assessTurn(now).pairings).toEqual([]);
    expect(assessTurn(now).switches.map((change) => change.pokemon.species)).toEqual(['Muk']);
    const preview = state(side([bench]), side([pokemon('p2', 'Garchomp', { position: undefined })]));
    expect(assessTurn(preview).switches[0]?.pairings).toEqual([]);
    expect(assessTurn(preview).likelySets.size).toBe(1);
  });
});

describe('a gimmick of ours', () => {
  const foe = pokemon('p2', 'Ferrothorn');
  const against = (own: PokemonState, over: Partial<BattleState> = {}): BattleState =>
    state(side([own]), side([foe]), over as Parameters<typeof state>[2]);

  it('terastallizing changes damage done and taken', () => {
    const own = pokemon('p1', 'Garchomp', { moveIds: ['terablast', 'earthquake'], teraType: 'Fire' });
    const [pairing] = assessTurn(against(own)).pairings;
    const [plain, tera] = [pairing?.ownMoves[0], pairing?.ownMovesTera?.[0]];
    expect([plain?.type, tera?.type]).toEqual(['Normal', 'Fire']);
    expect([plain?.effectiveness, tera?.effectiveness]).toEqual([0.5, 4]);
    expect(tera?.damage?.mean ?? 0).toBeGreaterThan((plain?.damage?.mean ?? 0) * 8);
    expect(pairing?.foeMovesOnTera).toHaveLength(pairing?.foeMoves.length ?? -1);
    const ownSide = side([own], { spent: ['terastallize'] });
    expect(assessTurn(state(ownSide, side([foe]))).pairings[0]?.ownMovesTera).toBeUndefined();
  });

  it('terastallizing changes the ability of Ogerpon', () => {
    const own = pokemon('p1', 'Ogerpon-Hearthflame', {
      ...{ ability: 'moldbreaker', item: 'hearthflamemask', teraType: 'Fire' },
      moveIds: ['ivycudgel'],
    });
    const heatran = pokemon('p2', 'Heatran', { ability: 'flashfire' });
    const [pairing] = assessTurn(state(side([own]), side([heatran]))).pairings;
    // With Embody Aspect it no longer has Mold Breaker.
    expect(pairing?.ownMoves[0]?.damage?.mean ?? 0).toBeGreaterThan(0.1);
    expect(pairing?.ownMovesTera?.[0]?.damage?.mean ?? 0).toBe(0);
  });

  it('mega evolution, Z-moves and Dynamax are assessed on demand', () => {
    const x = pokemon('p1', 'Charizard', {
      gen: 7,
      item: 'charizarditex',
      moveIds: ['dragonclaw', 'flareblitz'],
    });
    const mega = assessGimmick(against(x, { gen: 7 }), { own: x, foe }, 'megax');
    const plain = assessTurn(against(x, { gen: 7 })).pairings[0]?.ownMoves;
    // Mega Charizard X is a Dragon type with Tough Claws, and its Attack rises from 84 to 130.
    expect((mega?.[0]?.damage?.mean ?? 0) / (plain?.[0]?.damage?.mean ?? 1)).toBeGreaterThan(2.5);
    const waves = { ...x, item: 'electriumz', moves: [{ id: 'thunderwave', pp: 30, maxPp: 32 }] };
    const wave = assessGimmick(against(waves, { gen: 7 }), { own: waves, foe }, 'zmove');
    expect(wave?.[0]?.accuracy).toBeCloseTo(0.9);
    const z = assessGimmick(against(x, { gen: 7 }), { own: { ...x, item: 'firiumz' }, foe }, 'zmove');
    expect(z?.[1]).toMatchObject({ name: 'Inferno Overdrive', basePower: 190, accuracy: 1 });
    const d = pokemon('p1', 'Charizard', { gen: 8, moveIds: ['flareblitz', 'airslash'] });
    const max = assessGimmick(against(d, { gen: 8 }), { own: d, foe }, 'dynamax');
    expect(max?.map(({ name }) => name)).toEqual(['Max Flare', 'Max Airstream']);
    const g = { ...d, species: 'Charizard-Gmax', volatiles: { dynamax: 1 } };
    expect(assessTurn(against(g, { gen: 8 })).pairings[0]?.ownMoves[0]?.name).toBe('G-Max Wildfire');
    expect(assessGimmick(against(d, { gen: 9 }), { own: d, foe }, 'dynamax')).toBeUndefined();
    expect(assessGimmick(against(d), { own: d, foe }, 'mega')).toBeUndefined();
  });
});

describe('a switch', () => {
  it('includes hazards and the attack to come', () => {
    const bench = pokemon('p1', 'Charizard', { position: undefined, moveIds: ['flamethrower'] });
    const ownSide = side([pokemon('p1', 'Mew'), bench], { conditions: { stealthrock: { layers: 1 } } });
    const foe = pokemon('p2', 'Ferrothorn', { moveIds: ['powerwhip'] });
    const [change] = assessTurn(state(ownSide, side([foe]))).switches;
    expect(change?.hazardDamage).toBe(0.5);
    expect(change?.faintsOnEntry).toBe(false);
    expect(change?.pairings[0]?.ownMoves[0]?.effectiveness).toBe(4);
    const weak = { ...bench, hp: 0.5 };
    const deadly = side([pokemon('p1', 'Mew'), weak], { conditions: { stealthrock: { layers: 1 } } });
    expect(assessTurn(state(deadly, side([foe]))).switches[0]?.faintsOnEntry).toBe(true);
  });

  it('includes Intimidate, and hazards that break Multiscale', () => {
    const foe = pokemon('p2', 'Tyranitar', { moveIds: ['rockslide'] });
    const taken = (own: PokemonState, conditions = {}): number => {
      const [change] = assessTurn(
        state(side([pokemon('p1', 'Mew'), own], { conditions }), side([foe])),
      ).switches;
      return (
        change?.pairings[0]?.foeMoves.find(({ move }) => move === 'rockslide')?.damage?.mean ?? Number.NaN
      );
    };
    const arcanine = pokemon('p1', 'Arcanine', { position: undefined, ability: 'flashfire' });
    const intimidates = { ...arcanine, ability: 'intimidate' };
    expect(taken(intimidates) / taken(arcanine)).toBeCloseTo(2 / 3, 1);
    const dragonite = pokemon('p1', 'Dragonite', { position: undefined, ability: 'multiscale' });
    const rocks = { stealthrock: { layers: 1 } };
    expect(taken(dragonite, rocks) / taken(dragonite)).toBeCloseTo(2, 1);
  });
});

describe('the threat to expect', () => {
  const attack = (mean: number, probability: number, accuracy = 1): MoveAssessment => ({
    move: `m${mean}`,
    name: `m${mean}`,
    type: 'Normal',
    category: 'Physical',
    basePower: 80,
    priority: 0,
    accuracy,
    effectiveness: 1,
    damage: { min: mean, max: mean, mean, koChance: 0, hitsToKo: [2, 2] },
    probability,
  });

  it('is that of the best move the opponent has', () => {
    expect(expectedThreat([attack(0.3, 1), attack(0.5, 1)]).expected).toBeCloseTo(0.5, 10);
    // With a chance of 0.4 it has the strong move, otherwise it uses the weak one.
    const unsure = expectedThreat([attack(0.3, 1), attack(0.9, 0.4)]);
    expect(unsure.expected).toBeCloseTo(0.4 * 0.9 + 0.6 * 0.3, 10);
    expect(unsure.worst?.move).toBe('m0.9');
    expect(expectedThreat([attack(1.8, 1, 0.5)]).expected).toBeCloseTo(0.5, 10);
    expect(expectedThreat([])).toEqual({ expected: 0 });
  });
});
