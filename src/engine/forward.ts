import type { Kernels } from './kernels.ts';
import { BatchField, type Input, type Layout, rowBytes, scoreBytes } from './layout.ts';
import { BLOCK, blockSums, type FeedForward, type LayerWeights, type Matrix, ROW_TILE } from './weights.ts';

/** One of the threads that work on a batch. Each does its part of every step and then waits for the others. */
export interface Thread {
  readonly kernels: Kernels;
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
  /** This thread's number, from 0, and how many there are. */
  readonly part: number;
  readonly parts: number;
  /** Returns when all threads have come here. */
  meet(): void;
}

/** A stretch of tokens of a batch, one behind the other. */
interface Span {
  readonly from: number;
  readonly count: number;
}

/**
 * Runs a batch of tokens through the model: their keys and values get into the cache, the logits of those that are read
 * into `layout.logits`. The shape is Llama's (Touvron et al. 2023, arXiv:2302.13971): in each layer
 * x ← x + attention(norm x), x ← x + feedForward(norm x), and at the end the logits are output · norm x.
 */
export function forward(thread: Thread): void {
  const { layout, memory } = thread;
  const { shape, weights } = layout;
  const batch = new Int32Array(memory.buffer, layout.batch, BatchField.end);
  const all = Array.from({ length: batch[BatchField.tokens] ?? 0 }, (_, index) => index);
  const read = [...batch.subarray(BatchField.read, BatchField.read + (batch[BatchField.reads] ?? 0))];

  embed(thread, batch);
  for (const [index, layer] of weights.layers.entries()) {
    // Of the last layer only what is read is wanted; the cache needs the keys and values of all.
    const wanted = index === shape.layers - 1 ? read : all;
    attention(thread, { batch, layer, index }, wanted);
    feedForward(thread, layer, wanted);
  }
  if (read.length > 0) {
    prepare(thread, weights.norm, read, [weights.output]);
    const rows = { from: batch[BatchField.fromToken] ?? 0, to: batch[BatchField.toToken] ?? 0 };
    multiply(thread, weights.output, layout.input, {
      span: { from: 0, count: read.length },
      out: layout.logits,
      rows,
    });
  }
  thread.meet();
}

/** x ← the tokens' embeddings. */
function embed(thread: Thread, batch: Int32Array): void {
  const { layout, memory } = thread;
  const { embedding } = layout.weights;
  const { width } = layout.shape;
  for (const row of mine(thread, batch[BatchField.tokens] ?? 0)) {
    const out = new Float32Array(memory.buffer, layout.residual + row * rowBytes(width), width);
    readRow(memory, embedding, batch[BatchField.token + row] ?? 0, out);
  }
}

function readRow(memory: WebAssembly.Memory, matrix: Matrix, row: number, out: Float32Array): void {
  const { columns } = matrix;
  if (matrix.kind === 'floats') {
    out.set(new Float32Array(memory.buffer, matrix.at + row * columns * 4, columns));
    return;
  }
  const blocks = columns / BLOCK[matrix.kind];
  const bytes = new Int8Array(memory.buffer, matrix.at);
  const scales = new Float32Array(memory.buffer, matrix.scales + row * blocks * 4, blocks);
  const offsets =
    matrix.offsets === null
      ? null
      : new Float32Array(memory.buffer, matrix.offsets + row * blockSums(columns) * 4, blocks);
  for (let column = 0; column < columns; column++) {
    const block = Math.floor(column / BLOCK[matrix.kind]);
    const index = row * columns + column;
    const value = matrix.kind === 'nibbles' ? nibbleAt(bytes, index) : (bytes[index] ?? 0);
    out[column] = value * (scales[block] ?? 0) + (offsets?.[block] ?? 0);
  }
}

function nibbleAt(bytes: Int8Array, index: number): number {
  const packed = bytes[Math.floor(index / 32) * 16 + (index % 16)] ?? 0;
  return index % 32 < 16 ? packed & 15 : (packed >> 4) & 15;
}

/** x ← x + output · attention(norm x), for the wanted tokens; keys and values of all tokens go into the cache. */
function attention(
  thread: Thread,
  { batch, layer, index }: { batch: Int32Array; layer: LayerWeights; index: number },
  wanted: readonly number[],
): void {
  const { kernels, layout, memory } = thread;
  const { shape, input } = layout;
  const { heads, kvHeads, headSize, rope } = shape;
  const count = batch[BatchField.tokens] ?? 0;
  const span = { from: 0, count };
  const [queryBytes, keyBytes] = [heads * headSize * 4, kvHeads * headSize * 4];
  const cache = layout.cache[index] as Layout['cache'][number];

  const all = Array.from({ length: count }, (_, row) => row);
  prepare(thread, layer.attentionNorm, all, [layer.query, layer.key, layer.value]);
  multiply(thread, layer.query, input, { span, out: layout.queries });
  multiply(thread, layer.key, input, { span, out: layout.keys });
  multiply(thread, layer.value, input, { span, out: layout.values });
  thread.meet();

  const bytes = new Uint8Array(memory.buffer);
  for (const row of mine(thread, count)) {
    const cosines = layout.cosines + row * rowBytes(rope.dimensions);
    const sines = layout.sines + row * rowBytes(rope.dimensions);
    const query = layout.queries + row * queryBytes;
    const key = layout.keys + row * keyBytes;
    const value = layout.values + row * keyBytes;
    for (let head = 0; head < heads; head++)
      kernels.rotate(query + head * headSize * 4, cosines, sines, rope.dimensions);
    for (let head = 0; head < kvHeads; head++)
      kernels.rotate(key + head * headSize * 4, cosines, sines, rope.dimensions);
    const slot = batch[BatchField.slot + row] ?? 0;
    bytes.copyWithin(cache.keys + slot * keyBytes, key, key + keyBytes);
    bytes.copyWithin(cache.values + slot * keyBytes, value, value + keyBytes);
  }
  thread.meet();

  const factor = 1 / Math.sqrt(headSize);
  const scores = layout.scores + thread.part * scoreBytes(layout.room);
  for (const item of mine(thread, wanted.length * heads)) {
    const place = Math.floor(item / heads);
    const row = wanted[place] ?? 0;
    const head = item % heads;
    const shared = Math.floor((head * kvHeads) / heads) * headSize * 4;
    kernels.attend(
      layout.queries + row * queryBytes + head * headSize * 4,
      cache.keys + shared,
      cache.values + shared,
      keyBytes,
      batch[BatchField.list + row] ?? 0,
      batch[BatchField.count + row] ?? 0,
      headSize,
      factor,
      scores,
      input.floats + place * queryBytes + head * headSize * 4,
    );
  }
  thread.meet();
  quantise(thread, input, wanted.length, layer.output);
  thread.meet();
  multiply(thread, layer.output, input, { span: { from: 0, count: wanted.length }, out: layout.out });
  thread.meet();
  addToResidual(thread, wanted, null);
}

/** x ← x + Σ share · down(silu(gate · norm x) · up · norm x), over the experts that serve a token. */
function feedForward(thread: Thread, layer: LayerWeights, wanted: readonly number[]): void {
  const { kernels, layout } = thread;
  const { input, hidden, shape } = layout;
  const [first] = layer.experts as readonly [FeedForward];
  prepare(thread, layer.feedNorm, wanted, [
    first.gate,
    first.up,
    ...(layer.router === null ? [] : [layer.router]),
  ]);
  const serving = chooseExperts(thread, layer, wanted.length);
  for (const ranked of serving) {
    for (const { expert, ...span } of runs(ranked)) {
      const { gate, up } = layer.experts[expert] as FeedForward;
      multiply(thread, gate, input, { span, out: hidden.floats });
      multiply(thread, up, input, { span, out: layout.ups });
    }
    thread.meet();
    const bytes = shape.feedForward * 4;
    for (const place of mine(thread, wanted.length)) {
      kernels.gate(hidden.floats + place * bytes, layout.ups + place * bytes, shape.feedForward);
    }
    quantise(thread, hidden, wanted.length, first.down);
    thread.meet();
    for (const { expert, ...span } of runs(ranked)) {
      const { down } = layer.experts[expert] as FeedForward;
      multiply(thread, down, hidden, { span, out: layout.out });
    }
    thread.meet();
    addToResidual(thread, wanted, ranked);
  }
}

/** Which expert serves a token, and with what share of all that do. */
interface Service {
  readonly expert: number;
  readonly share: number;
}

/**
 * The experts of each token: the best first, for all tokens; then the second best, and so on. Shares are the softmax of
 * the router's logits over those chosen.
 */
function chooseExperts(thread: Thread, layer: LayerWeights, count: number): readonly (readonly Service[])[] {
  const { layout, memory } = thread;
  const { experts } = layout.shape;
  if (experts === null || layer.router === null)
    return [Array.from({ length: count }, () => ({ expert: 0, share: 1 }))];
  multiply(thread, layer.router, layout.input, { span: { from: 0, count }, out: layout.routes });
  thread.meet();
  const stride = rowBytes(experts.count);
  const tokens = Array.from({ length: count }, (_, place) => {
    const logits = new Float32Array(memory.buffer, layout.routes + place * stride, experts.count);
    const chosen = [...logits.keys()]
      .sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b)
      .slice(0, experts.used);
    const best = logits[chosen[0] ?? 0] ?? 0;
    const weights = chosen.map((expert) => Math.exp((logits[expert] ?? 0) - best));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return chosen.map((expert, rank) => ({ expert, share: (weights[rank] ?? 0) / sum }));
  });
  return Array.from({ length: experts.used }, (_, rank) => tokens.map((token) => token[rank] as Service));
}

/** Stretches of tokens that the same expert serves. */
function runs(services: readonly Service[]): (Span & { readonly expert: number })[] {
  const found: { from: number; count: number; expert: number }[] = [];
  for (const [place, { expert }] of services.entries()) {
    const last = found.at(-1);
    if (last?.expert === expert) last.count++;
    else found.push({ from: place, count: 1, expert });
  }
  return found;
}

/** input ← norm x of the wanted tokens, one behind the other. */
function prepare(thread: Thread, norm: number, wanted: readonly number[], readers: readonly Matrix[]): void {
  const { kernels, layout } = thread;
  const { width, epsilon } = layout.shape;
  const bytes = rowBytes(width);
  for (const place of mine(thread, wanted.length)) {
    const row = wanted[place] ?? 0;
    kernels.normalise(
      layout.residual + row * bytes,
      norm,
      width,
      epsilon,
      layout.input.floats + place * bytes,
    );
  }
  const reader = readers.find(({ kind }) => kind !== 'floats') ?? readers[0];
  if (reader !== undefined) quantise(thread, layout.input, wanted.length, reader);
  thread.meet();
}

/** Makes the int16 form of so many vectors, if the matrix that reads them needs it. */
function quantise(thread: Thread, input: Input, count: number, reader: Matrix): void {
  if (reader.kind === 'floats') return;
  const { columns } = reader;
  const scales = new Float32Array(thread.memory.buffer, input.scales, count);
  for (const place of mine(thread, count)) {
    scales[place] = thread.kernels.quantise(
      input.floats + place * columns * 4,
      columns,
      input.shorts + place * columns * 2,
      input.sums + place * blockSums(columns) * 4,
    );
  }
}

/** out ← matrix · input for a span of tokens; each thread makes some of the rows, the whole vocabulary's or a part of it. */
function multiply(
  thread: Thread,
  matrix: Matrix,
  input: Input,
  {
    span,
    out,
    rows = { from: 0, to: matrix.rows },
  }: { span: Span; out: number; rows?: { from: number; to: number } },
): void {
  if (span.count === 0) return;
  const { kernels, part, parts } = thread;
  const { columns } = matrix;
  const firstTile = Math.floor(rows.from / ROW_TILE);
  const tiles = Math.ceil(rows.to / ROW_TILE) - firstTile;
  const from = (firstTile + Math.floor((tiles * part) / parts)) * ROW_TILE;
  const to = (firstTile + Math.floor((tiles * (part + 1)) / parts)) * ROW_TILE;
  const stride = rowBytes(matrix.rows);
  const target = out + span.from * stride;
  if (matrix.kind === 'floats') {
    const x = input.floats + span.from * columns * 4;
    kernels.multiplyFloats(matrix.at, columns, from, to, x, span.count, target, stride, 0);
    return;
  }
  const product = kernels[PRODUCT[matrix.kind]];
  const shorts = input.shorts + span.from * columns * 2;
  const scales = input.scales + span.from * 4;
  product(matrix.at, matrix.scales, columns, from, to, shorts, scales, span.count, target, stride);
  if (matrix.offsets === null) return;
  const sums = input.sums + span.from * blockSums(columns) * 4;
  kernels.multiplyFloats(matrix.offsets, blockSums(columns), from, to, sums, span.count, target, stride, 1);
}

const PRODUCT = {
  bytes16: 'multiplyBytes16',
  bytes32: 'multiplyBytes32',
  nibbles: 'multiplyNibbles',
} as const;

/** x ← x + share · out for the wanted tokens. */
function addToResidual(thread: Thread, wanted: readonly number[], services: readonly Service[] | null): void {
  const { kernels, layout } = thread;
  const bytes = rowBytes(layout.shape.width);
  for (const place of mine(thread, wanted.length)) {
    const share = services?.[place]?.share ?? 1;
    kernels.add(
      layout.residual + (wanted[place] ?? 0) * bytes,
      layout.out + place * bytes,
      share,
      layout.shape.width,
    );
  }
}

/** This thread's share of so many pieces of work: every so-manieth. */
function* mine({ part, parts }: Thread, count: number): Generator<number> {
  for (let index = part; index < count; index += parts) yield index;
}
