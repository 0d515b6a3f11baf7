import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SideId } from '../../src/battle/state.ts';

const RECORDINGS = new URL('../fixtures/recordings/', import.meta.url);

/** File names of 48 recorded views: both players' of 24 real games. */
export const RECORDED_VIEWS: readonly string[] = readdirSync(RECORDINGS);

/** One player's view of a game, requests included. */
export interface RecordedView {
  readonly side: SideId;
  readonly lines: readonly string[];
}

export function recordedView(file: string): RecordedView {
  const lines = gunzipSync(readFileSync(new URL(file, RECORDINGS)))
    .toString('utf8')
    .split('\n');
  const first = lines.find((line) => line.startsWith('|request|{')) ?? '';
  return { side: /"id":"(p[12])"/.exec(first)?.[1] as SideId, lines };
}

/** What a spectator saw of a game: no requests, and all HP in percent. */
export function spectatorLines({ lines }: RecordedView): string[] {
  return lines
    .filter((line) => !line.startsWith('|request|'))
    .map((line) =>
      line.replace(/(?<=\|)(\d+)\/(\d+)(?=[ |]|$)/, (_, points, most) => {
        const percent = Math.ceil((100 * points) / most);
        return `${percent === 100 && points < most ? 99 : percent}/100`;
      }),
    );
}

export function isRequest(line: string): boolean {
  return line.startsWith('|request|{');
}

/** The same lines in the order of older servers: first the request, then the log that led to it. */
export function inOldOrder(lines: readonly string[]): string[] {
  const reordered: string[] = [];
  let log: string[] = [];
  for (const line of lines) {
    if (isRequest(line)) {
      reordered.push(line, ...log);
      log = [];
    } else log.push(line);
  }
  return [...reordered, ...log];
}
