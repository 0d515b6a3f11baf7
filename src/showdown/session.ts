import PQueue from 'p-queue';
import { toId } from '../battle/generations.ts';
import type { BattleFaults } from '../ledger/record.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import { UserError } from '../util/errors.ts';
import { parseBattleRoom } from './battle-id.ts';
import { BattleRoom, type RoomOutcome } from './battle-room.ts';
import type { BattleRoomConfig } from './battle-room-config.ts';
import { ShowdownClient } from './client.ts';
import { EarlierBattles } from './earlier-battles.ts';
import { findBattle } from './find-battle.ts';
import type { Frame } from './frame.ts';
import { Lobby } from './lobby.ts';
import type { Matchmaking } from './matchmaking.ts';
import { ReplayRequests } from './replay-requests.ts';
import type { RoomEvent } from './room-events.ts';
import { noFaults } from './room-faults.ts';
import type { ServerMessage } from './server-message.ts';
import { eventOfRoom, messageEvent, placeOf } from './session-events.ts';
import type { SessionOptions, SessionResult } from './session-options.ts';

/** At the end of a session, time for the last messages to be sent and for published replays to be reported. */
const FAREWELL_MS = 10_000;
/** A request made this recently may still lead to a battle: the server checks teams before it answers. */
const SETTLE_MS = 5_000;

/**
 * Plays battles on a server until enough are played or the signal stops it: logs in, takes up battles that are still
 * running, and finds new ones, one search at a time. When no more battles can be found, running ones are finished
 * first.
 *
 * @example
 * const { url, isLocal } = parseServer('localhost:8000');
 * await playSession({
 *   client: { url, account: { name: 'mybot' }, needsAssertion: !isLocal, random: createRandom('1') },
 *   matchmaking: { type: 'ladder', format: 'gen9randombattle' },
 *   battles: 10,
 *   room: { agent, turnMs: 20_000 },
 * });
 * @throws {UserError} when the server cannot be reached or refuses name, team or format, or a challenge is declined
 */
export async function playSession(options: SessionOptions): Promise<SessionResult> {
  const session = new Session(options);
  try {
    return await session.play();
  } finally {
    await session.close();
  }
}

class Session {
  private readonly options: SessionOptions;
  private readonly client: ShowdownClient;
  private readonly lobby: Lobby;
  private readonly rooms = new Map<string, BattleRoom>();
  /** Battles left since the last login, and whether they have ended. */
  private readonly ended = new Map<string, boolean>();
  /** Ids of users who have battled us. */
  private readonly met = new Set<string>();
  private readonly earlier = new EarlierBattles((message) => this.client.send(message));
  private readonly replays = new ReplayRequests();
  private readonly games = new PQueue();
  private readonly search = new PQueue({ concurrency: 1 });
  private readonly halt = new AbortController();
  private readonly ready: Promise<void>;
  private readonly failed: Promise<never>;
  private fail: (error: unknown) => void = () => {};
  private readonly faults: BattleFaults = noFaults();
  /** The server's last answer to a search for a battle. */
  private lastAnswer: string | undefined;
  /** Why the server has not answered yet. */
  private waitsFor: string | undefined;
  /** Why no more battles can be found. */
  private searchError: unknown;
  /** When the server was last asked for a battle, on the clock of `performance.now()`. */
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SessionOptions) {
    this.options = options;
    this.games.concurrency = options.concurrency ?? 1;
    this.lobby = new Lobby(toId(options.client.account.name));
    this.failed = new Promise((_, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => {});
    let isReady = (): void => {};
    this.ready = new Promise((resolve) => {
      isReady = resolve;
    });
    this.client = new ShowdownClient(options.client, {
      onRoom: (frame) => this.frame(frame),
      onMessage: (message) => this.message(message),
      onNamed: () => this.event({ type: this.lobby.epoch > 0 ? 'reconnected' : 'connected' }),
      onReady: () => {
        this.arrived();
        isReady();
      },
      onWait: (cause, limitMs) => this.waits(cause, limitMs),
      onDown: (reason, limitMs) => this.down(reason, limitMs),
      onFail: (error) => this.fail(error),
    });
  }

  async play(): Promise<SessionResult> {
    const { stop } = this.options;
    let leave = (): void => {};
    /** If stopped before the server has let us in, there is nothing to clean up. */
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const halt = (): void => {
      this.halt.abort();
      if (this.lobby.epoch === 0) leave();
    };
    stop?.addEventListener('abort', halt);
    if (stop?.aborted) halt();
    this.client.start();
    try {
      const played = this.ready.then(() => this.rejoin()).then(() => this.playAll());
      await Promise.race([played, left, this.failed]);
    } finally {
      stop?.removeEventListener('abort', halt);
    }
    return { faults: this.faults, unknownKinds: this.client.unknownKinds };
  }

  /** Resolves when every battle that was still running has been written down and reported. */
  async close(): Promise<void> {
    this.halt.abort();
    this.client.close();
    const rooms = [...this.rooms.values()];
    for (const room of rooms) room.abandon();
    await Promise.all(rooms.map(({ finished }) => finished));
  }

  /**
   * Enters the battles that an earlier run has left: no new search starts before it is clear which of them are running.
   */
  private async rejoin(): Promise<void> {
    const { unfinished = [] } = this.options;
    const unknown = unfinished.filter((battle) => !this.rooms.has(battle));
    await this.earlier.enter(unknown, this.halt.signal);
  }

  private async playAll(): Promise<void> {
    let left = this.options.battles;
    // Battles that were already running come first, even if they are more than requested.
    while (left > 0 || this.lobby.rooms.length > 0) {
      if (this.halt.signal.aborted && this.lobby.rooms.length === 0) break;
      left--;
      this.games.add(() => this.playOne()).catch((error) => this.fail(error));
      // Leaves nothing waiting in the queue, so that a stop does not have to wait for it.
      await this.games.onSizeLessThan(1);
    }
    await this.games.onIdle();
    await this.settled();
    while (this.rooms.size > 0) await Promise.all([...this.rooms.values()].map((room) => room.finished));
    await this.takeLeave();
    if (this.searchError !== undefined) throw this.searchError;
  }

  /**
   * Leaves no open requests behind. An aborted search may still find a battle: waits for the server's last word on it.
   */
  private async settled(): Promise<void> {
    const { lobby } = this;
    const isOpen = (): boolean => lobby.searching.length > 0 || lobby.outgoing.size > 0;
    if ((this.searchError !== undefined || !this.halt.signal.aborted) && !isOpen()) return;
    await this.client.sent();
    const limit = performance.now() + SETTLE_MS;
    const never = new AbortController().signal;
    let isWithdrawn = false;
    for (;;) {
      // The server may report only now that it is searching, after it has been told to stop.
      if (isOpen() && !isWithdrawn) {
        isWithdrawn = true;
        this.client.send({ text: '|/cancelsearch' });
        for (const user of lobby.outgoing) this.client.send({ text: `|/cancelchallenge ${user}` });
      }
      const left = (isOpen() ? limit : Math.min(limit, this.askedAt + SETTLE_MS)) - performance.now();
      if (this.rooms.size > 0 || !lobby.isOnline || left <= 0) return;
      await lobby.next(never, left);
    }
  }

  private async takeLeave(): Promise<void> {
    const all = this.client.sent().then(() => this.replays.settled());
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
    });
    await Promise.race([all, limit]);
    clearTimeout(timer);
  }

  private message(message: ServerMessage): void {
    this.lobby.receive(message);
    if (message.type === 'search') this.compareRunning(message.games);
    if (message.type === 'replay' || message.type === 'replay-refused') this.replays.answered();
    const event = messageEvent(message, this.lobby.isSearched);
    // Repeated requests get the same answer over and over.
    const answer = event?.type === 'message' && event.search ? event.text : undefined;
    if (event && (answer === undefined || answer !== this.lastAnswer)) this.event(event);
    this.lastAnswer = answer ?? this.lastAnswer;
  }

  /** The server lists our running battles; one that is not listed is over, whether or not we have seen the end. */
  private compareRunning(addresses: readonly string[]): void {
    const running = new Set(addresses.map((address) => parseBattleRoom(address)?.battle));
    for (const [battle, room] of this.rooms) if (room.isJoined && !running.has(battle)) room.noteOver();
  }

  private async playOne(): Promise<void> {
    const room = await this.search.add(() => this.find());
    await room?.over;
  }

  private async find(): Promise<BattleRoom | undefined> {
    const { matchmaking, teamFor = () => undefined } = this.options;
    const { signal } = this.halt;
    try {
      return await findBattle(matchmaking, {
        lobby: this.lobby,
        send: (message) => {
          if (!signal.aborted) this.askedAt = performance.now();
          this.client.send(message);
        },
        teamFor,
        isPlaying: () => this.rooms.size > 0,
        hasMet: (user) => this.met.has(user),
        signal,
        onEvent: (event) => this.event(event),
      });
    } catch (error) {
      this.searchError ??= error;
      this.halt.abort();
      return undefined;
    }
  }

  private frame({ room: address, lines }: Frame): void {
    const id = parseBattleRoom(address);
    if (!id) return;
    const known = this.rooms.get(id.battle);
    if (known) {
      known.receive(address, lines);
      return;
    }
    const isNew = lines.some((line) => line.startsWith('|init|'));
    if (isNew && this.ended.get(id.battle)) {
      // A second entry, or one that crossed the end of the battle, arrives after its end.
      this.client.send({ text: `|/noreply /leave ${address}` });
      return;
    }
    const isAsked = lines.some((line) => line.startsWith('|request|{'));
    if (isNew || (isAsked && !this.ended.has(id.battle))) this.open(id, address).receive(address, lines);
    if (isNew || lines.some((line) => line.startsWith('|noinit|'))) {
      this.earlier.answered(id.battle);
    }
  }

  private open(id: BattleRoom['id'], address: string): BattleRoom {
    const { client, room: play } = this.options;
    const config: BattleRoomConfig = {
      ...play,
      id,
      name: client.account.name,
      random: client.random.stream(id.battle),
      send: (message) => this.client.send(message),
    };
    const room = new BattleRoom(config, address, (event, observed) => this.observe(event, observed));
    this.rooms.set(id.battle, room);
    this.ended.delete(id.battle);
    room.finished.then((outcome) => this.left(room, outcome)).catch((error) => this.fail(error));
    this.options.onStart?.(room);
    return room;
  }

  private observe(event: RoomEvent, room: BattleRoom): void {
    const { lobby, client } = this;
    const ofSession = eventOfRoom(event, room);
    if (ofSession) this.event(ofSession);
    if (event.type === 'seated') {
      this.lastAnswer = undefined;
      this.met.add(toId(room.opponent?.name ?? ''));
      lobby.opened(room);
    }
    // It was found before it turned out to be unplayable, and counts as the requested battle.
    if (event.type === 'given-up' && !room.state) lobby.opened(room);
    if (event.type === 'unknown-line') client.noteUnknown(event.kind);
    if (event.type === 'failed') this.fail(event.error);
    this.options.onRoomEvent?.(event, room);
  }

  private left(room: BattleRoom, outcome: RoomOutcome): void {
    const { room: play, onEnd } = this.options;
    this.rooms.delete(room.id.battle);
    this.ended.set(room.id.battle, outcome.result !== undefined);
    for (const fault of Object.keys(this.faults) as (keyof BattleFaults)[]) {
      this.faults[fault] += room.faults[fault];
    }
    const { side, result, endedBy } = outcome;
    if (side && result && play.saveReplay) this.replays.asked();
    if (side) {
      const { faults } = room;
      this.event({ type: 'battle-finished', ...placeOf(room, side), result, endedBy, faults });
    }
    onEnd?.(room, outcome);
  }

  private arrived(): void {
    this.lobby.ready();
    // The server enters us into the running battles; the others are over, or unknown to it by now.
    for (const room of this.rooms.values()) {
      if (room.isJoined) continue;
      room.join();
      room.noteOver();
    }
  }

  private event(event: SessionEvent): void {
    try {
      this.options.onEvent?.(event);
    } catch (error) {
      this.fail(error);
    }
  }

  /** The server is asked over and over; why it does not answer is reported when the reason changes. */
  private waits(cause: string, limitMs: number): void {
    if (cause !== this.waitsFor) this.event({ type: 'connecting', cause, limitMs });
    this.waitsFor = cause;
  }

  private down(cause: string, limitMs: number): void {
    this.event({ type: 'disconnected', cause, limitMs });
    this.ended.clear();
    this.lobby.down();
    for (const room of this.rooms.values()) room.down();
  }
}

/** Checks for settings that make no sense together. */
export function checkMatchmaking(how: Matchmaking, name: string): void {
  if (how.type === 'challenge' && toId(how.user) === toId(name)) {
    throw new UserError(`"${how.user}" is your own name; challenge somebody else`);
  }
}
