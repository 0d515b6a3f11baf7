import { TeamGenerators } from '@pkmn/randoms';
import { Battle, Teams } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import { toChoice } from '../../../src/battle/action.ts';
import { legalActions } from '../../../src/battle/legal-actions.ts';
import { parseRequest } from '../../../src/battle/request.ts';
import { copyBattle } from '../../../src/search/simulator-bridge/copy-battle.ts';
import { createRandom, type Random } from '../../../src/util/random.ts';
import { rareTeam } from '../../support/rare-sets.ts';
import { firstDifference } from '../../support/same-battle.ts';
import { scaled } from '../../support/thorough.ts';

Teams.setGeneratorFactory(TeamGenerators);

type Choice = readonly [side: 'p1' | 'p2', choice: string];

const GENERATIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Formats with random teams, and formats with sets that cause rare situations. */
const RANDOM = [
  ...GENERATIONS.map((gen) => `gen${gen}randombattle`),
  ...['gen8randomdoublesbattle', 'gen9randomdoublesbattle'],
];
const RARE = [
  ...GENERATIONS.map((gen) => `gen${gen}customgame`),
  ...GENERATIONS.filter((gen) => gen >= 4).map((gen) => `gen${gen}doublescustomgame`),
];

function start(format: string, seed: string): Battle {
  const random = createRandom(seed);
  const gen = Number(format.charAt(3));
  const player = (name: string) => {
    const stream = random.stream(name);
    const team = RARE.includes(format)
      ? rareTeam(gen, 6, stream)
      : Teams.pack(Teams.generate(format, { seed: stream.simSeed() }));
    return { name, team };
  };
  return new Battle({
    formatid: format as Battle['format']['id'],
    seed: random.simSeed(),
    p1: player('One'),
    p2: player('Two'),
  });
}

/** Lets both sides choose at random; returns the choices, refused ones included. */
function chooseAtRandom(battle: Battle, random: Random): readonly Choice[] {
  const choices: Choice[] = [];
  for (const side of battle.sides) {
    const { id } = side as { readonly id: 'p1' | 'p2' };
    // A refusal changes the request.
    for (let tries = 0; tries < 30 && !battle.ended && side.activeRequest && !side.isChoiceDone(); tries++) {
      const request = parseRequest(JSON.stringify(side.activeRequest));
      if (!request || request.type === 'wait') break;
      const choice = toChoice(random.pick(legalActions(request)));
      choices.push([id, choice]);
      if (battle.choose(id, choice)) break;
    }
  }
  return choices;
}

function repeat(battle: Battle, choices: readonly Choice[]): void {
  for (const [side, choice] of choices) battle.choose(side, choice);
}

const linesOf = (log: readonly string[]): string => log.filter((line) => !line.startsWith('|t:|')).join('\n');

interface Continuation {
  readonly copy: Battle;
  /** Length of the original's log when the copy was made. */
  readonly from: number;
  left: number;
}

/**
 * Plays a battle; before each decision it makes a copy, which then plays along for one to three decisions.
 *
 * @param alsoWithout whether to play it again without copies, and compare
 */
function playWithCopies(format: string, seed: string, alsoWithout: boolean): number {
  const battle = start(format, seed);
  const random = createRandom(`${seed}/choices`);
  const played: Choice[] = [];
  let following: Continuation[] = [];
  let compared = 0;
  while (!battle.ended && battle.turn < 60) {
    following.push({
      copy: copyBattle(battle),
      from: battle.log.length,
      left: random.pick([1, 1, 1, 1, 1, 1, 2, 3]),
    });
    const choices = chooseAtRandom(battle, random);
    played.push(...choices);
    for (const continuation of following) {
      repeat(continuation.copy, choices);
      continuation.left--;
      if (continuation.left > 0 && !battle.ended) continue;
      const { copy, from } = continuation;
      const where = `${format}, ${seed}, turn ${battle.turn}`;
      if (linesOf(copy.log) !== linesOf(battle.log.slice(from))) {
        expect(linesOf(copy.log), where).toBe(linesOf(battle.log.slice(from)));
      }
      expect(firstDifference(battle, copy), where).toBeUndefined();
      compared++;
    }
    following = following.filter(({ left }) => left > 0);
  }
  if (!alsoWithout) return compared;
  // Nothing that happened in a copy has happened in the battle.
  const undisturbed = start(format, seed);
  repeat(undisturbed, played);
  expect(linesOf(battle.log)).toBe(linesOf(undisturbed.log));
  expect(firstDifference(undisturbed, battle)).toBeUndefined();
  return compared;
}

describe('a copied battle', () => {
  let continuations = 0;

  it.each([...RANDOM, ...RARE])(
    '%s: continues exactly like the original, and leaves it alone',
    (format) => {
      // The cost of a turn in doubles differs widely from that in early generations.
      const wanted = scaled(format.includes('doubles') ? 120 : /^gen[1-5]/.test(format) ? 680 : 400);
      let compared = 0;
      for (let battle = 0; compared < wanted; battle++) {
        compared += playWithCopies(format, `copy-${battle}`, battle % 5 === 0);
      }
      continuations += compared;
    },
    90_000,
  );

  it(`was compared over ${scaled(10_000)} continuations`, () => {
    expect(continuations).toBeGreaterThan(scaled(10_000));
  });
});
