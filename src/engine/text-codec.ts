/** How one kind of vocabulary turns text into tokens; it knows nothing of special tokens. */
export interface TextCodec {
  /**
   * The ids of a text without special tokens.
   *
   * @param isFirst whether the text begins the prompt, or follows a special token
   */
  encode(text: string, isFirst: boolean): number[];
  /** The bytes that a normal token writes. */
  bytesOf(token: string): Uint8Array;
  readonly addsBos: boolean;
  /** Whether {@link encode} puts a space before a text that is first. */
  readonly addsSpacePrefix: boolean;
}
