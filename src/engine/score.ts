import { softmax } from './sampling.ts';
import type { Sequence, Stop, Transformer } from './transformer.ts';

/** A place in the tree of the answers' tokens where more than one token can come. */
interface Fork {
  readonly path: readonly number[];
  readonly tokens: readonly number[];
}

// Open at once beside the prompt and what else is open.
const AT_ONCE = 16;

/**
 * The exact distribution over a closed set of answers: the probability that each is drawn if every token is drawn from
 * those with which an answer goes on.
 *
 * @param answers tokens of each answer, all different; where one goes on as another ends, `end` stands for the end
 * @param logits those after the prompt's last token
 */
export function scoreAnswers(
  model: Transformer,
  prompt: Sequence,
  { answers, end, logits, temperature = 1, signal }: ScoreRequest,
): number[] {
  const ended = answers.map((tokens) =>
    answers.some((other) => goesOn(other, tokens)) ? [...tokens, end] : tokens,
  );
  const forks = findForks(ended);
  const probabilities = new Map<string, Map<number, number>>();
  const add = ({ path, tokens }: Fork, after: Float32Array): void => {
    const shares = softmax(tokens.map((token) => (after[token] ?? 0) / temperature));
    probabilities.set(path.join(), new Map(tokens.map((token, index) => [token, shares[index] ?? 0])));
  };
  for (const fork of forks) if (fork.path.length === 0) add(fork, logits);
  const deeper = forks.filter(({ path }) => path.length > 0);
  for (let from = 0; from < deeper.length; from += AT_ONCE) {
    const some = deeper.slice(from, from + AT_ONCE);
    const sequences = some.map(() => prompt.fork());
    try {
      const steps = some.map(({ path }, index) => ({
        sequence: sequences[index] as Sequence,
        tokens: path,
        reads: [path.length - 1],
      }));
      for (const [index, after] of model.extend(steps, { signal }).entries()) add(some[index] as Fork, after);
    } finally {
      for (const sequence of sequences) sequence.close();
    }
  }
  return ended.map((tokens) =>
    tokens.reduce((product, token, index) => {
      const shares = probabilities.get(tokens.slice(0, index).join());
      return product * (shares === undefined ? 1 : (shares.get(token) ?? 0));
    }, 1),
  );
}

/** What is scored. */
export interface ScoreRequest {
  readonly answers: readonly (readonly number[])[];
  readonly end: number;
  readonly logits: Float32Array;
  readonly temperature?: number;
  readonly signal?: Stop | undefined;
}

const goesOn = (longer: readonly number[], tokens: readonly number[]): boolean =>
  longer.length > tokens.length && tokens.every((token, index) => longer[index] === token);

function findForks(answers: readonly (readonly number[])[]): Fork[] {
  const next = new Map<string, { path: readonly number[]; tokens: Set<number> }>();
  for (const tokens of answers) {
    for (const [index, token] of tokens.entries()) {
      const path = tokens.slice(0, index);
      const key = path.join();
      const fork = next.get(key) ?? { path, tokens: new Set<number>() };
      fork.tokens.add(token);
      next.set(key, fork);
    }
  }
  return [...next.values()]
    .filter(({ tokens }) => tokens.size > 1)
    .map(({ path, tokens }) => ({ path, tokens: [...tokens] }));
}
