import type { Agent } from '../agent/agent.ts';
import { BASELINES } from '../agent/baselines.ts';
import { calcAgent } from '../agent/calc.ts';
import { createLLMAgent } from '../agent/llm/llm-agent.ts';
import type { StrategyName } from '../agent/llm/strategy-names.ts';
import { AGENT_NAMES } from '../agent/names.ts';
import { SEARCH_DEFAULTS, worldsFor } from '../agent/search/defaults.ts';
import { createSearchAgent } from '../agent/search/search-agent.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { type Budget, withBudget } from '../model/budget.ts';
import { KEY_VARIABLES, OPENAI_BASE_URL, parseEndpoint } from '../model/endpoint.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { createOpenAIModel } from '../model/openai.ts';
import { probeModel } from '../model/probe.ts';
import { UserError } from '../util/errors.ts';
import type { Terminal } from './terminal.ts';

/** How a language model is named. */
export interface ModelOptions {
  readonly model?: string;
  readonly baseUrl?: string;
}

/** How a search looks ahead, for the agent `search` and the strategy `look-ahead`. */
export interface LookAheadOptions {
  readonly thinkMs?: number;
  readonly worlds?: number;
  readonly depth?: number;
}

/** How a language model plays. */
export interface PlayOptions extends LookAheadOptions {
  readonly prompt: string;
  readonly strategy: StrategyName;
  readonly votes: number;
}

const HOW_TO_NAME =
  'name one with --model NAME, and with --base-url URL for any OpenAI-compatible server, e.g. --model llama3.1 --base-url http://localhost:11434/v1';

/** The API keys in the environment, so that nothing that is saved can hold one. */
export function keys(): string[] {
  return KEY_VARIABLES.flatMap((name) => process.env[name]?.trim() || []);
}

/**
 * The language model that the options or the environment name, if one of the agents needs it.
 *
 * @param agents names as asked for; undefined for the default, which is `llm` where there is a model
 * @returns undefined when no agent needs it, or nobody asked for it and there is none; `note` then says how to name one
 * @throws {UserError} when it was asked for and is not there
 */
export async function modelFor(
  agents: readonly (string | undefined)[],
  options: ModelOptions,
  note: Terminal,
): Promise<LanguageModel | undefined> {
  if (!agents.some((name) => name === undefined || name === 'llm')) return undefined;
  const found = await findModel(options);
  if ('generate' in found) return found;
  if (agents.includes('llm') || options.model) throw new UserError(found.missing);
  note.line(`${found.missing} Until then calc plays.`);
  return undefined;
}

function baseUrlOf({ baseUrl }: ModelOptions): string {
  return baseUrl || process.env.POKELLMON_BASE_URL || process.env.OPENAI_BASE_URL || OPENAI_BASE_URL;
}

/** The model, or one line that says why there is none and what to do. */
async function findModel(options: ModelOptions): Promise<LanguageModel | { readonly missing: string }> {
  const name = options.model ?? process.env.POKELLMON_MODEL;
  const baseUrl = baseUrlOf(options);
  if (!name) return { missing: `No language model: ${HOW_TO_NAME}.` };
  let model: LanguageModel;
  try {
    model = createOpenAIModel({ model: name, baseUrl });
  } catch (error) {
    if (error instanceof UserError) return { missing: error.message };
    throw error;
  }
  const { reachable, detail } = await probeModel(baseUrl);
  return reachable ? model : { missing: `No answer from the language model (${detail}): ${HOW_TO_NAME}.` };
}

/** An agent, and how the ledger describes it. */
export interface ChosenAgent {
  readonly agent: Agent;
  readonly played: Omit<BattlePlayer, 'name'>;
  /** The search that it makes, if it makes one. */
  readonly search?: Agent;
}

/**
 * Makes an agent by name.
 *
 * @throws {UserError} for a name that no agent has
 */
export function createAgent(
  name: string,
  play: PlayOptions & ModelOptions,
  model: LanguageModel | undefined,
  budget: Budget | undefined,
): ChosenAgent {
  const { thinkMs, worlds, depth, strategy, prompt, votes } = play;
  const search = createSearchAgent({ thinkMs, worlds, depth, fallback: calcAgent });
  if (name === 'search') {
    return { agent: search, played: { agent: name, options: lookAheadSettings(play) }, search };
  }
  const baseline = BASELINES.get(name);
  if (baseline) return { agent: baseline, played: { agent: name } };
  if (name !== 'llm' || !model) {
    throw new UserError(`There is no agent "${name}": choose one of ${AGENT_NAMES.join(', ')}`);
  }
  const agent = createLLMAgent({
    model: budget ? withBudget(model, budget) : model,
    strategy,
    promptStyle: prompt,
    votes,
    lookAhead: { thinkMs, worlds, depth },
    fallback: calcAgent,
  });
  const options = {
    server: parseEndpoint(baseUrlOf(play)).address,
    votes,
    ...(strategy === 'look-ahead' && lookAheadSettings(play)),
  };
  return {
    agent,
    played: { agent: agent.name, model: model.id, strategy, promptStyle: prompt, options },
    ...(strategy === 'look-ahead' && { search }),
  };
}

/** How a search looks ahead, what is not set as it is then. */
function lookAheadSettings(asked: LookAheadOptions): Required<LookAheadOptions> {
  const { thinkMs = SEARCH_DEFAULTS.thinkMs, depth = SEARCH_DEFAULTS.depth } = asked;
  return { thinkMs, worlds: asked.worlds ?? worldsFor(thinkMs), depth };
}
