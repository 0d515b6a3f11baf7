import type { Agent } from './agent.ts';
import { calcAgent } from './calc.ts';
import { heuristicsAgent } from './heuristics.ts';
import { maxPowerAgent } from './max-power.ts';
import { randomAgent } from './random.ts';

/** The agents that need no model, the strongest first, by name. */
export const BASELINES: ReadonlyMap<string, Agent> = new Map(
  [calcAgent, heuristicsAgent, maxPowerAgent, randomAgent].map((agent) => [agent.name, agent]),
);
