import { Command, Option } from 'commander';
import { DEFAULT_STYLE } from '../observation/default-style.ts';
import { positiveInteger, wholeNumber } from './option-values.ts';
import type { PromptOptions } from './print-prompt.ts';

const QUESTIONS = ['direct', 'reasoned', 'candidates', 'foe'] as const;

/** `pokellmon prompt` */
export function promptCommand(): Command {
  return new Command('prompt')
    .description(
      'Print the prompt for a turn of a saved battle, to see what a model sees and to work on templates.',
    )
    .argument('<replay>', 'battle folder, replay.json, or a log in protocol lines')
    .option('--turn <number>', 'turn of the battle; 0 is team preview', wholeNumber, 1)
    .option(
      '--decision <number>',
      'decision of that turn; replacements come after the first',
      positiveInteger,
      1,
    )
    .addOption(
      new Option('--side <side>', 'side to see it from (default: the log’s own, else p1)').choices([
        'p1',
        'p2',
      ]),
    )
    .option(
      '--prompt <style>',
      'prompt style: grounded, pokellmon, compact, or the path of your own',
      DEFAULT_STYLE,
    )
    .addOption(
      new Option('--question <kind>', 'question put to the model').choices(QUESTIONS).default('reasoned'),
    )
    .option('--json', 'print messages, hash and candidates as JSON')
    .addHelpText(
      'after',
      `
A public replay does not say which moves a side had: the prompt then shows what the whole battle revealed.

Examples:
  $ pokellmon prompt replays/gen9randombattle-7-1 --turn 5 --side p2
  $ pokellmon prompt replays/gen9randombattle-7-1 --turn 8 --decision 2
  $ pokellmon prompt replays/samples/calc-heuristics/replay.json --turn 12 --prompt compact
  $ pokellmon prompt replays/gen9randombattle-7-1 --turn 5 --prompt ./my-style`,
    )
    .action(async (path: string, options: PromptOptions) => {
      const { printPrompt } = await import('./print-prompt.ts');
      await printPrompt(path, options);
    });
}
