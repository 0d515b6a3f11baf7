import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** A room may import from the rooms before it, and from itself; `src/index.ts` from all. */
const ROOMS = [
  'util',
  'battle',
  'knowledge',
  'memory',
  'observation',
  'engine',
  'model',
  'agent',
  'ledger',
  'arena',
  'showdown',
  'review',
  'web',
  'cli',
];

const SOURCE = new URL('../src/', import.meta.url).pathname;

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

function imports(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  const found = [
    ...text.matchAll(
      /^(?:import|export)\b[^;'"]*?(?:from)?\s+['"](\.[^'"]+)['"]|import\(['"](\.[^'"]+)['"]\)/gm,
    ),
  ];
  return found.map((match) => relative(SOURCE, join(SOURCE, dirname(file), match[1] ?? match[2] ?? '')));
}

function room(file: string): string | undefined {
  return file.includes('/') ? file.split('/')[0] : undefined;
}

test('every folder of src is a room of the design', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.map(room).filter((name) => name !== undefined && !ROOMS.includes(name))).toEqual([]);
});

test('imports point one way, from later rooms to earlier ones', () => {
  const wrong = files.flatMap((file) => {
    const from = room(file);
    if (from === undefined) return [];
    return imports(file)
      .filter((target) => ROOMS.indexOf(room(target) ?? 'cli') > ROOMS.indexOf(from))
      .map((target) => `src/${file} imports src/${target}`);
  });
  expect(wrong).toEqual([]);
});
