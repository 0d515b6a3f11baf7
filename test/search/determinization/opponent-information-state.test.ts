import { TeamGenerators } from '@pkmn/randoms';
import { Teams } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import type { BattleState, PokemonState } from '../../../src/battle/state.ts';
import { isRandomFormat } from '../../../src/knowledge/random-sets.ts';
import { CHOICES, legalChoices } from '../../../src/mechanics/choices.ts';
import { searchStateOf } from '../../../src/mechanics/from-battle-state.ts';
import { opponentInformationState } from '../../../src/search/determinization/opponent-information-state.ts';
import { sampleWorlds } from '../../../src/search/determinization/sample-worlds.ts';
import { createRandom } from '../../../src/util/random.ts';
import { type SimulatedBattle, simulate } from '../../support/simulated-battle.ts';
import { trueWorld } from '../../support/true-world.ts';

Teams.setGeneratorFactory(TeamGenerators);

const HIDDEN_POWER = /^(hiddenpower).*/;

/** What the first player assumes that the second knows of its team, and what the second really knows. */
type Pair = readonly [thought: PokemonState, known: PokemonState];

function pairsOf(battle: SimulatedBattle): readonly Pair[] {
  const thought = opponentInformationState(trueWorld(battle, 'p1'), battle.trackers.p1.turns);
  const known = battle.trackers.p2.state;
  expectPlayable(thought, battle);
  expect(thought.side).toBe('p2');
  expect(thought.own).toEqual(trueWorld(battle, 'p1').foe);
  expect(thought.foe.pokemon.length).toBe(known.foe.pokemon.length);
  return known.foe.pokemon.map((one) => {
    const same = thought.foe.pokemon.find(({ baseSpecies }) => baseSpecies === one.baseSpecies);
    if (!same) throw new Error(`${one.species} was met, and its owner does not think so`);
    return [same, one];
  });
}

/** The opponent can make guesses about what it does not know, and then has something to choose. */
function expectPlayable(thought: BattleState, { trackers }: SimulatedBattle): void {
  const { turns } = trackers.p1;
  const random = createRandom('guess');
  const [world = thought] = sampleWorlds(thought, turns, 1, random);
  const position = searchStateOf(world, turns, 'move', random.next);
  expect(legalChoices(position, position.sides[0], new Int8Array(CHOICES))).toBeGreaterThan(0);
  expect(world.foe.pokemon.length).toBe(world.foe.teamSize);
}

const movesOf = ({ moves }: PokemonState): readonly string[] =>
  moves.map(({ id }) => id.replace(HIDDEN_POWER, '$1')).sort();

/** Abilities are left out: in generation 3 some are shown to their owner only. */
function expectNoMore([thought, known]: Pair): void {
  const { item = known.item, teraType = known.teraType } = thought;
  expect(known).toMatchObject({ species: thought.species, item, teraType });
  expect(movesOf(known), known.species).toEqual(expect.arrayContaining([...movesOf(thought)]));
  for (const secret of ['stats', 'maxHp', 'requestSlot'] as const) expect(thought[secret]).toBeUndefined();
}

describe("the battle in the foe's eyes", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('is what the opponent really knows in generation %i', (gen) => {
    let [moves, movesMissed] = [0, 0];
    for (let battle = 0; battle < 3; battle++) {
      const random = createRandom(`foes-view-${gen}-${battle}`);
      simulate({
        format: `gen${gen}randombattle`,
        seed: `foes-view-${gen}-${battle}`,
        maxTurns: 40,
        onDecision(simulated) {
          if (random.below(5) > 0) return;
          for (const pair of pairsOf(simulated)) {
            expectNoMore(pair);
            const [thought, known] = pair.map((one) => movesOf(one).length);
            moves += known ?? 0;
            movesMissed += (known ?? 0) - (thought ?? 0);
          }
        },
      });
    }
    expect(moves).toBeGreaterThan(50);
    expect(movesMissed / moves).toBeLessThan(0.03);
  });

  it('has the whole team in a format with a preview, but nothing about those that have not come in', () => {
    const team = (side: string): string =>
      Teams.pack(Teams.generate('gen9randombattle', { seed: createRandom(side).simSeed() }));
    let unmet = 0;
    simulate({
      format: 'gen9ou',
      seed: 'preview',
      teams: { p1: team('p1'), p2: team('p2') },
      maxTurns: 3,
      onDecision(simulated) {
        for (const [thought] of pairsOf(simulated)) {
          if (thought.moves.length === 0) unmet++;
        }
      },
    });
    expect(unmet).toBeGreaterThan(6);
  });

  it.each(['gen9randombattle', 'gen9ou', 'gen5ou'])(
    'does not see through an Illusion of ours in %s',
    (format) => {
      const set = (species: string, ability: string, moves: string): string =>
        `${species}|||${ability}|${moves}||85,,,,,||||${isRandomFormat(format) && species === 'Zoroark' ? 84 : 80}|`;
      const p1 = [
        set('Mew', 'Synchronize', 'UTurn,Splash'),
        set('Zoroark', 'Illusion', 'NastyPlot,UTurn'),
        set('Skarmory', 'Sturdy', 'Splash,IronDefense'),
      ].join(']');
      const p2 = set('Snorlax', 'Immunity', 'Splash,Amnesia');
      let disguised = 0;
      simulate({
        format,
        seed: 'in disguise',
        teams: { p1, p2 },
        maxTurns: 30,
        choose: ({ actions, random }) =>
          random.pick(actions.filter((action) => !('gimmick' in action && action.gimmick))),
        onDecision(simulated) {
          if (simulated.trackers.p1.request?.type !== 'move') return;
          const { state, turns } = simulated.trackers.p1;
          const known = simulated.trackers.p2.state.foe;
          const thought = opponentInformationState(trueWorld(simulated, 'p1'), turns).foe;
          const [[standing], [shown], [real]] = [thought.active, known.active, state.own.active];
          if (!shown || !real) return;
          expect(standing).toMatchObject({
            ...{ species: shown.species, level: shown.level, gender: shown.gender, types: shown.types },
            ...{ id: real.id, boosts: shown.boosts },
          });
          expect(standing?.ability).not.toBe('illusion');
          expect(thought.pokemon.map(({ baseSpecies }) => baseSpecies).sort()).toEqual(
            known.pokemon.map(({ baseSpecies }) => baseSpecies).sort(),
          );
          if (shown.species !== real.baseSpecies) disguised++;
        },
      });
      expect(disguised).toBeGreaterThan(3);
    },
  );
});
