import { redactSecrets, safeLine } from '../../util/safe-text.ts';

/** Characters of a model's text that are examined: the answer comes at the end, after any reasoning. */
const EXAMINED = 16_384;

// Every quantifier below is bounded, so that no text can make matching slow.
const REASONING_END = /<\/(?:think|thinking|reasoning)>/gi;
const REASONING_START = /<(?:think|thinking|reasoning)>/i;

/**
 * The part of a model's text that may hold the answer: its end, without `<think>` blocks. A block that was cut off
 * hides everything after it.
 */
export function answerPart(text: string): string {
  const tail = text.slice(-EXAMINED);
  const end = [...tail.matchAll(REASONING_END)].at(-1);
  const after = end ? tail.slice(end.index + end[0].length) : tail;
  const start = after.search(REASONING_START);
  return (start < 0 ? after : after.slice(0, start)).trim();
}

/** A value in a text under a key that stands for a choice. */
export interface Claim {
  readonly value: string;
  /** The text ends within this number: digits may be missing. */
  readonly cutOff: boolean;
  /** The `"reason"` that follows in the same object. */
  readonly reason?: string;
}

/** A string whose end may be missing, a number, or the two numbers that some models give for a pair. */
const VALUE = String.raw`(?:\\?"([^"\\\n]{1,80})|'([^'\n]{1,80})|(-?\d{1,9}(?:\.\d{1,9})?)|\[\s{0,9}(\d{1,2}\s{0,9},\s{0,9}\d{1,2}))`;
const CHOICE_KEY = new RegExp(String.raw`["'](?:choice|answer|action)\\?["']\s{0,9}:\s{0,9}${VALUE}`, 'gi');
const NAME_KEY = new RegExp(String.raw`["'](?:move|switch)\\?["']\s{0,9}:\s{0,9}${VALUE}`, 'gi');

/**
 * What a text claims to choose, in order: the values of `"choice"` (also `"answer"`, `"action"`), and if there are
 * none, those of `"move"` and `"switch"`. The JSON around them may be fenced, surrounded by prose, cut off or broken.
 */
export function claims(part: string): Claim[] {
  const found = [...part.matchAll(CHOICE_KEY)];
  return (found.length > 0 ? found : [...part.matchAll(NAME_KEY)]).map((match) => {
    const end = match.index + match[0].length;
    return {
      value: match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
      cutOff: match[3] !== undefined && end === part.length,
      reason: reasonIn(part.slice(end, end + LONGEST_REASON).split('}', 1)[0] ?? ''),
    };
  });
}

const STATED =
  /\b(?:answer|choice|decision|choose|pick|select)\b[^\p{L}\p{N}\n]{0,9}(?:(?:is|action|option|number)\b[^\p{L}\p{N}\n]{0,9}){0,2}(\d{1,4})\b/giu;

/** The number a text states last in words, e.g. `my final choice is 3`. */
export function statedNumber(part: string): string | undefined {
  return [...part.matchAll(STATED)].at(-1)?.[1];
}

const LONGEST_REASON = 2000;
const REASON =
  /["'](?:reason|reasoning|thoughts?|explanation)\\?["']\s{0,9}:\s{0,9}\\?"((?:[^"\\]|\\.){1,2000})/i;

function reasonIn(json: string): string | undefined {
  const text = REASON.exec(json)?.[1];
  return text && oneLine(text.replace(/\\[nrt]/g, ' ').replace(/\\(.)/g, '$1'));
}

/** A text's reason for its choice, in one line: its `"reason"`, otherwise the prose before the answer, if any. */
export function statedReason(text: string): string | undefined {
  const part = answerPart(text);
  const prose = oneLine(part.includes('{') ? part.slice(0, part.indexOf('{')) : part);
  return reasonIn(part) ?? (prose.includes(' ') ? prose : undefined);
}

function oneLine(text: string): string {
  return safeLine(redactSecrets(text), 300);
}
