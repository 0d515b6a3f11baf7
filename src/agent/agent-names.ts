/** The agents that need no model and no search, the strongest first. */
export const BASELINE_NAMES = ['calc', 'heuristics', 'max-power', 'random'] as const;

export type BaselineName = (typeof BASELINE_NAMES)[number];

/** All agents, for `--help` and messages. They stand apart from the agents, so that listing names loads no agent. */
export const AGENT_NAMES: readonly string[] = ['llm', 'search', ...BASELINE_NAMES];
