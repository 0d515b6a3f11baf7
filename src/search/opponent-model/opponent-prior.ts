import { CHOICES, chosenId, legalChoices, SWITCH } from '../../mechanics/choices.ts';
import type { SearchState } from '../../mechanics/search-state.ts';
import type { Evaluator } from '../evaluation/evaluator.ts';

/** Something the opponent may do this turn, as its predictor knows it. */
export interface ExpectedReply {
  /** Id of the move, or of the species that may come in; a switch without a species means any. */
  readonly move?: string;
  readonly species?: string;
  /** 0–1; several may sum to less than 1. */
  readonly chance: number;
}

/** Weight of somebody else's prediction beside the evaluator's or the search's own. */
const TRUST = 0.6;

/**
 * How likely the opponent is to choose what at the root of one world, as far as the prediction is possible in this
 * world.
 *
 * @returns undefined when nothing predicted can happen in this world
 */
export function foeChances(
  p: SearchState,
  evaluator: Evaluator,
  foreseen: readonly ExpectedReply[],
): ReadonlyMap<number, number> | undefined {
  const base = priorsOf(p, evaluator);
  const legal = [...base.keys()];
  const expected = new Map(legal.map((choice) => [choice, 0]));
  for (const one of foreseen) {
    const meant = legal.filter((choice) => means(p, choice, one));
    const weight = meant.reduce((sum, choice) => sum + (base.get(choice) ?? 0), 0);
    for (const choice of meant) {
      // When one prediction can come true in several ways, the evaluator weighs them.
      const share = weight > 0 ? (base.get(choice) ?? 0) / weight : 1 / meant.length;
      expected.set(choice, (expected.get(choice) ?? 0) + one.chance * share);
    }
  }
  const total = [...expected.values()].reduce((sum, chance) => sum + chance, 0);
  if (total <= 0) return undefined;
  return new Map([...expected].map(([choice, chance]) => [choice, chance / total]));
}

/** The search's prediction mixed with somebody else's. */
export function withSaid(
  foreseen: readonly ExpectedReply[],
  said: readonly ExpectedReply[],
): readonly ExpectedReply[] {
  if (said.length === 0) return foreseen;
  return [...weighted(foreseen, 1 - TRUST), ...weighted(said, TRUST)];
}

function weighted(foreseen: readonly ExpectedReply[], weight: number): readonly ExpectedReply[] {
  return foreseen.map((one) => ({ ...one, chance: weight * one.chance }));
}

/** The search's prediction, with the share of the opponent's habit replaced by it. */
export function withHabit(
  foreseen: readonly ExpectedReply[],
  habit: ExpectedReply | undefined,
): readonly ExpectedReply[] {
  return habit ? [...weighted(foreseen, 1 - habit.chance), habit] : foreseen;
}

/** {@link foeChances}, mixed with the evaluator's prior. */
export function foePriors(
  p: SearchState,
  evaluator: Evaluator,
  foreseen: readonly ExpectedReply[],
): ReadonlyMap<number, number> | undefined {
  const chances = foeChances(p, evaluator, foreseen);
  if (!chances) return undefined;
  return new Map(
    [...priorsOf(p, evaluator)].map(([choice, base]) => [
      choice,
      (1 - TRUST) * base + TRUST * (chances.get(choice) ?? 0),
    ]),
  );
}

/** The evaluator's prior for the opponent's choices. */
function priorsOf(p: SearchState, evaluator: Evaluator): ReadonlyMap<number, number> {
  const list = new Int8Array(CHOICES);
  const count = legalChoices(p, p.sides[1], list);
  const priors = new Float64Array(CHOICES);
  evaluator.prior(p, p.sides[1], list, count, priors);
  return new Map(Array.from(list.subarray(0, count), (choice, index) => [choice, priors[index] ?? 0]));
}

/**
 * How likely our side is to choose each action at the root: the given prior, mixed with the evaluator's.
 *
 * @param choices our choices at the root
 * @param said share of each choice; together at most 1
 */
export function ownPriors(
  p: SearchState,
  evaluator: Evaluator,
  choices: Int8Array,
  said: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const base = new Float64Array(CHOICES);
  evaluator.prior(p, p.sides[0], choices, choices.length, base);
  return new Map(
    [...choices].map((choice, index) => [
      choice,
      (1 - TRUST) * (base[index] ?? 0) + TRUST * (said.get(choice) ?? 0),
    ]),
  );
}

function means(p: SearchState, choice: number, { move, species }: ExpectedReply): boolean {
  const id = chosenId(p.sides[1], choice) ?? '';
  if (move !== undefined) return choice < SWITCH && id === move;
  return choice >= SWITCH && (species === undefined || id.startsWith(species));
}
