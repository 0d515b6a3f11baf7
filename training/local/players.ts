import { heuristicsAgent } from '../../src/agent/heuristics.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import type { Action } from '../../src/battle/action.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import type { Candidate } from '../../src/observation/prompt.ts';
import type { Random } from '../../src/util/random.ts';
import { weightedIndex } from '../../src/util/weighted-index.ts';
import { softmax, type TeacherLabel } from './teachers.ts';

/** How a side of a recorded battle plays; the teacher labels its positions whoever plays. */
export interface Player {
  readonly name: string;
  /** Share of its decisions that are made at random. */
  readonly noise: number;
  choose(
    turn: DecisionContext,
    candidates: readonly Candidate[],
    label: TeacherLabel,
    random: Random,
  ): Promise<Action>;
}

const NEVER = new AbortController().signal;

/** Score differences that a player who experiments still distinguishes, in the unit of `calc` and in chances to win. */
const CURIOSITY = { calc: 0.15, search: 0.05 };

function best({ policy }: TeacherLabel): number {
  return policy.indexOf(Math.max(...policy));
}

/** One of the indices, drawn by their weights, which sum to 1. */
function drawn(weights: readonly number[], random: Random): number {
  return Math.max(0, weightedIndex(weights, random.next()));
}

function taught(
  name: string,
  choose: (label: TeacherLabel, random: Random) => number,
  noise: number,
): Player {
  return {
    name,
    noise,
    async choose(turn, candidates, label, random) {
      return (candidates[choose(label, random)]?.action ?? turn.actions[0]) as Action;
    },
  };
}

/** Players with the share of sides that they play. */
const PLAYERS: readonly (readonly [share: number, player: Player])[] = [
  [0.45, taught('teacher', best, 0.08)],
  [
    0.25,
    taught(
      'curious',
      ({ teacher, scores }, random) =>
        drawn(softmax(scores, teacher.name === 'search' ? CURIOSITY.search : CURIOSITY.calc), random),
      0,
    ),
  ],
  [
    0.2,
    {
      name: 'heuristics',
      noise: 0.08,
      choose: async (turn) => (await heuristicsAgent.decide(turn, NEVER)).action,
    },
  ],
  [
    0.1,
    {
      name: 'max-power',
      noise: 0.25,
      choose: async (turn) => (await maxPowerAgent.decide(turn, NEVER)).action,
    },
  ],
];

/** Draws the player of a side. */
export function drawPlayer(random: Random): Player {
  const index = drawn(
    PLAYERS.map(([share]) => share),
    random,
  );
  return (PLAYERS[index] ?? (PLAYERS[0] as (typeof PLAYERS)[number]))[1];
}
