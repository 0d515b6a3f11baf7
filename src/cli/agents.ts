import type { Agent } from '../agent/agent.ts';
import { calcAgent } from '../agent/calc.ts';
import { createLLMAgent } from '../agent/llm/llm-agent.ts';
import type { StrategyName } from '../agent/llm/strategy-names.ts';
import { trialRequest } from '../agent/llm/trial-request.ts';
import { createSearchAgent } from '../agent/search-agent.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { type Budget, withBudget } from '../model/budget.ts';
import { withCache } from '../model/cache.ts';
import { OPENAI_BASE_URL, parseEndpoint } from '../model/endpoint.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { createOpenAIModel } from '../model/openai.ts';
import { tryModel } from '../model/preflight.ts';
import { SEARCH_DEFAULTS, worldsFor } from '../search/defaults.ts';
import { UserError } from '../util/errors.ts';
import type { ModelOptions } from './model-options.ts';

/** Options of the search, for the agent `search` and the strategy `look-ahead`. */
export interface LookAheadOptions {
  readonly thinkMs?: number;
  readonly worlds?: number;
  readonly depth?: number;
}

/** Options of agents that ask a language model. */
export interface PlayOptions extends LookAheadOptions {
  readonly prompt: string;
  readonly strategy: StrategyName;
  readonly votes: number;
}

const HOW_TO_NAME =
  'name one with --model NAME, and with --base-url URL for any OpenAI-compatible server, e.g. --model llama3.1 --base-url http://localhost:11434/v1';

/** Whether the options or the environment name a language model. */
export function isModelNamed(options: ModelOptions): boolean {
  return Boolean(namedModel(options).name);
}

/** The error when no language model is named, and how to name one. */
export const NO_MODEL = `No language model: ${HOW_TO_NAME}.`;

/**
 * The language model named by the options or the environment.
 *
 * @param tell called with what the model's server turned out to reject or to need
 * @throws {UserError} when none is named, or it cannot be used
 */
export function languageModel(options: ModelOptions, tell: (line: string) => void): LanguageModel {
  const { name, baseUrl } = namedModel(options);
  if (!name) throw new UserError(NO_MODEL);
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

/** The least time to wait for a silent or busy server, in ms. */
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
    // If a question this short takes half of a decision's time, there is not enough for a turn's.
    waitMs: Math.max(LEAST_WAIT_MS, options.timeout * 500),
    onNotice: tell,
  });
  budget?.add(usage);
}

/** An agent, and how the ledger describes it. */
export interface ChosenAgent {
  readonly agent: Agent;
  /** Its name in one word, whatever its settings. */
  readonly kind: string;
  readonly played: Omit<BattlePlayer, 'name'>;
  /** Its search, if it makes one. */
  readonly search?: Agent;
}

/**
 * Makes an agent that looks ahead without a model.
 *
 * @param words the settings written for it alone
 */
export function chooseSearch(play: LookAheadOptions, words: readonly string[]): ChosenAgent {
  const name = ['search', words.join(',')].filter(Boolean).join(':');
  const search = searchOf(play, name);
  return {
    agent: search,
    kind: 'search',
    played: { agent: name, options: lookAheadSettings(play) },
    search,
  };
}

function searchOf({ thinkMs, worlds, depth }: LookAheadOptions, name = 'search'): Agent {
  return createSearchAgent({ name, thinkMs, worlds, depth, fallback: calcAgent });
}

/**
 * Makes an agent that asks a language model.
 *
 * @param words the settings written for it alone
 */
export function chooseLLM(
  play: PlayOptions & ModelOptions,
  words: readonly string[],
  model: LanguageModel,
  budget: Budget | undefined,
): ChosenAgent {
  const { thinkMs, worlds, depth, strategy, prompt, votes } = play;
  const cached = play.cache === undefined ? model : withCache(model, { directory: play.cache });
  const agent = createLLMAgent({
    name: [`llm:${model.id}`, ...words].join(','),
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
    kind: 'llm',
    played: { agent: agent.name, model: model.id, strategy, promptStyle: prompt, options },
    ...(strategy === 'look-ahead' && { search: searchOf(play) }),
  };
}

/** The settings of the search, with defaults filled in. */
function lookAheadSettings(asked: LookAheadOptions): Required<LookAheadOptions> {
  const { thinkMs = SEARCH_DEFAULTS.thinkMs, depth = SEARCH_DEFAULTS.depth } = asked;
  return { thinkMs, worlds: asked.worlds ?? worldsFor(thinkMs), depth };
}
