import PQueue from 'p-queue';
import { toId } from '../battle/generations.ts';
import type { BattleFaults } from '../ledger/record.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import { UserError } from '../util/errors.ts';
import { parseBattleRoom } from './battle-id.ts';
import { BattleRoom, type RoomOutcome } from './battle-room.ts';
import type { BattleRoomOptions } from './battle-room-options.ts';
import { type ClientOptions, ShowdownClient } from './client.ts';
import { type FindOptions, findBattle, type Matchmaking } from './find-battle.ts';
import type { Frame } from './frame.ts';
import { Lobby } from './lobby.ts';
import { ReplayRequests } from './replay-requests.ts';
import { noFaults } from './room-faults.ts';
import type { ServerMessage } from './server-message.ts';
import { messageEvent, placeOf, roomEvents } from './session-events.ts';

/** Settings of {@link playSession}. */
export interface SessionOptions {
  readonly client: ClientOptions;
  readonly matchmaking: Matchmaking;
  /** Battles to play, those found running included; Infinity for as long as the signal allows. */
  readonly battles: number;
  /** Battles at the same time. */
  readonly concurrency: number;
  readonly teamFor: FindOptions['teamFor'];
  /** How each battle is played. */
  readonly room: Omit<
    BattleRoomOptions,
    | 'id'
    | 'name'
    | 'random'
    | 'send'
    | 'onSeated'
    | 'onRefused'
    | 'onProblem'
    | 'onChange'
    | 'onUnknown'
    | 'onFail'
  >;
  /** Battles that an earlier run may have left, by id: looked for at the start. */
  readonly unfinished?: readonly string[];
  /** Starts no more battles; those that run are finished. */
  readonly stop?: AbortSignal;
  readonly onStart?: (room: BattleRoom) => void;
  readonly onChange?: (room: BattleRoom) => void;
  readonly onEnd?: (room: BattleRoom, outcome: RoomOutcome) => void;
  /** Told of everything worth a record but how the session starts and ends, which its caller knows best. */
  readonly onEvent?: (event: SessionEvent) => void;
}

/** At the end of a session the last messages have this long to leave, and published replays to be told. */
const FAREWELL_MS = 10_000;

/** What a session has come to. */
export interface SessionResult {
  readonly faults: Readonly<BattleFaults>;
  /** Lines of kinds that nobody knows, by kind. */
  readonly unknownKinds: ReadonlyMap<string, number>;
}

/**
 * Plays battles on a server until enough are played or the signal stops it: logs in, takes up battles that still run,
 * and finds new ones, one search at a time.
 *
 * @throws {UserError} when the server cannot be reached or refuses name, team or format
 */
export async function playSession(options: SessionOptions): Promise<SessionResult> {
  const session = new Session(options);
  try {
    return await session.play();
  } finally {
    session.close();
  }
}

class Session {
  private readonly options: SessionOptions;
  private readonly client: ShowdownClient;
  private readonly lobby: Lobby;
  private readonly rooms = new Map<string, BattleRoom>();
  private readonly ended = new Set<string>();
  private readonly replays = new ReplayRequests();
  private readonly games = new PQueue();
  private readonly search = new PQueue({ concurrency: 1 });
  private readonly halt = new AbortController();
  private readonly ready: Promise<void>;
  private readonly failed: Promise<never>;
  private fail: (error: unknown) => void = () => {};
  private readonly faults: BattleFaults = noFaults();

  constructor(options: SessionOptions) {
    this.options = options;
    this.games.concurrency = options.concurrency;
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
      onDown: (reason) => this.down(reason),
      onFail: (error) => this.fail(error),
    });
  }

  async play(): Promise<SessionResult> {
    const { stop } = this.options;
    const halt = (): void => this.halt.abort();
    stop?.addEventListener('abort', halt);
    if (stop?.aborted) halt();
    this.client.start();
    try {
      await Promise.race([this.ready.then(() => this.playAll()), this.failed]);
    } finally {
      stop?.removeEventListener('abort', halt);
    }
    return { faults: this.faults, unknownKinds: this.client.unknownKinds };
  }

  close(): void {
    this.halt.abort();
    this.client.close();
    for (const room of this.rooms.values()) room.abandon();
  }

  private async playAll(): Promise<void> {
    let left = this.options.battles;
    // Battles that were running already come first, even if they are more than asked for.
    while (left > 0 || this.lobby.rooms.length > 0) {
      if (this.halt.signal.aborted && this.lobby.rooms.length === 0) break;
      left--;
      this.games.add(() => this.playOne()).catch((error) => this.fail(error));
      // Leaves nothing waiting in the queue, so that a stop needs not wait for it.
      await this.games.onSizeLessThan(1);
    }
    await this.games.onIdle();
    await this.takeLeave();
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
    if (message.type === 'replay' || message.type === 'replay-refused') this.replays.answered();
    const event = messageEvent(message, this.lobby.isSearched);
    if (event) this.event(event);
  }

  private async playOne(): Promise<void> {
    const { matchmaking, teamFor } = this.options;
    const room = await this.search.add(() =>
      findBattle(matchmaking, {
        lobby: this.lobby,
        send: (message) => this.client.send(message),
        teamFor,
        signal: this.halt.signal,
        onEvent: (event) => this.event(event),
      }),
    );
    await room?.finished;
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
    const isAsked = lines.some((line) => line.startsWith('|request|{'));
    if (isNew || (isAsked && !this.ended.has(id.battle))) this.open(id, address).receive(address, lines);
  }

  private open(id: BattleRoom['id'], address: string): BattleRoom {
    const { client, room: play, onStart, onChange, onEnd } = this.options;
    const room = new BattleRoom(
      {
        ...play,
        id,
        name: client.account.name,
        random: client.random.stream(id.battle),
        send: (message) => this.client.send(message),
        ...roomEvents(id.battle, (event) => this.event(event)),
        onChange,
        onUnknown: (kind) => this.client.noteUnknown(kind),
        onFail: (error) => this.fail(error),
      },
      address,
    );
    this.rooms.set(id.battle, room);
    this.ended.delete(id.battle);
    void room.finished.then((outcome) => {
      this.rooms.delete(id.battle);
      this.ended.add(id.battle);
      for (const fault of Object.keys(this.faults) as (keyof BattleFaults)[]) {
        this.faults[fault] += room.faults[fault];
      }
      if (outcome.side && outcome.result && play.saveReplay) this.replays.asked();
      if (!outcome.side) return;
      const place = placeOf(room, outcome.side);
      this.event({ type: 'battle-finished', ...place, result: outcome.result, faults: room.faults });
      onEnd?.(room, outcome);
    });
    this.lobby.opened(room);
    onStart?.(room);
    return room;
  }

  private arrived(): void {
    this.lobby.ready();
    // The server enters us into the battles it knows; the others may have been renamed, or be over, or gone.
    for (const room of this.rooms.values()) if (!room.isJoined) room.join();
    if (this.lobby.epoch > 1) return;
    for (const battle of this.options.unfinished ?? []) {
      if (!this.rooms.has(battle)) this.client.send({ text: `|/join ${battle}` });
    }
  }

  private event(event: SessionEvent): void {
    try {
      this.options.onEvent?.(event);
    } catch (error) {
      this.fail(error);
    }
  }

  private down(reason: string): void {
    this.event({ type: 'disconnected', cause: reason });
    this.ended.clear();
    this.lobby.down();
    for (const room of this.rooms.values()) room.down();
  }
}

/** Checks settings that make no sense together. */
export function checkMatchmaking(how: Matchmaking, name: string): void {
  if (how.type === 'challenge' && toId(how.user) === toId(name)) {
    throw new UserError(`"${how.user}" is your own name; challenge somebody else`);
  }
}
