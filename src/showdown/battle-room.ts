import { foreignGameType } from '../battle/game-type.ts';
import { toId } from '../battle/generations.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { cleanLine } from '../ledger/protocol-log.ts';
import type { BattleFaults, BattleResult, EndedBy } from '../ledger/record.ts';
import { BattleClock } from './battle-clock.ts';
import type { BattleRoomId } from './battle-id.ts';
import type { BattleRoomConfig } from './battle-room-config.ts';
import { RoomWords } from './room-chat.ts';
import { RoomEnding } from './room-ending.ts';
import type { EmitRoomEvent, RoomEvent } from './room-events.ts';
import { noFaults } from './room-faults.ts';
import { RoomGuard } from './room-guard.ts';
import { readRoomLine, requestNumber } from './room-line.ts';
import type { RoomPlayer } from './room-players.ts';
import { RoomRequests } from './room-requests.ts';
import { RoomResync } from './room-resync.ts';
import { RoomSeat } from './room-seat.ts';

/** How a room ended. */
export interface RoomOutcome {
  readonly side?: SideId;
  /** Absent when the battle was left before its end, or the server ended it without a result. */
  readonly result?: BattleResult;
  /** Who ended the battle without a result. */
  readonly endedBy?: EndedBy;
}

/** Observes the events in a room. Its errors are reported as problems of the battle, which goes on. */
export type RoomObserver = (event: RoomEvent, room: BattleRoom) => void;

const LOST_ON_TIME = /^\|-message\|(.+) lost due to inactivity\.$/;

/**
 * One battle on a server: follows the room's lines, lets the agent answer each request once and in time, and keeps the
 * ledger. It repairs a lost connection, a request before its log, lost or repeated lines and a killed process; the seat
 * behind it never notices.
 */
export class BattleRoom {
  readonly id: BattleRoomId;
  readonly faults: BattleFaults = noFaults();
  /** Settles when nothing more is asked of us: the next battle can start. */
  readonly over: Promise<void>;
  /** Settles when the room has been left and its ledger written. */
  readonly finished: Promise<RoomOutcome>;
  private readonly config: BattleRoomConfig;
  private readonly guard: RoomGuard;
  private readonly emit: EmitRoomEvent;
  private readonly clock: BattleClock;
  private readonly place: RoomSeat;
  private readonly requests: RoomRequests;
  private readonly ending: RoomEnding;
  private readonly resync: RoomResync;
  private readonly words: RoomWords;
  /** Where to send: the id may gain a password. */
  private address: string;
  private soon: NodeJS.Immediate | undefined;
  private isOver = false;
  private release: () => void = () => {};
  private leave: (outcome: RoomOutcome) => void = () => {};

  constructor(config: BattleRoomConfig, address: string, observe: RoomObserver) {
    this.config = config;
    this.id = config.id;
    this.address = address;
    this.guard = new RoomGuard((event) => observe(event, this));
    this.emit = (event) => void this.guard.run(`the report of "${event.type}"`, () => observe(event, this));
    this.clock = new BattleClock(config);
    const { emit } = this;
    const where = (): string => this.address;
    this.words = new RoomWords({ ...config, address: where, emit });
    this.resync = new RoomResync({
      address: where,
      send: config.send,
      onAway: () => this.requests.away(),
      onResync: () => {
        this.faults.resyncs++;
        emit({ type: 'resync' });
      },
    });
    this.place = new RoomSeat({
      ...config,
      guard: this.guard,
      emit,
      onSeated: (side, isRestored) => this.seated(side, isRestored),
      onRestored: (request, last) => {
        this.requests.restore(request, last && { choice: last.choice, rqid: last.rqid });
      },
      onRewritten: (request, isOther) => this.requests.rewrite(request, isOther),
    });
    this.requests = new RoomRequests({
      clock: this.clock,
      faults: this.faults,
      guard: this.guard,
      place: this.place,
      resync: this.resync,
      address: where,
      send: config.send,
      emit,
      isDecided: () => this.ending.result !== undefined,
    });
    this.ending = new RoomEnding(this.place.players, {
      onComplete: () => this.conclude(),
      onMissing: () => this.resync.ask(),
      onLost: () => this.end('server'),
    });
    this.over = new Promise((resolve) => {
      this.release = resolve;
    });
    this.finished = new Promise((resolve) => {
      this.leave = resolve;
    });
  }

  /** The other player, once the server has announced both. */
  get opponent(): RoomPlayer | undefined {
    return this.place.players.opponent;
  }

  /** What our side knows; undefined before the battle has begun. */
  get state(): BattleState | undefined {
    return this.place.seat?.state;
  }

  /** Our time left in ms; undefined while the timer is off. */
  get clockMs(): number | undefined {
    return this.clock.leftMs;
  }

  /** Folder of the battle's ledger. */
  get folder(): string | undefined {
    return this.place.folder;
  }

  /** Whether the server has sent the room's log since the last login. */
  get isJoined(): boolean {
    return this.resync.isPresent;
  }

  /** Takes the lines of one message for this room. */
  receive(address: string, lines: readonly string[]): void {
    if (this.isOver) return;
    // The server closes a room's old address when it gets a new one.
    if (!lines.includes('|deinit')) this.address = address;
    const isPast = lines.some((line) => line.startsWith('|init|'));
    for (const line of lines) {
      if (this.isOver) return;
      if (this.guard.run(line, () => this.line(line, isPast))) continue;
      // The server still waits for an answer.
      if (line.startsWith('|request|')) this.requests.distrust(requestNumber(line));
    }
    if (this.isOver) return;
    this.resync.heard();
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      if (!this.isOver) this.requests.consider();
    });
  }

  /** The connection is lost. A running decision goes on. */
  down(): void {
    this.faults.reconnects++;
    this.ending.expectNothing();
    this.resync.down();
  }

  /** Enters the room; the server then sends its log from the first line. */
  join(): void {
    this.resync.join();
  }

  /** The server does not list the battle as running, or no longer does. */
  noteOver(): void {
    if (this.place.seat && !this.isOver) this.ending.expect();
  }

  /** Stops playing the battle; on the server it goes on. */
  abandon(): void {
    this.end();
  }

  /** @param isPast whether the line is from the log of what happened before we entered */
  private line(text: string, isPast: boolean): void {
    const line = readRoomLine(text);
    switch (line.type) {
      case 'log':
        this.log(cleanLine(text));
        return;
      case 'request':
        if (line.json === '' || line.json === 'null') return;
        this.ending.expectNothing();
        this.requests.receive(text, line.json);
        return;
      case 'sent-choice':
        this.requests.confirm();
        return;
      case 'error':
        this.emit({ type: 'refused', reason: line.message });
        this.requests.refuse(line.message);
        return;
      case 'init':
        this.entered();
        return;
      case 'leave':
        this.resync.left();
        return;
      case 'no-room':
        if (line.renamedTo === undefined) this.end('server');
        else this.renamed(line.renamedTo);
        return;
      case 'timer':
        if (!isPast) this.time(line.text);
        return;
      case 'timer-off':
        this.clock.off();
        this.emit({ type: 'changed' });
        return;
      case 'html':
        this.html(line.html);
        return;
      case 'unknown':
        this.emit({ type: 'unknown-line', kind: line.kind });
        return;
    }
  }

  /** The server reports a time. If it is ours, a decision may have to end earlier, or a request was lost. */
  private time(text: string): void {
    if (!this.clock.message(text)) return;
    this.requests.noteTime(text);
    this.emit({ type: 'changed' });
  }

  private entered(): void {
    this.resync.entered();
    this.requests.entered();
    this.place.rewind();
    if (!this.place.seat) {
      this.requests.expectNothing();
      return;
    }
    this.requests.expectAfterLog();
    // The first request for the timer may have been lost.
    this.words.askForTimer();
  }

  /** A choice on its way to the old address may be lost; re-entering the room shows. */
  private renamed(address: string): void {
    this.address = address;
    this.resync.moved();
    if (this.requests.isAnswered) this.resync.ask();
  }

  private log(line: string): void {
    // Players who come back after the end are announced, but that is no longer part of the battle.
    if (this.ending.result) return;
    const taken = this.place.line(line);
    if (taken === 'seen') return;
    this.requests.noteLine();
    this.ending.line(line);
    const type = foreignGameType(line);
    if (type !== undefined) {
      this.giveUp(`it is a battle of the type "${type}", and only singles and doubles can be played`);
      return;
    }
    const late = LOST_ON_TIME.exec(line)?.[1];
    if (late !== undefined && toId(late) === toId(this.config.name)) this.faults.timeouts++;
    if (line.startsWith('|turn|')) {
      this.requests.noteTurn();
      if (taken === 'gap') this.resync.ask();
      this.emit({ type: 'changed' });
    }
    if (line.startsWith('|win|')) this.won(toId(line.slice('|win|'.length)));
    if (line === '|tie' || line.startsWith('|tie|')) this.won();
    // We are not one of the players: this is the room of another battle with the same number.
    if (line === '|start' && !this.place.players.side) this.conclude();
  }

  /** Forfeits a battle that cannot be played, so that the opponent does not have to wait. */
  private giveUp(reason: string): void {
    const { send } = this.config;
    send({ text: `${this.address}|/forfeit`, urgent: true });
    send({ text: `|/noreply /leave ${this.address}` });
    this.emit({ type: 'given-up', reason });
    this.end('player');
  }

  private seated(side: SideId, isRestored: boolean): void {
    const { agent, id } = this.config;
    this.emit({ type: 'seated', side, isRestored });
    void this.guard.start("the agent's start", () =>
      agent.onBattleStart?.({ battleId: id.battle, side, format: id.format }),
    );
    this.words.begin(isRestored);
  }

  private html(html: string): void {
    if (html.includes('message-throttle-notice')) this.resync.ask();
    else this.ending.html(html);
  }

  /** @param winner id of a user; undefined for a tie */
  private won(winner?: string): void {
    this.ending.decided(winner, this.place.lastTurn, this.place.isRated);
    this.requests.close();
  }

  /** The battle is over and everything has been said. */
  private conclude(): void {
    const { seat, players } = this.place;
    const { side } = players;
    const { agent } = this.config;
    if (side) this.words.end();
    this.config.send({ text: `|/noreply /leave ${this.address}` });
    if (side && seat) {
      void this.guard.start("the agent's end", () => {
        const { state, memory } = seat;
        return agent.onBattleEnd?.({ battleId: this.id.battle, side, state, memory });
      });
    }
    this.end();
  }

  /** @param lostBy who ended the battle, if it has no result */
  private end(lostBy?: EndedBy): void {
    if (this.isOver) return;
    this.isOver = true;
    this.requests.stop();
    this.ending.cancel();
    this.resync.close();
    this.release();
    const { result } = this.ending;
    const endedBy = result ? undefined : lostBy;
    const written = this.guard.start('the end of the battle', () =>
      this.place.close(result && { ...result, faults: this.faults }, endedBy),
    );
    void written.then(() => {
      this.emit({ type: 'changed' });
      this.leave({ side: this.place.players.side, result, endedBy });
    });
  }
}
