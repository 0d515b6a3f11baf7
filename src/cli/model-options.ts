import { type Command, Option } from 'commander';
import { STRATEGIES } from '../agent/llm/strategy-names.ts';
import type { ModelPrice } from '../model/language-model.ts';
import { SCHEMA_MODES, type SchemaMode } from '../model/server-traits.ts';
import { DEFAULT_STYLE } from '../observation/default-style.ts';
import { SEARCH_DEFAULTS } from '../search/defaults.ts';
import { UserError } from '../util/errors.ts';
import { measure, modelPrice, positiveInteger } from './option-values.ts';

/** Which language model, and how it is asked. */
export interface ModelOptions {
  readonly model?: string;
  readonly baseUrl?: string;
  /** Of a local model. */
  readonly threads?: number;
  /** What runs a local model. */
  readonly engine?: 'own' | 'llama.cpp';
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly schema: SchemaMode;
  readonly constrain: 'always' | 'local' | 'never';
  readonly price?: ModelPrice;
  /** Folder of cached answers. */
  readonly cache?: string;
  /** Time for one decision, in seconds. */
  readonly timeout: number;
}

/** Adds the options that name a language model and control how agents play; the same for every command that plays. */
export function addModelOptions(command: Command): Command {
  return addLookAheadOptions(command)
    .option(
      '--model <name>',
      'language model: local (the one that comes with this package), FILE.gguf, or as a server names it (environment: POKELLMON_MODEL; default: local)',
    )
    .option('--base-url <url>', 'OpenAI-compatible server (environment: POKELLMON_BASE_URL, OPENAI_BASE_URL)')
    .option(
      '--temperature <number>',
      'sampling temperature of the model (default: 0, and 0.7 for samples that vote)',
      measure,
    )
    .option(
      '--max-tokens <number>',
      'most tokens of an answer, not counting reasoning before it (default: 200 to 800, depending on the question)',
      positiveInteger,
    )
    .addOption(
      new Option('--schema <mode>', 'way to ask the server for JSON; auto: the strictest it accepts')
        .choices(SCHEMA_MODES)
        .default('auto'),
    )
    .addOption(
      new Option(
        '--constrain <where>',
        'servers whose answers are limited to the turn’s numbers by the schema',
      )
        .choices(['always', 'local', 'never'])
        .default('local'),
    )
    .option(
      '--price <in,out>',
      'US dollars per million tokens in and out (default: from knowledge/model-prices.json)',
      modelPrice,
    )
    .option('--cache <folder>', 'folder that keeps the model’s answers, so that no question is asked twice')
    .option(
      '--prompt <style>',
      `prompt style: grounded, pokellmon, compact, local, or the path of your own (default: the model’s own, or ${DEFAULT_STYLE})`,
    )
    .addOption(
      new Option(
        '--strategy <name>',
        'strategy of the model (default: direct for one that scores the actions, else self-consistency)',
      ).choices(STRATEGIES),
    )
    .option('--threads <number>', 'threads that a local model works with (default: 1)', positiveInteger)
    .addOption(
      new Option(
        '--engine <name>',
        'what runs a GGUF file: our own, or llama.cpp, if the package node-llama-cpp is installed',
      )
        .choices(['own', 'llama.cpp'])
        .default('own'),
    )
    .option(
      '--votes <number>',
      'votes of self-consistency and look-ahead, branches of tree-of-thought',
      positiveInteger,
      3,
    )
    .option(
      '--give-up-after <number>',
      'decisions in a row left to the fallback, after which the run stops',
      positiveInteger,
      5,
    );
}

/** The error at the end of a run that was given up, with advice. */
export function givenUpError(reason: string): UserError {
  return new UserError(`${reason}; fix that, or allow more with --give-up-after`);
}

const { thinkMs, worlds, depth } = SEARCH_DEFAULTS;

/** Options of the agent `search` and the strategy `look-ahead`. */
function addLookAheadOptions(command: Command): Command {
  return command
    .option(
      '--think-ms <number>',
      `time of a search for one decision, in ms (default: ${thinkMs})`,
      positiveInteger,
    )
    .option(
      '--worlds <number>',
      `sampled opponent teams to search (default: ${worlds} in ${thinkMs} ms, more with more time)`,
      positiveInteger,
    )
    .option('--depth <number>', `most decisions to look ahead (default: ${depth})`, positiveInteger);
}
