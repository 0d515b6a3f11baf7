import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fields measured on a clock: `timing` in records and in `battle.json`, `uploadtime` in a replay. */
const TIMES = new Set(['timing', 'uploadtime']);

function withoutTimes(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value) => (TIMES.has(key) ? undefined : value));
}

/**
 * All battles kept in a folder, by `battle/file`, without fields measured on a clock. The HTML pages are left out: they
 * are made from the other files.
 */
export function savedBattles(folder: string): Map<string, string> {
  const files = readdirSync(folder).flatMap((battle) =>
    readdirSync(join(folder, battle)).map((file) => `${battle}/${file}`),
  );
  return new Map(
    files
      .filter((file) => !file.endsWith('.html'))
      .sort()
      .map((file) => {
        const text = readFileSync(join(folder, file), 'utf8');
        if (file.endsWith('.jsonl')) return [file, text.trimEnd().split('\n').map(withoutTimes).join('\n')];
        return [file, file.endsWith('.json') ? withoutTimes(text) : text];
      }),
  );
}
