// Products of a matrix and several vectors. A row of the matrix stands for one output; rows are taken two at a time, so
// the matrix has an even number of them, and so are vectors. Sums are made in the same order whatever
// the number of vectors or threads, so the results do not depend on either.

const ROWS = 2;

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const each = (vectors: number, line: (row: number, vector: number) => string): string =>
  times(ROWS, (row) => times(vectors, (vector) => line(row, vector)));

const horizontalSum = (sum: string): string => `
  (f32.add
    (f32.add (f32x4.extract_lane 0 (local.get ${sum})) (f32x4.extract_lane 1 (local.get ${sum})))
    (f32.add (f32x4.extract_lane 2 (local.get ${sum})) (f32x4.extract_lane 3 (local.get ${sum}))))`;

/** How a block's numbers lie in memory, and how eight of them are read at a time as int16. */
interface Packing {
  readonly name: string;
  /** Numbers in a block. */
  readonly block: number;
  readonly bits: 4 | 8;
  /** Sets locals to what `load` needs for a row; done once a block. */
  readonly open: (row: number) => string;
  /** The numbers from `at`, a multiple of 8, as int16. */
  readonly load: (row: number, at: number) => string;
}

const bytes = (block: number): Packing => ({
  name: `Bytes${block}`,
  block,
  bits: 8,
  open: () => '',
  load: (row, at) => `(v128.load8x8_s offset=${at} (local.get $w${row}))`,
});

/** 32 numbers of 0 to 15 in 16 bytes: the first 16 in the lower halves, the others in the upper ones. */
const NIBBLES: Packing = {
  name: 'Nibbles',
  block: 32,
  bits: 4,
  open: (row) => `
    (local.set $packed (v128.load (local.get $w${row})))
    (local.set $low (v128.and (local.get $packed) (v128.const i8x16 ${'15 '.repeat(16)})))
    (local.set $high (i8x16.shr_u (local.get $packed) (i32.const 4)))`,
  load: (_, at) =>
    `(i16x8.extend_${at % 16 === 0 ? 'low' : 'high'}_i8x16_u (local.get ${at < 16 ? '$low' : '$high'}))`,
};

/**
 * A tile of two rows and one or two vectors of a matrix of small integers in blocks, each block with a float as scale:
 * Σ_blocks scale · Σ_i q_i · x_i. The inner sum is made in int32; at most 8 · 128 · 32767 in a lane, far from its limit.
 */
function blockTile({ name, block, bits, open, load }: Packing, vectors: number): string {
  const step = (row: number, at: number): string => `
    (local.set $w ${load(row, at)})
    ${times(vectors, (v) => {
      const product = `(i32x4.dot_i16x8_s (local.get $w) (v128.load offset=${at * 2} (local.get $x${v})))`;
      return `(local.set $i${v} ${at === 0 ? product : `(i32x4.add (local.get $i${v}) ${product})`})`;
    })}`;
  return `
  (func $tile${name}x${vectors}
    (param $weights i32) (param $scales i32) (param $columns i32)
    (param $x i32) (param $xStride i32) (param $xScales i32) (param $out i32) (param $outStride i32)
    ${times(ROWS, (r) => `(local $w${r} i32) (local $s${r} i32)`)}
    ${times(vectors, (v) => `(local $x${v} i32) (local $i${v} v128)`)}
    ${each(vectors, (r, v) => `(local $f${r}${v} v128)`)}
    (local $w v128) (local $scale v128) (local $packed v128) (local $low v128) (local $high v128)
    (local $end i32) (local $rowBytes i32) (local $blocks i32)
    (local.set $rowBytes ${ROW_BYTES[bits]})
    (local.set $blocks (i32.shl (i32.div_u (local.get $columns) (i32.const ${block})) (i32.const 2)))
    (local.set $end (i32.add (local.get $weights) (local.get $rowBytes)))
    ${times(
      ROWS,
      (r) => `
      (local.set $w${r} (i32.add (local.get $weights) (i32.mul (local.get $rowBytes) (i32.const ${r}))))
      (local.set $s${r} (i32.add (local.get $scales) (i32.mul (local.get $blocks) (i32.const ${r}))))`,
    )}
    ${times(vectors, (v) => `(local.set $x${v} (i32.add (local.get $x) (i32.mul (local.get $xStride) (i32.const ${v}))))`)}
    (loop $next
      ${times(
        ROWS,
        (r) => `
        ${open(r)}
        ${times(block / 8, (index) => step(r, index * 8))}
        (local.set $scale (v128.load32_splat (local.get $s${r})))
        ${times(
          vectors,
          (v) => `(local.set $f${r}${v}
            (f32x4.add (local.get $f${r}${v}) (f32x4.mul (local.get $scale) (f32x4.convert_i32x4_s (local.get $i${v})))))`,
        )}
        (local.set $w${r} (i32.add (local.get $w${r}) (i32.const ${(block * bits) / 8})))
        (local.set $s${r} (i32.add (local.get $s${r}) (i32.const 4)))`,
      )}
      ${times(vectors, (v) => `(local.set $x${v} (i32.add (local.get $x${v}) (i32.const ${block * 2})))`)}
      (br_if $next (i32.lt_u (local.get $w0) (local.get $end))))
    ${times(
      vectors,
      (v) => `
      ${times(
        ROWS,
        (r) => `(f32.store offset=${r * 4} (local.get $out)
        (f32.mul (f32.load offset=${v * 4} (local.get $xScales)) ${horizontalSum(`$f${r}${v}`)}))`,
      )}
      (local.set $out (i32.add (local.get $out) (local.get $outStride)))`,
    )})`;
}

const ROW_BYTES = { 4: '(i32.shr_u (local.get $columns) (i32.const 1))', 8: '(local.get $columns)' } as const;

/** The same tile of a matrix of float32, added to what `out` holds if `adds` is 1. Columns: a multiple of 4. */
function floatTile(vectors: number): string {
  return `
  (func $floats${vectors}
    (param $weights i32) (param $columns i32) (param $x i32) (param $xStride i32)
    (param $out i32) (param $outStride i32) (param $adds i32)
    ${times(ROWS, (r) => `(local $w${r} i32)`)}
    ${times(vectors, (v) => `(local $x${v} i32) (local $v${v} v128)`)}
    ${each(vectors, (r, v) => `(local $f${r}${v} v128)`)}
    (local $w v128) (local $end i32) (local $stride i32)
    (local.set $stride (i32.shl (local.get $columns) (i32.const 2)))
    (local.set $end (i32.add (local.get $weights) (local.get $stride)))
    ${times(ROWS, (r) => `(local.set $w${r} (i32.add (local.get $weights) (i32.mul (local.get $stride) (i32.const ${r}))))`)}
    ${times(vectors, (v) => `(local.set $x${v} (i32.add (local.get $x) (i32.mul (local.get $xStride) (i32.const ${v}))))`)}
    (loop $next
      ${times(vectors, (v) => `(local.set $v${v} (v128.load (local.get $x${v})))`)}
      ${times(
        ROWS,
        (r) => `
        (local.set $w (v128.load (local.get $w${r})))
        ${times(
          vectors,
          (v) =>
            `(local.set $f${r}${v} (f32x4.add (local.get $f${r}${v}) (f32x4.mul (local.get $w) (local.get $v${v}))))`,
        )}
        (local.set $w${r} (i32.add (local.get $w${r}) (i32.const 16)))`,
      )}
      ${times(vectors, (v) => `(local.set $x${v} (i32.add (local.get $x${v}) (i32.const 16)))`)}
      (br_if $next (i32.lt_u (local.get $w0) (local.get $end))))
    ${times(
      vectors,
      (v) => `
      ${times(
        ROWS,
        (r) => `(f32.store offset=${r * 4} (local.get $out)
        (f32.add ${horizontalSum(`$f${r}${v}`)}
          (if (result f32) (local.get $adds)
            (then (f32.load offset=${r * 4} (local.get $out))) (else (f32.const 0)))))`,
      )}
      (local.set $out (i32.add (local.get $out) (local.get $outStride)))`,
    )})`;
}

/** Walks over rows and vectors by twos. `tile` calls a tile for one or two vectors. */
function overTiles(rowBytes: string, tile: (vectors: number) => string, perRow: string): string {
  return `
    (loop $rows
      (if (i32.lt_u (local.get $row) (local.get $toRow)) (then
        (local.set $vector (i32.const 0))
        (local.set $xAt (local.get $x))
        (local.set $outAt (i32.add (local.get $out) (i32.shl (local.get $row) (i32.const 2))))
        (loop $vectors
          (if (i32.lt_u (i32.add (local.get $vector) (i32.const 1)) (local.get $vectors)) (then
            ${tile(2)}
            (local.set $vector (i32.add (local.get $vector) (i32.const 2)))
            (local.set $xAt (i32.add (local.get $xAt) (i32.shl (local.get $xStride) (i32.const 1))))
            (local.set $outAt (i32.add (local.get $outAt) (i32.shl (local.get $outStride) (i32.const 1))))
            (br $vectors))))
        (if (i32.lt_u (local.get $vector) (local.get $vectors)) (then ${tile(1)}))
        (local.set $weights (i32.add (local.get $weights) (i32.mul ${rowBytes} (i32.const ${ROWS}))))
        ${perRow}
        (local.set $row (i32.add (local.get $row) (i32.const ${ROWS})))
        (br $rows))))`;
}

const WALK = '(local $row i32) (local $vector i32) (local $xAt i32) (local $outAt i32)';

/** out[v][row] = xScales[v] · Σ scale · q · x[v], rows fromRow ≤ row < toRow, both even. Strides in bytes. */
function blockProduct({ name, block, bits }: Packing): string {
  const tile = (vectors: number): string => `
    (call $tile${name}x${vectors} (local.get $weights) (local.get $scales) (local.get $columns)
      (local.get $xAt) (local.get $xStride) (i32.add (local.get $xScales) (i32.shl (local.get $vector) (i32.const 2)))
      (local.get $outAt) (local.get $outStride))`;
  const scaleBytes = `(i32.shl (i32.div_u (local.get $columns) (i32.const ${block})) (i32.const 2))`;
  return `
  (func (export "multiply${name}")
    (param $weights i32) (param $scales i32) (param $columns i32) (param $fromRow i32) (param $toRow i32)
    (param $x i32) (param $xScales i32) (param $vectors i32) (param $out i32) (param $outStride i32)
    ${WALK} (local $xStride i32)
    (local.set $xStride (i32.shl (local.get $columns) (i32.const 1)))
    (local.set $row (local.get $fromRow))
    (local.set $weights (i32.add (local.get $weights) (i32.mul ${ROW_BYTES[bits]} (local.get $row))))
    (local.set $scales (i32.add (local.get $scales) (i32.mul ${scaleBytes} (local.get $row))))
    ${overTiles(
      ROW_BYTES[bits],
      tile,
      `(local.set $scales (i32.add (local.get $scales) (i32.mul ${scaleBytes} (i32.const ${ROWS}))))`,
    )})`;
}

const FLOAT_PRODUCT = `
  (func (export "multiplyFloats")
    (param $weights i32) (param $columns i32) (param $fromRow i32) (param $toRow i32)
    (param $x i32) (param $vectors i32) (param $out i32) (param $outStride i32) (param $adds i32)
    ${WALK} (local $xStride i32)
    (local.set $xStride (i32.shl (local.get $columns) (i32.const 2)))
    (local.set $row (local.get $fromRow))
    (local.set $weights (i32.add (local.get $weights) (i32.mul (local.get $xStride) (local.get $row))))
    ${overTiles(
      '(local.get $xStride)',
      (vectors) => `
      (call $floats${vectors} (local.get $weights) (local.get $columns) (local.get $xAt) (local.get $xStride)
        (local.get $outAt) (local.get $outStride) (local.get $adds))`,
      '',
    )})`;

const PACKINGS = [bytes(16), bytes(32), NIBBLES];

/** The functions of this file as WebAssembly text. */
export const MATRIX_PRODUCTS = [
  ...PACKINGS.flatMap((packing) => [1, 2].map((vectors) => blockTile(packing, vectors))),
  ...[1, 2].map(floatTile),
  ...PACKINGS.map(blockProduct),
  FLOAT_PRODUCT,
].join('\n');
