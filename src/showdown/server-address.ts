import { UserError } from '../util/errors.ts';
import { LOGIN_SERVER } from './login.ts';

/** The address of a Showdown server. */
export interface ServerAddress {
  /** Address of its socket. */
  readonly url: string;
  readonly host: string;
  /** Host and port: the server's name in ledgers. */
  readonly id: string;
  /**
   * It runs on this machine, or in a private network: names need no password there, and public servers' rules do not
   * apply.
   */
  readonly isLocal: boolean;
}

const SOCKET = '/showdown/websocket';
/** The official server by its short name. */
const OFFICIAL = 'wss://sim3.psim.us/showdown/websocket';

/** Hosts as a URL spells them: addresses in full, IPv6 in brackets. */
const THIS_MACHINE = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;
/** Addresses within a private network (RFC 1918, 3927, 4193, 4291). */
const PRIVATE =
  /^((10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d{1,3}){2,3}|\[(f[cd][\da-f]{2}|fe[89ab][\da-f]):.*\])$/;

/**
 * Reads a server address in the forms that users write: `localhost:8000`, `https://play.example.org`, a socket's
 * address, or `official`.
 *
 * @throws {UserError} when it is none of these
 */
export function parseServer(text: string): ServerAddress {
  const url = toUrl(text === 'official' ? OFFICIAL : text);
  if (!url) {
    throw new UserError(
      `"${withoutUser(text)}" is not a server address: expected HOST:PORT, a ws:// or wss:// address, or "official"${userHint(text)}`,
    );
  }
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.pathname === '/') url.pathname = SOCKET;
  const host = url.hostname;
  const isHere = THIS_MACHINE.test(host);
  const id = isHere ? `localhost${url.port && `:${url.port}`}` : url.host;
  return { url: url.href, host, id, isLocal: isLocal(host) };
}

/**
 * Reads a login server: `official`, or the address of another, to which a final slash is added.
 *
 * @throws {UserError} when it is neither, or would be sent a password that others could read on the way
 */
export function parseLoginServer(text: string): string {
  if (text === 'official') return LOGIN_SERVER;
  const url = toUrl(/^\w+:\/\//.test(text) ? text : `https://${text}`);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname)))) {
    throw new UserError(
      `"${withoutUser(text)}" is not a login server: expected an https:// address or "official"${userHint(text)}`,
    );
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}

/** An address that can be shown: without any user and password in it. */
function withoutUser(text: string): string {
  return text.replace(/^(\w+:\/\/)?.*@/s, '$1…@');
}

function userHint(text: string): string {
  return text.includes('@') ? ', without a user or password in it (see --name and POKELLMON_PASSWORD)' : '';
}

const isLocal = (host: string): boolean => THIS_MACHINE.test(host) || PRIVATE.test(host);

function toUrl(text: string): URL | undefined {
  try {
    const url = new URL(/^\w+:\/\//.test(text) ? text : `ws://${text}`);
    const isKnown = /^(ws|http)s?:$/.test(url.protocol);
    return isKnown && url.hostname !== '' && url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}
