import type { Strategy } from './consultation.ts';
import { chainOfThought } from './strategies/chain-of-thought.ts';
import { direct } from './strategies/direct.ts';
import { lookAhead } from './strategies/look-ahead.ts';
import { selfConsistency } from './strategies/self-consistency.ts';
import { treeOfThought } from './strategies/tree-of-thought.ts';
import type { StrategyName } from './strategy-names.ts';

const BY_NAME: Readonly<Record<StrategyName, Strategy>> = {
  direct,
  'chain-of-thought': chainOfThought,
  'self-consistency': selfConsistency,
  'tree-of-thought': treeOfThought,
  'look-ahead': lookAhead,
};

export function strategyNamed(name: StrategyName): Strategy {
  return BY_NAME[name];
}
