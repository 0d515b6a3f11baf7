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
import { type LanguageModel, NO_USAGE, type Usage } from '../model/language-model.ts';
import { createLlamaCppModel } from '../model/local/llama-cpp.ts';
import { createLocalModel, isLocalName, SHIPPED_MODEL } from '../model/local/local-model.ts';
import { createOpenAIModel } from '../model/openai.ts';
import { tryModel } from '../model/preflight.ts';
import { DEFAULT_STYLE } from '../observation/default-style.ts';
import { SEARCH_DEFAULTS, worldsFor } from '../search/defaults.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import type { ModelOptions } from './model-options.ts';

/** Options of the search, for the agent `search` and the strategy `look-ahead`. */
export interface LookAheadOptions {
  readonly thinkMs?: number;
  readonly worlds?: number;
  readonly depth?: number;
}

/** Options of agents that ask a language model. */
export interface PlayOptions extends LookAheadOptions {
  /** @default what fits the model */
  readonly prompt?: string;
  readonly strategy?: StrategyName;
  readonly votes: number;
}

/** A language model, and how it is tried before it plays. */
export interface ChosenModel {
  readonly model: LanguageModel;
  /**
   * Tries it, before anything is played.
   *
   * @returns what that cost
   * @throws {UserError} when it cannot be used
   */
  readonly tryFirst: () => Promise<Usage>;
}

/**
 * The language model that the options or the environment name; without a name the one that this package brings along.
 *
 * @param tell told what the model's server turned out not to take, or to need
 * @throws {UserError} when it cannot be had
 */
export function languageModel(options: ModelOptions, tell: (line: string) => void): ChosenModel {
  const { name, baseUrl } = namedModel(options);
  if (baseUrl === undefined) {
    const create = options.engine === 'llama.cpp' ? createLlamaCppModel : createLocalModel;
    const model = create({ name, threads: options.threads });
    return { model, tryFirst: () => model.opened().then(() => NO_USAGE) };
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
  const tryFirst = (): Promise<Usage> =>
    tryModel(model, {
      name,
      baseUrl,
      request: trialRequest(model, options),
      // A question as short as this that takes half of a decision's time leaves none for a turn's.
      waitMs: Math.max(LEAST_WAIT_MS, options.timeout * 500),
      onNotice: tell,
    });
  return { model, tryFirst };
}

/** The model's name, and its server; a file of this machine has none. */
function namedModel(options: ModelOptions): { readonly name: string; readonly baseUrl?: string } {
  const name = options.model || process.env.POKELLMON_MODEL;
  const server = options.baseUrl || process.env.POKELLMON_BASE_URL || process.env.OPENAI_BASE_URL;
  if (!name && options.baseUrl) {
    throw new UserError(
      `Which model of ${parseEndpoint(options.baseUrl).address}? Name it with --model NAME`,
    );
  }
  if (!name || (isLocalName(name) && !options.baseUrl)) return { name: name || SHIPPED_MODEL };
  return { name, baseUrl: server || OPENAI_BASE_URL };
}

/** The least time to wait for a silent or busy server, in ms. */
const LEAST_WAIT_MS = 15_000;

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
  const { thinkMs, worlds, depth, votes } = play;
  const { prompt, strategy } = waysOf(model, play);
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
    ...whereItRuns(play),
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

/** How a model is asked, where nothing else was asked for: one that was trained on a style is shown that. */
function waysOf(
  { id, capabilities: { style } }: LanguageModel,
  play: PlayOptions,
): { readonly prompt: string; readonly strategy: StrategyName } {
  const { prompt = style ?? DEFAULT_STYLE, strategy = style === undefined ? 'self-consistency' : 'direct' } =
    play;
  if (style !== undefined && prompt !== style) {
    throw new UserError(
      `The model ${id} reads the prompt style "${style}" only: leave out --prompt ${safeLine(prompt, 60)}`,
    );
  }
  return { prompt, strategy };
}

function whereItRuns(play: ModelOptions): Readonly<Record<string, string | number>> {
  const { baseUrl } = namedModel(play);
  const { threads = 1, engine = 'own' } = play;
  return baseUrl === undefined ? { threads, engine } : { server: parseEndpoint(baseUrl).address };
}

/** How a search looks ahead, what is not set as it is then. */
function lookAheadSettings(asked: LookAheadOptions): Required<LookAheadOptions> {
  const { thinkMs = SEARCH_DEFAULTS.thinkMs, depth = SEARCH_DEFAULTS.depth } = asked;
  return { thinkMs, worlds: asked.worlds ?? worldsFor(thinkMs), depth };
}
