// A search with its own opinion on what a state is worth. Run it with `npx tsx examples/own-evaluator.ts`.
import {
  createSearchAgent,
  type EvaluatorFactory,
  heuristicsAgent,
  neuralEvaluator,
  playSeries,
} from '../src/index.ts';

/** The share of all HP that is ours; the prior is left to the network. */
const hitPoints: EvaluatorFactory = (root) => {
  const network = neuralEvaluator(root);
  return {
    ...network,
    evaluate(state) {
      const [own = 0, foe = 0] = state.sides.map(({ pokemon }) =>
        pokemon.reduce((sum, { hp, maxHp }) => sum + hp / maxHp, 0),
      );
      return own / (own + foe || 1);
    },
  };
};

const agent = createSearchAgent({ name: 'hit-points', playouts: 100, evaluator: hitPoints });
let wins = 0;
await playSeries({
  entrants: [{ agent }, { agent: heuristicsAgent }],
  format: 'gen9randombattle',
  battles: 2,
  seed: 'evaluator',
  concurrency: 1,
  turnMs: 10_000,
  follow: ({ side }) => ({
    onEnd: ({ result }) => {
      if (result?.winner === side) wins++;
    },
  }),
});
console.log(`hit-points won ${wins} of 2 against heuristics`);
