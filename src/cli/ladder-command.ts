import { Command } from 'commander';
import { UserError } from '../util/errors.ts';
import { givenSettings } from './agent-spec.ts';
import { addOnlineOptions, ONLINE_HELP, type OnlineOptions } from './online-options.ts';
import { positiveInteger } from './option-values.ts';

interface LadderOptions extends OnlineOptions {
  readonly format: string;
  readonly battles: number;
}

/** `pokellmon ladder` */
export function ladderCommand(): Command {
  const command = new Command('ladder')
    .description('Search for opponents on a Showdown server and battle them.')
    .option('--format <id>', 'battle format', 'gen9randombattle')
    .option('--battles <number>', 'number of battles', positiveInteger, 1);
  return addOnlineOptions(command)
    .addHelpText(
      'after',
      `
A first battle, on a server of your own, where somebody else has to search, too:
  $ npm run server                                           in one terminal, until Ctrl-C; or as below
  $ npx pokellmon ladder --agent calc                        in a second one
  $ npx pokellmon ladder --agent heuristics --name rival     in a third one

Examples:
  $ npx pokellmon ladder --agent calc --battles 20 --concurrency 4
  $ OPENAI_API_KEY=… npx pokellmon ladder --model gpt-4.1-mini --budget-usd 1 --format gen9ou --team my-team.txt
  $ npx pokellmon ladder --server official --i-have-permission --name MyOwnAccount --battles 5
${ONLINE_HELP}`,
    )
    .action(async (options: LadderOptions, command: Command) => {
      const { hasCustomRules } = await import('../arena/format.ts');
      const { formatId } = await import('./format-id.ts');
      const { playOnline } = await import('./play-online.ts');
      const format = formatId(options.format);
      if (hasCustomRules(format)) {
        throw new UserError('Ladders play formats as they are; for custom rules use challenge or accept');
      }
      await playOnline(
        {
          given: givenSettings(command),
          matchmaking: { type: 'ladder', format },
          formats: [format],
          battles: options.battles,
          against: `the ladder of ${format}`,
        },
        options,
      );
    });
}
