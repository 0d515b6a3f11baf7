import { UserError } from '../util/errors.ts';

/** Where a Showdown server is. */
export interface ServerAddress {
  /** Address of its socket. */
  readonly url: string;
  readonly host: string;
  /** It runs on this machine. */
  readonly isLocal: boolean;
}

const SOCKET = '/showdown/websocket';
/** The official server by its short name. */
const OFFICIAL = 'wss://sim3.psim.us/showdown/websocket';

/**
 * Reads a server as people name it: `localhost:8000`, `https://play.example.org`, a socket's address, or `official`.
 *
 * @throws {UserError} when it is none of these
 */
export function parseServer(text: string): ServerAddress {
  const url = toUrl(text === 'official' ? OFFICIAL : text);
  if (!url) {
    throw new UserError(
      `"${text}" is no server: expected HOST:PORT, a ws:// or wss:// address, or "official"`,
    );
  }
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.pathname === '/') url.pathname = SOCKET;
  const host = url.hostname;
  const isLocal = host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
  return { url: url.href, host, isLocal };
}

function toUrl(text: string): URL | undefined {
  try {
    const url = new URL(/^\w+:\/\//.test(text) ? text : `ws://${text}`);
    const isKnown = /^(ws|http)s?:$/.test(url.protocol);
    return isKnown && url.hostname !== '' && url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}
