import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { safeLine } from '../util/safe-text.ts';
import { ModelFileError } from './model-file-error.ts';
import type { TextCodec } from './text-codec.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How text is split into words, inside which tokens are merged. */
interface PreTokenizer {
  /** Regular expressions, each of which splits what those before it left. */
  readonly patterns: readonly string[];
  /** Whether a word that is a token is taken whole. */
  readonly ignoresMerges: boolean;
  /** Whether the model's prompts begin with its first token, where the file does not say. */
  readonly addsBos: boolean;
}

const GPT_2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

const CONTRACTION = `'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]`;
const WORD = String.raw`[^\r\n\p{L}\p{N}]?\p{L}+`;
const REST = String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** Upper before lower case, in the approximation that llama.cpp uses. */
const UPPER = String.raw`(?:(?=\p{L})[^a-z])`;
const LOWER = String.raw`(?:(?=\p{L})[^A-Z])`;
const CASED_WORDS = String.raw`[^\r\n\p{L}\p{N}]?${UPPER}*${LOWER}+|[^\r\n\p{L}\p{N}]?${UPPER}+${LOWER}*`;
const TEKKEN = String.raw`${CASED_WORDS}|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

const plain = (...patterns: string[]): PreTokenizer => ({ patterns, ignoresMerges: false, addsBos: false });

const LLAMA_3 = plain(String.raw`${CONTRACTION}|${WORD}|\p{N}{1,3}|${REST}`);

/** Each way to split, with its names in files of the Llama family. */
const NAMED: readonly (readonly [names: readonly string[], way: PreTokenizer])[] = [
  [['default'], plain(String.raw`[\p{P}$+<=>^~|]+`, GPT_2, String.raw`\p{N}+`, '[0-9][0-9][0-9]')],
  [['gpt-2', 'phi-2', 'mpt', 'olmo', 'trillion', 'exaone4'], plain(GPT_2)],
  [
    ['smollm', 'starcoder', 'refact', 'command-r', 'codeshell', 'exaone', 'minerva-7b'],
    plain(String.raw`\p{N}`, GPT_2),
  ],
  [
    ['llama-bpe', 'llama3', 'llama-v3', 'falcon3', 'falcon-h1', 'pixtral', 'midm-2.0', 'lfm2'],
    { ...LLAMA_3, ignoresMerges: true, addsBos: true },
  ],
  [['smaug-bpe', 'dbrx'], LLAMA_3],
  [
    ['qwen2', 'deepseek-r1-qwen', 'megrez', 'kormo', 'hunyuan', 'solar-open', 'stablelm2'],
    plain(String.raw`${CONTRACTION}|${WORD}|\p{N}|${REST}`),
  ],
  [['tekken'], { ...plain(TEKKEN), ignoresMerges: true, addsBos: true }],
  [
    ['deepseek-coder'],
    plain('[\r\n]', String.raw`\s?\p{L}+`, String.raw`\s?\p{P}+`, '[一-龥ࠀ-一가-퟿]+', String.raw`\p{N}`),
  ],
];

/**
 * By the file's `tokenizer.ggml.pre`. The names and what they mean are those of llama.cpp's src/llama-vocab.cpp
 * (https://github.com/ggml-org/llama.cpp).
 */
const PRE_TOKENIZERS = new Map(
  NAMED.flatMap(([names, way]) => names.map((name): [string, PreTokenizer] => [name, way])),
);

/** GPT-2's printable character for each byte: Latin-1's printable ones are themselves, the others follow from U+0100. */
const BYTE_CHARACTERS: readonly string[] = (() => {
  let next = 0x100;
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();

const CHARACTER_BYTES = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]));

/** The part of a tokenizer.json that splits text into words, as far as this engine reads it. */
const LIBRARY_JSON = z.object({
  pre_tokenizer: z.object({
    type: z.literal('Sequence'),
    pretokenizers: z.array(
      z.discriminatedUnion('type', [
        z.object({
          type: z.literal('Split'),
          pattern: z.object({ Regex: z.string() }),
          behavior: z.literal('Isolated'),
          invert: z.literal(false),
        }),
        z.object({
          type: z.literal('ByteLevel'),
          add_prefix_space: z.literal(false),
          use_regex: z.literal(false),
        }),
      ]),
    ),
  }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function preTokenizerOf({ preTokenizer, libraryJson }: Vocabulary): PreTokenizer {
  if (libraryJson !== undefined) {
    const { data } = LIBRARY_JSON.safeParse(parseJson(libraryJson));
    if (data === undefined) {
      throw new ModelFileError(
        'tokenizer.huggingface.json splits words in a way that this engine does not read; it reads regular expressions',
      );
    }
    return plain(
      ...data.pre_tokenizer.pretokenizers.flatMap((step) =>
        step.type === 'Split' ? [step.pattern.Regex] : [],
      ),
    );
  }
  const found = PRE_TOKENIZERS.get(preTokenizer);
  if (found !== undefined) return found;
  throw new ModelFileError(
    `the tokenizer splits words in the way "${safeLine(preTokenizer, 40)}", which this engine does not know; it knows ${[...PRE_TOKENIZERS.keys()].join(', ')}`,
  );
}

/** The pairs whose merging gives one of `tokens`; so a merge never makes a special token, or what cannot be written. */
function mergePairs(merges: readonly string[], tokens: ReadonlyMap<string, number>): [string, string][] {
  return merges.flatMap((merge): [string, string][] => {
    const space = merge.indexOf(' ', 1);
    if (space === -1) throw new ModelFileError(`the merge "${safeLine(merge, 40)}" is not two tokens`);
    const [left, right] = [merge.slice(0, space), merge.slice(space + 1)];
    return tokens.has(left + right) ? [[left, right]] : [];
  });
}

/** The library's tokenizer for text without special tokens. */
function createLibraryTokenizer(
  vocabulary: Vocabulary,
  { patterns, ignoresMerges }: PreTokenizer,
): Tokenizer {
  const writable = new Map(
    vocabulary.tokens.flatMap((token, id): [string, number][] =>
      ['control', 'unknown'].includes(vocabulary.kinds[id] ?? '') ? [] : [[token, id]],
    ),
  );
  const splits = patterns.map((Regex) => ({
    type: 'Split',
    pattern: { Regex },
    behavior: 'Isolated',
    invert: false,
  }));
  const model = {
    type: 'BPE',
    vocab: Object.fromEntries(writable),
    merges: mergePairs(vocabulary.merges, writable),
    ignore_merges: ignoresMerges,
  };
  const bytes = { type: 'ByteLevel', add_prefix_space: false, use_regex: false };
  const pre_tokenizer = { type: 'Sequence', pretokenizers: [...splits, bytes] };
  const nothing = { added_tokens: [], normalizer: null, post_processor: null, decoder: null };
  try {
    return new Tokenizer({ ...nothing, pre_tokenizer, model }, {});
  } catch (cause) {
    const { message } = cause as Error;
    throw new ModelFileError(`the tokenizer cannot be used: ${safeLine(message)}`, { cause });
  }
}

/**
 * Byte-level byte-pair encoding (Radford et al. 2019, GPT-2; Sennrich et al. 2016): text is split into words, each
 * byte of a word is a token, and the pair that was merged first in training is merged first.
 *
 * @throws {ModelFileError} when words are split in a way that this engine does not know
 */
export function createByteLevelCodec(vocabulary: Vocabulary): TextCodec {
  const preTokenizer = preTokenizerOf(vocabulary);
  const library = createLibraryTokenizer(vocabulary, preTokenizer);
  return {
    encode: (text) => library.encode(text, { add_special_tokens: false }).ids,
    bytesOf: (token) =>
      Uint8Array.from([...token].flatMap((character) => CHARACTER_BYTES.get(character) ?? [])),
    addsBos: vocabulary.addsBos ?? preTokenizer.addsBos,
    addsSpacePrefix: false,
  };
}
