import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { foreignGameType } from '../battle/game-type.ts';
import { UserError } from '../util/errors.ts';
import type { View } from './protocol-log.ts';
import { readLog } from './read-battle.ts';
import { readText } from './read-text.ts';

/** The protocol lines of one battle, wherever they were saved. */
export interface Replay {
  /** The file that was read. */
  readonly source: string;
  /** Non-empty protocol lines. */
  readonly lines: readonly string[];
  /** Whose view it is: a player's if it contains requests. */
  readonly view: View;
  /** A sentence for each thing that had to be skipped. */
  readonly notices: readonly string[];
}

const MAX_LINE = 1 << 17;

const savedReplaySchema = z.object({ log: z.string() });
const requestSchema = z.object({ side: z.object({ id: z.enum(['p1', 'p2']) }) });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The player that a log's requests were for. */
function viewOf(lines: readonly string[]): View {
  for (const line of lines) {
    if (!line.startsWith('|request|')) continue;
    const request = requestSchema.safeParse(parseJson(line.slice('|request|'.length)));
    if (request.success) return request.data.side.id;
  }
  return 'spectator';
}

function isTornRequest(line: string): boolean {
  return line.startsWith('|request|{') && parseJson(line.slice('|request|'.length)) === undefined;
}

/** Keeps the protocol lines of a text; blank lines and room headers are dropped silently, others are counted. */
function checkedReplay(source: string, text: readonly string[], earlier: readonly string[] = []): Replay {
  const lines: string[] = [];
  let foreign = 0;
  for (const raw of text) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line === '' || line === '|' || line.startsWith('>')) continue;
    if (line.startsWith('|') && line.length <= MAX_LINE && !isTornRequest(line)) lines.push(line);
    else foreign++;
  }
  if (!lines.some((line) => line.startsWith('|player|') || line.startsWith('|switch|'))) {
    throw new UserError(
      `${source} holds no battle; expected a battle folder, a replay.json or a protocol log`,
    );
  }
  refuseOthers(source, lines);
  const name = basename(source);
  const skipped = foreign > 0 ? [`${name}: ${foreign} lines are not protocol lines; skipped`] : [];
  return { source, lines, view: viewOf(lines), notices: [...earlier, ...skipped] };
}

/** @throws {UserError} when the battle has more than two players, or three a side */
function refuseOthers(source: string, lines: readonly string[]): void {
  const type = lines.map(foreignGameType).find((found) => found !== undefined);
  if (type === undefined) return;
  throw new UserError(
    `${source} is a battle of the type "${type}"; only singles and doubles can be followed`,
  );
}

async function readFileReplay(path: string): Promise<Replay> {
  const text = await readText(path);
  if (!text.trimStart().startsWith('{')) return checkedReplay(path, text.split('\n'));
  const saved = savedReplaySchema.safeParse(parseJson(text));
  if (!saved.success)
    throw new UserError(`${path} is JSON, but not a replay: it has no "log" with the protocol lines`);
  return checkedReplay(path, saved.data.log.split('\n'));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/**
 * Reads the protocol lines of a battle from a battle folder, a public `replay.json`, a raw log or a player's own log.
 * The content is not trusted: lines that are not protocol lines are skipped with a notice.
 *
 * @throws {UserError} when there is no battle in it
 */
export async function readReplay(path: string): Promise<Replay> {
  if (!(await isFolder(path))) return readFileReplay(path);
  // An interrupted battle has the players' logs only.
  for (const name of ['battle.log', 'p1.log', 'p2.log']) {
    const log = await readLog(path, name);
    if (log) return checkedReplay(join(path, name), log.lines, log.notices);
  }
  return readFileReplay(join(path, 'replay.json'));
}
