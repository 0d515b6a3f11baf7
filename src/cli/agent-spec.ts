import { Command, InvalidArgumentError, type Option } from 'commander';
import { AGENT_NAMES } from '../agent/agent-names.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import { addModelOptions } from './model-options.ts';

/** An agent as named by `--agent` and `--opponent`: `calc`, `search:thinkMs=1000`, `./mine.js`. */
export interface AgentSpec {
  /** One of {@link AGENT_NAMES}, or the path of a module. */
  readonly name: string;
  readonly isModule: boolean;
  /** Its settings, by the names of the command's options in code; they replace those options. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The settings as written, for the agent's name. */
  readonly words: readonly string[];
}

const SEARCH_SETTINGS = ['thinkMs', 'worlds', 'depth'];

const LLM_SETTINGS = [
  ...['model', 'baseUrl', 'prompt', 'strategy', 'votes', 'temperature', 'maxTokens'],
  ...['schema', 'constrain', 'price', 'cache', 'threads', 'engine'],
  ...SEARCH_SETTINGS,
];

/** The options that an agent takes, by name. */
export function settingsOf({ name }: Pick<AgentSpec, 'name'>): readonly string[] {
  if (name === 'llm') return LLM_SETTINGS;
  return name === 'search' ? SEARCH_SETTINGS : [];
}

const MODULE = /^(?:\.{0,2}[\\/]|[a-z]:[\\/]|file:)|\.[cm]?[jt]s$/i;

/**
 * Parses how an agent is named on the command line: a name, with settings after a colon that are written like the
 * command's options: `llm:model=llama3.1,baseUrl=http://localhost:11434/v1,prompt=compact`. A part without `=` belongs
 * to the value before it. Or it is the path of a module.
 *
 * @throws {UserError} when there is no such name or setting, or its option does not accept the value
 */
export function parseAgentSpec(text: string): AgentSpec {
  const [, name = '', listed] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (!AGENT_NAMES.includes(name)) {
    if (MODULE.test(text)) return { name: text, isModule: true, settings: {}, words: [] };
    throw new UserError(
      `There is no agent "${safeLine(name, 60)}": choose one of ${AGENT_NAMES.join(', ')}, or the path of a module of your own, like ./mine.js`,
    );
  }
  const read = (listed === undefined ? [] : splitSettings(listed)).map((word) => readSetting(name, word));
  const settings = Object.fromEntries(read.map(({ setting, value }) => [setting, value]));
  return { name, isModule: false, settings, words: read.map(({ words }) => words) };
}

function splitSettings(listed: string): string[] {
  const words: string[] = [];
  for (const part of listed.split(',')) {
    if (words.length > 0 && !part.includes('=')) words.push(`${words.pop()},${part}`);
    else words.push(part);
  }
  return words;
}

interface ReadSetting {
  readonly setting: string;
  readonly value: unknown;
  /** The setting as in {@link AgentSpec.words}. */
  readonly words: string;
}

function readSetting(agent: string, word: string): ReadSetting {
  const known = settingsOf({ name: agent });
  const takes = known.length > 0 ? `it takes ${known.join(', ')}` : 'it takes none';
  const [, written = '', value] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  const name = written.trim().replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const option = known.includes(name) ? options().get(name) : undefined;
  if (value === undefined || !option) {
    const what = safeLine(value === undefined ? word : written, 60);
    throw new UserError(`The agent ${agent} has no option "${what}" (expected NAME=VALUE): ${takes}`);
  }
  try {
    return {
      setting: name,
      value: option.parseArg ? option.parseArg(value, undefined) : value,
      words: `${name}=${value}`,
    };
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UserError(
      `The agent ${agent} cannot play with ${name} "${safeLine(value, 60)}": ${error.message}`,
    );
  }
}

let known: ReadonlyMap<string, Option> | undefined;

/** The commands' options, by their name in code. */
function options(): ReadonlyMap<string, Option> {
  known ??= new Map(addModelOptions(new Command()).options.map((option) => [option.attributeName(), option]));
  return known;
}

/**
 * Names of the agents' options that were given on the command line rather than by default.
 *
 * @param command the command whose options were parsed
 */
export function givenSettings(command: Command): readonly string[] {
  return LLM_SETTINGS.filter((name) => command.getOptionValueSource(name) === 'cli');
}

/**
 * Checks that every given option affects one of the agents.
 *
 * @param given names of options
 * @throws {UserError} when one has no effect
 */
export function checkGiven(given: readonly string[], agents: readonly AgentSpec[]): void {
  const unused = given.find((name) => !agents.some((agent) => settingsOf(agent).includes(name)));
  if (unused === undefined) return;
  const flag = options().get(unused)?.long ?? unused;
  const takers = AGENT_NAMES.filter((name) => settingsOf({ name }).includes(unused));
  const playing = [...new Set(agents.map(({ name }) => name))].join(' and ');
  throw new UserError(
    `${flag} has no effect with ${playing}: it is for ${takers.join(' and ')}; leave it out, or choose --agent ${takers[0]}`,
  );
}
