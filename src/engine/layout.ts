import type { Arena } from './arena.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { blockSums, ROW_TILE, type Weights } from './weights.ts';

/** Tokens that are worked on at once. More would not be faster: their activations would leave the processor's cache. */
export const BATCH = 64;
/** Sequences that can be open at once. */
export const SEQUENCES = 32;

/** Vectors that products read, one for each token of a batch, in both forms that matrices need. Pointers are bytes. */
export interface Input {
  /** Float32, [columns]. */
  readonly floats: number;
  /** Int16 [columns], and a scale for each vector. */
  readonly shorts: number;
  readonly scales: number;
  /** Float32 sums of each 32 numbers, [blockSums(columns)]. */
  readonly sums: number;
}

/** How much the cache of keys and values holds. */
export interface Room {
  /** The most tokens of one sequence. */
  readonly positions: number;
  /** Tokens of all sequences together, counting once those that sequences share. */
  readonly slots: number;
}

/**
 * Where everything lies in memory: plain data, the same for all threads. Pointers are bytes; shapes in brackets are
 * those of one token, and there is a row for each token of a batch.
 */
export interface Layout {
  readonly shape: Hyperparameters;
  readonly weights: Weights;
  readonly room: Room;
  /** Keys and values of each layer, [slots][kvHeads · headSize] float32. */
  readonly cache: readonly { readonly keys: number; readonly values: number }[];
  /** The slots of each sequence's tokens, [SEQUENCES][positions] int32. */
  readonly lists: number;
  /** The batch in int32: see BatchField. */
  readonly batch: number;
  /** Angles of rotation, cos cos … and -sin sin …, [rope.dimensions]. */
  readonly cosines: number;
  readonly sines: number;
  /** The residual stream, [width]. */
  readonly residual: number;
  /** What attention, the feed-forward part and the last product read. */
  readonly input: Input;
  /** What the last product of the feed-forward part reads; the gate is made there. */
  readonly hidden: Input;
  readonly queries: number;
  readonly keys: number;
  readonly values: number;
  readonly ups: number;
  /** What attention and the feed-forward part add to the residual stream, [width]. */
  readonly out: number;
  /** Each expert's share, [experts]. */
  readonly routes: number;
  /** Attention's scores, a row for each thread. */
  readonly scores: number;
  readonly logits: number;
  /** Two int32 where threads meet. */
  readonly meeting: number;
}

/** Places in the batch's int32 numbers. */
export const BatchField = {
  /** Tokens in the batch. */
  tokens: 0,
  /** Tokens whose logits are wanted, and the part of the vocabulary that is. */
  reads: 1,
  fromToken: 2,
  toToken: 3,
  /** Grows by one when a batch is ready. */
  ready: 4,
  /** 1 when threads are to end. */
  closed: 5,
  /** From here [BATCH]: which token of the batch is read. */
  read: 16,
  /** From here [BATCH] each: the token, its slot, where the list of slots it looks back on begins (bytes), and its length. */
  token: 16 + BATCH,
  slot: 16 + 2 * BATCH,
  list: 16 + 3 * BATCH,
  count: 16 + 4 * BATCH,
  end: 16 + 5 * BATCH,
} as const;

/** Bytes from one row of so many float32 to the next, room for a tile of rows included. */
export const rowBytes = (length: number): number => Math.ceil(length / ROW_TILE) * ROW_TILE * 4;

/** Bytes of one thread's scores; softmax writes a little behind them. */
export const scoreBytes = ({ positions }: Room): number => rowBytes(positions) + 64;

/** Plans everything but the weights. */
export function planLayout(
  model: { readonly shape: Hyperparameters; readonly weights: Weights },
  room: Room,
  threads: number,
  arena: Arena,
): Layout {
  const { width, heads, kvHeads, headSize, feedForward, rope, experts, vocabulary } = model.shape;
  const perToken = (length: number): number => arena.allocate(BATCH * rowBytes(length));
  const input = (columns: number): Input => ({
    floats: perToken(columns),
    shorts: perToken(columns / 2),
    scales: perToken(1),
    sums: perToken(blockSums(columns)),
  });
  return {
    ...model,
    room,
    cache: Array.from({ length: model.shape.layers }, () => ({
      keys: arena.allocate(room.slots * kvHeads * headSize * 4),
      values: arena.allocate(room.slots * kvHeads * headSize * 4),
    })),
    lists: arena.allocate(SEQUENCES * room.positions * 4),
    batch: arena.allocate(BatchField.end * 4),
    cosines: perToken(rope.dimensions),
    sines: perToken(rope.dimensions),
    residual: perToken(width),
    input: input(Math.max(width, heads * headSize)),
    hidden: input(feedForward),
    queries: perToken(heads * headSize),
    keys: perToken(kvHeads * headSize),
    values: perToken(kvHeads * headSize),
    ups: perToken(feedForward),
    out: perToken(width),
    routes: perToken((experts?.count ?? 0) + ROW_TILE),
    scores: arena.allocate(threads * scoreBytes(room)),
    logits: perToken(vocabulary),
    meeting: arena.allocate(8),
  };
}
