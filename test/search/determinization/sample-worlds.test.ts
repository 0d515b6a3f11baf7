import { TeamGenerators } from '@pkmn/randoms';
import { type Pokemon as SimPokemon, Teams } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import { toId } from '../../../src/battle/generations.ts';
import type { BattleState, PokemonState } from '../../../src/battle/state.ts';
import { findSpecies } from '../../../src/knowledge/dex.ts';
import { isRandomFormat } from '../../../src/knowledge/random-sets.ts';
import { sampleWorlds } from '../../../src/search/determinization/sample-worlds.ts';
import { createRandom } from '../../../src/util/random.ts';
import { type SimulatedBattle, simulate } from '../../support/simulated-battle.ts';

Teams.setGeneratorFactory(TeamGenerators);

const RANDOM_FORMATS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((gen) => `gen${gen}randombattle`);
const DOUBLES = ['gen8randomdoublesbattle', 'gen9randomdoublesbattle'];
/** Random teams in formats that do not generate them: with a preview, and without. */
const BROUGHT = [
  ['gen9ou', 'gen9randombattle'],
  ['gen4ou', 'gen4randombattle'],
  ['gen1ou', 'gen1randombattle'],
  ['gen9vgc2024regg', 'gen9randomdoublesbattle'],
] as const;

/** Looks at both sides at about every seventh decision of some battles. */
function atRandomMoments(
  format: string,
  battles: number,
  look: (battle: SimulatedBattle, state: BattleState, moment: number) => void,
  teamsOf?: string,
): number {
  let moments = 0;
  for (let battle = 0; battle < battles; battle++) {
    const seed = `worlds-${format}-${battle}`;
    const random = createRandom(`${seed}/moments`);
    const team = (side: string): string =>
      Teams.pack(Teams.generate(teamsOf ?? format, { seed: random.stream(side).simSeed() }));
    simulate({
      format,
      seed,
      maxTurns: 30,
      ...(teamsOf ? { teams: { p1: team('p1'), p2: team('p2') } } : {}),
      onDecision(simulated) {
        if (random.below(7) > 0) return;
        const { state } = simulated.trackers[random.pick(['p1', 'p2'] as const)];
        look(simulated, state, moments++);
      },
    });
  }
  return moments;
}

const baseOf = (gen: number, name: string): string => findSpecies(gen, name)?.baseSpecies ?? name;

function expectComplete(world: BattleState): void {
  const { gen } = world;
  for (const side of [world.own, world.foe]) {
    expect(side.pokemon.length).toBe(side.teamSize);
    expect(new Set(side.pokemon.map(({ id }) => id)).size).toBe(side.teamSize);
    const slots = side.pokemon.map(({ requestSlot }) => requestSlot);
    expect(slots.sort()).toEqual(side.pokemon.map((_, index) => index + 1));
    for (const [position, active] of side.active.entries()) {
      if (!active) continue;
      expect(side.pokemon).toContain(active);
      expect([active.position, active.requestSlot]).toEqual([position, position + 1]);
    }
    for (const pokemon of side.pokemon) expectWhole(gen, pokemon);
  }
}

function expectWhole(gen: number, pokemon: PokemonState): void {
  const { species, item, ability, baseAbility, teraType, maxHp = 0, stats, moves } = pokemon;
  expect(item, species).toBeDefined();
  if (gen >= 3) expect([ability, baseAbility], species).not.toContain(undefined);
  expect(maxHp, species).toBeGreaterThan(0);
  for (const stat of ['atk', 'def', 'spa', 'spd', 'spe'] as const) expect(stats?.[stat]).toBeGreaterThan(3);
  if (gen >= 9) expect(teraType, species).toMatch(/^[A-Z]/);
  expect(moves.length, species).toBeGreaterThan(0);
  for (const { pp, maxPp } of moves) {
    expect(maxPp).toBeGreaterThan(0);
    expect(pp).toBeLessThanOrEqual(maxPp);
  }
}

/** What a world may add to a Pokémon, apart from moves. */
const ADDED = ['stats', 'maxHp', 'item', 'ability', 'baseAbility', 'teraType', 'requestSlot'] as const;

function expectConsistent(state: BattleState, world: BattleState): void {
  const { own, foe, ...rest } = world;
  const { own: ownKnown, foe: foeKnown, ...known } = state;
  expect(rest).toEqual(known);
  expect(own).toMatchObject(ownKnown);
  for (const key of ['id', 'teamSize', 'conditions', 'fainted', 'spent'] as const) {
    expect(foe[key]).toEqual(foeKnown[key]);
  }
  for (const pokemon of foe.pokemon) {
    const seen = foeKnown.pokemon.find(({ id }) => id === pokemon.id);
    if (seen) expectAgrees(pokemon, seen);
  }
  expect(foe.active.map((one) => one?.id)).toEqual(foeKnown.active.map((one) => one?.id));
}

function expectAgrees(pokemon: PokemonState, seen: PokemonState): void {
  for (const [key, value] of Object.entries(seen)) {
    if (key === 'moves' || value === undefined) continue;
    expect(pokemon[key as keyof PokemonState], `${key} of ${seen.species}`).toEqual(value);
  }
  const added = Object.entries(pokemon).filter(
    ([key, value]) => value !== undefined && seen[key as keyof PokemonState] === undefined,
  );
  for (const [key] of added) expect(ADDED).toContain(key);
  if (seen.volatiles.transform) return;
  for (const move of seen.moves) {
    const same = pokemon.moves.find(({ id }) =>
      move.id === 'hiddenpower' ? id.startsWith('hiddenpower') : id === move.id,
    );
    expect(same).toMatchObject({ pp: move.pp, maxPp: move.maxPp });
  }
}

describe('worlds', () => {
  it.each([...[...RANDOM_FORMATS, ...DOUBLES].map((format) => [format, undefined] as const), ...BROUGHT])(
    '%s: every world is complete and agrees with everything known',
    (format, teamsOf) => {
      const random = createRandom(format);
      const moments = atRandomMoments(
        format,
        2,
        (_, state) => {
          const worlds = sampleWorlds(state, [], 3, random);
          expect(worlds.length).toBe(3);
          for (const world of worlds) {
            if (state.turn > 0) expectComplete(world);
            if (state.foe.pokemon.length <= state.foe.teamSize) expectConsistent(state, world);
            const bases = world.foe.pokemon.map(({ baseSpecies }) => baseOf(state.gen, baseSpecies));
            const clause = isRandomFormat(format) || format.endsWith('ou');
            if (clause) expect(new Set(bases).size).toBe(bases.length);
          }
        },
        teamsOf,
      );
      expect(moments).toBeGreaterThan(2);
    },
    90_000,
  );
});

describe('honest worlds', () => {
  it.each(['gen9randombattle', 'gen5randombattle'])(
    '%s: whatever the opponent keeps on its bench, the same log gives the same worlds',
    (format) => {
      const seed = (name: string): `${number},${number},${number},${number}` =>
        createRandom(`${format}/${name}`).simSeed();
      const [own, foe, other] = ['own', 'foe', 'other'].map((name) =>
        Teams.generate(format, { seed: seed(name) }),
      );
      const worldsAgainst = (bench: typeof foe = []): { lines: readonly string[]; worlds: unknown } => {
        const team = [...(foe ?? []).slice(0, 1), ...bench.slice(1)];
        const battle = simulate({
          format,
          seed: 'the same battle',
          maxTurns: 1,
          teams: { p1: Teams.pack(own ?? []), p2: Teams.pack(team) },
          choose: ({ actions }) => actions[0] as (typeof actions)[number],
        });
        const { state, turns } = battle.trackers.p1;
        return {
          lines: battle.lines.p1.filter((line) => !line.startsWith('|t:|')),
          worlds: sampleWorlds(state, turns, 4, createRandom('worlds')),
        };
      };
      const [first, second] = [worldsAgainst(foe), worldsAgainst(other)];
      expect(second.lines).toEqual(first.lines);
      expect(second.worlds).toEqual(first.worlds);
    },
  );

  it('differ in what is unknown and repeat with the same stream', () => {
    const { trackers } = simulate({ format: 'gen9randombattle', seed: 'differ', maxTurns: 3 });
    const { state, turns } = trackers.p1;
    const worlds = sampleWorlds(state, turns, 8, createRandom('a'));
    const teams = worlds.map(({ foe }) => foe.pokemon.map(({ species }) => species).join());
    expect(new Set(teams).size).toBeGreaterThan(4);
    expect(sampleWorlds(state, turns, 8, createRandom('a'))).toEqual(worlds);
    expect(sampleWorlds(state, turns, 8, createRandom('b'))).not.toEqual(worlds);
  });
});

describe('odd states', () => {
  const random = createRandom('odd');

  it('survive unknown species and formats', () => {
    const { trackers } = simulate({ format: 'gen9randombattle', seed: 'odd', maxTurns: 3 });
    const { state } = trackers.p1;
    const strange = (pokemon: PokemonState): PokemonState => ({
      ...pokemon,
      species: 'Missingno-Omega',
      baseSpecies: 'Missingno-Omega',
      volatiles: { transform: 1, dynamax: 3 },
      ability: undefined,
      moves: [],
    });
    for (const format of ['gen9randombattle', 'gen9nosuchformat', 'gen3battlefactory']) {
      const foe = { ...state.foe, pokemon: state.foe.pokemon.map(strange), active: [null] };
      const own = { ...state.own, pokemon: state.own.pokemon.map(strange), active: [null] };
      for (const world of sampleWorlds({ ...state, format, foe, own }, [], 3, random)) {
        expect(world.foe.pokemon.length).toBe(state.foe.teamSize);
      }
    }
  });

  it('give a transformed opponent the moves and ability that it copied', () => {
    const { trackers } = simulate({ format: 'gen9randombattle', seed: 'ditto', maxTurns: 1 });
    const { state } = trackers.p1;
    const [own] = state.own.active;
    const [foe] = state.foe.active;
    if (!own || !foe) throw new Error('expected somebody on the field');
    const ditto: PokemonState = {
      ...foe,
      species: own.species,
      baseSpecies: 'Ditto',
      ability: undefined,
      volatiles: { transform: 1 },
      moves: [],
    };
    const side = { ...state.foe, pokemon: [ditto], active: [ditto] };
    for (const world of sampleWorlds({ ...state, foe: side }, [], 3, random)) {
      const [copy] = world.foe.active;
      expect(copy?.moves.map(({ id }) => id)).toEqual(own.moves.map(({ id }) => id));
      expect(copy?.moves.map(({ pp }) => pp)).toEqual(own.moves.map(() => 5));
      expect(copy?.ability).toBe(own.ability);
    }
  });

  it('always include the Pokémon met so far when only some of a previewed team are brought', () => {
    const team = Teams.generate('gen9randomdoublesbattle', { seed: '9,9,9,9' });
    const { trackers } = simulate({
      format: 'gen9vgc2024regg',
      seed: 'vgc',
      maxTurns: 1,
      teams: { p1: Teams.pack(team), p2: Teams.pack(team) },
    });
    const { state, turns } = trackers.p1;
    expect(state.foe.pokemon.length).toBeGreaterThan(state.foe.teamSize);
    const met = state.foe.active.flatMap((pokemon) => pokemon?.id ?? []);
    for (const world of sampleWorlds(state, turns, 5, random)) {
      expectComplete(world);
      expect(world.foe.pokemon.map(({ id }) => id)).toEqual(expect.arrayContaining(met));
    }
  });
});

interface Tally {
  hits: number;
  draws: number;
}

describe('calibration of worlds', () => {
  it.each(['gen9randombattle', 'gen4randombattle'])(
    '%s: what the opponent really has is drawn well above chance, and what it showed always',
    (format) => {
      const random = createRandom(`calibration/${format}`);
      const tallies = new Map<string, Tally>();
      const count = (what: string, hit: boolean): void => {
        const tally = tallies.get(what) ?? { hits: 0, draws: 0 };
        tallies.set(what, tally);
        tally.draws++;
        if (hit) tally.hits++;
      };
      atRandomMoments(format, 5, ({ sim, trackers }, state) => {
        const { turns } = trackers[state.side];
        const real = sim.getSide(state.side).foe.pokemon;
        for (const world of sampleWorlds(state, turns, 24, random)) {
          for (const pokemon of world.foe.pokemon) {
            const seen = state.foe.pokemon.find(({ id }) => id === pokemon.id);
            const truth = real.find(
              (one) => baseOf(state.gen, one.set.species) === baseOf(state.gen, pokemon.baseSpecies),
            );
            if (!seen) count('unseen species', truth !== undefined);
            else if (truth) tallySecrets(pokemon, seen, truth, count);
          }
        }
      });
      const share = (what: string): number => {
        const { hits = 0, draws = 0 } = tallies.get(what) ?? {};
        return hits / draws;
      };
      expect(share('seen move')).toBeGreaterThan(0.999);
      // Measured: 0.80, 0.76–0.80, 0.97, 0.62; a set drawn at random from the species' own would have about half.
      expect(share('unseen move')).toBeGreaterThan(0.7);
      expect(share('item')).toBeGreaterThan(0.6);
      expect(share('ability')).toBeGreaterThan(0.9);
      if (format.startsWith('gen9')) expect(share('tera type')).toBeGreaterThan(0.45);
      // Measured 0.008: some of five in a pool of several hundred species.
      expect(share('unseen species')).toBeGreaterThan(0.002);
    },
    90_000,
  );
});

function tallySecrets(
  pokemon: PokemonState,
  seen: PokemonState,
  truth: SimPokemon,
  count: (what: string, hit: boolean) => void,
): void {
  if (seen.volatiles.transform) return;
  const real = truth.set.moves.map(toId);
  for (const { id } of pokemon.moves) {
    count(seen.moves.some((move) => move.id === id) ? 'seen move' : 'unseen move', real.includes(id));
  }
  if (seen.item === undefined) count('item', pokemon.item === toId(truth.set.item));
  if (seen.baseAbility === undefined) count('ability', pokemon.baseAbility === toId(truth.set.ability));
  if (truth.battle.gen === 9 && seen.teraType === undefined)
    count('tera type', pokemon.teraType === truth.set.teraType);
}
