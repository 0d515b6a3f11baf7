import { TeamGenerators } from '@pkmn/randoms';
import { type Pokemon, Teams } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import { toId } from '../../src/battle/generations.ts';
import type { PokemonState } from '../../src/battle/state.ts';
import { observe } from '../../src/knowledge/evidence.ts';
import { guessedSets } from '../../src/knowledge/guessed-sets.ts';
import type { LikelySets } from '../../src/knowledge/likely-sets.ts';
import { likelySets } from '../../src/knowledge/narrow-sets.ts';
import { isRandomFormat, randomSets } from '../../src/knowledge/random-sets.ts';
import { candidateSets, setSources } from '../../src/knowledge/set-sources.ts';
import { type SimulatedBattle, simulate } from '../support/simulated-battle.ts';
import { pokemon, side, state } from './states.ts';

Teams.setGeneratorFactory(TeamGenerators);

const share = (marginal: readonly (readonly [string, number])[], value: string): number =>
  marginal.find(([known]) => known === value)?.[1] ?? 0;

function expectSound({ sets, moves, items, abilities }: LikelySets): void {
  expect(sets.length).toBeGreaterThan(0);
  expect(sets.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  for (const marginal of [moves, items, abilities]) {
    const shares = marginal.map(([, p]) => p);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  }
  expect(items.reduce((sum, [, p]) => sum + p, 0)).toBeCloseTo(1, 9);
}

describe('sets of random battles', () => {
  it.each([
    ...['gen1randombattle', 'gen2randombattle', 'gen3randombattle', 'gen4randombattle', 'gen5randombattle'],
    ...['gen6randombattle', 'gen7randombattle', 'gen8randombattle', 'gen8randomdoublesbattle'],
    ...['gen9randombattle', 'gen9randomdoublesbattle', 'gen9monotyperandombattle'],
  ])('%s: the drawn sets include those of real teams', (format) => {
    const gen = Number(format[3]);
    let whole = 0;
    let total = 0;
    for (let i = 0; i < 4; i++) {
      for (const set of Teams.generate(format, { seed: `${i},7,7,7` })) {
        const sets = randomSets(gen, format, set.species) ?? [];
        const moves = set.moves.map(toId);
        total++;
        expect(
          sets.some(({ level }) => level === set.level),
          `${set.species} at level ${set.level}`,
        ).toBe(true);
        const same = sets.filter((candidate) => moves.every((move) => candidate.moves.includes(move)));
        if (same.some(({ item }) => item === toId(set.item ?? ''))) whole++;
      }
    }
    expect(whole / total).toBeGreaterThanOrEqual(0.9);
  });

  it('are available exactly for formats with random teams', () => {
    expect(isRandomFormat('gen9randombattle')).toBe(true);
    expect(isRandomFormat('gen9ou')).toBe(false);
    expect(isRandomFormat('no such format')).toBe(false);
    expect(randomSets(9, 'gen9randombattle', 'Rattata')).toBeUndefined();
  });

  it('are the same each time', () => {
    // A cosmetic forme has the sets of its species, drawn with a seed of its own.
    const east = randomSets(9, 'gen9randombattle', 'Gastrodon-East') ?? [];
    const west = randomSets(9, 'gen9randombattle', 'Gastrodon') ?? [];
    expect(new Set(east.flatMap(({ moves }) => moves))).toEqual(new Set(west.flatMap(({ moves }) => moves)));
    expect(randomSets(9, 'gen9randombattle', 'Gastrodon')).toBe(west);
  });
});

describe('formes that logs call by their base species', () => {
  it.each([
    ['gen7randombattle', 7],
    ['gen9randombattle', 9],
  ])('%s: a Greninja may have Battle Bond until its ability is known', (format, gen) => {
    const abilities = (known: Partial<PokemonState>): readonly string[] => {
      const foe = pokemon('p2', 'Greninja', { gen, ...known });
      const now = state(side([pokemon('p1', 'Mew', { gen })]), side([foe]), { gen, format });
      return likelySets(now, foe).abilities.flatMap(([id, chance]) => (chance > 0.05 ? [id] : []));
    };
    expect([...abilities({})].sort()).toEqual(['battlebond', 'protean']);
    expect(abilities({ ability: 'protean', baseAbility: 'protean' })).toEqual(['protean']);
  });
});

describe('narrowing over real games', () => {
  it.each([
    ['gen9randombattle', 8],
    ['gen8randombattle', 4],
    ['gen6randombattle', 4],
    ['gen4randombattle', 4],
  ])('%s: keeps the truth and leaves less and less beside it', (format, games) => {
    const narrowing = new Narrowing();
    for (let i = 0; i < games; i++) {
      simulate({
        format,
        seed: `narrowing/${format}/${i}`,
        maxTurns: 60,
        onDecision: (battle) => narrowing.look(battle, `game ${i}`),
      });
    }
    const { looks, lost, movesKept, before, revealed, after, itemShare } = narrowing;
    expect(looks).toBeGreaterThan(100);
    expect(lost).toEqual([]);
    expect(movesKept / looks).toBeGreaterThan(0.95);
    expect(revealed).toBeLessThan(before * 0.8);
    expect(after).toBeLessThan(revealed);
    expect(itemShare.withEvidence).toBeGreaterThan(itemShare.without);
  });
});

/** How far what is revealed, and then evidence, narrows the sets down, summed over many observations. */
class Narrowing {
  looks = 0;
  /** Observations in which all true moves were still considered possible. */
  movesKept = 0;
  /** Sets that a Pokémon may have: initially, given what it has revealed, and given evidence. */
  before = 0;
  revealed = 0;
  after = 0;
  /** Probability of the true items, while they are unknown. */
  readonly itemShare = { without: 0, withEvidence: 0 };
  /** Items that evidence has ruled out wrongly. */
  readonly lost: string[] = [];

  look({ sim, trackers }: SimulatedBattle, game: string): void {
    const { state: now, turns } = trackers.p1;
    // What an Illusion shows is not its own until it ends.
    if (sim.turn % 4 !== 0 || sim.p2.pokemon.some(({ set }) => toId(set.ability) === 'illusion')) return;
    const evidence = observe(turns, 'p1');
    for (const foe of now.foe.pokemon) {
      const name = trackerName(foe.baseSpecies, sim.p2.pokemon);
      const truth = sim.p2.pokemon.find((pokemon) => pokemon.name === name);
      if (!truth) continue;
      const likely = likelySets(now, foe, evidence);
      const plain = likelySets(now, foe);
      expectSound(likely);
      this.looks++;
      this.before += candidateSets(now.gen, now.format, foe).length;
      this.revealed += plain.sets.length;
      this.after += likely.sets.length;
      if (truth.set.moves.every((move) => share(likely.moves, toId(move)) > 0)) this.movesKept++;
      const item = toId(truth.set.item);
      if (foe.item === undefined && this.losesItem(plain, likely, item))
        this.lost.push(`${foe.species} in ${game}, turn ${sim.turn}: ${item}`);
      expectShownMoves(foe, likely);
    }
  }

  private losesItem(plain: LikelySets, likely: LikelySets, item: string): boolean {
    const [without, withEvidence] = [share(plain.items, item), share(likely.items, item)];
    this.itemShare.without += without;
    this.itemShare.withEvidence += withEvidence;
    return withEvidence === 0 && without > 0;
  }
}

/** A Pokémon is certain to have what it has shown. */
function expectShownMoves(foe: PokemonState, { moves }: LikelySets): void {
  for (const { id } of foe.moves) {
    const isSure =
      id === 'hiddenpower' ? moves.some(([move]) => move.startsWith(id)) : share(moves, id) > 0.999;
    expect(isSure, `${foe.species} has shown ${id}`).toBe(true);
  }
}

/** The simulator calls a Pokémon by its base species; the state by its forme. */
function trackerName(forme: string, team: readonly Pokemon[]): string | undefined {
  return team.find(({ set, baseSpecies }) => set.species === forme || baseSpecies.name === forme)?.name;
}

describe('narrowing by what was revealed', () => {
  const format = 'gen9randombattle';
  const garchomp = pokemon('p2', 'Garchomp', { level: 74 });
  const look = (over: Parameters<typeof pokemon>[2]): LikelySets => {
    const foe = pokemon('p2', 'Garchomp', { level: 74, ...over });
    return likelySets(state(side([pokemon('p1', 'Mew')]), side([foe]), { format }), foe);
  };

  it('uses moves, item, lost item and tera type', () => {
    const all = look({}).sets.length;
    const dancer = look({ moveIds: ['swordsdance'] });
    expect(dancer.sets.length).toBeLessThan(all);
    expect(dancer.sets.every(({ moves }) => moves.includes('swordsdance'))).toBe(true);
    const [item] = look({}).items.at(-1) ?? [''];
    expect(look({ item }).items).toEqual([[item, 1]]);
    const without = look({ item: '', lastItem: item });
    expect(without.items).toEqual([['', 1]]);
    expect(without.sets.length).toBe(look({ item }).sets.length);
    expect(look({ teraType: 'Fire' }).teraTypes).toEqual([['Fire', 1]]);
  });

  it('believes what it sees even when no set fits', () => {
    const odd = look({
      moveIds: ['splash', 'earthquake'],
      item: 'leek',
      ability: 'levitate',
      baseAbility: 'levitate',
    });
    expectSound(odd);
    expect(share(odd.moves, 'splash')).toBeCloseTo(1, 9);
    expect(share(odd.moves, 'earthquake')).toBeCloseTo(1, 9);
    expect(odd.items).toEqual([['leek', 1]]);
    expect(odd.abilities).toEqual([['levitate', 1]]);
    expect(odd.sets.every(({ moves }) => moves.length <= 4)).toBe(true);
  });

  it('begins with everything', () => {
    expect(look({}).sets.length).toBe(candidateSets(9, format, garchomp).length);
  });
});

describe('sets for formats with brought teams', () => {
  it('come from analysed sets, with guesses beside them', () => {
    const sources = setSources(9, 'gen9ou', { baseSpecies: 'Gholdengo', level: 100 });
    expect(sources.map(({ origin }) => origin.basis)).toEqual(['analysed', 'guess']);
    expect(sources.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const sets = candidateSets(9, 'gen9ou', { baseSpecies: 'Gholdengo', level: 100 });
    expect(sets.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(sets.some(({ moves }) => moves.includes('makeitrain') && moves.includes('recover'))).toBe(true);
  });

  it('are guessed from learnset and base stats', () => {
    const blissey = guessedSets(9, 'Blissey', 100);
    expect(blissey.some(({ moves, evs }) => moves.includes('softboiled') && evs.hp === 252)).toBe(true);
    const tyranitar = guessedSets(4, 'Tyranitar', 100);
    expect(tyranitar.some(({ moves }) => moves.includes('stoneedge') && moves.includes('crunch'))).toBe(true);
    expect(tyranitar.some(({ item }) => item === 'choiceband')).toBe(true);
    expect(tyranitar.every(({ item }) => item !== 'heavydutyboots')).toBe(true);
    expect(guessedSets(1, 'Tauros', 100).every(({ item, ability }) => item === '' && ability === '')).toBe(
      true,
    );
    expect(guessedSets(9, 'Nothing At All', 50)).toHaveLength(1);
    // The data of a forme that the generation left out contain few moves.
    expect(new Set(guessedSets(9, 'Ribombee-Totem', 50).flatMap(({ moves }) => moves)).size).toBeGreaterThan(
      3,
    );
  });
});
