import { safeLine } from '../util/safe-text.ts';
import { createByteLevelCodec } from './byte-level-codec.ts';
import type { GgufFile } from './gguf.ts';
import { type Fragment, MarkedTokens } from './marked-tokens.ts';
import { ModelFileError } from './model-file-error.ts';
import { createSentencePieceCodec } from './sentence-piece-codec.ts';
import type { TextCodec } from './text-codec.ts';
import { readVocabulary, type TokenKind, type Vocabulary } from './vocabulary.ts';

/** A stretch of a prompt. */
export interface PromptPart {
  readonly text: string;
  /** Whether it comes from the model's own template, in which special tokens are meant, and not from anybody else. */
  readonly isTemplate: boolean;
}

/** Text to ids of tokens and back. */
export interface Tokenizer {
  /** The ids of plain text, without the first token. Special tokens never come out of it, whatever it says. */
  encode(text: string): number[];
  /** The ids of a template's text, in which special tokens are special. */
  encodeTemplate(text: string): number[];
  /** The ids of parts, as if their joined text were encoded, but with special tokens in the template's parts only. */
  encodeParts(parts: readonly PromptPart[]): number[];
  /** The text of ids; special tokens write nothing. */
  decode(ids: readonly number[]): string;
  /** Count of tokens. */
  readonly size: number;
  /** The token that begins a text. */
  readonly bos: number | null;
  /** The token that ends a text. */
  readonly eos: number | null;
  /** Whether prompts begin with {@link bos}. */
  readonly addsBos: boolean;
  /** The tokens that end a text, a turn or a message. */
  readonly endOfText: ReadonlySet<number>;
  /** The id of a token by its text in the file; null where there is none. */
  idOf(token: string): number | null;
  /** The text of a token in the file; empty for ids that do not exist. */
  tokenOf(id: number): string;
  /** What a token writes; nothing for special tokens, and for ids that do not exist. Not always whole characters. */
  bytesOf(id: number): Uint8Array;
}

/** Names of special tokens after which a model has said everything, though its file may name another one. */
const ENDS = new Set([
  '</s>',
  '<|endoftext|>',
  '<|end_of_text|>',
  '<|eot_id|>',
  '<|eom_id|>',
  '<|im_end|>',
  '<|end|>',
  '<end_of_turn>',
]);

const nothing = new Uint8Array();
const encoder = new TextEncoder();

function createCodec(vocabulary: Vocabulary): TextCodec {
  if (vocabulary.model === 'gpt2') return createByteLevelCodec(vocabulary);
  if (vocabulary.model === 'llama') return createSentencePieceCodec(vocabulary);
  throw new ModelFileError(
    `the tokenizer is "${safeLine(vocabulary.model, 40)}", which this engine does not know; it knows gpt2 (byte-level BPE) and llama (SentencePiece)`,
  );
}

function markedTokens({ tokens, kinds }: Vocabulary, ...marked: readonly TokenKind[]): MarkedTokens {
  const all = tokens.map((token, id): [string, number] => [token, id]);
  return new MarkedTokens(all.filter(([, id]) => marked.includes(kinds[id] as TokenKind)));
}

function tokenBytes({ tokens, kinds }: Vocabulary, codec: TextCodec): Uint8Array[] {
  return tokens.map((token, id) => {
    switch (kinds[id]) {
      case 'normal':
        return codec.bytesOf(token);
      case 'user':
        return encoder.encode(token);
      case 'byte':
        return /^<0x[0-9A-Fa-f]{2}>$/.test(token)
          ? Uint8Array.of(Number.parseInt(token.slice(3, 5), 16))
          : nothing;
      default:
        return nothing;
    }
  });
}

/** Neighbouring texts as one. */
function joinTexts(fragments: readonly Fragment[]): Fragment[] {
  const joined: Fragment[] = [];
  for (const fragment of fragments) {
    const last = joined.at(-1);
    if (typeof fragment === 'string' && typeof last === 'string') joined[joined.length - 1] = last + fragment;
    else joined.push(fragment);
  }
  return joined;
}

function endsOf({ tokens, kinds, ends }: Vocabulary): Set<number> {
  const named = tokens.flatMap((token, id) => (kinds[id] === 'control' && ENDS.has(token) ? [id] : []));
  return new Set([...ends, ...named]);
}

/**
 * The tokenizer that a model's metadata describe: byte-level BPE or SentencePiece. Ids are those of llama.cpp.
 *
 * @throws {ModelFileError} when it is of another kind, or damaged
 */
export function createTokenizer({ path, metadata }: Pick<GgufFile, 'path' | 'metadata'>): Tokenizer {
  try {
    const vocabulary = readVocabulary(metadata);
    return tokenizerOf(vocabulary, createCodec(vocabulary));
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    throw new ModelFileError(`${path}: ${error.message}`, { cause: error });
  }
}

function tokenizerOf(vocabulary: Vocabulary, codec: TextCodec): Tokenizer {
  const special = markedTokens(vocabulary, 'control', 'unknown');
  const users = markedTokens(vocabulary, 'user');
  const bytes = tokenBytes(vocabulary, codec);
  const ids = new Map(vocabulary.tokens.map((token, id) => [token, id]));
  const bytesOf = (id: number): Uint8Array => bytes[id] ?? nothing;

  const encodeParts = (parts: readonly PromptPart[]): number[] => {
    const whole = joinTexts(
      parts.flatMap(({ text, isTemplate }) => (isTemplate ? special.split(text) : text)),
    );
    const fragments = whole.flatMap((part) => (typeof part === 'number' ? part : users.split(part)));
    return fragments.flatMap((fragment, i) =>
      typeof fragment === 'number'
        ? fragment
        : codec.encode(fragment, i === 0 || typeof fragments[i - 1] === 'number'),
    );
  };
  return {
    encode: (text) => encodeParts([{ text, isTemplate: false }]),
    encodeTemplate: (text) => encodeParts([{ text, isTemplate: true }]),
    encodeParts,
    decode(ids) {
      const text = Buffer.concat(ids.map(bytesOf)).toString('utf8');
      return codec.addsSpacePrefix && text.startsWith(' ') ? text.slice(1) : text;
    },
    size: vocabulary.tokens.length,
    bos: vocabulary.bos,
    eos: vocabulary.ends[0] ?? null,
    addsBos: codec.addsBos && vocabulary.bos !== null,
    endOfText: endsOf(vocabulary),
    idOf: (token) => ids.get(token) ?? null,
    tokenOf: (id) => vocabulary.tokens[id] ?? '',
    bytesOf,
  };
}
