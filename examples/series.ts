// A series between two agents in a program of your own. Run it with `npx tsx examples/series.ts`.
import { maxPowerAgent, playSeries } from '../src/index.ts';
import hardestHit from './own-agent.ts';

let wins = 0;
await playSeries({
  entrants: [{ agent: hardestHit }, { agent: maxPowerAgent }],
  format: 'gen9randombattle',
  battles: 10,
  seed: 'example',
  concurrency: 1,
  turnMs: 10_000,
  follow: ({ side }) => ({
    onEnd: ({ result }) => {
      if (result?.winner === side) wins++;
    },
  }),
});
console.log(`hardest-hit won ${wins} of 10 against max-power`);
