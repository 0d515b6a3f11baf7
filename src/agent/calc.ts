import { slotActions, toChoice } from '../battle/action.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import type { ActionScore, Agent, Decision } from './agent.ts';
import { scoreDoubles } from './calc/doubles.ts';
import { scoreSingles } from './calc/singles.ts';
import { rateAgainstAll } from './calc/team-preview.ts';
import { heuristicsAgent } from './heuristics.ts';

/**
 * Looks one round ahead with exact damage. For each of our actions it weighs the opponent's likely replies, who acts
 * first, the damage rolls and what the resulting position is worth, including how the duel on the field would end and
 * which Pokémon could come in instead. Scores are in healthy Pokémon gained. It never throws: when its knowledge fails,
 * it plays as {@link heuristicsAgent} does.
 */
export const calcAgent: Agent = {
  name: 'calc',
  async decide(turn, signal) {
    try {
      return best(turn, scoresOf(turn));
    } catch {
      return simplest(turn, signal);
    }
  },
};

function scoresOf(turn: DecisionContext): readonly ActionScore[] {
  const { state, request } = turn;
  const foeStands = state.foe.active.some((foe) => foe && !foe.fainted);
  if (request.type === 'team' || !foeStands) return scoreBlindly(turn);
  return state.gameType === 'doubles' ? scoreDoubles(turn) : scoreSingles(turn);
}

/** Team preview, and choices while the opponent has no Pokémon on the field: the best on average come first. */
function scoreBlindly(turn: DecisionContext): readonly ActionScore[] {
  const ratings = rateAgainstAll(turn.state);
  return turn.actions.map((action) => {
    const score = slotActions(action).reduce((sum, part) => {
      if (part.type === 'switch') return sum + (ratings.get(part.slot) ?? 0);
      if (part.type !== 'team') return sum;
      return part.order.reduce((total, slot, index) => total + (ratings.get(slot) ?? 0) / (index + 1), sum);
    }, 0);
    return { choice: toChoice(action), score };
  });
}

function best(turn: DecisionContext, scores: readonly ActionScore[]): Decision {
  let chosen = 0;
  for (const [index, { score }] of scores.entries()) if (score > (scores[chosen]?.score ?? 0)) chosen = index;
  const action = turn.actions[chosen];
  if (!action) throw new RangeError('Expected a score for each legal action');
  const note = scores[chosen]?.note;
  return { action, scores, scoreUnit: 'healthy Pokémon gained', ...(note ? { reasoning: note } : {}) };
}

/** The fallback when this turn cannot be assessed. */
async function simplest(turn: DecisionContext, signal: AbortSignal): Promise<Decision> {
  try {
    return await heuristicsAgent.decide(turn, signal);
  } catch {
    return { action: turn.random.pick(turn.actions) };
  }
}
