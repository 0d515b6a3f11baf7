import { execSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

test('the package contains what it needs to run, and no source maps of files that it lacks', () => {
  const output = execSync('npm pack --dry-run --json --ignore-scripts', { encoding: 'utf8' });
  const [{ files } = { files: [] }] = JSON.parse(output) as readonly Packed[];
  const paths = new Set(files.map(({ path }) => path));
  for (const path of [
    'dist/cli/main.js',
    'dist/index.d.ts',
    'prompts/grounded/turn.liquid',
    'knowledge/policy-network.json',
  ]) {
    expect(paths).toContain(path);
  }
  const maps = [...paths].filter((path) => path.endsWith('.map'));
  const sourceOf = (map: string): string =>
    join(dirname(map).replace(/^dist/, 'src'), map.split('/').at(-1) ?? '');
  expect(maps.filter((map) => !paths.has(sourceOf(map).replace(/\.js\.map$/, '.ts')))).toEqual([]);
});
