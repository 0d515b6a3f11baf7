// A prompt style of your own: the two templates in examples/own-style. Run it with
// `npx tsx examples/own-prompt-style.ts`; a command plays it with `--prompt ./examples/own-style`.
import { fileURLToPath } from 'node:url';
import { createLLMAgent, playMatch, randomAgent, scriptedModel } from '../src/index.ts';

// Put a model of your own in its place: createOpenAIModel({ model: '…', baseUrl: '…' }).
const model = scriptedModel(() => '{"choice": 1}');
const promptStyle = fileURLToPath(new URL('own-style', import.meta.url));
const agent = createLLMAgent({ model, strategy: 'direct', promptStyle, votes: 1 });

const { result } = await playMatch({
  battleId: 'own-style',
  format: 'gen9randombattle',
  seed: '1',
  players: { p1: { agent, name: 'own-style' }, p2: { agent: randomAgent, name: 'random' } },
  turnMs: 10_000,
});
console.log(model.requests[0]?.messages.map(({ content }) => content).join('\n'));
console.log(`${result?.winner === 'p1' ? 'own-style' : 'random'} won in ${result?.turns} turns`);
