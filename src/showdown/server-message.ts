import { z } from 'zod';
import { toId } from '../battle/generations.ts';
import { splitLine } from './frame.ts';

/** A line of the server outside of rooms. */
export type ServerMessage =
  | { readonly type: 'challstr'; readonly challstr: string }
  /** Our current name; not `named` for a guest without one. */
  | { readonly type: 'user'; readonly name: string; readonly named: boolean }
  | { readonly type: 'name-taken'; readonly reason: string }
  | { readonly type: 'search'; readonly searching: readonly string[]; readonly games: readonly string[] }
  /** A challenge from one user to another; without a format it is over (accepted, rejected or withdrawn). */
  | { readonly type: 'challenge'; readonly from: string; readonly to: string; readonly format?: string }
  | { readonly type: 'rejected'; readonly by: string }
  | { readonly type: 'popup'; readonly text: string }
  /** The server has published a replay. */
  | { readonly type: 'replay'; readonly url: string }
  | { readonly type: 'replay-refused'; readonly reason: string }
  | { readonly type: 'query'; readonly query: string }
  /** Nothing we act on. */
  | { readonly type: 'other' }
  | { readonly type: 'unknown'; readonly kind: string };

const searchSchema = z.object({
  searching: z.array(z.string().max(64)).max(1000),
  games: z.record(z.string().max(200), z.unknown()).nullish(),
});

/** Kinds that say nothing to a player. */
const OTHER = new Set(
  'formats customgroups usercount updatechallenges tempnotify tempnotifyoff notify html raw pagehtml refresh error bigerror warning debug b battle c c: chat'.split(
    ' ',
  ),
);

/** Reads one line of the server. */
export function parseServerMessage(line: string): ServerMessage {
  const [kind, rest] = splitLine(line);
  switch (kind) {
    case 'challstr':
      return { type: 'challstr', challstr: rest };
    case 'updateuser': {
      const [name = '', named] = rest.split('|');
      return { type: 'user', name: userName(name), named: named === '1' };
    }
    case 'nametaken':
      return { type: 'name-taken', reason: rest.slice(rest.indexOf('|') + 1) };
    case 'updatesearch':
      return parseSearch(rest);
    case 'pm':
      return parsePrivateMessage(rest);
    case 'popup':
      return parsePopup(rest.replaceAll('||', ' '));
    case 'queryresponse':
      return { type: 'query', query: rest.split('|', 1)[0] ?? '' };
    case '':
      return { type: 'other' };
    default:
      return OTHER.has(kind) ? { type: 'other' } : { type: 'unknown', kind };
  }
}

/** The answer to `/savereplay` looks like any other message for the player. */
function parsePopup(text: string): ServerMessage {
  if (text.includes('Your replay has been uploaded!')) {
    const url = / href="(https?:\/\/[^"\s]{1,200})"/.exec(text)?.[1];
    // A server that cannot reach the replay site does not notice it.
    if (!url || url.endsWith('/undefined')) return { type: 'replay-refused', reason: 'no answer' };
    return { type: 'replay', url };
  }
  if (/^Your replay could not be saved|^This server's request IP .* is not a registered server/.test(text)) {
    return { type: 'replay-refused', reason: text };
  }
  return { type: 'popup', text };
}

function parseSearch(json: string): ServerMessage {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    return { type: 'other' };
  }
  const parsed = searchSchema.safeParse(raw);
  if (!parsed.success) return { type: 'other' };
  const { searching, games } = parsed.data;
  return { type: 'search', searching, games: Object.keys(games ?? {}) };
}

/** Challenges are sent as private messages; what people write to us is ignored. */
function parsePrivateMessage(rest: string): ServerMessage {
  const [from = '', to = '', text = ''] = rest.split('|');
  if (text === '/challenge' || text.startsWith('/challenge ')) {
    // Custom rules (`gen9ou@@@…`) are part of the format.
    const [name = '', ...rules] = text.slice('/challenge '.length).split('@@@');
    const format = [toId(name), ...rules.map((rule) => rule.trim())].join('@@@');
    return { type: 'challenge', from: userName(from), to: userName(to), ...(format ? { format } : {}) };
  }
  if (text.startsWith('/nonotify ') && text.endsWith(' rejected the challenge.')) {
    return { type: 'rejected', by: userName(from) };
  }
  return { type: 'other' };
}

/** A user's name without the rank before it and the `@!` of a user who is away. */
function userName(text: string): string {
  return text.slice(1).replace(/@!$/, '');
}
