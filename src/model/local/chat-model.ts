import type { ChatTemplate } from '../../engine/chat-template.ts';
import { generate } from '../../engine/generate.ts';
import { type AnswerSchema, jsonGrammar } from '../../engine/json-grammar.ts';
import { scoreAnswers } from '../../engine/score.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import type { ExtendOptions, Transformer } from '../../engine/transformer.ts';
import { VocabularyTree } from '../../engine/vocabulary-tree.ts';
import { createRandom } from '../../util/random.ts';
import type { Message } from '../language-model.ts';

/** A text that is asked for. */
export interface WriteQuestion {
  readonly messages: readonly Message[];
  /** The shape that the text has to have; null for any. */
  readonly schema: AnswerSchema | null;
  readonly samples: number;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: string;
}

/** A closed set of answers whose probabilities are asked for. */
export interface ScoreQuestion {
  readonly messages: readonly Message[];
  readonly choices: readonly string[];
}

/** How much was read, and how much of it was in the cache. */
interface Reading {
  readonly tokens: number;
  readonly cachedTokens: number;
}

/** What a chat model wrote. */
interface Written extends Reading {
  readonly texts: readonly string[];
  /** Of each text whether it ended by itself. */
  readonly complete: readonly boolean[];
  readonly outputTokens: number;
}

/** A model that reads and writes any text. */
export interface ChatModel {
  /** @throws {ContextFullError} when the messages are longer than the context */
  write(question: WriteQuestion, options: ExtendOptions): Written;
  /** @throws {ContextFullError} when the messages are longer than the context */
  score(
    question: ScoreQuestion,
    options: ExtendOptions,
  ): Reading & { readonly probabilities: readonly number[] };
}

/**
 * A model that answers messages.
 */
export function createChatModel(
  transformer: Transformer,
  tokenizer: Tokenizer,
  template: ChatTemplate,
): ChatModel {
  const prompt = transformer.open();
  const [end] = tokenizer.endOfText;
  let tree: VocabularyTree | undefined;
  const vocabulary = (): VocabularyTree => {
    tree ??= new VocabularyTree(tokenizer.size, (token) => tokenizer.bytesOf(token));
    return tree;
  };
  const grammars = new Map<string, ReturnType<typeof jsonGrammar>>();
  const grammarOf = (schema: AnswerSchema): ReturnType<typeof jsonGrammar> => {
    const key = JSON.stringify(schema);
    const grammar = grammars.get(key) ?? jsonGrammar(schema);
    if (grammars.size >= KEPT_GRAMMARS) grammars.clear();
    grammars.set(key, grammar);
    return grammar;
  };

  /** Reads messages, but for what is in the cache from the last time. */
  function read(
    messages: readonly Message[],
    options: ExtendOptions,
  ): Reading & { readonly logits: Float32Array } {
    const tokens = template.encode(messages);
    let cachedTokens = 0;
    while (cachedTokens < tokens.length - 1 && prompt.tokens[cachedTokens] === tokens[cachedTokens])
      cachedTokens++;
    prompt.rewind(cachedTokens);
    cachedTokens = prompt.tokens.length;
    const added = tokens.slice(cachedTokens);
    const [logits] = transformer.extend(
      [{ sequence: prompt, tokens: added, reads: [added.length - 1] }],
      options,
    );
    return { tokens: tokens.length, cachedTokens, logits: logits ?? new Float32Array() };
  }

  return {
    write({ messages, schema, samples, maxTokens, temperature, seed }, options) {
      const { logits, ...reading } = read(messages, options);
      const written = generate(transformer, prompt, logits, {
        votes: samples,
        maxTokens,
        temperature,
        random: createRandom(seed),
        stops: tokenizer.endOfText,
        ...(schema !== null && { constraint: { grammar: grammarOf(schema), vocabulary: vocabulary() } }),
        signal: options.signal,
      });
      return {
        ...reading,
        texts: written.map(({ tokens }) => tokenizer.decode(tokens)),
        complete: written.map(({ complete }) => complete),
        outputTokens: written.reduce((sum, { tokens }) => sum + tokens.length, 0),
      };
    },
    score({ messages, choices }, options) {
      const { logits, ...reading } = read(messages, options);
      const answers = choices.map((choice) => tokenizer.encode(choice));
      const probabilities = scoreAnswers(transformer, prompt, {
        answers,
        end: end ?? 0,
        logits,
        signal: options.signal,
      });
      return { ...reading, probabilities };
    },
  };
}

// A schema lists a turn's numbers, so that most turns have one of their own.
const KEPT_GRAMMARS = 64;
