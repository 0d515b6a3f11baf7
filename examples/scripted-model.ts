// A language-model agent whose model is a script: always the first action on the list.
// Run it with `npx tsx examples/scripted-model.ts`.
import { createLLMAgent, playMatch, randomAgent, scriptedModel } from '../src/index.ts';

const model = scriptedModel(() => '{"choice": 1}');
const agent = createLLMAgent({
  model,
  strategy: 'direct',
  promptStyle: 'compact',
  votes: 1,
});

const { result } = await playMatch({
  battleId: 'scripted',
  format: 'gen9randombattle',
  seed: '1',
  players: { p1: { agent, name: 'first-action' }, p2: { agent: randomAgent, name: 'random' } },
  turnMs: 10_000,
});
console.log(`${result?.winner === 'p1' ? 'first-action' : 'random'} won in ${result?.turns} turns`);
console.log(`${model.requests.length} prompts`);
