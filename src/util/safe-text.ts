import { secretPattern } from './secret-pattern.ts';

/**
 * Control characters, invisible characters, characters that change the direction of text, and the tag characters in
 * which text can hide.
 */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]/g;

/** The first half of a surrogate pair without the second. */
const LONE_HALF = /[\ud800-\udbff]$/;

/** White space other than a single space. */
const SPACES = /\s{2,}|[^\S ]/g;

/**
 * Text from other people made safe for one line of a terminal, log or prompt: no control characters,
 * no escape codes, no direction or zero-width tricks, cut to a length.
 */
export function safeLine(text: string, maxLength = 200): string {
  const clean = text.replace(CONTROL, ' ').replace(SPACES, ' ').trim();
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength - 1).replace(LONE_HALF, '')}…`;
}

const HTML_ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character);
}

/** What {@link jsonForHtml} replaces, and an escaped backslash, which must not be taken for the start of an escape. */
const UNSAFE_IN_HTML_JSON =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose
  /[<\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\\(?:\\|u00[01][0-9a-f]|[bf])/g;

/**
 * JSON text made safe inside an HTML `<script>` element: no `</script>`, no `<!--`. Of control characters, raw or
 * escaped, only line breaks and tabs stay in its strings; direction and zero-width tricks go.
 */
export function jsonForHtml(json: string): string {
  return json.replace(UNSAFE_IN_HTML_JSON, (found) => {
    if (found === '<') return '\\u003c';
    return found === '\\\\' ? found : '';
  });
}

const SECRET =
  /\b(?:sk|pk|rk|or|gsk|key)-[A-Za-z0-9_-]{8,}|Bearer\s+[A-Za-z0-9._~+/-]{8,}=*|(?<=:\/\/)[^\s/@:"]+:[^\s/@"]+(?=@)/g;

/**
 * Text without API keys: what looks like one, the user and password of an address, and every value in `secrets` becomes
 * `[redacted]`. Every sink (log, ledger, trace, error) passes foreign text through here.
 */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  return redactValues(text.replace(SECRET, '[redacted]'), secrets);
}

/** Text in which every value in `secrets`, as it is or {@link secretPattern encoded}, is `[redacted]`. */
export function redactValues(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (clean, secret) => (secret.length < 4 ? clean : clean.replace(secretPattern(secret), '[redacted]')),
    text,
  );
}

/** Matches anything in JSON text that may be a key; escapes may hide the beginning of a word. */
const MAYBE_SECRET = /(?:sk|pk|rk|or|gsk|key)-[A-Za-z0-9_-]{8}|Bearer|:\/\/[^\s/@]+@/;

/**
 * A value as JSON in which every text has gone through {@link redactSecrets}.
 *
 * @param kept keys whose texts stay as they are, because they cannot be secrets
 */
export function redactedJson(
  value: unknown,
  secrets: readonly string[] = [],
  kept: ReadonlySet<string> = new Set(),
): string {
  const json = JSON.stringify(value);
  const isSuspect = MAYBE_SECRET.test(json) || redactValues(json, secrets) !== json;
  if (!isSuspect) return json;
  return JSON.stringify(value, (key, part) =>
    typeof part === 'string' && !kept.has(key) ? redactSecrets(part, secrets) : part,
  );
}
