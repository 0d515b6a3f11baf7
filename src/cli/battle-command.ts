import { Command } from 'commander';
import { AGENT_NAMES } from '../agent/agent-names.ts';
import { UserError } from '../util/errors.ts';
import { givenSettings } from './agent-spec.ts';
import { addLedgerOption } from './ledger-option.ts';
import { addModelOptions } from './model-options.ts';
import { positiveInteger, positiveNumber } from './option-values.ts';
import type { BattleOptions } from './play-battles.ts';

/** `pokellmon battle` */
export function battleCommand(): Command {
  const command = addModelOptions(
    new Command('battle')
      .description('Play battles between two agents in this process, with the real battle simulator.')
      // This is the default command, so the name of a mistyped command arrives here.
      .allowExcessArguments()
      .option(
        '--agent <name>',
        `agent that plays: ${AGENT_NAMES.join(', ')}, or the path of your own module; its own options follow a colon: search:thinkMs=500 (default: llm)`,
      )
      .option('--opponent <name>', 'agent that plays against it', 'heuristics'),
  )
    .option('--format <id>', 'battle format', 'gen9randombattle')
    .option(
      '--team <file...>',
      'team in export format, for formats that need one; a second is the opponent’s',
    )
    .option('--seed <text>', 'seed of teams and luck (default: a new one)')
    .option(
      '--battles <number>',
      'number of battles; every two share a seed, with sides swapped',
      positiveInteger,
      1,
    )
    .option('--concurrency <number>', 'battles at the same time', positiveInteger, 1)
    .option('--timeout <seconds>', 'time for one decision', positiveNumber, 30)
    .option(
      '--budget-usd <dollars>',
      'most that the model may cost in all, in US dollars; then the run stops',
      positiveNumber,
    )
    .option(
      '--out <folder>',
      'folder for replays and decisions; with the same --seed, finished battles are counted, not played again',
      'replays',
    );
  return addLedgerOption(command)
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print the summary only')
    .addHelpText(
      'after',
      `
Examples:
  $ pokellmon battle --battles 100 --quiet
  $ pokellmon battle --agent calc --opponent heuristics --battles 100 --concurrency 2
  $ pokellmon battle --agent search --think-ms 500 --opponent calc
  $ pokellmon battle --model gpt-4.1-mini --votes 3 --budget-usd 0.50
  $ pokellmon battle --model llama3.1 --base-url http://localhost:11434/v1 --strategy direct --prompt compact
  $ pokellmon battle --agent calc --format gen9ou --team my-team.txt --seed 7 --json`,
    )
    .action(battle);
}

async function battle(options: BattleOptions, command: Command): Promise<void> {
  const [unknown] = command.args;
  if (unknown !== undefined) {
    throw new UserError(`"${unknown}" is neither a command nor an option: see pokellmon --help`);
  }
  const { playBattles } = await import('./play-battles.ts');
  await playBattles(options, givenSettings(command));
}
