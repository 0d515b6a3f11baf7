import type { Random } from '../util/random.ts';
import type { Constraint } from './constraint.ts';
import { drawToken, type SamplingOptions } from './sampling.ts';
import type { Sequence, Stop, Transformer } from './transformer.ts';
import type { VocabularyTree } from './vocabulary-tree.ts';

/** How texts are written. */
export interface GenerateOptions<State> extends SamplingOptions {
  /** The texts are drawn independently and written together; each has a stream of its own. */
  readonly votes: number;
  readonly random: Random;
  readonly maxTokens: number;
  /** Tokens that end a text; the text is without it. */
  readonly stops: ReadonlySet<number>;
  /**
   * What the texts may be, with the vocabulary that writes them.
   *
   * @default anything
   */
  readonly constraint?:
    | { readonly grammar: Constraint<State>; readonly vocabulary: VocabularyTree }
    | undefined;
  readonly signal?: Stop | undefined;
}

/** A text that was written. */
export interface Generated {
  readonly tokens: readonly number[];
  /** Ended by itself, not by `maxTokens` or a full cache. */
  readonly complete: boolean;
}

interface Vote<State> {
  readonly sequence: Sequence;
  readonly random: Random;
  readonly tokens: number[];
  logits: Float32Array;
  /** Absent where anything may be written. */
  state: State | undefined;
  complete: boolean;
}

/**
 * Writes texts that go on from a prompt, which stays as it is.
 *
 * @param logits those after the prompt's last token
 */
export function generate<State>(
  model: Transformer,
  prompt: Sequence,
  logits: Float32Array,
  options: GenerateOptions<State>,
): Generated[] {
  const { votes, random, maxTokens, constraint, signal } = options;
  const all = Array.from(
    { length: votes },
    (_, index): Vote<State> => ({
      sequence: prompt.fork(),
      random: random.stream(`vote ${index}`),
      tokens: [],
      logits,
      state: constraint?.grammar.start,
      complete: false,
    }),
  );
  try {
    let writing = all;
    while (writing.length > 0) {
      writing = writing.filter((vote) => chooseToken(vote, options) && vote.tokens.length < maxTokens);
      const room = model.context - 1;
      writing = writing.filter(({ sequence }) => sequence.tokens.length < room);
      if (writing.length === 0) break;
      const next = model.extend(
        writing.map(({ sequence, tokens }) => ({ sequence, tokens: tokens.slice(-1), reads: [0] })),
        { signal },
      );
      for (const [index, vote] of writing.entries()) vote.logits = next[index] as Float32Array;
    }
    return all.map(({ tokens, complete }) => ({ tokens, complete }));
  } finally {
    for (const { sequence } of all) sequence.close();
  }
}

/** Adds the next token; false if the text is complete. */
function chooseToken<State>(vote: Vote<State>, options: GenerateOptions<State>): boolean {
  const { stops, constraint } = options;
  const allowed = allowedTokens(vote, options);
  if (allowed?.length === 0) {
    vote.complete = true;
    return false;
  }
  const { logits, sequence, random } = vote;
  const token = drawToken({ logits, allowed, earlier: sequence.tokens }, options, random);
  if (stops.has(token)) {
    vote.complete = true;
    return false;
  }
  vote.tokens.push(token);
  if (constraint !== undefined)
    vote.state = constraint.vocabulary.after(constraint.grammar, vote.state, token);
  return true;
}

function allowedTokens<State>(
  { state }: Vote<State>,
  { constraint, stops }: GenerateOptions<State>,
): readonly number[] | null {
  if (constraint === undefined || state === undefined) return null;
  const { grammar, vocabulary } = constraint;
  const tokens = vocabulary.allowed(grammar, state);
  return grammar.ends(state) && tokens.length > 0 ? [...tokens, ...stops] : tokens;
}
