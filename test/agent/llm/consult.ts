import type { Consultation } from '../../../src/agent/llm/consultation.ts';
import { type ModelLine, openModelLine } from '../../../src/agent/llm/model-line.ts';
import { type Action, describeAction } from '../../../src/battle/action.ts';
import type { LanguageModel } from '../../../src/model/language-model.ts';
import type { Candidate, PromptQuestion, RenderedPrompt } from '../../../src/observation/prompt.ts';
import { createRandom } from '../../../src/util/random.ts';
import { timeLimit } from '../../../src/util/time-limit.ts';

const ACTIONS: Action[] = [
  { type: 'move', slot: 1, move: 'surf', name: 'Surf' },
  { type: 'move', slot: 2, move: 'icebeam', name: 'Ice Beam' },
  { type: 'move', slot: 3, move: 'recover', name: 'Recover' },
  { type: 'switch', slot: 2, species: 'Garchomp' },
];

export const CANDIDATES: readonly Candidate[] = ACTIONS.map((action, i) => ({
  number: i + 1,
  action,
  words: describeAction(action),
}));

/** A connection to a model that is open for `turnMs`. */
export function lineTo(model: LanguageModel, turnMs = 10_000, seed = 'turn'): ModelLine {
  const deadline = performance.now() + turnMs;
  return openModelLine({ model, random: createRandom(seed), signal: timeLimit(turnMs).signal, deadline });
}

/** A consultation about {@link CANDIDATES}; the prompt's text is the question, and the last one wins a tie. */
export function consultation(
  line: ModelLine,
  votes = 5,
): Consultation & { readonly questions: PromptQuestion[]; readonly ties: (readonly Candidate[])[] } {
  const questions: PromptQuestion[] = [];
  const ties: (readonly Candidate[])[] = [];
  return {
    line,
    votes,
    questions,
    ties,
    render(question): RenderedPrompt {
      questions.push(question);
      const messages = [{ role: 'user', content: JSON.stringify(question) }] as const;
      return { style: 'test', hash: 'hash', messages, candidates: CANDIDATES };
    },
    lookAhead: async () => undefined,
    async breakTie(tied) {
      ties.push(tied);
      return tied.at(-1);
    },
  };
}
