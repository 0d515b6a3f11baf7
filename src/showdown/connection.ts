import { WebSocket } from 'ws';
import { inWords } from '../util/duration.ts';
import { ServerError, UserError } from '../util/errors.ts';
import type { Random } from '../util/random.ts';
import { errorCode, tlsFailure } from '../util/tls-failure.ts';
import { backoff } from './backoff.ts';
import { type Frame, parseFrame } from './frame.ts';

/** Settings of a `Connection`. */
export interface ConnectionOptions {
  /** `ws://` or `wss://` address of the server's socket. */
  readonly url: string;
  /** Draws the jitter of the waits between tries. */
  readonly random: Random;
  /** Time between two pings; a connection silent for three of them is given up. In ms, default 8000. */
  readonly heartbeatMs?: number;
  /**
   * How long to keep trying a server that has gone away, in ms.
   *
   * @default 10 minutes
   */
  readonly patienceMs?: number;
  /**
   * The same for one that has never answered.
   *
   * @default 2 minutes
   */
  readonly firstPatienceMs?: number;
  /** The server accepts messages, and is about to greet us. */
  readonly onOpen: () => void;
  /** The server has sent a message; no longer called after {@link Connection.close}. */
  readonly onFrame: (frame: Frame) => void;
  /** The server has not answered yet; the client keeps trying for this long in all. */
  readonly onWait: (reason: string, limitMs: number) => void;
  /** The connection is lost; the client tries to restore it for this long in all. */
  readonly onDown: (reason: string, limitMs: number) => void;
  /** There is no connection and there will be none. */
  readonly onGiveUp: (error: Error) => void;
}

const HEARTBEAT_MS = 8_000;
const MOST_MISSED = 2;
const PATIENCE_MS = 10 * 60_000;
const FIRST_PATIENCE_MS = 2 * 60_000;
/** A server that is starting, or on a busy machine, takes its time; during a battle there is less time to wait. */
const HANDSHAKE_MS = { first: 60_000, again: 30_000 };
/** Errors that waiting does not fix: there is no such host or page, or the certificate cannot be trusted. */
const FINAL = /ENOTFOUND|server response: [34]\d\d|TLS failed/i;
/** The log of a very long battle is well under a megabyte. */
const MAX_FRAME_BYTES = 8 << 20;

/** A connection to a Showdown server that restores itself when it is lost. */
export class Connection {
  private readonly options: ConnectionOptions;
  private socket: WebSocket | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private attempts = 0;
  private wasEverOpen = false;
  private downSince = performance.now();
  private closed = false;
  /** Why we gave up the connection ourselves. */
  private givenUp: string | undefined;

  constructor(options: ConnectionOptions) {
    this.options = options;
  }

  /** Connects, for the first time or again, until it succeeds or runs out of patience. */
  open(): void {
    this.connect();
  }

  /** Sends one message; it is lost when there is no connection. */
  send(text: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  /** Call when the server has let us in: after the next loss waits start short. */
  settled(): void {
    this.attempts = 0;
  }

  /** Gives up this connection and makes a new one. */
  renew(reason: string): void {
    this.givenUp = reason;
    this.socket?.terminate();
  }

  /** Ends the connection for good. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    this.socket?.close();
  }

  private connect(): void {
    const socket = new WebSocket(this.options.url, {
      handshakeTimeout: this.wasEverOpen ? HANDSHAKE_MS.again : HANDSHAKE_MS.first,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    this.socket = socket;
    let reason = 'it was closed';
    let missed = 0;
    socket.on('open', () => {
      this.wasEverOpen = true;
      this.heartbeat = setInterval(() => {
        if (missed++ === MOST_MISSED) socket.terminate();
        else socket.ping();
      }, this.options.heartbeatMs ?? HEARTBEAT_MS);
      if (!this.closed) this.options.onOpen();
    });
    socket.on('pong', () => {
      missed = 0;
    });
    socket.on('message', (data) => {
      missed = 0;
      if (!this.closed) this.options.onFrame(parseFrame(String(data)));
    });
    socket.on('error', (error) => {
      reason = tlsFailure(errorCode(error)) ?? (error.message || reason);
    });
    socket.on('close', () => {
      clearInterval(this.heartbeat);
      this.lost(this.givenUp ?? reason);
      this.givenUp = undefined;
    });
  }

  private lost(reason: string): void {
    if (this.closed) return;
    const { random, onDown, onWait, onGiveUp } = this.options;
    const { patienceMs = PATIENCE_MS, firstPatienceMs = FIRST_PATIENCE_MS } = this.options;
    const limitMs = this.wasEverOpen ? patienceMs : firstPatienceMs;
    if (this.attempts === 0 && this.wasEverOpen) this.downSince = performance.now();
    if (this.wasEverOpen) onDown(reason, limitMs);
    const isFinal = !this.wasEverOpen && FINAL.test(reason);
    if (isFinal || performance.now() - this.downSince > limitMs) {
      this.closed = true;
      onGiveUp(this.giveUp(reason, isFinal ? '' : ` within ${inWords(limitMs)}`));
      return;
    }
    if (!this.wasEverOpen) onWait(reason, limitMs);
    this.retry = setTimeout(() => this.connect(), backoff(this.attempts++, random));
  }

  private giveUp(reason: string, within: string): Error {
    const { url } = this.options;
    return this.wasEverOpen
      ? new ServerError(`The server at ${url} went away and did not come back${within} (${reason})`)
      : new UserError(
          `No Showdown server answers at ${url}${within} (${reason}): start one with "npm run server", or name another with --server`,
        );
  }
}
