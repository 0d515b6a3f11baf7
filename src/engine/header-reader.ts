import { readSync } from 'node:fs';
import { ModelFileError } from './model-file-error.ts';

/** Bytes read at first; the vocabulary of a large model needs a few more megabytes, which follow when asked for. */
const FIRST_READ = 1 << 20;

/** No header of a real model comes near it: vocabularies of 256,000 tokens with their merges take about 15 MB. */
const LARGEST_HEADER = 1 << 26;

/** The most bytes that Node reads in one call. */
const LARGEST_READ = 1 << 30;

/** An open file. */
export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  readonly size: number;
}

/**
 * Fills `target` with the file's bytes from `position`.
 *
 * @throws {ModelFileError} when the file cannot be read or ends before
 */
export function readFully(file: OpenFile, target: Uint8Array, position: number): void {
  for (let done = 0; done < target.length; ) {
    let read: number;
    try {
      const length = Math.min(LARGEST_READ, target.length - done);
      read = readSync(file.descriptor, target, done, length, position + done);
    } catch (cause) {
      throw new ModelFileError(`Cannot read ${file.path}: ${(cause as Error).message}`, { cause });
    }
    if (read === 0) throw new ModelFileError(`${file.path} has become shorter while it was read`);
    done += read;
  }
}

/**
 * Reads a file's head from front to back: little-endian numbers and texts, each checked against the file's end
 * before a byte is touched or memory is taken.
 */
export class HeaderReader {
  #bytes = Buffer.alloc(0);
  #view = new DataView(new ArrayBuffer(0));
  #position = 0;
  readonly #file: OpenFile;

  constructor(file: OpenFile) {
    this.#file = file;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  /**
   * Makes sure that `count` things of at least `size` bytes each can follow.
   *
   * @throws {ModelFileError} when the file ends before, or the header is larger than any real one
   */
  expect(what: string, count: number, size = 1): void {
    const end = this.#position + count * size;
    const { path, size: fileSize } = this.#file;
    if (end > fileSize) {
      throw new ModelFileError(
        `${path} is cut short or damaged: ${what} at byte ${this.#position} would end at byte ${end}, the file has ${fileSize}`,
      );
    }
    if (end > LARGEST_HEADER) {
      throw new ModelFileError(
        `${path} is damaged: ${what} at byte ${this.#position} makes the header larger than ${LARGEST_HEADER} bytes`,
      );
    }
  }

  u8(what: string): number {
    return this.#number(what, 1, (view, at) => view.getUint8(at));
  }

  i8(what: string): number {
    return this.#number(what, 1, (view, at) => view.getInt8(at));
  }

  u16(what: string): number {
    return this.#number(what, 2, (view, at) => view.getUint16(at, true));
  }

  i16(what: string): number {
    return this.#number(what, 2, (view, at) => view.getInt16(at, true));
  }

  u32(what: string): number {
    return this.#number(what, 4, (view, at) => view.getUint32(at, true));
  }

  i32(what: string): number {
    return this.#number(what, 4, (view, at) => view.getInt32(at, true));
  }

  f32(what: string): number {
    return this.#number(what, 4, (view, at) => view.getFloat32(at, true));
  }

  f64(what: string): number {
    return this.#number(what, 8, (view, at) => view.getFloat64(at, true));
  }

  u64(what: string): number {
    return this.#safe(
      what,
      this.#number(what, 8, (view, at) => view.getBigUint64(at, true)),
    );
  }

  i64(what: string): number {
    return this.#safe(
      what,
      this.#number(what, 8, (view, at) => view.getBigInt64(at, true)),
    );
  }

  /** A text: its length in bytes, then UTF-8. */
  text(what: string): string {
    const length = this.u64(what);
    const start = this.#take(what, length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  #number<T>(what: string, size: number, read: (view: DataView, at: number) => T): T {
    const at = this.#take(what, size);
    return read(this.#view, at);
  }

  #safe(what: string, value: bigint): number {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new ModelFileError(`${this.#file.path}: ${what} is ${value}, a number too large to be meant`);
  }

  /** Where the next `size` bytes begin, which are then passed. */
  #take(what: string, size: number): number {
    const start = this.#position;
    if (start + size > this.#bytes.length) {
      this.expect(what, size);
      this.#readUpTo(start + size);
    }
    this.#position += size;
    return start;
  }

  #readUpTo(end: number): void {
    const wanted = Math.max(FIRST_READ, 2 * this.#bytes.length, end);
    const larger = Buffer.allocUnsafe(Math.min(wanted, this.#file.size));
    this.#bytes.copy(larger);
    readFully(this.#file, larger.subarray(this.#bytes.length), this.#bytes.length);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer, larger.byteOffset, larger.byteLength);
  }
}
