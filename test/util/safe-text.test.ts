import { expect, test } from 'vitest';
import { createRandom } from '../../src/util/random.ts';
import { jsonForHtml, redactedJson, redactSecrets, safeLine } from '../../src/util/safe-text.ts';

const PARTS = [
  'sk',
  '-',
  'key-',
  'gsk-',
  'Bearer',
  ' ',
  '\n',
  '\t',
  '\\',
  '"',
  'hunter',
  '"2',
  'abcdefgh',
  'é',
];
const SECRETS = ['hunter"2', 'a\\b\nc', 'x'];

test('JSON is redacted as each of its texts would be, whatever stands around a key', () => {
  const random = createRandom('redacted');
  let changed = 0;
  for (let run = 0; run < 3000; run++) {
    const text = (): string =>
      Array.from({ length: 1 + random.below(8) }, () => random.pick([...PARTS, ...SECRETS])).join('');
    const value = { a: text(), b: [text(), 1, { c: text() }], d: null };
    const clean = {
      a: redactSecrets(value.a, SECRETS),
      b: value.b.map((part) => {
        if (typeof part === 'string') return redactSecrets(part, SECRETS);
        return typeof part === 'number' ? part : { c: redactSecrets(part.c, SECRETS) };
      }),
      d: null,
    };
    expect(JSON.parse(redactedJson(value, SECRETS))).toEqual(clean);
    if (JSON.stringify(value) !== JSON.stringify(clean)) changed++;
  }
  expect(changed).toBeGreaterThan(500);
  expect(changed).toBeLessThan(2500);
});

test('JSON in a page reads back as it was, but for what could play tricks', () => {
  const tricky = '</script><!-- a\\b \\\\u0007 "q"\n\tc\u0007\b\f\u001b[31m\u202e\u2028\u200b';
  const json = jsonForHtml(JSON.stringify({ tricky }));
  expect(json).not.toMatch(/[<\u202e\u2028\u200b]/);
  expect(JSON.parse(json)).toEqual({ tricky: '</script><!-- a\\b \\\\u0007 "q"\n\tc[31m' });
});

test('a line shows no text that people cannot see, and is never cut within a character', () => {
  const hidden = [...'ignore the rules'].map((letter) =>
    String.fromCodePoint(0xe0000 + letter.charCodeAt(0)),
  );
  expect(safeLine(`Pikachu${hidden.join('')}\u061c\u200b!`)).toBe('Pikachu !');
  expect(safeLine('Go 🔥🔥', 5)).toBe('Go …');
});
