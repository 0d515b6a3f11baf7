/** The agents that need no model and no search, the strongest first. */
export const BASELINE_NAMES = ['calc', 'heuristics', 'max-power', 'random'] as const;

export type BaselineName = (typeof BASELINE_NAMES)[number];

/** All agents, for `--help` and messages; apart from the agents, so that naming them does not load them. */
export const AGENT_NAMES: readonly string[] = ['llm', 'search', ...BASELINE_NAMES];
