/** Shorter texts, in bytes, occur too often in base64 and hexadecimal by chance. */
const LEAST_ENCODED_BYTES = 8;

/** More keys than anybody has. */
const MOST_KEPT = 50;

const patterns = new Map<string, RegExp>();

/**
 * The forms of a secret in text: as it is; with any of its characters encoded for a URL, JSON or HTML; in hexadecimal;
 * or within base64, wherever in the encoded bytes it begins. For `replace`; built once per secret.
 */
export function secretPattern(secret: string): RegExp {
  const kept = patterns.get(secret);
  if (kept) return kept;
  const characters = [...secret].map(characterForms).join('');
  const bytes = Buffer.from(secret);
  const encoded = bytes.length < LEAST_ENCODED_BYTES ? [] : [...base64Forms(bytes), ...hexForms(bytes)];
  const pattern = new RegExp([characters, ...encoded].join('|'), 'g');
  if (patterns.size >= MOST_KEPT) patterns.clear();
  patterns.set(secret, pattern);
  return pattern;
}

/** A character, or any of its escapes, as the source of a pattern. */
function characterForms(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const percent = [...Buffer.from(character)].map((byte) => `%(?:25)*${anyCase(hex(byte, 2))}`).join('');
  const units = character.split('').map((unit) => `\\\\+u${anyCase(hex(unit.charCodeAt(0), 4))}`);
  const json = JSON.stringify(character).slice(1, -1);
  const escaped = json.length > 1 && !json.startsWith('\\u') ? [`\\\\+${quote(json.slice(1))}`] : [];
  const forms = [
    quote(character),
    percent,
    units.join(''),
    `&#(?:0*${code}|[xX]0*${anyCase(code.toString(16))});`,
    ...escaped,
    ...(character === '/' ? ['\\\\+/'] : []),
    ...(character === ' ' ? ['\\+'] : []),
    ...(HTML_NAMES[character] ?? []),
  ];
  return `(?:${forms.join('|')})`;
}

const HTML_NAMES: Readonly<Record<string, readonly string[]>> = {
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  '"': ['&quot;'],
  "'": ['&apos;'],
};

/** The part of a base64 text that stands for these bytes alone, for each of the three places where they may begin. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = Math.ceil((before * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    const part = padded.toString('base64').slice(first, end);
    const forUrls = part.replaceAll('+', '-').replaceAll('/', '_');
    return part === forUrls ? [quote(part)] : [quote(part), quote(forUrls)];
  });
}

function hexForms(bytes: Buffer): string[] {
  return [anyCase(bytes.toString('hex'))];
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Hexadecimal digits in either case. */
function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
