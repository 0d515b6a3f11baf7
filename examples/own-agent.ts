// An agent of your own: it uses whatever does the most damage on average and never switches by choice.
// Run it with `npx tsx examples/own-agent.ts`.
import { type Agent, assessTurn, calcAgent, maxPowerAgent, playSeries } from '../src/index.ts';

const hardestHit: Agent = {
  name: 'hardest-hit',
  async decide({ state, actions, random }) {
    const moves = assessTurn(state).pairings[0]?.ownMoves ?? [];
    const damage = new Map(moves.map((move) => [move.move, (move.damage?.mean ?? 0) * move.accuracy]));
    const worth = (move: string): number => damage.get(move) ?? 0;
    const attacks = actions.filter((action) => action.type === 'move' && !action.gimmick);
    const [best] = attacks.toSorted((a, b) =>
      a.type === 'move' && b.type === 'move' ? worth(b.move) - worth(a.move) : 0,
    );
    return { action: best ?? random.pick(actions) };
  },
};

let wins = 0;
await playSeries({
  entrants: [{ agent: hardestHit }, { agent: maxPowerAgent }],
  format: 'gen9randombattle',
  battles: 10,
  seed: 'example',
  concurrency: 1,
  turnMs: 10_000,
  fallback: calcAgent,
  follow: ({ side }) => ({
    onEnd: ({ result }) => {
      if (result?.winner === side) wins++;
    },
  }),
});
console.log(`hardest-hit won ${wins} of 10 against max-power`);
