import { z } from 'zod';
import { safeLine } from '../util/safe-text.ts';
import type { GgufFile } from './gguf.ts';
import { ModelFileError } from './model-file-error.ts';

/**
 * What a token is (`llama_token_type` of llama.cpp): `control` tokens steer the model and are never written by text;
 * `user` tokens are found in any text before everything else; `byte` tokens stand for a byte that no token covers.
 */
export type TokenKind = 'normal' | 'unknown' | 'control' | 'user' | 'unused' | 'byte';

const KINDS: readonly TokenKind[] = ['normal', 'normal', 'unknown', 'control', 'user', 'unused', 'byte'];

/** What a model's file says of its tokens. */
export interface Vocabulary {
  /** `gpt2` for byte-level BPE, `llama` for SentencePiece. */
  readonly model: string;
  /** The name of the rule that splits text into words. */
  readonly preTokenizer: string;
  /** The tokenizer as the library for tokenizers has it, in JSON, where the file brings it along. */
  readonly libraryJson: string | undefined;
  /** By id, as they stand in the file. */
  readonly tokens: readonly string[];
  readonly kinds: readonly TokenKind[];
  /** By id; empty where there are none. */
  readonly scores: readonly number[];
  /** Pairs, the first to be merged first; empty where there are none. */
  readonly merges: readonly string[];
  readonly bos: number | null;
  readonly unknown: number | null;
  /** Tokens that are named as ends: of text, turn, or message. */
  readonly ends: readonly number[];
  /** Undefined where the file does not say. */
  readonly addsBos: boolean | undefined;
  readonly addsSpacePrefix: boolean | undefined;
}

const id = z.number().int().nonnegative().optional();

const METADATA = z.object({
  'tokenizer.ggml.model': z.string(),
  'tokenizer.ggml.pre': z.string().default('default'),
  'tokenizer.huggingface.json': z.string().optional(),
  'tokenizer.ggml.tokens': z.array(z.string()).min(1),
  'tokenizer.ggml.token_type': z.array(z.number().int().min(0).max(6)).optional(),
  'tokenizer.ggml.scores': z.array(z.number()).default([]),
  'tokenizer.ggml.merges': z.array(z.string()).default([]),
  'tokenizer.ggml.bos_token_id': id,
  'tokenizer.ggml.eos_token_id': id,
  'tokenizer.ggml.eot_token_id': id,
  'tokenizer.ggml.eom_token_id': id,
  'tokenizer.ggml.unknown_token_id': id,
  'tokenizer.ggml.add_bos_token': z.boolean().optional(),
  'tokenizer.ggml.add_space_prefix': z.boolean().optional(),
});

/** SentencePiece's ids where the file names none. */
const SENTENCE_PIECE_IDS = { bos: 1, eos: 2, unknown: 0 };

function checkLengths(tokens: number, lists: Readonly<Record<string, number | undefined>>): void {
  for (const [key, length] of Object.entries(lists)) {
    if (length !== undefined && length !== 0 && length !== tokens) {
      throw new ModelFileError(`the vocabulary has ${tokens} tokens, but ${length} entries in ${key}`);
    }
  }
}

/**
 * The tokens that a model's metadata describe, in the keys of GGUF's specification
 * (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md#tokenizer).
 *
 * @throws {ModelFileError} when they are missing, of another kind, or contradict each other
 */
export function readVocabulary(metadata: GgufFile['metadata']): Vocabulary {
  const parsed = METADATA.safeParse(Object.fromEntries(metadata));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? 'tokenizer';
    throw new ModelFileError(
      `the tokenizer cannot be used: metadata "${safeLine(where)}": ${safeLine(issue?.message ?? '')}`,
    );
  }
  const { data } = parsed;
  const tokens = data['tokenizer.ggml.tokens'];
  const types = data['tokenizer.ggml.token_type'];
  const scores = data['tokenizer.ggml.scores'];
  checkLengths(tokens.length, {
    'tokenizer.ggml.token_type': types?.length,
    'tokenizer.ggml.scores': scores.length,
  });
  const isSentencePiece = data['tokenizer.ggml.model'] === 'llama';
  const idOrNull = (key: 'bos' | 'eos' | 'eot' | 'eom' | 'unknown', otherwise?: number): number | null => {
    const named = data[`tokenizer.ggml.${key}_token_id`];
    const found = named ?? (isSentencePiece ? otherwise : undefined);
    if (found === undefined) return null;
    if (found < tokens.length) return found;
    if (named === undefined) return null;
    throw new ModelFileError(`the ${key} token is ${found}, and the vocabulary has ${tokens.length} tokens`);
  };
  const ends = [idOrNull('eos', SENTENCE_PIECE_IDS.eos), idOrNull('eot'), idOrNull('eom')];
  return {
    model: data['tokenizer.ggml.model'],
    preTokenizer: data['tokenizer.ggml.pre'],
    libraryJson: data['tokenizer.huggingface.json'],
    tokens,
    kinds: tokens.map((_, index) => KINDS[types?.[index] ?? 1] ?? 'normal'),
    scores,
    merges: data['tokenizer.ggml.merges'],
    bos: idOrNull('bos', SENTENCE_PIECE_IDS.bos),
    unknown: idOrNull('unknown', SENTENCE_PIECE_IDS.unknown),
    ends: ends.filter((end) => end !== null),
    addsBos: data['tokenizer.ggml.add_bos_token'],
    addsSpacePrefix: data['tokenizer.ggml.add_space_prefix'],
  };
}
