/** What a text may be, byte by byte. States are plain values that are not changed. */
export interface Constraint<State> {
  readonly start: State;
  /** The state after one more byte; null if that byte may not come. */
  next(state: State, byte: number): State | null;
  /** The text may end here. */
  ends(state: State): boolean;
  /** The same for states that let the same bytes come, as far as a token reaches. */
  key(state: State): string;
}

/** A text that is one of a closed set. */
export function oneOf(choices: readonly string[]): Constraint<string> {
  // A character for each byte.
  const encoded = choices.map((choice) => Buffer.from(choice).toString('latin1'));
  return {
    start: '',
    next(state, byte) {
      const longer = state + String.fromCharCode(byte);
      return encoded.some((choice) => choice.startsWith(longer)) ? longer : null;
    },
    ends: (state) => encoded.includes(state),
    key: (state) => state,
  };
}
