import { basename } from 'node:path';
import { BASELINES } from '../agent/baselines.ts';
import type { Budget } from '../model/budget.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { UserError } from '../util/errors.ts';
import { type AgentSpec, checkGiven, parseAgentSpec } from './agent-spec.ts';
import {
  type ChosenAgent,
  type ChosenModel,
  chooseLLM,
  chooseSearch,
  languageModel,
  type PlayOptions,
} from './agents.ts';
import type { ModelOptions } from './model-options.ts';
import { loadAgent } from './own-agent.ts';

/** The input for choosing agents. */
export interface ChoosingOptions {
  /** The command's options; settings in an agent's name take precedence. */
  readonly play: PlayOptions & ModelOptions;
  /** Names of the options that were given on the command line. */
  readonly given: readonly string[];
  readonly budget: Budget | undefined;
  /** Wraps each model. */
  readonly limited?: (model: LanguageModel) => LanguageModel;
  /** Called with lines that the user should see. */
  readonly tell: (line: string) => void;
}

type Settings = PlayOptions & ModelOptions;

/** The agents of a run. */
export interface ChosenAgents<Asked extends readonly unknown[]> {
  readonly agents: { readonly [index in keyof Asked]: ChosenAgent };
  /**
   * Tries their models; call it before anything is played.
   *
   * @throws {UserError} when one cannot be used
   */
  readonly tryModels: () => Promise<void>;
}

/**
 * Makes the agents that a command names.
 *
 * @param asked as on the command line; undefined for `llm`
 * @throws {UserError} when one is not to be had, or an option has no effect
 */
export async function chooseAgents<Asked extends readonly (string | undefined)[]>(
  asked: Asked,
  options: ChoosingOptions,
): Promise<ChosenAgents<Asked>> {
  const { play, given, budget } = options;
  const specs = asked.map((text) => parseAgentSpec(text ?? 'llm'));
  checkGiven(given, specs);
  const models = new SharedModels(options);
  const chosen: ChosenAgent[] = [];
  for (const spec of specs) chosen.push(await choose(spec, { ...play, ...spec.settings }, models, budget));
  return { agents: chosen as ChosenAgents<Asked>['agents'], tryModels: () => models.tryAll() };
}

async function choose(
  spec: AgentSpec,
  play: Settings,
  models: SharedModels,
  budget: Budget | undefined,
): Promise<ChosenAgent> {
  const { name, isModule } = spec;
  if (isModule) {
    const agent = await loadAgent(name);
    return { agent, kind: agent.name, played: { agent: agent.name, options: { module: basename(name) } } };
  }
  const words = namingWords(spec);
  if (name === 'llm') return chooseLLM(play, words, models.of(play), budget);
  if (name === 'search') return chooseSearch(play, words);
  const agent = BASELINES.get(name);
  if (!agent) throw new UserError(`There is no agent "${name}"`);
  return { agent, kind: name, played: { agent: name } };
}

/** Settings that do not affect how an agent plays, or that its name already contains. */
const NOT_IN_NAME = /^(?:model|baseUrl|price|cache)=/;

function namingWords({ words }: AgentSpec): string[] {
  return words
    .filter((word) => !NOT_IN_NAME.test(word))
    .map((word) => word.replaceAll('|', ' ').slice(0, 60));
}

/** The models of the agents, each once: two agents may use the same one. */
class SharedModels {
  private readonly models = new Map<string, ChosenModel>();

  constructor(private readonly options: ChoosingOptions) {}

  of(play: Settings): LanguageModel {
    const { model: name, baseUrl, schema, constrain, price, threads, engine } = play;
    const key = JSON.stringify({ name, baseUrl, schema, constrain, price, threads, engine });
    const known = this.models.get(key);
    if (known) return known.model;
    const { limited = (model) => model, tell } = this.options;
    const { model: alone, tryFirst } = languageModel(play, tell);
    const model = limited(alone);
    this.models.set(key, { model, tryFirst });
    return model;
  }

  async tryAll(): Promise<void> {
    for (const { tryFirst } of this.models.values()) {
      const usage = await tryFirst();
      this.options.budget?.add(usage);
    }
  }
}
