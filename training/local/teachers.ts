import { calcAgent } from '../../src/agent/calc.ts';
import { toChoice } from '../../src/battle/action.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import type { Candidate } from '../../src/observation/prompt.ts';
import { search } from '../../src/search/search.ts';
import type { PositionRecord } from './record.ts';

/** A teacher's label of a decision. */
export type TeacherLabel = Pick<PositionRecord, 'teacher' | 'policy' | 'scores' | 'value' | 'line'>;

/** Rates the candidates of a decision; undefined when it cannot. */
export type Teacher = (
  turn: DecisionContext,
  candidates: readonly Candidate[],
) => Promise<TeacherLabel | undefined>;

/** Temperature, in healthy Pokémon: the difference that matters between two actions of the agent `calc`. */
const TEMPERATURE = 0.03;
/** Share of the probability reserved for the best action. */
const HARD_SHARE = 0.3;

const NEVER = new AbortController().signal;

/** Probabilities that fall with the distance to the best score. */
export function softmax(scores: readonly number[], temperature: number): readonly number[] {
  const most = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((score - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The agent `calc`: fast, one round ahead, without a chance to win. */
export const calcTeacher: Teacher = async (turn, candidates) => {
  const decision = await calcAgent.decide(turn, NEVER);
  const known = new Map(decision.scores?.map((score) => [score.choice, score]));
  const rated = candidates.flatMap(({ action }) => known.get(toChoice(action)) ?? []);
  if (rated.length < candidates.length) return undefined;
  const scores = rated.map(({ score }) => score);
  const best = scores.indexOf(Math.max(...scores));
  const policy = softmax(scores, TEMPERATURE).map(
    (share, index) => (1 - HARD_SHARE) * share + (index === best ? HARD_SHARE : 0),
  );
  return {
    teacher: { name: 'calc', settings: { temperature: TEMPERATURE, hardShare: HARD_SHARE } },
    policy: rounded(policy),
    scores: rounded(scores),
    value: null,
    line: rated[best]?.note ?? null,
  };
};

/** A search with this many playouts; {@link calcTeacher} when it cannot look ahead. */
export function searchTeacher(playouts: number): Teacher {
  return async (turn, candidates) => {
    const found = await search(turn, { playouts });
    if (!found) return calcTeacher(turn, candidates);
    const known = new Map(found.actions.map((one) => [toChoice(one.action), one]));
    const listed = candidates.map(({ action }) => known.get(toChoice(action)) ?? { share: 0, value: 0 });
    const total = listed.reduce((sum, { share }) => sum + share, 0);
    if (total === 0) return undefined;
    return {
      teacher: { name: 'search', settings: { playouts } },
      policy: rounded(listed.map(({ share }) => share / total)),
      scores: rounded(listed.map(({ value }) => value)),
      value: round(found.value),
      line: found.actions[0]?.line ?? null,
    };
  };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function rounded(values: readonly number[]): readonly number[] {
  return values.map(round);
}
