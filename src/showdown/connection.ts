import { WebSocket } from 'ws';
import { ServerError, UserError } from '../util/errors.ts';
import type { Random } from '../util/random.ts';
import { backoff } from './backoff.ts';
import { type Frame, parseFrame } from './frame.ts';

/** Settings of a {@link Connection}. */
export interface ConnectionOptions {
  /** `ws://` or `wss://` address of the server's socket. */
  readonly url: string;
  /** Draws the jitter of the waits between tries. */
  readonly random: Random;
  /** Time between two signs of life; a connection silent for two of them is given up. In ms, default 8000. */
  readonly heartbeatMs?: number;
  /** How long to try again before giving up, in ms. Default 10 minutes. */
  readonly patienceMs?: number;
  /** The server takes messages, and is to greet us. */
  readonly onOpen: () => void;
  /** The server has sent a message; not called any more after {@link Connection.close}. */
  readonly onFrame: (frame: Frame) => void;
  /** The connection is lost and being made again. */
  readonly onDown: (reason: string) => void;
  /** There is no connection and there will be none. */
  readonly onGiveUp: (error: Error) => void;
}

const HEARTBEAT_MS = 8_000;
const PATIENCE_MS = 10 * 60_000;
const HANDSHAKE_MS = 30_000;
/** The log of a very long battle is well under a megabyte. */
const MAX_FRAME_BYTES = 8 << 20;

/** A connection to a Showdown server that comes back by itself when it is lost. */
export class Connection {
  private readonly options: ConnectionOptions;
  private socket: WebSocket | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private attempts = 0;
  private wasEverOpen = false;
  private downSince = performance.now();
  private closed = false;
  /** Why we gave the connection up ourselves. */
  private givenUp: string | undefined;

  constructor(options: ConnectionOptions) {
    this.options = options;
  }

  /** Connects; the first failure is final, later ones are tried again. */
  open(): void {
    this.connect();
  }

  /** Sends one message; it is lost when there is no connection. */
  send(text: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  /** Tells that the server has let us in: the next loss starts with short waits again. */
  settled(): void {
    this.attempts = 0;
  }

  /** Gives this connection up and makes a new one. */
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
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    this.socket = socket;
    let reason = 'it was closed';
    let isAlive = true;
    socket.on('open', () => {
      this.wasEverOpen = true;
      this.heartbeat = setInterval(() => {
        if (!isAlive) {
          socket.terminate();
          return;
        }
        isAlive = false;
        socket.ping();
      }, this.options.heartbeatMs ?? HEARTBEAT_MS);
      if (!this.closed) this.options.onOpen();
    });
    socket.on('pong', () => {
      isAlive = true;
    });
    socket.on('message', (data) => {
      isAlive = true;
      if (!this.closed) this.options.onFrame(parseFrame(String(data)));
    });
    socket.on('error', (error) => {
      reason = error.message || reason;
    });
    socket.on('close', () => {
      clearInterval(this.heartbeat);
      this.lost(this.givenUp ?? reason);
      this.givenUp = undefined;
    });
  }

  private lost(reason: string): void {
    if (this.closed) return;
    const { url, random, onDown, onGiveUp, patienceMs = PATIENCE_MS } = this.options;
    if (!this.wasEverOpen) {
      this.closed = true;
      onGiveUp(
        new UserError(
          `No Showdown server answers at ${url} (${reason}): start one with "npm run server", or name another with --server`,
        ),
      );
      return;
    }
    if (this.attempts === 0) this.downSince = performance.now();
    onDown(reason);
    if (performance.now() - this.downSince > patienceMs) {
      this.closed = true;
      const minutes = Math.round(patienceMs / 60_000);
      onGiveUp(new ServerError(`The server at ${url} was away for more than ${minutes} minutes (${reason})`));
      return;
    }
    this.retry = setTimeout(() => this.connect(), backoff(this.attempts++, random));
  }
}
