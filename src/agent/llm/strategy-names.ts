/** All strategies, the cheapest first. */
export const STRATEGIES = [
  'direct',
  'chain-of-thought',
  'self-consistency',
  'tree-of-thought',
  'look-ahead',
] as const;

/** How a language-model agent comes to its decision. */
export type StrategyName = (typeof STRATEGIES)[number];
