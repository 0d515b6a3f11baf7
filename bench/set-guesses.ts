// How much probability the guesses give to what an opponent's Pokémon really have and have not shown, in battles of calc
// against itself: the mean over its unshown moves, its item, ability and tera type, at turns 1, 5 and 10; after the
// slash, how often the truth was ruled out. `sure` counts what was called sure (99.5% or more) and was false.
//
//   npx tsx bench/set-guesses.ts [games, default 40] [formats, default gen9ou gen9vgc2025regi gen9randombattle]
//
// Teams come from bench/teams, or in random battles from the format's own generator; `gen9randombattle:server` takes
// them from the newer generator of the real server that `npm run server` installs.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import type { Agent } from '../src/agent/agent.ts';
import { calcAgent } from '../src/agent/calc.ts';
import { checkFormat } from '../src/arena/format.ts';
import { playMatch } from '../src/arena/match.ts';
import { toId } from '../src/battle/generations.ts';
import type { RequestSide } from '../src/battle/request.ts';
import { otherSide, type SideId } from '../src/battle/state.ts';
import { assessTurn } from '../src/knowledge/assess-turn.ts';
import { simulator } from '../src/knowledge/simulator.ts';
import type { DecisionContext } from '../src/memory/decision-context.ts';
import { createRandom } from '../src/util/random.ts';

const TURNS = [1, 5, 10];
const SURE = 0.995;
const FIELDS = ['move', 'item', 'ability', 'tera'] as const;
type Field = (typeof FIELDS)[number];

/** The score of one kind of fact at one turn. */
interface Score {
  asked: number;
  sum: number;
  ruledOut: number;
  falselySure: number;
}

/** Teams of bench/teams, packed. */
function teamsOf(format: string): readonly string[] {
  const text = readFileSync(new URL(`teams/${format}.txt`, import.meta.url), 'utf8');
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => !paragraph.trim().startsWith('#'));
  const level = format.includes('vgc') ? '\nLevel: 50' : '';
  return paragraphs.map((paragraph) => {
    const team = paragraph
      .trim()
      .split('\n')
      .map((line) => {
        const [species, item, ability, tera, nature, evs, moves = ''] = line.split(' | ');
        const listed = moves.split(', ').map((move) => `- ${move}`);
        return `${species} @ ${item}\nAbility: ${ability}${level}\nTera Type: ${tera}\nEVs: ${evs}\n${nature} Nature\n${listed.join('\n')}`;
      });
    // There have been bans since some of them were played, so none is checked.
    return simulator.Teams.pack(simulator.Teams.import(team.join('\n\n')));
  });
}

/** The teams of game number `game`. */
function teamSource(
  format: string,
  from: string | undefined,
): (game: number) => readonly (string | undefined)[] {
  if (from === 'server') {
    const home = new URL('../.showdown/0.11.11/node_modules/pokemon-showdown/', import.meta.url);
    const { Teams } = createRequire(home)('./dist/sim') as typeof simulator;
    return (game) =>
      ['a', 'b'].map((player) => {
        const seed = createRandom(`set-guesses/${game}/${player}`).simSeed();
        return Teams.pack(Teams.generate(format, { seed }));
      });
  }
  if (!checkFormat(format).needsTeam) return () => [undefined, undefined];
  const teams = teamsOf(format);
  return (game) => {
    const random = createRandom(`set-guesses/${game}`);
    const first = random.below(teams.length);
    return [teams[first], teams[(first + 1 + random.below(teams.length - 1)) % teams.length]];
  };
}

type Marginal = readonly (readonly [value: string, probability: number])[];

/** Adds the guess about one Pokémon: `truth` is what it has and has not shown. */
function note(score: Score, marginal: Marginal, truth: readonly string[]): void {
  const guessed = new Map(marginal);
  for (const value of truth) {
    const probability = guessed.get(value) ?? 0;
    score.asked++;
    score.sum += probability;
    if (probability <= 0) score.ruledOut++;
  }
  score.falselySure += marginal.filter(([value, p]) => p >= SURE && !truth.includes(value)).length;
}

/** Compares what one side guesses with the truth. */
function judge(
  scores: Readonly<Record<Field, Score>>,
  { state, memory }: DecisionContext,
  truth: RequestSide,
): void {
  const { likelySets } = assessTurn(state, memory.turns);
  for (const foe of state.foe.pokemon) {
    const likely = likelySets.get(foe.id);
    const own = truth.pokemon.find(
      ({ details }) => toId(details.split(',')[0] ?? '') === toId(foe.baseSpecies),
    );
    if (!likely || !own || foe.volatiles.transform) continue;
    const shown = foe.moves.map(({ id }) => id);
    const isHidden = (id: string): boolean => !shown.includes(id);
    note(
      scores.move,
      likely.moves.filter(([id]) => isHidden(id)),
      own.moves.filter(isHidden),
    );
    if (foe.item === undefined) note(scores.item, likely.items, [own.item]);
    if (foe.ability === undefined && state.gen >= 3)
      note(scores.ability, likely.abilities, [own.baseAbility ?? '']);
    if (own.teraType && !foe.teraType) note(scores.tera, likely.teraTypes, [own.teraType]);
  }
}

async function measure(name: string, games: number): Promise<void> {
  const [format = '', from] = name.split(':');
  const teams = teamSource(format, from);
  const board = new Map(
    TURNS.map((turn) => {
      const scores = Object.fromEntries(
        FIELDS.map((field) => [field, { asked: 0, sum: 0, ruledOut: 0, falselySure: 0 }]),
      );
      return [turn, scores as Record<Field, Score>];
    }),
  );
  for (let game = 0; game < games; game++) {
    const truths = new Map<SideId, RequestSide>();
    const seen = new Set<string>();
    const observer: Agent = {
      name: 'observer',
      async decide(turn, signal) {
        const { state, request } = turn;
        if (!truths.has(state.side)) truths.set(state.side, request.side);
        // Until the other side has been asked as well.
        await setImmediate();
        const truth = truths.get(otherSide(state.side));
        const scores = board.get(state.turn);
        const look = `${state.side}/${state.turn}`;
        if (scores && truth && request.type === 'move' && !seen.has(look)) {
          seen.add(look);
          judge(scores, turn, truth);
        }
        return calcAgent.decide(turn, signal);
      },
    };
    const [first, second] = teams(game);
    await playMatch({
      battleId: `guesses-${game}`,
      format,
      seed: `set-guesses/${game}`,
      players: {
        p1: { agent: observer, name: 'one', team: first },
        p2: { agent: observer, name: 'two', team: second },
      },
      fallback: calcAgent,
      turnMs: 60_000,
    });
  }
  console.log(`${name}, ${games} games`);
  for (const [turn, scores] of board) {
    const cells = FIELDS.filter((field) => scores[field].asked > 0).map((field) => {
      const { asked, sum, ruledOut, falselySure } = scores[field];
      const percent = (value: number): string => `${((100 * value) / asked).toFixed(1)}%`;
      return `${field} ${percent(sum)} / ${percent(ruledOut)}, sure ${falselySure}`;
    });
    console.log(`  turn ${String(turn).padStart(2)}: ${cells.join('; ')}`);
  }
}

const [games = '40', ...formats] = process.argv.slice(2);
for (const name of formats.length > 0 ? formats : ['gen9ou', 'gen9vgc2025regi', 'gen9randombattle']) {
  await measure(name, Number(games));
}
