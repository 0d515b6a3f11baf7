// Plays battles between noisy players and writes each decision with its prompt in the style `local` and the teacher's
// label: see training/README.md. Writes one file per shard of battles; existing ones are not played again, so the same
// command continues after an interruption.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inProcesses } from '../../bench/support/shards.ts';
import { checkFormatHere } from '../../src/arena/format.ts';
import { replaceFile } from '../../src/ledger/replace-file.ts';
import { createRandom } from '../../src/util/random.ts';
import { weightedIndex } from '../../src/util/weighted-index.ts';
import type { PositionRecord } from './record.ts';
import { recordBattle } from './recorded-battle.ts';
import { calcTeacher, searchTeacher, type Teacher } from './teachers.ts';

/** Formats with their share of the battles. */
const FORMATS: readonly (readonly [share: number, format: string])[] = [
  [0.88, 'gen9randombattle'],
  [0.03, 'gen9randomdoublesbattle'],
  [0.03, 'gen8randombattle'],
  [0.02, 'gen7randombattle'],
  [0.01, 'gen4randombattle'],
  [0.02, 'gen9randombattle@@@Team Preview'],
  [0.01, 'gen9randomdoublesbattle@@@Team Preview,Picked Team Size = 4'],
];

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'training/data' },
    battles: { type: 'string', default: '8000' },
    'shard-battles': { type: 'string', default: '40' },
    seed: { type: 'string', default: 'local' },
    teacher: { type: 'string', default: 'calc' },
    playouts: { type: 'string', default: '1500' },
    format: { type: 'string' },
    processes: { type: 'string', default: '1' },
    shard: { type: 'string' },
  },
});
const { out, seed } = values;
const battles = Number(values.battles);
const shardBattles = Number(values['shard-battles']);
const shards = Math.ceil(battles / shardBattles);
const teacher = teacherNamed(values.teacher);
for (const name of ['battles', 'shard-battles', 'playouts', 'processes'] as const)
  if (!(Number.isInteger(Number(values[name])) && Number(values[name]) > 0))
    fail(`Expected a whole number above 0 for --${name}, got "${values[name]}"`);
if (values.format !== undefined) checkFormat(values.format);
const began = performance.now();

mkdirSync(out, { recursive: true });
const existing = Array.from({ length: shards }, (_, shard) => shard).filter((shard) =>
  existsSync(fileOf(shard)),
);
if (values.shard !== undefined) {
  const [index = 0, count = 1] = values.shard.split('/').map(Number);
  await play(index, count, (records) => process.send?.([records]));
  process.disconnect?.();
} else {
  const had = existing.reduce(
    (sum, shard) => sum + readFileSync(fileOf(shard), 'utf8').split('\n').length - 1,
    0,
  );
  if (existing.length > 0)
    console.log(`${existing.length} of ${shards} shards are there, with ${had} records`);
  let made = 0;
  let done = existing.length;
  const progress = (records: number): void => {
    made += records;
    done++;
    const rate = made / ((performance.now() - began) / 1000);
    console.log(`shard ${done} of ${shards}: ${had + made} records, ${rate.toFixed(1)} a second`);
  };
  const processes = Number(values.processes);
  if (processes === 1) await play(0, 1, progress);
  else {
    let seen = 0;
    await inProcesses<number>(import.meta.url, processes, values, (results) => {
      for (const records of results.slice(seen)) progress(records);
      seen = results.length;
    });
  }
}

/** Ends the program with one line. */
function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function teacherNamed(name: string): Teacher {
  if (name === 'calc') return calcTeacher;
  if (name === 'search') return searchTeacher(Number(values.playouts));
  return fail(`Expected the teacher calc or search, got "${name}"`);
}

function checkFormat(format: string): void {
  try {
    if (checkFormatHere(format).needsTeam) fail(`Expected a format that makes its teams, got "${format}"`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

function fileOf(shard: number): string {
  return join(out, `${seed}-${values.teacher}-${String(shard).padStart(5, '0')}.jsonl`);
}

/** Plays every `step`th shard that does not exist yet. */
async function play(first: number, step: number, onShard: (records: number) => void): Promise<void> {
  for (let shard = first; shard < shards; shard += step) {
    const file = fileOf(shard);
    if (existsSync(file)) continue;
    const records: PositionRecord[] = [];
    for (let index = shard * shardBattles; index < Math.min(battles, (shard + 1) * shardBattles); index++) {
      records.push(...(await recorded(index)));
    }
    replaceFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    onShard(records.length);
  }
}

/** A battle's records; none if the battle was aborted. */
async function recorded(index: number): Promise<readonly PositionRecord[]> {
  const id = `${seed}-${index}`;
  const format = values.format ?? drawFormat(id);
  try {
    return await recordBattle({ id, format, seed: id, teacher });
  } catch (error) {
    console.error(`Battle ${id} (${format}) is left out:`, error);
    return [];
  }
}

function drawFormat(id: string): string {
  const shares = FORMATS.map(([share]) => share);
  const found = FORMATS[weightedIndex(shares, createRandom(`format ${id}`).next())];
  return (found ?? FORMATS[0] ?? [1, 'gen9randombattle'])[1];
}
