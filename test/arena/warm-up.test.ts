import { expect, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { createSearchAgent } from '../../src/agent/search-agent.ts';
import { warmUp } from '../../src/arena/warm-up.ts';

test('a search makes a few decisions before the first one that counts, but not more', async () => {
  const search = createSearchAgent({ playouts: 16, worlds: 1, fallback: calcAgent });
  const playouts: (number | undefined)[] = [];
  const agent: Agent = {
    ...search,
    async decide(turn, signal) {
      const decision = await search.decide(turn, signal);
      playouts.push(decision.playouts);
      return decision;
    },
  };
  const ms = await warmUp({ agent, format: 'gen9randombattle' });
  expect(ms).toBeGreaterThan(0);
  expect(playouts.length).toBeGreaterThan(1);
  expect(playouts.length).toBeLessThanOrEqual(13);
  expect(playouts.some((count) => count === 16)).toBe(true);
});

test('it ends when it is no longer wanted', async () => {
  let decisions = 0;
  const stop = new AbortController();
  const agent: Agent = {
    name: 'slow',
    async decide({ actions: [action] }) {
      decisions++;
      stop.abort();
      if (!action) throw new Error('Nothing to choose from');
      return { action };
    },
  };
  await warmUp({ agent, format: 'gen9randombattle', signal: stop.signal });
  expect(decisions).toBe(1);
});
