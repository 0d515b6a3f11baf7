import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startSource } from './support/run-cli.ts';

const EXAMPLES = readdirSync(new URL('../examples/', import.meta.url)).filter((file) => file.endsWith('.ts'));

test.each(EXAMPLES)('example %s runs to its end', async (file) => {
  const { code, stdout, stderr } = await startSource(`examples/${file}`).finished;
  expect(stderr).toBe('');
  expect(stdout).toMatch(/won .*\d/);
  expect(code).toBe(0);
});
