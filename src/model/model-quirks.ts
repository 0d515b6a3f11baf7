/** The optional parameters of a chat completion, by their names on the wire. */
export type WireParameter = 'temperature' | 'seed' | 'n' | 'max_tokens' | 'max_completion_tokens';

interface ModelQuirk {
  /** Matched against the model's name without a vendor in front. */
  readonly pattern: RegExp;
  readonly unsupported?: readonly WireParameter[];
  /** It thinks before it answers, and its thoughts count against its token limit. */
  readonly thinks?: true;
}

/**
 * Parameters that models are known to reject. This saves a refused request; other limits of a server are learned from
 * its refusals.
 */
const MODEL_QUIRKS: readonly ModelQuirk[] = [
  // Reasoning models choose their own sampling; their "chat" siblings are ordinary models.
  { pattern: /^o\d/, unsupported: ['temperature', 'max_tokens'], thinks: true },
  { pattern: /^gpt-[5-9](?!.*chat)/, unsupported: ['temperature', 'max_tokens'], thinks: true },
  { pattern: /^gpt-oss|^deepseek-r\d|^deepseek-reasoner|^qwq|^qwen3(?!.*(?:instruct|coder))/, thinks: true },
  { pattern: /^magistral|^gemini-(?:2\.5|[3-9])|^grok-[34]|thinking|reasoning/, thinks: true },
];

function quirksOf(model: string): readonly ModelQuirk[] {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return MODEL_QUIRKS.filter(({ pattern }) => pattern.test(name));
}

/** The parameters that a model is known to reject. */
export function knownUnsupported(model: string): readonly WireParameter[] {
  return quirksOf(model).flatMap(({ unsupported = [] }) => unsupported);
}

/** Whether a model is known to think before it answers. */
export function knownThinking(model: string): boolean {
  return quirksOf(model).some(({ thinks }) => thinks);
}
