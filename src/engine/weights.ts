import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import type { Arena } from './arena.ts';
import type { GgufFile, GgufTensor } from './gguf.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { dequantise, type QuantisedType, unpackBlocks } from './quantisation.ts';
import type { TensorType } from './tensor-type.ts';

/** A matrix in memory: a row for each output, filled up with a row of zeros to an even number. Pointers are bytes. */
export type Matrix = {
  readonly rows: number;
  readonly columns: number;
  /** The numbers. */
  readonly at: number;
} & (
  | { readonly kind: 'floats' }
  | {
      /** Int8 in blocks of 16 or 32, or numbers of 0 to 15 in blocks of 32, two in a byte. */
      readonly kind: 'bytes16' | 'bytes32' | 'nibbles';
      /** A float32 for each block. */
      readonly scales: number;
      /** A float32 added to each number of a block, its rows filled up to a multiple of four; null for none. */
      readonly offsets: number | null;
    }
);

/** One expert, or the whole feed-forward part: down(silu(gate x) · up x). */
export interface FeedForward {
  readonly gate: Matrix;
  readonly up: Matrix;
  readonly down: Matrix;
}

/** Weights of one layer. Vectors are pointers to float32. */
export interface LayerWeights {
  readonly attentionNorm: number;
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly output: Matrix;
  readonly feedNorm: number;
  /** Chooses experts; null for one feed-forward part. */
  readonly router: Matrix | null;
  readonly experts: readonly FeedForward[];
}

/** All weights of a model. */
export interface Weights {
  readonly embedding: Matrix;
  readonly layers: readonly LayerWeights[];
  readonly norm: number;
  /** Gives the logits; the embedding itself in models that tie the two. */
  readonly output: Matrix;
}

/** Numbers that share a scale. */
export const BLOCK = { bytes16: 16, bytes32: 32, nibbles: 32 } as const;
/** Rows are multiplied two at a time. */
export const ROW_TILE = 2;
/** Numbers in a matrix's vector of block sums, or in a row of offsets. */
export const blockSums = (columns: number): number => Math.ceil(columns / 32 / 4) * 4;

const upTo = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** Where the weights will lie, and what puts them there once there is a memory. */
export interface PlannedWeights {
  readonly weights: Weights;
  /** Reads tensor by tensor, so that the file is never held as a whole. */
  load(memory: WebAssembly.Memory): void;
}

type Load = (memory: WebAssembly.Memory) => void;

/**
 * Plans the weights of a model of the architecture `llama`.
 *
 * @throws {UserError} when a tensor is missing, has another shape, or is one that this engine has no use for
 */
export function planWeights(file: GgufFile, shape: Hyperparameters, arena: Arena): PlannedWeights {
  const loads: Load[] = [];
  const unread = new Set(file.tensors.keys());
  unread.delete('rope_freqs.weight');

  function tensor(name: string, ...expected: readonly number[]): GgufTensor {
    const found = file.tensors.get(name);
    if (found === undefined) throw new UserError(`${file.path}: the tensor ${name} is missing`);
    unread.delete(name);
    const wide = found.shape.filter((size, axis) => size !== 1 || axis < expected.length);
    if (wide.join() !== expected.join()) {
      throw new UserError(
        `${file.path}: the tensor ${name} is ${found.shape.join('×')}, expected ${expected.join('×')}`,
      );
    }
    return found;
  }

  function vector(name: string, length: number): number {
    const source = tensor(name, length);
    const at = arena.allocate(length * 4);
    loads.push((memory) => {
      new Float32Array(memory.buffer, at, length).set(dequantise(source.type, file.read(source), length));
    });
    return at;
  }

  /** Matrices of one tensor that lie behind each other in it: one, or one for each expert. */
  function matrices(source: GgufTensor, columns: number, rows: number, count: number): Matrix[] {
    const planned = Array.from({ length: count }, () => planMatrix(source, columns, rows, arena));
    loads.push((memory) => {
      const bytes = file.read(source);
      const part = bytes.length / count;
      for (const [index, matrix] of planned.entries()) {
        fillMatrix(matrix, source, bytes.subarray(index * part, (index + 1) * part), memory);
      }
    });
    return planned;
  }

  function matrix(name: string, columns: number, rows: number): Matrix {
    const [only] = matrices(tensor(name, columns, rows), columns, rows, 1);
    return only as Matrix;
  }

  function feedForward(prefix: string): readonly FeedForward[] {
    const { width, feedForward: hidden, experts } = shape;
    if (experts === null) {
      return [
        {
          gate: matrix(`${prefix}.ffn_gate.weight`, width, hidden),
          up: matrix(`${prefix}.ffn_up.weight`, width, hidden),
          down: matrix(`${prefix}.ffn_down.weight`, hidden, width),
        },
      ];
    }
    const stacked = (name: string, columns: number, rows: number): Matrix[] =>
      matrices(
        tensor(`${prefix}.${name}.weight`, columns, rows, experts.count),
        columns,
        rows,
        experts.count,
      );
    const gates = stacked('ffn_gate_exps', width, hidden);
    const ups = stacked('ffn_up_exps', width, hidden);
    const downs = stacked('ffn_down_exps', hidden, width);
    return gates.map((gate, index) => ({ gate, up: ups[index] as Matrix, down: downs[index] as Matrix }));
  }

  const { width, heads, kvHeads, headSize, experts } = shape;
  const layers = Array.from({ length: shape.layers }, (_, index): LayerWeights => {
    const prefix = `blk.${index}`;
    return {
      attentionNorm: vector(`${prefix}.attn_norm.weight`, width),
      query: matrix(`${prefix}.attn_q.weight`, width, heads * headSize),
      key: matrix(`${prefix}.attn_k.weight`, width, kvHeads * headSize),
      value: matrix(`${prefix}.attn_v.weight`, width, kvHeads * headSize),
      output: matrix(`${prefix}.attn_output.weight`, heads * headSize, width),
      feedNorm: vector(`${prefix}.ffn_norm.weight`, width),
      router: experts === null ? null : matrix(`${prefix}.ffn_gate_inp.weight`, width, experts.count),
      experts: feedForward(prefix),
    };
  });
  const embedding = matrix('token_embd.weight', width, shape.vocabulary);
  const norm = vector('output_norm.weight', width);
  const output = file.tensors.has('output.weight')
    ? matrix('output.weight', width, shape.vocabulary)
    : embedding;
  const [unknown] = unread;
  if (unknown !== undefined) {
    throw new UserError(
      `${file.path}: this engine does not know what the tensor ${safeLine(unknown, 60)} is for`,
    );
  }
  return {
    weights: { embedding, layers, norm, output },
    load: (memory) => {
      for (const load of loads) load(memory);
    },
  };
}

const isQuantised = (type: TensorType): type is QuantisedType =>
  type !== 'F32' && type !== 'F16' && type !== 'BF16';

const NIBBLES: ReadonlySet<TensorType> = new Set(['Q4_0', 'Q4_1', 'Q4_K']);

function planMatrix({ type }: GgufTensor, columns: number, rows: number, arena: Arena): Matrix {
  const count = upTo(rows, ROW_TILE) * columns;
  if (!isQuantised(type)) return { kind: 'floats', rows, columns, at: arena.allocate(count * 4) };
  const kind = NIBBLES.has(type) ? 'nibbles' : type === 'Q6_K' ? 'bytes16' : 'bytes32';
  return {
    kind,
    rows,
    columns,
    at: arena.allocate(kind === 'nibbles' ? count / 2 : count),
    scales: arena.allocate((count * 4) / BLOCK[kind]),
    offsets:
      kind === 'nibbles' || type === 'Q5_K'
        ? arena.allocate(upTo(rows, ROW_TILE) * blockSums(columns) * 4)
        : null,
  };
}

function fillMatrix(
  matrix: Matrix,
  { type }: GgufTensor,
  bytes: Uint8Array,
  memory: WebAssembly.Memory,
): void {
  const count = matrix.rows * matrix.columns;
  if (matrix.kind === 'floats' || !isQuantised(type)) {
    new Float32Array(memory.buffer, matrix.at, count).set(dequantise(type, bytes, count));
    return;
  }
  const { values, scales, offsets } = unpackBlocks(type, bytes, count);
  // Two in a byte have no sign: numbers that have one are moved up by 8, and their blocks down by as much.
  const moved = matrix.kind === 'nibbles' && offsets === null ? 8 : 0;
  if (matrix.kind === 'nibbles')
    packNibbles(values, moved, new Uint8Array(memory.buffer, matrix.at, count / 2));
  else new Int8Array(memory.buffer, matrix.at, count).set(values);
  new Float32Array(memory.buffer, matrix.scales, scales.length).set(scales);
  if (matrix.offsets === null) return;
  const blocks = matrix.columns / BLOCK[matrix.kind];
  const all = new Float32Array(memory.buffer, matrix.offsets, matrix.rows * blockSums(matrix.columns));
  for (let block = 0; block < scales.length; block++) {
    const row = Math.floor(block / blocks);
    all[row * blockSums(matrix.columns) + (block % blocks)] =
      offsets?.[block] ?? -moved * (scales[block] ?? 0);
  }
}

function packNibbles(values: Int8Array, moved: number, out: Uint8Array): void {
  for (let index = 0; index < out.length; index++) {
    const first = Math.floor(index / 16) * 32 + (index % 16);
    out[index] = ((values[first] ?? 0) + moved) | (((values[first + 16] ?? 0) + moved) << 4);
  }
}
