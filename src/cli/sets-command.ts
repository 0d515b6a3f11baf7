import { Command } from 'commander';
import type { UpdateSetsOptions } from './update-sets.ts';

/** Where sets and statistics are published; see knowledge/README.md. */
const PUBLISHED = 'https://data.pkmn.cc';

/** `pokellmon sets` */
export function setsCommand(): Command {
  return new Command('sets')
    .description('Sets that opponents are expected to bring.')
    .addCommand(updateCommand());
}

function updateCommand(): Command {
  return new Command('update')
    .description('Fetch newer sets and usage statistics of formats into your own folder.')
    .requiredOption('--format <id...>', 'formats, as they are named where the data is published')
    .option('--from <place>', 'address, or a folder, that holds sets/, stats/ and randbats/stats/', PUBLISHED)
    .addHelpText(
      'after',
      `
What is fetched of a format, as FORMAT.json: its analysed sets (sets/) and its usage statistics (stats/), or for random
battles the statistics of their teams (randbats/stats/). They are checked and kept in ~/.pokellmon, or the folder that
POKELLMON_HOME names, in sets/ and statistics/; from then on they are used instead of those of this package. To go back,
delete the files. VGC formats are named by their year: gen9vgc2024.

Examples:
  $ pokellmon sets update --format gen9ou gen9vgc2024
  $ pokellmon sets update --format gen9randombattle
  $ pokellmon sets update --format gen9ou --from ./downloaded`,
    )
    .action(async (options: UpdateSetsOptions) => {
      const { updateSets } = await import('./update-sets.ts');
      for (const line of await updateSets(options)) process.stdout.write(`${line}\n`);
    });
}
