import { knownThinking, knownUnsupported, type WireParameter } from './model-quirks.ts';

/** Forms in which the answer's format can be requested, from the strictest to none at all. */
const ANSWER_FORMS = ['json_schema', 'json_object with schema', 'json_object', 'none'] as const;

export type AnswerForm = (typeof ANSWER_FORMS)[number];

/** Which forms may be used: a single one, or all of them, of which the strictest that the server accepts is used. */
export const SCHEMA_MODES = ['auto', 'json_schema', 'json_object', 'none'] as const;

export type SchemaMode = (typeof SCHEMA_MODES)[number];

/** What a model behind a server accepts and needs, as far as known. */
export interface ServerTraits {
  readonly unsupported: ReadonlySet<WireParameter>;
  /** The forms that may still be tried, strictest first; the first is used. Never empty. */
  readonly forms: readonly AnswerForm[];
  /** Whether schemas may list the values of a number and limit the lengths of texts and lists. */
  readonly bounds: boolean;
  /** Additional tokens that the model gets for thinking before the answer. */
  readonly thinkingTokens: number;
  /** The highest token limit that is accepted; 0 when none is. */
  readonly mostTokens?: number;
  /** Tokens of prompt and answer together. */
  readonly context?: {
    readonly tokens: number;
    /** Tokens that the server counts for each one estimated here. */
    readonly perEstimate: number;
  };
}

/** One thing learned from an answer or a refusal. */
export type Lesson =
  | { readonly kind: 'parameter'; readonly name: WireParameter }
  | { readonly kind: 'form'; readonly refused: AnswerForm; readonly next?: AnswerForm }
  | { readonly kind: 'bounds' }
  | { readonly kind: 'most-tokens'; readonly tokens: number }
  | { readonly kind: 'context'; readonly tokens: number; readonly perEstimate: number }
  /** All tokens went into thinking. */
  | { readonly kind: 'thinking' };

/** Room to think: enough for most models, then a larger one. The clock ends it anyway. */
const THINKING_STEPS = [8_000, 32_000] as const;

const FORMS_OF_MODE: Readonly<Record<SchemaMode, readonly AnswerForm[]>> = {
  auto: ANSWER_FORMS,
  json_schema: ['json_schema'],
  json_object: ['json_object with schema', 'json_object'],
  none: ['none'],
};

/** What is known of a model before its first request. */
export function initialTraits(model: string, schema: SchemaMode): ServerTraits {
  return {
    unsupported: new Set(knownUnsupported(model)),
    forms: FORMS_OF_MODE[schema],
    bounds: true,
    thinkingTokens: knownThinking(model) ? THINKING_STEPS[0] : 0,
  };
}

/** The traits after a lesson; the same object when it says nothing new. */
export function learn(traits: ServerTraits, lesson: Lesson): ServerTraits {
  switch (lesson.kind) {
    case 'parameter':
      if (traits.unsupported.has(lesson.name)) return traits;
      return { ...traits, unsupported: new Set([...traits.unsupported, lesson.name]) };
    case 'form': {
      const at = traits.forms.indexOf(lesson.refused);
      const next = traits.forms.indexOf(lesson.next ?? lesson.refused);
      const rest = traits.forms.slice(Math.max(at + 1, next));
      return at < 0 || rest.length === 0 ? traits : { ...traits, forms: rest };
    }
    case 'bounds':
      return traits.bounds ? { ...traits, bounds: false } : traits;
    case 'most-tokens':
      return lesson.tokens < (traits.mostTokens ?? Number.POSITIVE_INFINITY)
        ? { ...traits, mostTokens: lesson.tokens }
        : traits;
    case 'context': {
      const { tokens, perEstimate } = lesson;
      const { context } = traits;
      const known = context && context.tokens <= tokens && context.perEstimate >= perEstimate;
      if (known) return traits;
      const highest = Math.max(perEstimate, context?.perEstimate ?? 0);
      return { ...traits, context: { tokens, perEstimate: highest } };
    }
    case 'thinking': {
      const next = THINKING_STEPS.find((step) => step > traits.thinkingTokens);
      return next === undefined ? traits : { ...traits, thinkingTokens: next };
    }
  }
}

/** A change of traits for people, one line for each thing that is new. */
export function describeChange(before: ServerTraits, after: ServerTraits): string[] {
  const lines: string[] = [];
  if (after.thinkingTokens > before.thinkingTokens) {
    const room = after.thinkingTokens.toLocaleString('en-US');
    lines.push(`it thinks before it answers: from now on it gets ${room} more tokens for that`);
  }
  if (after.mostTokens !== before.mostTokens && after.mostTokens !== undefined) {
    const most = after.mostTokens.toLocaleString('en-US');
    lines.push(
      after.mostTokens === 0
        ? 'it takes no token limit: none is sent from now on'
        : `it answers with at most ${most} tokens: from now on no more are asked for`,
    );
  }
  if (after.context && after.context.tokens !== before.context?.tokens) {
    const window = after.context.tokens.toLocaleString('en-US');
    lines.push(`its context has ${window} tokens: from now on the token limit leaves room for the prompt`);
  }
  if (after.forms[0] !== before.forms[0]) {
    lines.push(
      `it takes no ${before.forms[0]}: from now on it is asked for ${FORM_WORDS[after.forms[0] ?? 'none']}`,
    );
  }
  if (after.bounds !== before.bounds) {
    lines.push('it takes no bounds in a schema: from now on schemas list no numbers and no lengths');
  }
  const dropped = [...after.unsupported].filter((name) => !before.unsupported.has(name));
  if (dropped.length > 0) lines.push(`it takes no ${dropped.join(', ')}: left out from now on`);
  return lines;
}

const FORM_WORDS: Readonly<Record<AnswerForm, string>> = {
  json_schema: 'a JSON schema',
  'json_object with schema': 'a JSON object with a schema',
  json_object: 'a JSON object',
  none: 'JSON in words only',
};
