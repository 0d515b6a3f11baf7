import { draw, nextTokens, softmax } from '../../engine/sampling.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import type { ExtendOptions, Sequence, Transformer } from '../../engine/transformer.ts';
import { UserError } from '../../util/errors.ts';
import { createRandom } from '../../util/random.ts';

/** What a model reads off a prompt in the style it was trained on. */
export interface Reading {
  /** How good each choice is: the sum of its lines' logits. */
  readonly scores: readonly number[];
  /** Chance that the battle is won, 0–1. */
  readonly winChance: number;
  /** What the foe may do, the most probable first; empty where the prompt does not ask. */
  readonly foe: readonly Expected[];
  /** Tokens of the prompt, and how many of them were in the cache. */
  readonly tokens: number;
  readonly cachedTokens: number;
}

/** An action of the foe in words, and its chance, 0–1. */
export interface Expected {
  readonly action: string;
  readonly chance: number;
}

/** What is asked. */
export interface OptionQuestion {
  readonly text: string;
  /** For each choice the lines of the text that it stands on, counted from 0. */
  readonly lines: readonly (readonly number[])[];
  /** How many of the foe's actions are wanted. */
  readonly foeActions: number;
}

/** A model that was trained to score a prompt's lines. */
export interface OptionModel {
  /** @throws {RangeError} when the text has no such lines */
  read(question: OptionQuestion, options: ExtendOptions): Reading;
}

const LONGEST_ACTION = 8;

/**
 * A model that scores options as `training/local` teaches it: the logit of ` good` at the end of an option's line; of
 * ` win` and ` loss` after `odds`; and after `foe` it writes what the foe does.
 *
 * @throws {UserError} when its vocabulary has no such words
 */
export function createOptionModel(path: string, transformer: Transformer, tokenizer: Tokenizer): OptionModel {
  const word = (token: string): number => {
    const id = tokenizer.idOf(token);
    if (id === null)
      throw new UserError(`${path}: the vocabulary has no token "${token}", which a model of options needs`);
    return id;
  };
  const [lineBreak, good, win, loss] = [word('Ċ'), word(' good'), word(' win'), word(' loss')];
  const prompt = transformer.open();

  function expect(logits: Float32Array, count: number, options: ExtendOptions): Expected[] {
    const first = nextTokens(logits, { topK: count }, null);
    // The chance is that among all tokens, not among those that are kept.
    const all = softmax([...logits]);
    const open = first.map(({ token }) => ({
      sequence: prompt.fork(),
      tokens: [token],
      done: token === lineBreak,
    }));
    try {
      for (let length = 1; length < LONGEST_ACTION; length++) {
        const writing = open.filter(({ done }) => !done);
        if (writing.length === 0) break;
        const steps = writing.map(({ sequence, tokens }) => ({
          sequence,
          tokens: tokens.slice(-1),
          reads: [0],
        }));
        for (const [index, after] of transformer.extend(steps, options).entries()) {
          const one = writing[index] as (typeof open)[number];
          const token = draw(nextTokens(after, { temperature: 0 }, null), GREEDY);
          if (token === lineBreak) one.done = true;
          else one.tokens.push(token);
        }
      }
      return open.map(({ tokens }) => ({
        action: tokenizer.decode(tokens).trim(),
        chance: all[tokens[0] ?? 0] ?? 0,
      }));
    } finally {
      for (const { sequence } of open) sequence.close();
    }
  }

  return {
    read({ text, lines, foeActions }, options) {
      const tokens = tokenizer.encode(text);
      const breaks = tokens.flatMap((token, place) => (token === lineBreak ? [place] : []));
      const endOf = (line: number): number => {
        const place = breaks[line];
        if (place === undefined || place === 0) throw new RangeError(`The prompt has no line ${line + 1}`);
        return place - 1;
      };
      const ends = [...new Set(lines.flat())].sort((a, b) => a - b);
      const places = [...ends.map(endOf), tokens.length - 2, tokens.length - 1];
      keepPrefix(prompt, tokens, places);
      const cachedTokens = prompt.tokens.length;
      const reads = places.map((place) => place - cachedTokens);
      const logits = transformer.extend(
        [{ sequence: prompt, tokens: tokens.slice(cachedTokens), reads }],
        options,
      );
      const goodAt = new Map(ends.map((line, index) => [line, logits[index]?.[good] ?? Number.NaN]));
      const [odds, foe] = logits.slice(-2) as [Float32Array, Float32Array];
      return {
        scores: lines.map((some) => some.reduce((sum, line) => sum + (goodAt.get(line) ?? Number.NaN), 0)),
        winChance: 1 / (1 + Math.exp((odds[loss] ?? 0) - (odds[win] ?? 0))),
        foe: foeActions > 0 ? expect(foe, foeActions, options) : [],
        tokens: tokens.length,
        cachedTokens,
      };
    },
  };
}

const GREEDY = createRandom('greedy');

/** Forgets what differs, and everything from the first place that is read on. */
function keepPrefix(prompt: Sequence, tokens: readonly number[], places: readonly number[]): void {
  const first = Math.min(...places);
  let same = 0;
  while (same < first && same < prompt.tokens.length && prompt.tokens[same] === tokens[same]) same++;
  prompt.rewind(same);
}
