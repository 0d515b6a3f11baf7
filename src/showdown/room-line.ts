import { Protocol } from '@pkmn/protocol';
import { splitLine } from './frame.ts';

/** What a line of a battle room means to a player. */
export type RoomLine =
  /** Part of the battle's log, and the same for everybody who joins later. */
  | { readonly type: 'log' }
  | { readonly type: 'request'; readonly json: string }
  | { readonly type: 'sent-choice' }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'init' }
  | { readonly type: 'leave' }
  | { readonly type: 'no-room'; readonly reason: string; readonly renamedTo?: string }
  | { readonly type: 'timer'; readonly text: string }
  | { readonly type: 'timer-off' }
  | { readonly type: 'html'; readonly html: string }
  /** Chat, joins and similar lines: nothing that a player acts on or keeps. */
  | { readonly type: 'other' }
  | { readonly type: 'unknown'; readonly kind: string };

/** The battle's own lines, besides all that begin with `-`. */
const LOG = new Set(
  'player teamsize gametype gen tier rated rule clearpoke poke teampreview updatepoke start done upkeep turn win tie move switch drag detailschange replace swap cant faint message custom badge showteam -nothing'.split(
    ' ',
  ),
);

const OTHER = new Set(
  'title users html uhtml uhtmlchange join j J leave l L name n N chat c c: notify : battle b unlink warning bigerror chatmsg chatmsg-raw controlshtml fieldhtml selectorhtml debug tempnotify tempnotifyoff hidelines askreg seed t: pm popup cantleave allowleave hint break'.split(
    ' ',
  ),
);

/** Classifies a line of a battle room. */
export function readRoomLine(line: string): RoomLine {
  if (line === '' || line === '|') return { type: line === '|' ? 'log' : 'other' };
  const [kind, rest] = splitLine(line);
  switch (kind) {
    case 'request':
      return { type: 'request', json: rest };
    case 'sentchoice':
      return { type: 'sent-choice' };
    case 'error':
      return { type: 'error', message: rest };
    case 'init':
      return { type: 'init' };
    case 'deinit':
    case 'expire':
      return { type: 'leave' };
    case 'noinit':
      return readNoInit(rest);
    case 'inactive':
      return { type: 'timer', text: rest };
    case 'inactiveoff':
      return { type: 'timer-off' };
    case 'raw':
      return { type: 'html', html: rest };
    case 'player':
      // Without a name: the player has left for a moment, and keeps the place.
      return { type: rest.split('|')[1] ? 'log' : 'other' };
  }
  if (LOG.has(kind)) return { type: 'log' };
  if (kind.startsWith('-')) return `|${kind}|` in Protocol.ARGS ? { type: 'log' } : { type: 'unknown', kind };
  return kind === '' || OTHER.has(kind) ? { type: 'other' } : { type: 'unknown', kind };
}

function readNoInit(rest: string): RoomLine {
  const [reason = '', renamedTo = ''] = rest.split('|');
  return { type: 'no-room', reason, ...(reason === 'rename' && renamedTo ? { renamedTo } : {}) };
}

/** The number of a request, which comes last in it; undefined if it is missing, as in a line cut short. */
export function requestNumber(json: string): number | undefined {
  const match = /"rqid":(\d{1,9})\}$/.exec(json.slice(-32));
  return match ? Number(match[1]) : undefined;
}
