import { UserError } from '../util/errors.ts';
import { Arena } from './arena.ts';
import { forward, type Thread } from './forward.ts';
import { type GgufFile, openGguf } from './gguf.ts';
import { type Hyperparameters, readHyperparameters } from './hyperparameters.ts';
import { createKernels, type Kernels } from './kernels.ts';
import { BATCH, BatchField, type Layout, planLayout, type Room, rowBytes, SEQUENCES } from './layout.ts';
import { createMeeting } from './meeting.ts';
import { dequantise } from './quantisation.ts';
import { type SlotList, SlotPool } from './slots.ts';
import { startThreads, type Threads } from './threads.ts';
import { planWeights } from './weights.ts';

/** How a model is opened. */
export interface TransformerOptions {
  /**
   * The most tokens of one text.
   *
   * @default what the model was trained for, at most 4,096
   */
  readonly context?: number;
  /**
   * Threads that share the work.
   *
   * @default 1
   */
  readonly threads?: number;
  /** @default WebAssembly's */
  readonly kernels?: (memory: WebAssembly.Memory) => Kernels;
}

/** A text in the model's memory, which grows token by token. */
export interface Sequence {
  readonly tokens: readonly number[];
  /** Forgets the tokens from a position on. A rolling cache may have to forget all: `tokens` says what is left. */
  rewind(length: number): void;
  /** A text that begins with the same tokens and shares their memory. This one cannot change while it is open. */
  fork(): Sequence;
  close(): void;
}

/** Tokens to add to a sequence, and which of them one wants the logits after. */
interface Step {
  readonly sequence: Sequence;
  readonly tokens: readonly number[];
  /** Indices in `tokens`, rising. */
  readonly reads: readonly number[];
}

/** A decoder-only transformer from a GGUF file. */
export interface Transformer {
  readonly shape: Hyperparameters;
  /** The most tokens of a sequence. */
  readonly context: number;
  /** @throws {RangeError} when 32 sequences are open already */
  open(): Sequence;
  /**
   * Adds tokens to sequences, several of them at once, and returns the logits after each token that is read, in order.
   * The same tokens give the same logits, to the last bit, whatever else is in the call and whatever the threads.
   *
   * @param vocabulary first token and the one behind the last whose logits are wanted, if not all are
   * @throws {ContextFullError} when the cache has no room for them; the sequences are then as before
   */
  extend(steps: readonly Step[], options?: ExtendOptions): Float32Array[];
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Options of `Transformer.extend`. */
export interface ExtendOptions {
  readonly vocabulary?: { readonly from: number; readonly to: number };
  /** Looked at between batches of 64 tokens; its reason is thrown, and the sequences keep what they have by then. */
  readonly signal?: Stop;
}

/** What can call work off: an AbortSignal, or what stands for one in another thread. */
export type Stop = Pick<AbortSignal, 'throwIfAborted'>;

/** A text is longer than the model's context, or there are too many at once. */
export class ContextFullError extends UserError {}

const DEFAULT_CONTEXT = 4096;
// What the votes of a turn may add behind a prompt that fills the window.
const BRANCHES = 1024;

/**
 * Opens a model.
 *
 * @throws {UserError} when the file cannot be read, is damaged, or is a model that this engine does not run
 */
export async function openTransformer(path: string, options: TransformerOptions = {}): Promise<Transformer> {
  const file = openGguf(path);
  try {
    const shape = readHyperparameters(file);
    const { threads = 1 } = options;
    const arena = new Arena();
    const { weights, load } = planWeights(file, shape, arena);
    const room = roomFor(shape, options.context ?? Math.min(shape.context, DEFAULT_CONTEXT));
    const layout = planLayout({ shape, weights }, room, threads, arena);
    const memory = createMemory(path, arena);
    load(memory);
    const others = await startThreads(layout, memory, threads);
    return createTransformer({ layout, memory, others, options, angles: ropeAngles(file, shape) });
  } finally {
    file.close();
  }
}

function createMemory(path: string, arena: Arena): WebAssembly.Memory {
  try {
    return arena.createMemory();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${path}: the model does not fit into memory (${reason}); use a smaller one, or a shorter context`,
      { cause: error },
    );
  }
}

function roomFor(shape: Hyperparameters, context: number): Room {
  const { slidingWindow } = shape;
  const slots = slidingWindow === null ? context : Math.min(context, slidingWindow + BATCH + BRANCHES);
  return { positions: context, slots };
}

/** Radians by which each pair is turned a position: base^(-2i/d), divided by the file's own factors if it has some. */
function ropeAngles(file: GgufFile, { rope }: Hyperparameters): Float64Array {
  const pairs = rope.dimensions / 2;
  const tensor = file.tensors.get('rope_freqs.weight');
  if (tensor !== undefined && tensor.shape[0] !== pairs) {
    throw new UserError(`${file.path}: rope_freqs.weight has ${tensor.shape[0]} numbers, expected ${pairs}`);
  }
  const factors = tensor === undefined ? null : dequantise(tensor.type, file.read(tensor), pairs);
  return Float64Array.from(
    { length: pairs },
    (_, pair) => rope.base ** (-pair / pairs) / rope.factor / (factors?.[pair] ?? 1),
  );
}

interface Parts {
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
  readonly others: Threads;
  readonly options: TransformerOptions;
  readonly angles: Float64Array;
}

/** A token on its way through the model. */
interface Row {
  readonly token: number;
  readonly list: SlotList;
  readonly position: number;
  readonly read: boolean;
}

function createTransformer({ layout, memory, others, options, angles }: Parts): Transformer {
  const { shape, room } = layout;
  const kernels = (options.kernels ?? createKernels)(memory);
  const parts = others.count + 1;
  const meet = createMeeting(new Int32Array(memory.buffer, layout.meeting, 2), parts);
  const thread: Thread = { kernels, layout, memory, part: 0, parts, meet };
  const batch = new Int32Array(memory.buffer, layout.batch, BatchField.end);
  const lists = Array.from(
    { length: SEQUENCES },
    (_, index) => new Int32Array(memory.buffer, layout.lists + index * room.positions * 4, room.positions),
  );
  const pool = new SlotPool(lists, room.slots, shape.slidingWindow);
  const sequences = new WeakMap<Sequence, { list: SlotList; tokens: number[] }>();

  function open(list: SlotList, tokens: number[]): Sequence {
    const sequence: Sequence = {
      tokens,
      rewind(length) {
        pool.rewind(list, length);
        tokens.length = list.length;
      },
      fork: () => open(pool.open(list), [...tokens]),
      close() {
        pool.close(list);
        sequences.delete(sequence);
      },
    };
    sequences.set(sequence, { list, tokens });
    return sequence;
  }

  function stateOf(sequence: Sequence): { list: SlotList; tokens: number[] } {
    const state = sequences.get(sequence);
    if (state === undefined) throw new RangeError('The sequence is closed');
    return state;
  }

  function run(
    rows: readonly Row[],
    vocabulary: { readonly from: number; readonly to: number },
  ): Float32Array[] {
    const reads = rows.flatMap(({ read }, index) => (read ? [index] : []));
    batch[BatchField.tokens] = rows.length;
    batch[BatchField.reads] = reads.length;
    batch[BatchField.fromToken] = vocabulary.from;
    batch[BatchField.toToken] = vocabulary.to;
    batch.set(reads, BatchField.read);
    for (const [index, row] of rows.entries()) {
      const first = Math.max(0, row.position + 1 - (shape.slidingWindow ?? Number.POSITIVE_INFINITY));
      batch[BatchField.token + index] = row.token;
      batch[BatchField.slot + index] = row.list.slots[row.position] ?? 0;
      batch[BatchField.list + index] = layout.lists + (row.list.index * room.positions + first) * 4;
      batch[BatchField.count + index] = row.position + 1 - first;
      writeAngles(index, row.position);
    }
    others.wake();
    forward(thread);
    const stride = rowBytes(shape.vocabulary);
    return reads.map((_, place) =>
      new Float32Array(
        memory.buffer,
        layout.logits + place * stride + vocabulary.from * 4,
        vocabulary.to - vocabulary.from,
      ).slice(),
    );
  }

  function writeAngles(index: number, position: number): void {
    const stride = rowBytes(shape.rope.dimensions);
    const cosines = new Float32Array(memory.buffer, layout.cosines + index * stride, shape.rope.dimensions);
    const sines = new Float32Array(memory.buffer, layout.sines + index * stride, shape.rope.dimensions);
    for (const [pair, angle] of angles.entries()) {
      const [cosine, sine] = [Math.cos(position * angle), Math.sin(position * angle)];
      cosines[2 * pair] = cosine;
      cosines[2 * pair + 1] = cosine;
      sines[2 * pair] = -sine;
      sines[2 * pair + 1] = sine;
    }
  }

  function reserve(steps: readonly Step[]): void {
    for (const { sequence, tokens } of steps) {
      const { list } = stateOf(sequence);
      if (pool.reserve(list, tokens.length)) continue;
      throw new ContextFullError(
        `The text needs ${list.length + tokens.length} tokens, and there is no room for them in a context of ${room.positions}: choose a longer one, or a shorter prompt`,
      );
    }
  }

  return {
    shape,
    context: room.positions,
    open: () => open(pool.open(null), []),
    extend(steps, { vocabulary = { from: 0, to: shape.vocabulary }, signal } = {}) {
      const unknown = steps
        .flatMap(({ tokens }) => tokens)
        .find((token) => !(Number.isInteger(token) && token >= 0 && token < shape.vocabulary));
      if (unknown !== undefined)
        throw new RangeError(`There is no token ${unknown} in a vocabulary of ${shape.vocabulary}`);
      reserve(steps);
      const rows = steps.flatMap(({ sequence, tokens, reads }) => {
        const { list } = stateOf(sequence);
        const read = new Set(reads);
        return tokens.map((token, index) => ({
          token,
          list,
          position: list.length + index,
          read: read.has(index),
          sequence,
        }));
      });
      const logits: Float32Array[] = [];
      for (let from = 0; from < rows.length; from += BATCH) {
        signal?.throwIfAborted();
        const some = rows.slice(from, from + BATCH);
        logits.push(...run(some, vocabulary));
        for (const { sequence, token, list, position } of some) {
          stateOf(sequence).tokens.push(token);
          list.length = position + 1;
        }
      }
      return logits;
    },
    close: () => others.close(),
  };
}
