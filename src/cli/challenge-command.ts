import { Command } from 'commander';
import { safeLine } from '../util/safe-text.ts';
import { givenSettings } from './agent-spec.ts';
import { addOnlineOptions, ONLINE_HELP, type OnlineOptions } from './online-options.ts';
import { positiveInteger } from './option-values.ts';

interface ChallengeOptions extends OnlineOptions {
  readonly format: string;
  readonly battles: number;
}

/** `pokellmon challenge USER` */
export function challengeCommand(): Command {
  const command = new Command('challenge')
    .description(
      'Challenge one user on a Showdown server. The user has 2 minutes to come online and to answer.',
    )
    .argument('<user>', 'user to challenge')
    .option('--format <id>', 'battle format', 'gen9randombattle')
    .option('--battles <number>', 'number of battles', positiveInteger, 1);
  return addOnlineOptions(command)
    .addHelpText(
      'after',
      `
A first battle, on a server of your own, against whoever waits there:
  $ npm run server                                           in one terminal, until Ctrl-C; or as below
  $ npx pokellmon accept --agent calc --name waiter          in a second one
  $ npx pokellmon challenge waiter --agent heuristics        in a third one

Examples:
  $ npx pokellmon challenge MyName --agent calc          (you, in a browser on http://localhost:8000)
  $ npx pokellmon challenge waiter --agent max-power --battles 10 --concurrency 2
${ONLINE_HELP}`,
    )
    .action(async (user: string, options: ChallengeOptions, command: Command) => {
      const { formatId } = await import('./format-id.ts');
      const { playOnline } = await import('./play-online.ts');
      const format = formatId(options.format);
      await playOnline(
        {
          given: givenSettings(command),
          matchmaking: { type: 'challenge', format, user },
          formats: [format],
          battles: options.battles,
          against: safeLine(user, 40),
        },
        options,
      );
    });
}
