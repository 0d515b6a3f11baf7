import { expect, test } from 'vitest';
import { displayWidth, wrapToWidth } from '../../src/cli/display-width.ts';
import { createRandom } from '../../src/util/random.ts';

test('a line wraps at blanks and never within a word, whatever its words and however narrow the terminal', () => {
  const random = createRandom('wrap');
  const letters = ['a', 'é', '火', '💥', "'", '—', '\u001b[31m', '\u001b[39m', 'e\u0301'];
  const word = () => Array.from({ length: 1 + random.below(12) }, () => random.pick(letters)).join('');
  for (let round = 0; round < 500; round++) {
    const words = Array.from({ length: 1 + random.below(20) }, word);
    const text = ' '.repeat(random.below(6)) + words.join(random.pick([' ', '  ']));
    const columns = 4 + random.below(80);
    const lines = wrapToWidth(text, columns).split('\n');
    expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(words);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: style codes begin with one
    const widths = lines.map((line) => displayWidth(line.replace(/\u001b\[\d+m/g, '')));
    for (const [index, width] of widths.entries()) {
      if (width > columns) expect(lines[index]?.trim().split(/ +/)).toHaveLength(1);
    }
  }
});

test('later lines are indented; a line that fits stays unchanged', () => {
  const line = '    Primarina used Moonblast on Kyurem-Black.';
  expect(wrapToWidth(line, 80)).toBe(line);
  expect(wrapToWidth(line, 24).split('\n')).toEqual([
    '    Primarina used',
    '      Moonblast on',
    '      Kyurem-Black.',
  ]);
});
