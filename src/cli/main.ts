#!/usr/bin/env node
import { Command } from 'commander';
import { keysInEnvironment } from '../model/endpoint.ts';
import { PokellmonError } from '../util/errors.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { acceptCommand } from './accept-command.ts';
import { battleCommand } from './battle-command.ts';
import { challengeCommand } from './challenge-command.ts';
import { checkOwnSets } from './check-own-sets.ts';
import { ladderCommand } from './ladder-command.ts';
import { packageVersion } from './package-version.ts';
import { promptCommand } from './prompt-command.ts';
import { setsCommand } from './sets-command.ts';
import { terminal } from './terminal.ts';

const program = new Command('pokellmon')
  .description('Language-model agents that play Pokémon battles.')
  .version(packageVersion())
  .option('--debug', 'print a stack trace when something fails')
  .addCommand(battleCommand(), { isDefault: true })
  .addCommand(promptCommand())
  .addCommand(ladderCommand())
  .addCommand(challengeCommand())
  .addCommand(acceptCommand())
  .addCommand(setsCommand())
  .hook('preAction', checkOwnSets)
  .showSuggestionAfterError();

// The reader of the output may close it early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const shown = error instanceof PokellmonError ? message : `Unexpected error: ${message}`;
  terminal(process.stderr).line(`pokellmon: ${safeLine(redactSecrets(shown, keysInEnvironment()), 5000)}`);
  if (program.opts().debug && error instanceof Error) {
    process.stderr.write(`${redactSecrets(error.stack ?? '', keysInEnvironment())}\n`);
  }
  process.exitCode = 1;
}
