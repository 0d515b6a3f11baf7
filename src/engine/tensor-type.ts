/** How a block of numbers lies in a file: so many numbers in so many bytes. */
interface BlockLayout {
  readonly id: number;
  readonly numbersPerBlock: number;
  readonly bytesPerBlock: number;
}

/**
 * The tensor types this engine reads: floats, the first quantisations (32 numbers a block), and the K-quants
 * (256 numbers a block; llama.cpp pull request 1684). Ids and sizes are those of ggml's `ggml_type`.
 */
export const TENSOR_LAYOUTS = {
  F32: { id: 0, numbersPerBlock: 1, bytesPerBlock: 4 },
  F16: { id: 1, numbersPerBlock: 1, bytesPerBlock: 2 },
  BF16: { id: 30, numbersPerBlock: 1, bytesPerBlock: 2 },
  Q8_0: { id: 8, numbersPerBlock: 32, bytesPerBlock: 34 },
  Q4_0: { id: 2, numbersPerBlock: 32, bytesPerBlock: 18 },
  Q4_1: { id: 3, numbersPerBlock: 32, bytesPerBlock: 20 },
  Q4_K: { id: 12, numbersPerBlock: 256, bytesPerBlock: 144 },
  Q5_K: { id: 13, numbersPerBlock: 256, bytesPerBlock: 176 },
  Q6_K: { id: 14, numbersPerBlock: 256, bytesPerBlock: 210 },
} as const satisfies Readonly<Record<string, BlockLayout>>;

/** How a tensor's numbers are stored. */
export type TensorType = keyof typeof TENSOR_LAYOUTS;

const READABLE = new Map<number, TensorType>(
  Object.entries(TENSOR_LAYOUTS).map(([name, { id }]) => [id, name as TensorType]),
);

/** ggml's other types, for messages only. */
const OTHER_TYPES = new Map<number, string>([
  [6, 'Q5_0'],
  [7, 'Q5_1'],
  [9, 'Q8_1'],
  [10, 'Q2_K'],
  [11, 'Q3_K'],
  [15, 'Q8_K'],
  [16, 'IQ2_XXS'],
  [17, 'IQ2_XS'],
  [18, 'IQ3_XXS'],
  [19, 'IQ1_S'],
  [20, 'IQ4_NL'],
  [21, 'IQ3_S'],
  [22, 'IQ2_S'],
  [23, 'IQ4_XS'],
  [24, 'I8'],
  [25, 'I16'],
  [26, 'I32'],
  [27, 'I64'],
  [28, 'F64'],
  [29, 'IQ1_M'],
  [34, 'TQ1_0'],
  [35, 'TQ2_0'],
  [39, 'MXFP4'],
]);

/** The type with ggml's number `id`; null where this engine does not read it. */
export function tensorTypeOf(id: number): TensorType | null {
  return READABLE.get(id) ?? null;
}

/** The name of a type that this engine does not read. */
export function unreadTypeName(id: number): string {
  return OTHER_TYPES.get(id) ?? `type ${id}, which it does not know`;
}
