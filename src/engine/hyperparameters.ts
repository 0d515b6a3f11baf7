import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import type { GgufFile, GgufValue } from './gguf.ts';

/** What a file says of its model's shape. */
export interface Hyperparameters {
  readonly layers: number;
  /** Numbers in the residual stream, one vector a token. */
  readonly width: number;
  readonly heads: number;
  /** Heads of keys and values; each serves heads / kvHeads queries (GQA, Ainslie et al. 2023, arXiv:2305.13245). */
  readonly kvHeads: number;
  readonly headSize: number;
  /** Width inside the feed-forward part; of one expert, if there are several. */
  readonly feedForward: number;
  readonly vocabulary: number;
  /** Tokens the model was trained to look back on. */
  readonly context: number;
  /** ε of RMSNorm. */
  readonly epsilon: number;
  readonly rope: {
    readonly base: number;
    /** Numbers of a head that are turned, from its first. */
    readonly dimensions: number;
    /** Positions are divided by this (linear scaling). */
    readonly factor: number;
  };
  /** Tokens that one looks back on, itself included; null for all (Mistral 7B, Jiang et al. 2023, arXiv:2310.06825). */
  readonly slidingWindow: number | null;
  /** Feed-forward parts of a layer, and how many serve a token; null for one (Mixtral, Jiang et al. 2024, arXiv:2401.04088). */
  readonly experts: { readonly count: number; readonly used: number } | null;
}

const ROPE_BASE = 10_000;
const LARGEST = 1 << 20;

/**
 * Reads the shape of a model of GGUF's architecture `llama`.
 *
 * @throws {UserError} when the architecture is another, a key is missing, or numbers do not fit together
 */
export function readHyperparameters(file: Pick<GgufFile, 'path' | 'metadata' | 'tensors'>): Hyperparameters {
  const fail = (what: string): never => {
    throw new UserError(`${file.path}: ${what}`);
  };
  const architecture = file.metadata.get('general.architecture');
  if (architecture !== 'llama') {
    fail(
      `the architecture is ${describe(architecture)}, which this engine does not run; it runs llama and its relatives`,
    );
  }
  const optional = (key: string): number | null => {
    const value = file.metadata.get(`llama.${key}`);
    if (value === undefined) return null;
    return typeof value === 'number' && Number.isFinite(value) ? value : fail(`llama.${key} is not a number`);
  };
  const count = (key: string, fallback?: number): number => {
    const value = optional(key) ?? fallback ?? fail(`the key llama.${key} is missing`);
    return Number.isInteger(value) && value >= 1 && value <= LARGEST
      ? value
      : fail(`llama.${key} is ${value}, expected a whole number from 1 to ${LARGEST}`);
  };

  const width = count('embedding_length');
  const heads = count('attention.head_count');
  const headSize = count('attention.key_length', width / heads);
  if (count('attention.value_length', headSize) !== headSize)
    fail('keys and values of different lengths are not supported');
  const scaling = file.metadata.get('llama.rope.scaling.type') ?? 'none';
  if (scaling !== 'none' && scaling !== 'linear') fail(`rope scaling ${describe(scaling)} is not supported`);
  const experts = optional('expert_count') ?? 0;
  const shape: Hyperparameters = {
    layers: count('block_count'),
    width,
    heads,
    kvHeads: count('attention.head_count_kv', heads),
    headSize,
    feedForward: count('feed_forward_length'),
    vocabulary:
      file.tensors.get('token_embd.weight')?.shape[1] ?? fail('the tensor token_embd.weight is missing'),
    context: count('context_length'),
    epsilon:
      optional('attention.layer_norm_rms_epsilon') ??
      fail('llama.attention.layer_norm_rms_epsilon is missing'),
    rope: {
      base: optional('rope.freq_base') ?? ROPE_BASE,
      dimensions: count('rope.dimension_count', headSize),
      factor: scaling === 'linear' ? (optional('rope.scaling.factor') ?? 1) : 1,
    },
    slidingWindow: optional('attention.sliding_window'),
    experts: experts > 0 ? { count: count('expert_count'), used: count('expert_used_count') } : null,
  };
  const misfit = findMisfit(shape);
  return misfit === null ? shape : fail(misfit);
}

function findMisfit(shape: Hyperparameters): string | null {
  if (shape.width % 4 !== 0 || shape.feedForward % 4 !== 0) {
    return `widths of ${shape.width} and ${shape.feedForward} are not multiples of 4`;
  }
  if (shape.headSize % 8 !== 0) return `heads of ${shape.headSize} numbers are not a multiple of 8`;
  if (shape.heads % shape.kvHeads !== 0)
    return `${shape.heads} heads cannot share ${shape.kvHeads} key heads evenly`;
  if (shape.rope.dimensions % 4 !== 0 || shape.rope.dimensions > shape.headSize) {
    return `rotary embeddings over ${shape.rope.dimensions} of ${shape.headSize} numbers are not supported`;
  }
  if (shape.experts !== null && shape.experts.used > shape.experts.count) {
    return `${shape.experts.used} experts a token are more than the ${shape.experts.count} that there are`;
  }
  return null;
}

const describe = (value: GgufValue | undefined): string =>
  value === undefined ? 'not given' : `"${safeLine(String(value), 60)}"`;
