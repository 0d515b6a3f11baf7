import type { Agent } from './agent.ts';
import { BASELINE_NAMES, type BaselineName } from './agent-names.ts';
import { calcAgent } from './calc.ts';
import { heuristicsAgent } from './heuristics.ts';
import { maxPowerAgent } from './max-power.ts';
import { randomAgent } from './random.ts';

const BY_NAME: Readonly<Record<BaselineName, Agent>> = {
  calc: calcAgent,
  heuristics: heuristicsAgent,
  'max-power': maxPowerAgent,
  random: randomAgent,
};

/** The agents that need no model, the strongest first, by name. */
export const BASELINES: ReadonlyMap<string, Agent> = new Map(
  BASELINE_NAMES.map((name) => [name, BY_NAME[name]]),
);
