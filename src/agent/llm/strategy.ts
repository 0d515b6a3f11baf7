import type { Strategy } from './consultation.ts';
import { chainOfThought } from './strategies/chain-of-thought.ts';
import { direct } from './strategies/direct.ts';
import { lookAhead } from './strategies/look-ahead.ts';
import { selfConsistency } from './strategies/self-consistency.ts';
import { treeOfThought } from './strategies/tree-of-thought.ts';

const BY_NAME = {
  direct,
  'chain-of-thought': chainOfThought,
  'self-consistency': selfConsistency,
  'tree-of-thought': treeOfThought,
  'look-ahead': lookAhead,
} as const satisfies Record<string, Strategy>;

/** How a language-model agent comes to its decision. */
export type StrategyName = keyof typeof BY_NAME;

/** All strategies, the cheapest first. */
export const STRATEGIES = Object.keys(BY_NAME) as readonly StrategyName[];

export function strategyNamed(name: StrategyName): Strategy {
  return BY_NAME[name];
}
