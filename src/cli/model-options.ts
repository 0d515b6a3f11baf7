import { type Command, Option } from 'commander';
import { STRATEGIES } from '../agent/llm/strategy-names.ts';
import { SEARCH_DEFAULTS } from '../agent/search/defaults.ts';
import { DEFAULT_STYLE } from '../observation/default-style.ts';
import { positiveInteger } from './option-values.ts';

/** Adds the options that name a language model and say how agents play; the same for every command that plays. */
export function addModelOptions(command: Command): Command {
  return addLookAheadOptions(command)
    .option('--model <name>', 'language model, as its server names it (environment: POKELLMON_MODEL)')
    .option('--base-url <url>', 'OpenAI-compatible server (environment: POKELLMON_BASE_URL, OPENAI_BASE_URL)')
    .option(
      '--prompt <style>',
      'prompt style: grounded, pokellmon, compact, or the path of your own',
      DEFAULT_STYLE,
    )
    .addOption(
      new Option('--strategy <name>', 'how the model decides')
        .choices(STRATEGIES)
        .default('self-consistency'),
    )
    .option(
      '--votes <number>',
      'votes of self-consistency and look-ahead, branches of tree-of-thought',
      positiveInteger,
      3,
    )
    .option(
      '--give-up-after <number>',
      'decisions in a row that an agent leaves to the fallback, as without an answer of the model, before nothing more is played',
      positiveInteger,
      5,
    );
}

const { thinkMs, worlds, depth } = SEARCH_DEFAULTS;

/** Options of the agent `search` and the strategy `look-ahead`. */
function addLookAheadOptions(command: Command): Command {
  return command
    .option(
      '--think-ms <number>',
      `ms that a search may take for a decision (default: ${thinkMs})`,
      positiveInteger,
    )
    .option(
      '--worlds <number>',
      `guesses at what the foe hides that a search looks into (default: ${worlds} in ${thinkMs} ms, more in longer)`,
      positiveInteger,
    )
    .option(
      '--depth <number>',
      `decisions that a search looks ahead at most (default: ${depth})`,
      positiveInteger,
    );
}
