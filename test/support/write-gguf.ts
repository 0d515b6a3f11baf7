import { TENSOR_LAYOUTS, type TensorType } from '../../src/engine/tensor-type.ts';

/** A value of the metadata with the number of its type. */
type WrittenValue = readonly [type: number, value: unknown];

/** What a test puts into a model's file; `type` may be a number, for types that the engine does not read. */
export interface WrittenFile {
  readonly version?: number;
  readonly alignment?: number;
  readonly metadata?: readonly (readonly [key: string, value: WrittenValue])[];
  readonly tensors?: readonly {
    readonly name: string;
    readonly type: TensorType | number;
    readonly shape: readonly number[];
    readonly bytes: Uint8Array;
    /** @default where the last tensor ends */
    readonly offset?: number;
  }[];
}

function number(size: number, write: (view: DataView) => void): Buffer {
  const bytes = Buffer.alloc(size);
  write(new DataView(bytes.buffer, bytes.byteOffset, size));
  return bytes;
}

const u32 = (value: number): Buffer => number(4, (view) => view.setUint32(0, value, true));
const u64 = (value: number | bigint): Buffer =>
  number(8, (view) => view.setBigUint64(0, BigInt(value), true));

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function value([type, content]: WrittenValue): Buffer {
  const plain = Number(content);
  switch (type) {
    case 0:
    case 1:
    case 7:
      return Buffer.from([plain & 255]);
    case 2:
    case 3:
      return number(2, (view) => view.setUint16(0, plain & 0xffff, true));
    case 4:
    case 5:
      return u32(plain >>> 0);
    case 6:
      return number(4, (view) => view.setFloat32(0, plain, true));
    case 8:
      return text(String(content));
    case 9: {
      const [of, values] = content as readonly [number, readonly unknown[]];
      return Buffer.concat([u32(of), u64(values.length), ...values.map((one) => value([of, one]))]);
    }
    case 12:
      return number(8, (view) => view.setFloat64(0, plain, true));
    default:
      return u64(BigInt.asUintN(64, content as bigint));
  }
}

/** The bytes of a model's file in the GGUF format. */
export function writeGguf({ version = 3, alignment = 32, metadata = [], tensors = [] }: WrittenFile): Buffer {
  const parts = [Buffer.from('GGUF'), u32(version), u64(tensors.length), u64(metadata.length)];
  for (const [key, content] of metadata) parts.push(text(key), u32(content[0]), value(content));
  const data: Buffer[] = [];
  let end = 0;
  for (const { name, type, shape, bytes, offset = end } of tensors) {
    const id = typeof type === 'number' ? type : TENSOR_LAYOUTS[type].id;
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(id), u64(offset));
    const padding = Buffer.alloc((alignment - (bytes.length % alignment)) % alignment);
    data.push(Buffer.from(bytes), padding);
    end += bytes.length + padding.length;
  }
  const header = Buffer.concat(parts);
  const padding = Buffer.alloc((alignment - (header.length % alignment)) % alignment);
  return Buffer.concat([header, padding, ...data]);
}
