import { toId } from '../battle/generations.ts';
import { ServerError, UserError } from '../util/errors.ts';
import type { Random } from '../util/random.ts';
import { safeLine } from '../util/safe-text.ts';
import { backoff } from './backoff.ts';
import { ChatAnswers } from './chat-answers.ts';
import { Connection } from './connection.ts';
import type { Frame } from './frame.ts';
import { requestAssertion } from './login.ts';
import type { Account } from './login-answer.ts';
import { type Outgoing, PUBLIC_SPACING_MS, SendQueue } from './send-queue.ts';
import { parseServerMessage, type ServerMessage } from './server-message.ts';

/** Settings of a `ShowdownClient`. */
export interface ClientOptions {
  /** `ws://` or `wss://` address of the server's socket. */
  readonly url: string;
  readonly account: Account;
  /** Whether names must be confirmed by a login server; false on servers where anybody may take any name. */
  readonly needsAssertion: boolean;
  /** @default `LOGIN_SERVER` */
  readonly loginServer?: string | undefined;
  /** Draws the jitter of waits. */
  readonly random: Random;
  /** See `Connection`. */
  readonly heartbeatMs?: number;
  readonly patienceMs?: number;
  readonly firstPatienceMs?: number;
}

/** The events of a `ShowdownClient`. */
export interface ClientEvents {
  /** A message for a room. */
  onRoom(frame: Frame): void;
  /** A message outside of rooms. */
  onMessage(message: ServerMessage): void;
  /** Logged in, for the first time or again. */
  onNamed(): void;
  /** After a login: all running battles have been announced. */
  onReady(): void;
  /** The server has not answered yet; the client keeps trying for this long in all. */
  onWait(reason: string, limitMs: number): void;
  /** The connection is lost; it is restored by itself, or given up after this long. */
  onDown(reason: string, limitMs: number): void;
  /** A failure that cannot be repaired. */
  onFail(error: Error): void;
}

/**
 * Further attempts to take a name in use: a few at first, many for a name that was ours until the connection was lost.
 */
const NAME_ATTEMPTS = { first: 2, again: 40 };
/** Attempts per connection on public servers, where the next one has to wait for two minutes. */
const TRIES_PER_CONNECTION = 3;
/** A login server that fails this often before the first login counts as absent. */
const LOGIN_ATTEMPTS = 3;
/**
 * A login that takes longer than this from the open connection on is restarted; during a battle there is less time to
 * wait.
 */
const LOGIN_MS = { first: 60_000, again: 30_000 };

/** A player's presence on a server: connection, login and sending, each of which is repaired when it breaks. */
export class ShowdownClient {
  /** Counts of lines of unknown kinds, by kind. */
  readonly unknownKinds = new Map<string, number>();
  private readonly options: ClientOptions;
  private readonly events: ClientEvents;
  private readonly connection: Connection;
  private readonly queue: SendQueue;
  private readonly chat: ChatAnswers;
  private challstr = '';
  private state: 'down' | 'login' | 'arriving' | 'ready' = 'down';
  private nameAttempts = 0;
  private loginFailures = 0;
  private wasReady = false;
  private loginTimer: NodeJS.Timeout | undefined;
  private retryTimer: NodeJS.Timeout | undefined;

  constructor(options: ClientOptions, events: ClientEvents) {
    this.options = options;
    this.events = events;
    this.chat = new ChatAnswers(toId(options.account.name));
    this.connection = new Connection({
      ...options,
      onOpen: () => this.limitLogin(),
      onFrame: (frame) => this.receive(frame),
      onWait: (reason, limitMs) => events.onWait(reason, limitMs),
      onDown: (reason, limitMs) => this.down(reason, limitMs),
      onGiveUp: (error) => this.fail(error),
    });
    this.queue = new SendQueue(
      (text) => this.connection.send(text),
      options.needsAssertion ? PUBLIC_SPACING_MS : 0,
    );
  }

  /** Connects and logs in; `onReady` is called when that is done. */
  start(): void {
    this.connection.open();
  }

  /** Sends a line when the server's limits allow it. Without a login nothing is sent. */
  send(message: Outgoing): void {
    if (this.state === 'ready' || this.state === 'arriving') {
      this.chat.expect(message);
      this.queue.add(message);
    } else message.onAnswer?.('the connection is lost');
  }

  /** Resolves when everything has been sent, and chat answered. */
  async sent(): Promise<void> {
    await this.queue.drained();
    await this.chat.settled();
  }

  /** Leaves the server for good. */
  close(): void {
    clearTimeout(this.loginTimer);
    clearTimeout(this.retryTimer);
    this.queue.clear();
    this.chat.close('we have left the server');
    this.connection.close();
  }

  /** Counts a line of an unknown kind. */
  noteUnknown(kind: string): void {
    const known = safeLine(kind, 40);
    if (this.unknownKinds.size < 100 || this.unknownKinds.has(known)) {
      this.unknownKinds.set(known, (this.unknownKinds.get(known) ?? 0) + 1);
    }
  }

  private receive(frame: Frame): void {
    if (frame.lines.some((line) => line.startsWith('|raw|') && line.includes('message-throttle-notice'))) {
      this.queue.spacingMs = PUBLIC_SPACING_MS;
    }
    if (frame.room !== '') {
      this.chat.hear(frame);
      this.events.onRoom(frame);
      return;
    }
    for (const line of frame.lines) {
      if (line === '') continue;
      const message = parseServerMessage(line);
      if (message.type === 'unknown') this.noteUnknown(message.kind);
      this.follow(message);
      this.events.onMessage(message);
    }
  }

  private follow(message: ServerMessage): void {
    switch (message.type) {
      case 'challstr':
        this.challstr = message.challstr;
        this.state = 'login';
        void this.login();
        return;
      case 'user':
        if (this.state === 'login' && toId(message.name) === this.id) this.named(message.named);
        return;
      case 'query':
        if (this.state === 'arriving' && message.query === 'userdetails') this.arrived();
        return;
      case 'name-taken':
        this.nameTaken(message.reason);
        return;
    }
  }

  private async login(): Promise<void> {
    const { account, needsAssertion, loginServer } = this.options;
    const { challstr } = this;
    try {
      const command = needsAssertion
        ? await requestAssertion(account, challstr, loginServer)
        : `|/trn ${account.name},0,`;
      if (this.state === 'login' && challstr === this.challstr) this.connection.send(command);
    } catch (error) {
      const isFinal = !this.wasReady && ++this.loginFailures >= LOGIN_ATTEMPTS;
      if (error instanceof ServerError && !isFinal) this.connection.renew(error.message);
      else this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private limitLogin(): void {
    clearTimeout(this.loginTimer);
    const limitMs = this.wasReady ? LOGIN_MS.again : LOGIN_MS.first;
    this.loginTimer = setTimeout(() => this.connection.renew('the login took too long'), limitMs);
  }

  private named(isNamed: boolean): void {
    if (!isNamed) {
      const { name } = this.options.account;
      this.fail(
        new UserError(
          `The server treats "${name}" as the name of a guest: choose a name that begins differently`,
        ),
      );
      return;
    }
    this.state = 'arriving';
    this.events.onNamed();
    // The answer comes after everything that the login sets off, so the running battles are known by then.
    this.connection.send(`|/cmd userdetails ${this.id}`);
  }

  private arrived(): void {
    clearTimeout(this.loginTimer);
    this.state = 'ready';
    this.nameAttempts = 0;
    this.wasReady = true;
    this.connection.settled();
    this.events.onReady();
  }

  private nameTaken(reason: string): void {
    if (this.state !== 'login') return;
    const most = this.wasReady ? NAME_ATTEMPTS.again : NAME_ATTEMPTS.first;
    if (this.nameAttempts >= most || !/already using/.test(reason)) {
      const { account, needsAssertion } = this.options;
      const isSecure = !needsAssertion && /authentication token/.test(reason);
      const hint = isSecure ? ' It has security on: name the login server that it trusts.' : '';
      this.fail(new UserError(`The server refuses the name "${account.name}": ${safeLine(reason)}${hint}`));
      return;
    }
    clearTimeout(this.loginTimer);
    const tries = (this.nameAttempts++ % TRIES_PER_CONNECTION) + 1;
    if (tries === TRIES_PER_CONNECTION) {
      this.connection.renew('somebody is still using the name');
      return;
    }
    this.limitLogin();
    const wait = backoff(tries - 1, this.options.random);
    this.retryTimer = setTimeout(() => void this.login(), wait);
  }

  private down(reason: string, limitMs: number): void {
    clearTimeout(this.loginTimer);
    clearTimeout(this.retryTimer);
    this.queue.clear();
    this.chat.close('the connection is lost');
    const wasUp = this.state !== 'down';
    this.state = 'down';
    if (wasUp) this.events.onDown(reason, limitMs);
  }

  private fail(error: Error): void {
    this.close();
    this.state = 'down';
    this.events.onFail(error);
  }

  private get id(): string {
    return toId(this.options.account.name);
  }
}
