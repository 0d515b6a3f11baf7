import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calcAgent } from '../../src/agent/calc.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { playMatch } from '../../src/arena/match.ts';
import { loadAgent } from '../../src/cli/own-agent.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pokellmon-own-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function moduleOf(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

const FIRST =
  "{ name: 'first', async decide({ actions }) { return { action: actions[0], reasoning: 'first' }; } }";

test.each([
  ['agent.mjs', `export default ${FIRST};`],
  ['function.mjs', `export default () => (${FIRST});`],
  ['promise.mjs', `export default async () => (${FIRST});`],
  ['common.cjs', `module.exports = ${FIRST};`],
])('%s plays a whole battle', async (name, source) => {
  const agent = await loadAgent(moduleOf(name, source));
  expect(agent.name).toBe('first');
  const reasons: unknown[] = [];
  const { result } = await playMatch({
    battleId: 'own',
    format: 'gen1randombattle',
    seed: name,
    players: { p1: { agent, name: 'a' }, p2: { agent: randomAgent, name: 'b' } },
    fallback: calcAgent,
    turnMs: 10_000,
    onDecision: ({ side, reasoning, fallback }) => side === 'p1' && reasons.push(reasoning, fallback),
  });
  expect(result).toBeDefined();
  expect([...new Set(reasons)]).toEqual(['first', undefined]);
});

test('a decision that cannot be recorded is a failure of the agent and not of the battle', async () => {
  const source =
    "export default { name: 'odd', decide: ({ actions }) => ({ action: actions[0], reasoning: 5 }) };";
  const agent = await loadAgent(moduleOf('odd.mjs', source));
  const details = new Set<string | undefined>();
  await playMatch({
    battleId: 'odd',
    format: 'gen1randombattle',
    seed: 'odd',
    players: { p1: { agent, name: 'a' }, p2: { agent: randomAgent, name: 'b' } },
    fallback: calcAgent,
    turnMs: 10_000,
    onDecision: ({ side, fallback }) => side === 'p1' && details.add(fallback?.detail),
  });
  expect([...details]).toEqual([expect.stringMatching(/^its decision has a bad reasoning/)]);
});

test('a failure around a battle names the agent', async () => {
  const source = `export default { ...${FIRST}, onBattleStart() { throw new Error('no book'); } };`;
  const agent = await loadAgent(moduleOf('bookless.mjs', source));
  const start = agent.onBattleStart?.({ battleId: 'own', side: 'p1', format: 'gen1randombattle' });
  await expect(start).rejects.toThrow('The agent first at the start of a battle failed: no book');
});

test.each([
  ['nothing.mjs', 'export const agent = 1;', /^No agent in .*nothing\.mjs: expected as its default export/],
  ['nameless.mjs', 'export default { decide() {} };', /^No agent in/],
  ['broken.mjs', "throw new Error('out of order');", /cannot be loaded: out of order$/],
  ['garbled.mjs', 'export default {', /cannot be loaded: /],
])('%s is refused in one line', async (name, source, message) => {
  await expect(loadAgent(moduleOf(name, source))).rejects.toThrow(message);
});

test('a missing module is named', async () => {
  await expect(loadAgent('./no-such-agent.js')).rejects.toThrow(
    'There is no module ./no-such-agent.js with an agent',
  );
});
