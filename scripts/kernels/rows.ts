// Everything that is done to one vector of activations: quantising, norms, rotation, attention, the gate. Lengths are
// multiples of 4 (heads of 8); pointers and strides are bytes.

const SUM_LANES = (sum: string): string => `
  (f32.add
    (f32.add (f32x4.extract_lane 0 (local.get ${sum})) (f32x4.extract_lane 1 (local.get ${sum})))
    (f32.add (f32x4.extract_lane 2 (local.get ${sum})) (f32x4.extract_lane 3 (local.get ${sum}))))`;

const MAX_LANES = (largest: string): string => `
  (f32.max
    (f32.max (f32x4.extract_lane 0 (local.get ${largest})) (f32x4.extract_lane 1 (local.get ${largest})))
    (f32.max (f32x4.extract_lane 2 (local.get ${largest})) (f32x4.extract_lane 3 (local.get ${largest}))))`;

const ALL = (value: string): string => `(f32x4.splat ${value})`;
const CONSTANT = (value: string): string => `(v128.const f32x4 ${value} ${value} ${value} ${value})`;

/** Walks over `bytes` bytes from 0 in steps; `$at` counts them. */
const over = (bytes: string, step: number, body: string): string => `
    (local.set $at (i32.const 0))
    (loop $next
      (if (i32.lt_u (local.get $at) ${bytes}) (then
        ${body}
        (local.set $at (i32.add (local.get $at) (i32.const ${step})))
        (br $next))))`;

const at = (pointer: string): string => `(i32.add (local.get ${pointer}) (local.get $at))`;
const BYTES = '(i32.shl (local.get $length) (i32.const 2))';

/**
 * e^x for four numbers, the same on every machine: x = n·ln 2 + r, e^r by its Taylor series to the sixth power
 * (|r| ≤ ln 2 / 2, so the rest is below 1.2e-7 of it), 2^n by the exponent's bits.
 */
const EXPONENTIAL = `
  (func $exp (param $x v128) (result v128)
    (local $n v128) (local $r v128)
    (local.set $x (f32x4.min (f32x4.max (local.get $x) ${CONSTANT('-87')}) ${CONSTANT('88')}))
    (local.set $n (f32x4.nearest (f32x4.mul (local.get $x) ${CONSTANT('1.44269504')})))
    ;; ln 2 in two parts, the first with few digits, so that the product with n is exact.
    (local.set $r (f32x4.sub (local.get $x) (f32x4.mul (local.get $n) ${CONSTANT('0.693359375')})))
    (local.set $r (f32x4.sub (local.get $r) (f32x4.mul (local.get $n) ${CONSTANT('-2.12194440e-4')})))
    (f32x4.mul
      ${[1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1].reduce(
        (series, factor) =>
          series === ''
            ? CONSTANT(String(Math.fround(factor)))
            : `(f32x4.add (f32x4.mul ${series} (local.get $r)) ${CONSTANT(String(Math.fround(factor)))})`,
        '',
      )}
      (i32x4.shl (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $n)) (v128.const i32x4 127 127 127 127)) (i32.const 23))))`;

/**
 * x as int16 with one scale: q = x · 32767 / max|x|, rounded to the nearest even. `sums` gets the float sum of each block
 * of 32, which a matrix with offsets needs. Returns the scale, x ≈ scale · q. Length: a multiple of 16.
 */
const QUANTISE = `
  (func $quantisePart (param $x i32) (param $factor v128) (result v128)
    (i16x8.narrow_i32x4_s
      (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load (local.get $x)) (local.get $factor))))
      (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load offset=16 (local.get $x)) (local.get $factor))))))
  (func (export "quantise") (param $x i32) (param $length i32) (param $out i32) (param $sums i32) (result f32)
    (local $at i32) (local $largest v128) (local $limit f32) (local $factor v128) (local $sum v128)
    ${over(BYTES, 16, `(local.set $largest (f32x4.max (local.get $largest) (f32x4.abs (v128.load ${at('$x')}))))`)}
    (local.set $limit ${MAX_LANES('$largest')})
    (if (i32.eqz (f32.gt (local.get $limit) (f32.const 0))) (then (local.set $limit (f32.const 1))))
    (local.set $factor ${ALL('(f32.div (f32.const 32767) (local.get $limit))')})
    ${over(
      BYTES,
      32,
      `
        (v128.store (i32.add (local.get $out) (i32.shr_u (local.get $at) (i32.const 1)))
          (call $quantisePart ${at('$x')} (local.get $factor)))
        (local.set $sum (f32x4.add (local.get $sum)
          (f32x4.add (v128.load ${at('$x')}) (v128.load offset=16 ${at('$x')}))))
        (if (i32.eq (i32.and (local.get $at) (i32.const 96)) (i32.const 96)) (then
          (f32.store (i32.add (local.get $sums) (i32.shl (i32.shr_u (local.get $at) (i32.const 7)) (i32.const 2))) ${SUM_LANES('$sum')})
          (local.set $sum ${CONSTANT('0')})))`,
    )}
    (f32.div (local.get $limit) (f32.const 32767)))`;

/** RMSNorm, y = x / √(mean x² + ε) · g (Zhang and Sennrich 2019, arXiv:1910.07467). */
const NORM = `
  (func (export "normalise") (param $x i32) (param $gain i32) (param $length i32) (param $epsilon f32) (param $out i32)
    (local $at i32) (local $sum v128) (local $factor v128)
    ${over(BYTES, 16, `(local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (v128.load ${at('$x')}) (v128.load ${at('$x')}))))`)}
    (local.set $factor ${ALL(`(f32.div (f32.const 1) (f32.sqrt (f32.add (local.get $epsilon)
      (f32.div ${SUM_LANES('$sum')} (f32.convert_i32_u (local.get $length))))))`)})
    ${over(
      BYTES,
      16,
      `(v128.store ${at('$out')}
        (f32x4.mul (f32x4.mul (v128.load ${at('$x')}) (local.get $factor)) (v128.load ${at('$gain')})))`,
    )})`;

/**
 * Turns the first pairs of neighbours (2i, 2i+1) of a head (RoFormer, Su et al. 2021, arXiv:2104.09864, equation 15).
 * $turns: for each pair cos, cos, and then for each pair -sin, sin; $length: the numbers turned, a multiple of 4.
 */
const ROTATE = `
  (func (export "rotate") (param $x i32) (param $cosines i32) (param $sines i32) (param $length i32)
    (local $at i32) (local $pair v128)
    ${over(
      BYTES,
      16,
      `(local.set $pair (v128.load ${at('$x')}))
        (v128.store ${at('$x')} (f32x4.add
          (f32x4.mul (local.get $pair) (v128.load ${at('$cosines')}))
          (f32x4.mul (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $pair) (local.get $pair))
            (v128.load ${at('$sines')}))))`,
    )})`;

/** SwiGLU's product, gate ← gate · σ(gate) · up (Shazeer 2020, arXiv:2002.05202). */
const GATE = `
  (func (export "gate") (param $gate i32) (param $up i32) (param $length i32)
    (local $at i32) (local $x v128)
    ${over(
      BYTES,
      16,
      `(local.set $x (v128.load ${at('$gate')}))
        (v128.store ${at('$gate')} (f32x4.mul (v128.load ${at('$up')})
          (f32x4.div (local.get $x) (f32x4.add ${CONSTANT('1')} (call $exp (f32x4.neg (local.get $x)))))))`,
    )})`;

/** x ← x + factor · y. */
const ADD = `
  (func (export "add") (param $x i32) (param $y i32) (param $factor f32) (param $length i32)
    (local $at i32)
    ${over(
      BYTES,
      16,
      `(v128.store ${at('$x')} (f32x4.add (v128.load ${at('$x')})
        (f32x4.mul ${ALL('(local.get $factor)')} (v128.load ${at('$y')}))))`,
    )})`;

/** x ← e^(x − max x) / Σ. Behind the end, up to a multiple of 4, lie numbers that get overwritten. */
const SOFTMAX = `
  (func $softmax (export "softmax") (param $x i32) (param $length i32)
    (local $at i32) (local $largest v128) (local $sum v128) (local $end i32)
    (local.set $end (i32.add (local.get $x) (i32.shl (local.get $length) (i32.const 2))))
    (v128.store (local.get $end) ${CONSTANT('-inf')})
    (local.set $largest ${CONSTANT('-inf')})
    ${over(BYTES, 16, `(local.set $largest (f32x4.max (local.get $largest) (v128.load ${at('$x')})))`)}
    (local.set $largest ${ALL(MAX_LANES('$largest'))})
    ${over(
      BYTES,
      16,
      `(v128.store ${at('$x')} (call $exp (f32x4.sub (v128.load ${at('$x')}) (local.get $largest))))`,
    )}
    (v128.store (local.get $end) ${CONSTANT('0')})
    ${over(BYTES, 16, `(local.set $sum (f32x4.add (local.get $sum) (v128.load ${at('$x')})))`)}
    (local.set $sum ${ALL(SUM_LANES('$sum'))})
    ${over(BYTES, 16, `(v128.store ${at('$x')} (f32x4.div (v128.load ${at('$x')}) (local.get $sum)))`)})`;

/**
 * One head's attention, out = Σ_j softmax_j(q·k_j / √d) v_j over the slots of the cache that a list names
 * (Vaswani et al. 2017, arXiv:1706.03762, equation 1). $keys and $values point to this head's part of slot 0.
 */
const ATTEND = `
  (func (export "attend")
    (param $query i32) (param $keys i32) (param $values i32) (param $stride i32) (param $slots i32) (param $count i32)
    (param $length i32) (param $factor f32) (param $scores i32) (param $out i32)
    (local $at i32) (local $slot i32) (local $key i32) (local $sum v128) (local $other v128) (local $weight v128)
    (local $s0 v128) (local $s1 v128)
    (loop $each
      (local.set $key (i32.add (local.get $keys) (i32.mul (local.get $stride)
        (i32.load (i32.add (local.get $slots) (i32.shl (local.get $slot) (i32.const 2)))))))
      (local.set $sum ${CONSTANT('0')})
      (local.set $other ${CONSTANT('0')})
      ${over(
        BYTES,
        32,
        `(local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (v128.load ${at('$query')}) (v128.load ${at('$key')}))))
        (local.set $other (f32x4.add (local.get $other)
          (f32x4.mul (v128.load offset=16 ${at('$query')}) (v128.load offset=16 ${at('$key')}))))`,
      )}
      (local.set $sum (f32x4.add (local.get $sum) (local.get $other)))
      (f32.store (i32.add (local.get $scores) (i32.shl (local.get $slot) (i32.const 2)))
        (f32.mul (local.get $factor) ${SUM_LANES('$sum')}))
      (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
      (br_if $each (i32.lt_u (local.get $slot) (local.get $count))))
    (call $softmax (local.get $scores) (local.get $count))
    ${over(
      BYTES,
      32,
      `(local.set $s0 ${CONSTANT('0')})
        (local.set $s1 ${CONSTANT('0')})
        (local.set $slot (i32.const 0))
        (loop $each
          (local.set $key (i32.add ${at('$values')} (i32.mul (local.get $stride)
            (i32.load (i32.add (local.get $slots) (i32.shl (local.get $slot) (i32.const 2)))))))
          (local.set $weight (v128.load32_splat (i32.add (local.get $scores) (i32.shl (local.get $slot) (i32.const 2)))))
          (local.set $s0 (f32x4.add (local.get $s0) (f32x4.mul (local.get $weight) (v128.load (local.get $key)))))
          (local.set $s1 (f32x4.add (local.get $s1) (f32x4.mul (local.get $weight) (v128.load offset=16 (local.get $key)))))
          (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
          (br_if $each (i32.lt_u (local.get $slot) (local.get $count))))
        (v128.store ${at('$out')} (local.get $s0))
        (v128.store offset=16 ${at('$out')} (local.get $s1))`,
    )})`;

/** The functions of this file as WebAssembly text. */
export const ROWS = [EXPONENTIAL, QUANTISE, NORM, ROTATE, GATE, ADD, SOFTMAX, ATTEND].join('\n');
