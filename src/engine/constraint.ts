/** What a text may be, byte by byte. A state is plain text, so that what follows from it is found only once. */
export interface Constraint {
  readonly start: string;
  /** The state after one more byte; null if that byte may not come. */
  next(state: string, byte: number): string | null;
  /** The text may end here. */
  ends(state: string): boolean;
}

/** A text that is one of a closed set. */
export function oneOf(choices: readonly string[]): Constraint {
  const encoded = choices.map((choice) => Buffer.from(choice));
  return {
    start: '',
    next(state, byte) {
      const soFar = Buffer.concat([Buffer.from(state, 'latin1'), Buffer.of(byte)]);
      return encoded.some((choice) => choice.subarray(0, soFar.length).equals(soFar))
        ? soFar.toString('latin1')
        : null;
    },
    ends: (state) => encoded.some((choice) => choice.equals(Buffer.from(state, 'latin1'))),
  };
}
