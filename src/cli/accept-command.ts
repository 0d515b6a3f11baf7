import { Command } from 'commander';
import { givenSettings } from './agent-spec.ts';
import { addOnlineOptions, ONLINE_HELP, type OnlineOptions } from './online-options.ts';
import { positiveInteger } from './option-values.ts';

interface AcceptOptions extends OnlineOptions {
  readonly format: readonly string[];
  readonly from?: readonly string[];
  readonly battles?: number;
}

/** Names listed with commas, as separate words of the command line, or both. */
function listed(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',')];
}

/** `pokellmon accept` */
export function acceptCommand(): Command {
  const command = new Command('accept')
    .description('Wait on a Showdown server for challenges and accept them.')
    .option('--format <id...>', 'formats to accept; other challenges are rejected', ['gen9randombattle'])
    .option('--from <user...>', 'users to accept, separated by commas or spaces (default: anybody)', listed)
    .option('--battles <number>', 'number of battles (default: until Ctrl-C)', positiveInteger);
  return addOnlineOptions(command)
    .addHelpText(
      'after',
      `
A first battle, on a server of your own; challenge it with "npx pokellmon challenge" or from a browser:
  $ npm run server                                           in one terminal, until Ctrl-C; or as below
  $ npx pokellmon accept --agent calc --name waiter          in a second one

Examples:
  $ npx pokellmon accept --model llama3.1 --base-url http://localhost:11434/v1 --from MyName --concurrency 2
${ONLINE_HELP}`,
    )
    .action(async (options: AcceptOptions, command: Command) => {
      const { formatId } = await import('./format-id.ts');
      const { playOnline } = await import('./play-online.ts');
      const { userIds } = await import('./user-ids.ts');
      const formats = [...new Set(options.format.map(formatId))];
      const users = options.from && userIds(options.from);
      const named = users?.join(', ') ?? 'anybody';
      await playOnline(
        {
          given: givenSettings(command),
          matchmaking: { type: 'accept', formats, users },
          formats,
          battles: options.battles ?? Number.POSITIVE_INFINITY,
          against: users ? named : 'all challengers',
          connected: `Connected; waiting for challenges of ${named} in ${formats.join(', ')}. Ctrl-C ends this.`,
        },
        options,
      );
    });
}
