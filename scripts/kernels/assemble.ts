import wabt from 'wabt';
import { MATRIX_PRODUCTS } from './matrix-products.ts';
import { ROWS } from './rows.ts';

/** The engine's kernels as a WebAssembly module with SIMD over a memory that threads share. */
export async function assembleKernels(): Promise<Uint8Array> {
  const text = `(module (import "engine" "memory" (memory 1 65536 shared)) ${ROWS} ${MATRIX_PRODUCTS})`;
  const { parseWat } = await wabt();
  const parsed = parseWat('kernels.wat', text, { simd: true, threads: true });
  return parsed.toBinary({}).buffer;
}
