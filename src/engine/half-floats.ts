/** The value of a 16-bit float (IEEE 754 binary16): a sign, 5 bits of exponent, 10 of fraction. */
function toNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The value of each 16-bit float by its bits. */
const HALF_FLOATS: Float32Array = Float32Array.from({ length: 0x1_0000 }, (_, bits) => toNumber(bits));

/** The 16-bit float whose two bytes, the lower first, begin at `at`. */
export function readHalf(bytes: Uint8Array, at: number): number {
  return HALF_FLOATS[(bytes[at] as number) | ((bytes[at + 1] as number) << 8)] as number;
}
