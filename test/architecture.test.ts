import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** A room may import from the rooms before it, and from itself; `src/index.ts` from all. See docs/architecture.md. */
const ROOMS = [
  'util',
  'engine',
  'battle',
  'knowledge',
  'memory',
  'observation',
  'mechanics',
  'search',
  'model',
  'agent',
  'ledger',
  'arena',
  'showdown',
  'cli',
];

/** The subfolders of a room with their order, where they have one. */
const SUBFOLDERS: Readonly<Record<string, readonly string[]>> = {
  search: ['evaluation', 'determinization', 'simulator-bridge', 'mcts', 'opponent-model'],
};

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

test('the rooms of the design are the folders of src', () => {
  const folders = new Set(files.map(room).filter((name) => name !== undefined));
  expect([...folders].sort()).toEqual([...ROOMS].sort());
  const named = readFileSync(join(SOURCE, '../docs/architecture.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm);
  expect([...named].map(([, name]) => name).filter((name) => ROOMS.includes(name ?? ''))).toEqual(ROOMS);
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

test.each(Object.entries(SUBFOLDERS))('imports within %s point one way, too', (name, order) => {
  const subfolder = (file: string): string | undefined => file.split('/').slice(1, -1)[0];
  const inRoom = files.filter((file) => room(file) === name);
  const folders = new Set(inRoom.map(subfolder).filter((folder) => folder !== undefined));
  expect([...folders].sort()).toEqual([...order].sort());
  const wrong = inRoom.flatMap((file) => {
    const from = subfolder(file);
    if (from === undefined) return [];
    return imports(file)
      .filter((target) => room(target) === name)
      .filter(
        (target) =>
          order.indexOf(subfolder(target) ?? 'top') === -1 ||
          order.indexOf(subfolder(target) ?? '') > order.indexOf(from),
      )
      .map((target) => `src/${file} imports src/${target}`);
  });
  expect(wrong).toEqual([]);
});

/** The lines of comments in the source, each with where it is. */
const comments = files.flatMap((file) =>
  readFileSync(join(SOURCE, file), 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      /^\s*(\/\*\*|\*)/.test(line) ? [`src/${file}:${index + 1}: ${line.trim()}`] : [],
    ),
);

test('comments describe in one form what a function throws', () => {
  const throwing = comments.filter((line) => line.includes('@throws'));
  expect(throwing.filter((line) => !/(\*\*|\*) @throws \{\w+\} when \S/.test(line))).toEqual([]);
});

test('comments describe defaults in one form', () => {
  const defaults = comments.filter((line) => /\bdefault: |@defaultValue|@default/.test(line));
  expect(defaults.filter((line) => !/: (\/\*)?\* @default \S(.*[^.])?$/.test(line))).toEqual([]);
});

/** A longer file explains in its first line, a comment, why it is not split. */
const MOST_LINES = 350;

test('no file is too long without a reason in its first line', () => {
  const long = files.flatMap((file) => {
    const lines = readFileSync(join(SOURCE, file), 'utf8').trimEnd().split('\n');
    return lines.length > MOST_LINES && !lines[0]?.startsWith('//') ? [`src/${file}: ${lines.length}`] : [];
  });
  expect(long).toEqual([]);
});
