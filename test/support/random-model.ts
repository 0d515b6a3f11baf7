import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GgufValue, openGguf } from '../../src/engine/gguf.ts';
import { createRandom } from '../../src/util/random.ts';
import { writeGguf } from './write-gguf.ts';

/** Shape of a small model with random weights. */
export interface RandomModelOptions {
  readonly heads?: number;
  readonly kvHeads?: number;
  readonly tied?: boolean;
  readonly slidingWindow?: number;
  readonly experts?: { readonly count: number; readonly used: number };
  readonly ropeFactor?: number;
  readonly ropeFactors?: boolean;
  readonly ropeDimensions?: number;
  readonly context?: number;
  /** A file whose tokenizer it gets, with its size of vocabulary. */
  readonly tokenizer?: string;
}

/** A model with all its numbers, and the file that it was written to. */
export interface RandomModel {
  readonly path: string;
  readonly metadata: Readonly<Record<string, number | string>>;
  readonly weights: ReadonlyMap<string, Float32Array>;
}

export const WIDTH = 32;
export const HIDDEN = 48;
export const LAYERS = 2;
export const VOCABULARY = 41;

/** Writes a model of the architecture llama: two layers, 32 wide, a vocabulary of 41, float32. */
export function writeRandomModel(seed: string, options: RandomModelOptions = {}): RandomModel {
  const { heads = 2, kvHeads = heads, tied = false, experts, context = 128 } = options;
  const tokenizer = options.tokenizer === undefined ? [] : tokenizerOf(options.tokenizer);
  const tokens = tokenizer.find(([key]) => key === 'tokenizer.ggml.tokens')?.[1];
  const vocabulary = Array.isArray(tokens) ? tokens.length : VOCABULARY;
  const headSize = WIDTH / heads;
  const random = createRandom(seed);
  const weights = new Map<string, Float32Array>();
  const tensors: { name: string; type: 'F32'; shape: readonly number[]; bytes: Uint8Array }[] = [];
  const add = (name: string, shape: readonly number[], spread: number, centre = 0): void => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length: count }, () => centre + spread * (random.next() * 2 - 1));
    weights.set(name, values);
    tensors.push({ name, type: 'F32', shape, bytes: new Uint8Array(values.buffer) });
  };
  const metadata = {
    'general.architecture': 'llama',
    'llama.block_count': LAYERS,
    'llama.context_length': context,
    'llama.embedding_length': WIDTH,
    'llama.feed_forward_length': HIDDEN,
    'llama.attention.head_count': heads,
    'llama.attention.head_count_kv': kvHeads,
    'llama.attention.layer_norm_rms_epsilon': 0.00001,
    'llama.rope.freq_base': 1000.5,
    ...(options.ropeDimensions !== undefined && { 'llama.rope.dimension_count': options.ropeDimensions }),
    ...(options.ropeFactor !== undefined && {
      'llama.rope.scaling.type': 'linear',
      'llama.rope.scaling.factor': options.ropeFactor,
    }),
    ...(options.slidingWindow !== undefined && { 'llama.attention.sliding_window': options.slidingWindow }),
    ...(experts && { 'llama.expert_count': experts.count, 'llama.expert_used_count': experts.used }),
  };
  const many = experts ? [experts.count] : [];
  const suffix = experts ? '_exps' : '';
  for (let layer = 0; layer < LAYERS; layer++) {
    const name = (part: string): string => `blk.${layer}.${part}.weight`;
    add(name('attn_norm'), [WIDTH], 0.2, 1);
    add(name('attn_q'), [WIDTH, WIDTH], 0.5);
    add(name('attn_k'), [WIDTH, kvHeads * headSize], 0.5);
    add(name('attn_v'), [WIDTH, kvHeads * headSize], 0.5);
    add(name('attn_output'), [WIDTH, WIDTH], 0.3);
    add(name('ffn_norm'), [WIDTH], 0.2, 1);
    if (experts) add(name('ffn_gate_inp'), [WIDTH, experts.count], 0.5);
    add(name(`ffn_gate${suffix}`), [WIDTH, HIDDEN, ...many], 0.4);
    add(name(`ffn_up${suffix}`), [WIDTH, HIDDEN, ...many], 0.4);
    add(name(`ffn_down${suffix}`), [HIDDEN, WIDTH, ...many], 0.3);
  }
  add('token_embd.weight', [WIDTH, vocabulary], 1);
  add('output_norm.weight', [WIDTH], 0.2, 1);
  if (!tied) add('output.weight', [WIDTH, vocabulary], 0.5);
  if (options.ropeFactors) add('rope_freqs.weight', [(options.ropeDimensions ?? headSize) / 2], 1.5, 2.5);
  const path = join(mkdtempSync(join(tmpdir(), 'pokellmon-model-')), 'model.gguf');
  const entries = [...Object.entries(metadata), ...tokenizer].map(
    ([key, value]) => [key, typed(value)] as const,
  );
  writeFileSync(path, writeGguf({ metadata: entries, tensors }));
  return { path, metadata, weights };
}

function tokenizerOf(path: string): [string, GgufValue][] {
  const file = openGguf(path);
  file.close();
  return [...file.metadata].filter(([key]) => key.startsWith('tokenizer.'));
}

/** A value with GGUF's number of its type: text, boolean, uint32 or float32, or a list, of int32 where it has whole numbers. */
function typed(value: GgufValue): readonly [number, unknown] {
  if (typeof value === 'string') return [8, value];
  if (typeof value === 'boolean') return [7, value];
  if (typeof value === 'number') return [Number.isInteger(value) ? 4 : 6, value];
  const isWhole = value.every((item) => Number.isInteger(item));
  return [9, [isWhole ? 5 : typed(value.find((item) => !Number.isInteger(item)) ?? '')[0], value]];
}
