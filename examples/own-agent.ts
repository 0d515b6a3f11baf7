// An agent of your own: it uses whatever does the most damage on average and never switches by choice. Any command
// plays it by its path: `npx tsx src/cli/main.ts battle --agent ./examples/own-agent.ts --opponent max-power`. With
// `npx pokellmon` it is a JavaScript file that imports from 'pokellmon'.
import { type Agent, assessTurn } from '../src/index.ts';

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

export default hardestHit;
