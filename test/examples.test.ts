import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { playSession } from '../src/showdown/session.ts';
import { sessionOptions } from './showdown/play.ts';
import { startSource } from './support/run-cli.ts';
import { useShowdown } from './support/use-showdown.ts';

/** Played by a command instead of being run. */
const AGENT = 'own-agent.ts';
/** Needs a server, and an opponent on it. */
const LADDER = 'ladder.ts';

const shared = useShowdown();

const EXAMPLES = readdirSync(new URL('../examples/', import.meta.url)).filter((file) => file.endsWith('.ts'));

test.each(EXAMPLES.filter((file) => file !== AGENT && file !== LADDER))(
  'example %s runs to its end',
  async (file) => {
    const { code, stdout, stderr } = await startSource(`examples/${file}`).finished;
    expect(stderr).toBe('');
    expect(stdout).toMatch(/won .*\d/);
    expect(code).toBe(0);
  },
);

test('the ladder example plays a battle on a server', async () => {
  const { url, port } = shared.server;
  const [{ code, stdout, stderr }] = await Promise.all([
    startSource(`examples/${LADDER}`, [`localhost:${port}`]).finished,
    playSession(sessionOptions(url, 'partner', { type: 'ladder', format: 'gen9randombattle' })),
  ]);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^A battle against partner begins\.\nTurn 1: (move|switch) /);
  expect(stdout).toMatch(/\n(not )?won after \d+ turns\n$/);
  expect(code).toBe(0);
});

test('the example of an own agent plays in a command, on either side', async () => {
  const out = mkdtempSync(join(tmpdir(), 'pokellmon-example-'));
  const path = `./examples/${AGENT}`;
  const { code, stdout, stderr } = await startSource('src/cli/main.ts', [
    ...['battle', '--agent', path, '--opponent', path, '--quiet', '--seed', 'own', '--out', out],
  ]).finished;
  rmSync(out, { recursive: true });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^hardest-hit-2 decided (\d+) of \1$/m);
  expect(stdout).toMatch(/^hardest-hit won \d and lost \d against hardest-hit/m);
  expect(code).toBe(0);
});
