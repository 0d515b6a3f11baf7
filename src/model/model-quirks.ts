/** The optional parameters of a chat completion that this package sends, by their names on the wire. */
export type WireParameter =
  | 'temperature'
  | 'seed'
  | 'n'
  | 'response_format'
  | 'max_tokens'
  | 'max_completion_tokens';

interface ModelQuirk {
  /** Matched against the model's name without a vendor in front. */
  readonly pattern: RegExp;
  readonly unsupported: readonly WireParameter[];
}

/**
 * What models are known not to take. It spares a refused request; a server that refuses something else is learned
 * from when it does.
 */
const MODEL_QUIRKS: readonly ModelQuirk[] = [
  // Reasoning models sample as they see fit; their "chat" siblings are ordinary models.
  { pattern: /^o\d/, unsupported: ['temperature', 'max_tokens'] },
  { pattern: /^gpt-[5-9](?!.*chat)/, unsupported: ['temperature', 'max_tokens'] },
];

/** The parameters that a model is known not to take. */
export function knownUnsupported(model: string): readonly WireParameter[] {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return MODEL_QUIRKS.filter(({ pattern }) => pattern.test(name)).flatMap(({ unsupported }) => unsupported);
}
