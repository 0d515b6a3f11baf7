import type { Agent } from '../agent/agent.ts';
import { BASELINES } from '../agent/baselines.ts';
import { calcAgent } from '../agent/calc.ts';
import { createLLMAgent } from '../agent/llm/llm-agent.ts';
import type { StrategyName } from '../agent/llm/strategy.ts';
import { type Budget, withBudget } from '../model/budget.ts';
import { OPENAI_BASE_URL } from '../model/endpoint.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { createOpenAIModel } from '../model/openai.ts';
import { probeModel } from '../model/probe.ts';
import { UserError } from '../util/errors.ts';

/** How a language model is named. */
export interface ModelOptions {
  readonly model?: string;
  readonly baseUrl?: string;
}

/** How a language model plays. */
export interface PlayOptions {
  readonly prompt: string;
  readonly strategy: StrategyName;
  readonly votes: number;
}

const HOW_TO_NAME =
  'name one with --model NAME, and with --base-url URL for any OpenAI-compatible server, e.g. --model llama3.1 --base-url http://localhost:11434/v1';

/** Names of all agents, for `--help` and messages. */
export const AGENT_NAMES = ['llm', ...BASELINES.keys()];

/**
 * Finds the language model that the options or the environment name.
 *
 * @returns the model, or one line that says why there is none and what to do
 */
export async function findModel(
  options: ModelOptions,
): Promise<LanguageModel | { readonly missing: string }> {
  const name = options.model ?? process.env.POKELLMON_MODEL;
  const baseUrl = options.baseUrl ?? process.env.POKELLMON_BASE_URL ?? process.env.OPENAI_BASE_URL;
  if (!name) return { missing: `No language model: ${HOW_TO_NAME}.` };
  const model = createOpenAIModel({ model: name, ...(baseUrl ? { baseUrl } : {}) });
  const { reachable, detail } = await probeModel(baseUrl ?? OPENAI_BASE_URL);
  return reachable ? model : { missing: `No answer from the language model (${detail}): ${HOW_TO_NAME}.` };
}

/**
 * Makes an agent by name.
 *
 * @throws {UserError} for a name that no agent has
 */
export function createAgent(
  name: string,
  play: PlayOptions,
  model: LanguageModel | undefined,
  budget: Budget | undefined,
): Agent {
  const baseline = BASELINES.get(name);
  if (baseline) return baseline;
  if (name !== 'llm' || !model) {
    throw new UserError(`There is no agent "${name}": choose one of ${AGENT_NAMES.join(', ')}`);
  }
  return createLLMAgent({
    model: budget ? withBudget(model, budget) : model,
    strategy: play.strategy,
    promptStyle: play.prompt,
    votes: play.votes,
    fallback: calcAgent,
  });
}
