import { expect, test } from 'vitest';
import { randomAgent } from '../../src/agent/random.ts';
import { playSeries } from '../../src/arena/series.ts';
import { NO_LEDGER } from '../../src/ledger/battle-ledger.ts';

test('a battle that fails ends the series with its error, once no battle is running any more', async () => {
  let running = 0;
  let begun = 0;
  const series = playSeries({
    entrants: [{ agent: randomAgent }, { agent: randomAgent }],
    battles: 20,
    concurrency: 3,
    format: 'gen9randombattle',
    seed: 'failing',
    fallback: randomAgent,
    turnMs: 10_000,
    follow: ({ index }) => {
      begun++;
      running++;
      return {
        ledger: {
          ...NO_LEDGER,
          decision() {
            if (index === 1) throw new Error('The disk is full');
          },
          close: () => void running--,
        },
      };
    },
  });
  await expect(series).rejects.toThrow('The disk is full');
  expect(running).toBe(0);
  expect(begun).toBeLessThan(20);
});
