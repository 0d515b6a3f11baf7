import { expect, test } from 'vitest';
import { Narrator } from '../../src/cli/narrator.ts';
import { terminal } from '../../src/cli/terminal.ts';

/** A stream that keeps what is written to it. */
function streamOf(columns: number | undefined) {
  const written: string[] = [];
  const stream = {
    ...{ isTTY: columns !== undefined, columns },
    write: (text: string) => written.push(text) > 0,
  };
  return { out: terminal(stream as unknown as NodeJS.WriteStream), written };
}

test('lines for people wrap between words on a narrow terminal; data never do, and nothing does in a pipe', () => {
  const narrow = streamOf(20);
  narrow.out.line('  calc decided 31 of 36');
  narrow.out.data('{"who": "calc decided 31 of 36"}');
  expect(narrow.written.join('')).toBe('  calc decided 31 of\n    36\n{"who": "calc decided 31 of 36"}\n');
  const pipe = streamOf(undefined);
  pipe.out.line('  calc decided 31 of 36');
  expect(pipe.written).toEqual(['  calc decided 31 of 36\n']);
});

test('in a mirror match Pokémon that both players have are shown with their owners, also on the board', () => {
  const { out, written } = streamOf(undefined);
  const narrator = new Narrator(out, { p1: 'calc', p2: 'calc-2' });
  const primarina = 'Primarina, L80, F|100/100';
  const lines = [
    ...['|player|p1|calc|', '|player|p2|calc-2|', '|teamsize|p1|6', '|teamsize|p2|6', '|gametype|singles'],
    ...['|gen|9', '|tier|[Gen 9] Random Battle', '|start'],
    ...[`|switch|p1a: Primarina|${primarina}`, `|switch|p2a: Primarina|${primarina}`, '|turn|1'],
    '|move|p1a: Primarina|Moonblast|p2a: Primarina',
    '|-damage|p2a: Primarina|60/100',
  ];
  for (const line of lines) narrator.line(line);
  const output = written.join('');
  expect(output).toMatch(/^ {2}calc's Primarina +█+ +100%/m);
  expect(output).toMatch(/^ {2}calc-2's Primarina +█+ +100%/m);
  expect(output).toContain("    calc's Primarina used Moonblast on calc-2's Primarina.\n");
});
