import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { UserError } from '../util/errors.ts';
import type { GgufFile } from './gguf.ts';

/** Turns text into tokens and back. */
export interface Tokenizer {
  readonly size: number;
  /** Tokens of a text. What looks like a special token in it stays text. */
  encode(text: string): number[];
  /** Tokens of a chat template's own text, special tokens among it. */
  encodeTemplate(text: string): number[];
  decode(tokens: readonly number[]): string;
  /** The token that is written so in the vocabulary; null if there is none. */
  idOf(token: string): number | null;
}

const KEY = 'tokenizer.huggingface.json';

interface TokenizerJson {
  readonly added_tokens: readonly { readonly content: string; readonly special: boolean }[];
}

/**
 * The tokenizer that a file brings along.
 * @throws {UserError} when it has none that this engine reads
 */
export function createTokenizer(file: Pick<GgufFile, 'path' | 'metadata'>): Tokenizer {
  const text = file.metadata.get(KEY);
  if (typeof text !== 'string') throw new UserError(`${file.path}: the file has no ${KEY}`);
  const json = JSON.parse(text) as TokenizerJson;
  const template = new HuggingFaceTokenizer(json, {});
  const plain = new HuggingFaceTokenizer(
    { ...json, added_tokens: json.added_tokens.filter(({ special }) => !special) },
    {},
  );
  return {
    size: template.get_vocab().size,
    encode: (some) => plain.encode(some, { add_special_tokens: false }).ids,
    encodeTemplate: (some) => template.encode(some, { add_special_tokens: false }).ids,
    decode: (tokens) =>
      tokens.length === 0
        ? ''
        : template.decode([...tokens], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
    idOf: (token) => template.token_to_id(token) ?? null,
  };
}
