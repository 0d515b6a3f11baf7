// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text from other people made safe for one line of a terminal, log or prompt: no control characters,
 * no escape codes, no direction or zero-width tricks, cut to a length.
 */
export function safeLine(text: string, maxLength = 200): string {
  const clean = text.replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength - 1)}…`;
}

/**
 * Text of several lines made safe to show: line breaks and indentation stay, control characters, escape codes,
 * direction and zero-width tricks go.
 */
export function safeText(text: string): string {
  return text.replace(CONTROL, (character) => (character === '\n' || character === '\t' ? character : ''));
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

/** JSON made safe inside an HTML `<script>` element: no `</script>`, no `<!--`. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

const SECRET = /\b(?:sk|pk|rk|or|gsk|key)-[A-Za-z0-9_-]{8,}|Bearer\s+[A-Za-z0-9._~+/-]{8,}=*/g;

/**
 * Text without API keys: what looks like one, and every value in `secrets`, becomes `[redacted]`.
 * Every sink (log, ledger, trace, error) passes foreign text through here.
 */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  let clean = text.replace(SECRET, '[redacted]');
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '[redacted]');
  return clean;
}
