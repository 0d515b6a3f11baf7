import type { Agent } from '../agent/agent.ts';
import { BASELINES } from '../agent/baselines.ts';
import { calcAgent } from '../agent/calc.ts';
import { createLLMAgent } from '../agent/llm/llm-agent.ts';
import type { StrategyName } from '../agent/llm/strategy-names.ts';
import { trialRequest } from '../agent/llm/trial-request.ts';
import { AGENT_NAMES } from '../agent/names.ts';
import { SEARCH_DEFAULTS, worldsFor } from '../agent/search/defaults.ts';
import { createSearchAgent } from '../agent/search/search-agent.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { type Budget, withBudget } from '../model/budget.ts';
import { withCache } from '../model/cache.ts';
import { OPENAI_BASE_URL, parseEndpoint } from '../model/endpoint.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { createOpenAIModel } from '../model/openai.ts';
import { tryModel } from '../model/preflight.ts';
import { UserError } from '../util/errors.ts';
import type { ModelOptions } from './model-options.ts';

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

/**
 * The language model that the options or the environment name, if one of the agents needs it.
 *
 * @param agents names as asked for; undefined for the default, which is `llm` where a model is named
 * @param tell told what the model's server turned out not to take, or to need
 * @returns undefined when no agent needs it, or none is named; `tell` is then told how to name one
 * @throws {UserError} when it cannot be had
 */
export function modelFor(
  agents: readonly (string | undefined)[],
  options: ModelOptions,
  tell: (line: string) => void,
): LanguageModel | undefined {
  if (!agents.some((name) => name === undefined || name === 'llm')) return undefined;
  const { name, baseUrl } = namedModel(options);
  if (!name) {
    const missing = `No language model: ${HOW_TO_NAME}.`;
    if (agents.includes('llm')) throw new UserError(missing);
    tell(`${missing} Until then calc plays.`);
    return undefined;
  }
  const { schema, constrain, price } = options;
  const model: LanguageModel = createOpenAIModel({
    model: name,
    baseUrl,
    schema,
    price,
    ...(constrain !== 'local' && { constrain: constrain === 'always' }),
    onNotice: (line) => tell(`${model.id}: ${line}`),
  });
  return model;
}

function namedModel({ model, baseUrl }: ModelOptions): { readonly name?: string; readonly baseUrl: string } {
  return {
    name: model || process.env.POKELLMON_MODEL,
    baseUrl: baseUrl || process.env.POKELLMON_BASE_URL || process.env.OPENAI_BASE_URL || OPENAI_BASE_URL,
  };
}

/** The least time that a silent or busy server is waited for, in ms. */
const LEAST_WAIT_MS = 15_000;

/**
 * Tries the model with one short request, before anything is played.
 *
 * @throws {UserError} when it cannot be used
 */
export async function tryFirst(
  model: LanguageModel,
  options: ModelOptions,
  budget: Budget | undefined,
  tell: (line: string) => void,
): Promise<void> {
  const { name = '', baseUrl } = namedModel(options);
  const usage = await tryModel(model, {
    name,
    baseUrl,
    request: trialRequest(model, options),
    // A question as short as this that takes half of a decision's time leaves none for a turn's.
    waitMs: Math.max(LEAST_WAIT_MS, options.timeout * 500),
    onNotice: tell,
  });
  budget?.add(usage);
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
  const cached = play.cache === undefined ? model : withCache(model, { directory: play.cache });
  const agent = createLLMAgent({
    model: budget ? withBudget(cached, budget) : cached,
    strategy,
    promptStyle: prompt,
    votes,
    temperature: play.temperature,
    maxTokens: play.maxTokens,
    lookAhead: { thinkMs, worlds, depth },
    fallback: calcAgent,
  });
  const options = {
    server: parseEndpoint(namedModel(play).baseUrl).address,
    votes,
    ...(play.temperature !== undefined && { temperature: play.temperature }),
    ...(play.maxTokens !== undefined && { maxTokens: play.maxTokens }),
    ...(play.schema !== 'auto' && { schema: play.schema }),
    ...(play.constrain !== 'local' && { constrain: play.constrain }),
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
