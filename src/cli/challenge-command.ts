import { Command } from 'commander';
import { safeLine } from '../util/safe-text.ts';
import { addOnlineOptions, ONLINE_HELP, type OnlineOptions } from './online-options.ts';
import { positiveInteger } from './option-values.ts';
import { playOnline } from './play-online.ts';

interface ChallengeOptions extends OnlineOptions {
  readonly format: string;
  readonly battles: number;
}

/** `pokellmon challenge USER` */
export function challengeCommand(): Command {
  const command = new Command('challenge')
    .description('Challenge one user of a Showdown server.')
    .argument('<user>', 'whom')
    .option('--format <id>', 'battle format', 'gen9randombattle')
    .option('--battles <number>', 'how many', positiveInteger, 1);
  return addOnlineOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ pokellmon challenge MyName --agent calc      (you, in a browser on http://localhost:8000)
  $ pokellmon challenge pokellmoncalc --name challenger --agent heuristics --battles 10
${ONLINE_HELP}`,
    )
    .action((user: string, options: ChallengeOptions) =>
      playOnline(
        {
          matchmaking: { type: 'challenge', format: options.format, user },
          formats: [options.format],
          battles: options.battles,
          against: safeLine(user, 40),
        },
        options,
      ),
    );
}
