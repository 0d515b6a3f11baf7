import { type Command, Option } from 'commander';
import { STRATEGIES } from '../agent/llm/strategy.ts';
import { positiveInteger } from './option-values.ts';

/** Adds the options that name a language model and say how it plays; the same for every command that plays. */
export function addModelOptions(command: Command): Command {
  return command
    .option('--model <name>', 'language model, as its server names it (environment: POKELLMON_MODEL)')
    .option('--base-url <url>', 'OpenAI-compatible server (environment: POKELLMON_BASE_URL, OPENAI_BASE_URL)')
    .option(
      '--prompt <style>',
      'prompt style: grounded, pokellmon, compact, or the path of your own',
      'grounded',
    )
    .addOption(
      new Option('--strategy <name>', 'how the model decides')
        .choices(STRATEGIES)
        .default('self-consistency'),
    )
    .option('--votes <number>', 'votes of self-consistency, branches of tree-of-thought', positiveInteger, 3);
}
