import { closeSync, openSync, statSync } from 'node:fs';
import { safeLine } from '../util/safe-text.ts';
import { HeaderReader, type OpenFile, readFully } from './header-reader.ts';
import { ModelFileError } from './model-file-error.ts';
import { TENSOR_LAYOUTS, type TensorType, tensorTypeOf, unreadTypeName } from './tensor-type.ts';

/** A value of the metadata. Whole numbers of 64 bits are numbers, too; larger ones than 2^53 are refused. */
export type GgufValue = number | boolean | string | readonly GgufValue[];

/** Where a tensor lies in its file, and how. */
export interface GgufTensor {
  readonly name: string;
  readonly type: TensorType;
  /** In ggml's order: the first is the length of a row. */
  readonly shape: readonly number[];
  /** Bytes from the file's beginning. */
  readonly offset: number;
  readonly byteLength: number;
}

/** An open model file. */
export interface GgufFile {
  readonly path: string;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
  /**
   * The bytes of one tensor, in the file's order.
   *
   * @throws {ModelFileError} when they cannot be read any more
   */
  read(tensor: GgufTensor): Uint8Array;
  close(): void;
}

/** "GGUF", read as a little-endian number. */
const MAGIC = 0x46554747;

const VERSIONS = [2, 3];

const DEFAULT_ALIGNMENT = 32;
const LARGEST_ALIGNMENT = 1 << 20;

/** ggml's limit. */
const MOST_DIMENSIONS = 4;

/** Elements of an array; vocabularies have some 260,000 tokens, and about as many merges. */
const LONGEST_ARRAY = 1 << 22;

const DEEPEST_ARRAY = 4;

/** The least bytes of one entry: a key's length, its type, its value; a name's length, dimensions, type, offset. */
const SMALLEST_ENTRY = 13;
const SMALLEST_TENSOR_ENTRY = 32;

type ReadValue = (reader: HeaderReader, what: string) => GgufValue;

/** By the number of the type of value: how many bytes it has at least, and how it is read. */
const VALUE_TYPES: readonly (readonly [size: number, read: ReadValue])[] = [
  [1, (reader, what) => reader.u8(what)],
  [1, (reader, what) => reader.i8(what)],
  [2, (reader, what) => reader.u16(what)],
  [2, (reader, what) => reader.i16(what)],
  [4, (reader, what) => reader.u32(what)],
  [4, (reader, what) => reader.i32(what)],
  [4, (reader, what) => reader.f32(what)],
  [1, (reader, what) => reader.u8(what) !== 0],
  [8, (reader, what) => reader.text(what)],
  [12, (reader, what) => readArray(reader, what, 1)],
  [8, (reader, what) => reader.u64(what)],
  [8, (reader, what) => reader.i64(what)],
  [8, (reader, what) => reader.f64(what)],
];

const ARRAY_TYPE = 9;

/** What is wrong with a header, without the file's name, which the caller adds. */
class HeaderProblem extends Error {}

function valueType(id: number, what: string): readonly [number, ReadValue] {
  const type = VALUE_TYPES[id];
  if (type === undefined) throw new HeaderProblem(`${what} has a value of type ${id}, which does not exist`);
  return type;
}

function readArray(reader: HeaderReader, what: string, depth: number): GgufValue[] {
  const id = reader.u32(what);
  const [size, read] = valueType(id, what);
  const count = reader.u64(what);
  if (count > LONGEST_ARRAY) {
    throw new HeaderProblem(`${what} has ${count} elements, more than ${LONGEST_ARRAY}`);
  }
  if (depth >= DEEPEST_ARRAY && id === ARRAY_TYPE) {
    throw new HeaderProblem(`${what} has arrays in arrays, more than ${DEEPEST_ARRAY} deep`);
  }
  reader.expect(what, count, size);
  const values: GgufValue[] = [];
  for (let i = 0; i < count; i++) {
    values.push(id === ARRAY_TYPE ? readArray(reader, what, depth + 1) : read(reader, what));
  }
  return values;
}

/** A name for messages. It may be megabytes long, of which only the beginning is looked at. */
function quoted(name: string): string {
  return safeLine(name.slice(0, 200), 80);
}

function readMetadata(reader: HeaderReader, count: number): Map<string, GgufValue> {
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < count; i++) {
    const key = reader.text(`the name of metadata ${i + 1}`);
    const what = `metadata "${quoted(key)}"`;
    if (metadata.has(key)) throw new HeaderProblem(`${what} is there twice`);
    const [, read] = valueType(reader.u32(what), what);
    metadata.set(key, read(reader, what));
  }
  return metadata;
}

function readShape(reader: HeaderReader, what: string): number[] {
  const dimensions = reader.u32(what);
  if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
    throw new HeaderProblem(`${what} has ${dimensions} dimensions, not 1 to ${MOST_DIMENSIONS}`);
  }
  const shape: number[] = [];
  for (let i = 0; i < dimensions; i++) shape.push(reader.u64(what));
  const numbers = shape.reduce((product, length) => product * length, 1);
  if (shape.some((length) => length < 1) || !Number.isSafeInteger(numbers)) {
    throw new HeaderProblem(`${what} has an impossible shape: ${shape.join(' × ')}`);
  }
  return shape;
}

function readTensor(reader: HeaderReader, name: string): GgufTensor {
  const what = `tensor ${quoted(name)}`;
  const shape = readShape(reader, what);
  const id = reader.u32(what);
  const offset = reader.u64(what);
  const type = tensorTypeOf(id);
  if (type === null) {
    const readable = Object.keys(TENSOR_LAYOUTS).join(', ');
    throw new HeaderProblem(
      `${what} is stored as ${unreadTypeName(id)}, which this engine does not read; it reads ${readable}`,
    );
  }
  const { numbersPerBlock, bytesPerBlock } = TENSOR_LAYOUTS[type];
  const [rowLength = 0, ...rest] = shape;
  if (rowLength % numbersPerBlock !== 0) {
    throw new HeaderProblem(
      `${what} has rows of ${rowLength} numbers, which do not divide into ${type}'s blocks of ${numbersPerBlock}`,
    );
  }
  const bytesPerRow = (rowLength / numbersPerBlock) * bytesPerBlock;
  return { name, type, shape, offset, byteLength: rest.reduce((bytes, rows) => bytes * rows, bytesPerRow) };
}

function readTensors(reader: HeaderReader, count: number): GgufTensor[] {
  const names = new Set<string>();
  const tensors: GgufTensor[] = [];
  for (let i = 0; i < count; i++) {
    const name = reader.text(`the name of tensor ${i + 1}`);
    if (names.has(name)) throw new HeaderProblem(`tensor ${quoted(name)} is there twice`);
    names.add(name);
    tensors.push(readTensor(reader, name));
  }
  return tensors;
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const alignment = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT;
  const isPowerOfTwo = typeof alignment === 'number' && Number.isInteger(Math.log2(alignment));
  if (!isPowerOfTwo || alignment < 1 || alignment > LARGEST_ALIGNMENT) {
    throw new HeaderProblem(
      `metadata "general.alignment" is ${quoted(String(alignment))}, not a power of two`,
    );
  }
  return alignment;
}

/** The tensors with their offsets counted from the file's beginning, each checked to lie in the file. */
function place(
  tensors: readonly GgufTensor[],
  dataStart: number,
  alignment: number,
  fileSize: number,
): Map<string, GgufTensor> {
  refuseOverlap(tensors);
  return new Map(
    tensors.map((tensor) => {
      const what = `tensor ${quoted(tensor.name)}`;
      if (tensor.offset % alignment !== 0) {
        throw new HeaderProblem(`${what} begins at ${tensor.offset}, which is no multiple of ${alignment}`);
      }
      const offset = dataStart + tensor.offset;
      const end = offset + tensor.byteLength;
      if (end > fileSize) {
        throw new HeaderProblem(
          `${what} would end at byte ${end}, the file has ${fileSize}: it is cut short or damaged`,
        );
      }
      return [tensor.name, { ...tensor, offset }];
    }),
  );
}

/** Two tensors on the same bytes would let a small file ask for any amount of memory. */
function refuseOverlap(tensors: readonly GgufTensor[]): void {
  const ordered = [...tensors].sort((a, b) => a.offset - b.offset);
  for (const [index, { name, offset }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined || before.offset + before.byteLength <= offset) continue;
    throw new HeaderProblem(`tensors ${quoted(before.name)} and ${quoted(name)} lie on the same bytes`);
  }
}

function readVersion(reader: HeaderReader): void {
  const magic = reader.u32('the magic');
  if (magic !== MAGIC) {
    const first = String.fromCharCode(...[0, 8, 16, 24].map((shift) => (magic >> shift) & 0xff));
    throw new HeaderProblem(`it is no GGUF file: it begins with "${quoted(first)}", not with "GGUF"`);
  }
  const version = reader.u32('the version');
  if (VERSIONS.includes(version)) return;
  if (version !== 0 && version % 0x1_0000 === 0) {
    throw new HeaderProblem('it is big-endian, and this engine reads little-endian files');
  }
  throw new HeaderProblem(
    `it is GGUF of version ${version}, and this engine reads versions ${VERSIONS.join(' and ')}; convert the model again`,
  );
}

function readHeader(file: OpenFile): Pick<GgufFile, 'metadata' | 'tensors'> {
  const reader = new HeaderReader(file);
  readVersion(reader);
  const tensorCount = reader.u64('the count of tensors');
  const metadataCount = reader.u64('the count of metadata');
  reader.expect('the metadata', metadataCount, SMALLEST_ENTRY);
  const metadata = readMetadata(reader, metadataCount);
  const parts = metadata.get('split.count') ?? 1;
  if (typeof parts !== 'number' || parts > 1) {
    throw new HeaderProblem(
      `it is one of ${quoted(String(parts))} parts; join them with llama-gguf-split --merge`,
    );
  }
  const alignment = alignmentOf(metadata);
  reader.expect('the list of tensors', tensorCount, SMALLEST_TENSOR_ENTRY);
  const tensors = readTensors(reader, tensorCount);
  const dataStart = Math.ceil(reader.position / alignment) * alignment;
  return { metadata, tensors: place(tensors, dataStart, alignment, file.size) };
}

function openFile(path: string): OpenFile {
  try {
    // Asked before opening, since to open a pipe would wait for whoever writes to it.
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is no file');
    return { path, descriptor: openSync(path, 'r'), size: stats.size };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new ModelFileError(`Cannot open the model ${path}: ${reason}`, { cause });
  }
}

function allocate(tensor: GgufTensor, path: string): Uint8Array {
  try {
    return new Uint8Array(tensor.byteLength);
  } catch (cause) {
    const megabytes = Math.round(tensor.byteLength / 1e6);
    throw new ModelFileError(
      `There is no memory for the ${megabytes} MB of tensor ${quoted(tensor.name)} of ${path}`,
      { cause },
    );
  }
}

/**
 * Opens a model file in the GGUF format (versions 2 and 3, little-endian) and reads its header: metadata and the list
 * of tensors, whose bytes are read one by one when asked for. Nothing in the file is believed: each count, length and
 * offset is checked before memory is taken for it. Format: docs/gguf.md of https://github.com/ggml-org/ggml.
 *
 * @throws {ModelFileError} when the file cannot be read, is damaged, or has something this engine does not read
 */
export function openGguf(path: string): GgufFile {
  const file = openFile(path);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file.descriptor);
    isOpen = false;
  };
  try {
    return {
      path,
      ...readHeader(file),
      read(tensor) {
        if (!isOpen) throw new ModelFileError(`${path} is closed`);
        const bytes = allocate(tensor, path);
        readFully(file, bytes, tensor.offset);
        return bytes;
      },
      close,
    };
  } catch (error) {
    close();
    if (error instanceof HeaderProblem)
      throw new ModelFileError(`Cannot use the model ${path}: ${error.message}`);
    throw error;
  }
}
