/**
 * A rough count of a text's tokens, where no tokenizer is at hand: one for four characters, OpenAI's rule of
 * thumb for English.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
