import { CHOICES, chosenId, NO_CHOICE } from '../../mechanics/choices.ts';
import type { ForeseenChoice } from '../../memory/battle-memory.ts';
import { ROOT } from './nodes.ts';
import type { WorldTree } from './principal-variation.ts';

/** Share and value of the opponent's choices at the root, over all worlds: the likeliest first. */
export function repliesOf(trees: readonly WorldTree[]): readonly ForeseenChoice[] {
  const sums = new Map<string, { visits: number; value: number }>();
  let total = 0;
  for (const { searchState, tree } of trees) {
    const { stats } = tree.nodes;
    const at = tree.nodes.statsOf(ROOT) + CHOICES;
    for (let choice = 0; choice < CHOICES; choice++) {
      const visits = stats.visits[at + choice] ?? 0;
      if (visits === 0 || choice === NO_CHOICE) continue;
      const id = chosenId(searchState.sides[1], choice) ?? '';
      const sum = sums.get(id) ?? { visits: 0, value: 0 };
      sum.visits += visits;
      sum.value += stats.values[at + choice] ?? 0;
      sums.set(id, sum);
      total += visits;
    }
  }
  return [...sums]
    .map(([id, { visits, value }]) => ({ id, share: visits / total, value: value / visits }))
    .sort((a, b) => b.share - a.share);
}
