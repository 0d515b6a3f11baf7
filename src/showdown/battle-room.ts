import type { Seat } from '../arena/seat.ts';
import { foreignGameType } from '../battle/game-type.ts';
import { toId } from '../battle/generations.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { cleanLine } from '../ledger/protocol-log.ts';
import { type BattleFaults, type BattleResult, DEFAULT_CHOICE, type EndedBy } from '../ledger/record.ts';
import { BattleClock } from './battle-clock.ts';
import type { BattleRoomId } from './battle-id.ts';
import type { BattleRoomConfig } from './battle-room-config.ts';
import { LogNews } from './log-arrival.ts';
import { RequestWatch } from './request-watch.ts';
import { chooseCommand, RoomAnswer } from './room-answer.ts';
import { RoomWords } from './room-chat.ts';
import { RoomEnding } from './room-ending.ts';
import type { EmitRoomEvent, RoomEvent } from './room-events.ts';
import { noFaults } from './room-faults.ts';
import { RoomGuard } from './room-guard.ts';
import { readRoomLine, requestNumber } from './room-line.ts';
import type { RoomPlayer } from './room-players.ts';
import { RoomResync } from './room-resync.ts';
import { RoomSeat } from './room-seat.ts';

/** How a room ended. */
export interface RoomOutcome {
  readonly side?: SideId;
  /** Absent when the battle was left before its end, or the server has ended it. */
  readonly result?: BattleResult;
  /** Who has ended the battle without a result. */
  readonly endedBy?: EndedBy;
}

/** Hears what happens in a room. What it throws is a problem of the battle, which goes on. */
export type RoomObserver = (event: RoomEvent, room: BattleRoom) => void;

const LOST_ON_TIME = /^\|-message\|(.+) lost due to inactivity\.$/;

/**
 * One battle on a server: follows the room's lines, lets the agent answer each request once and in time, and keeps
 * the ledger. A lost connection, a request before its log, lost or repeated lines and a killed process are mended
 * here; the seat behind it never learns of them.
 */
export class BattleRoom {
  readonly id: BattleRoomId;
  readonly faults: BattleFaults = noFaults();
  /** Settles when nothing is asked of us any more: our place is free for the next battle. */
  readonly over: Promise<void>;
  /** Settles when the room is left and its ledger written. */
  readonly finished: Promise<RoomOutcome>;
  private readonly config: BattleRoomConfig;
  private readonly guard: RoomGuard;
  private readonly emit: EmitRoomEvent;
  private readonly clock: BattleClock;
  private readonly place: RoomSeat;
  private readonly answer: RoomAnswer;
  private readonly news = new LogNews(() => this.missLog());
  private readonly watch = new RequestWatch(() => this.missRequest());
  private readonly ending: RoomEnding;
  private readonly resync: RoomResync;
  private readonly words: RoomWords;
  /** Where to send: the id may gain a password. */
  private address: string;
  /** The server has said, since we are present, what it asks of us and whether it has our answer. */
  private isConfirmed = false;
  /** The last request that could not be read, by its number. */
  private unread: number | undefined;
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
      onAway: () => this.away(),
      onResync: () => {
        this.faults.resyncs++;
        emit({ type: 'resync' });
      },
    });
    this.answer = new RoomAnswer({
      clock: this.clock,
      faults: this.faults,
      isPresent: () => this.resync.isPresent,
      onDefault: (reason, rqid) => this.leaveToServer(reason, rqid),
      send: (command, isWanted) => {
        config.send({ text: `${this.address}|${command}`, urgent: true, isWanted });
        this.watch.answered();
        this.emit({ type: 'changed' });
      },
    });
    this.place = new RoomSeat({
      ...config,
      guard: this.guard,
      emit,
      onSeated: (side, isRestored) => this.seated(side, isRestored),
      onRestored: (request, last) => {
        this.news.complete();
        this.answer.expect(request);
        if (last) this.answer.recall({ choice: last.choice, rqid: last.rqid });
      },
      onRewritten: (request, isOther) => {
        this.answer.stop();
        this.answer.expect(request);
        if (isOther) this.answer.forget();
      },
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
    // The server takes leave of a room's old address when it has another one.
    if (!lines.includes('|deinit')) this.address = address;
    const isPast = lines.some((line) => line.startsWith('|init|'));
    for (const line of lines) {
      if (this.isOver) return;
      if (this.guard.run(line, () => this.line(line, isPast))) continue;
      // The server waits for an answer all the same.
      if (line.startsWith('|request|')) this.distrust(requestNumber(line));
    }
    if (this.isOver) return;
    this.resync.heard();
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      this.consider();
    });
  }

  /** The connection is lost. What is being decided goes on. */
  down(): void {
    this.faults.reconnects++;
    this.ending.expectNothing();
    this.resync.down();
  }

  /** Enters the room, which the server then sends from its first line on. */
  join(): void {
    this.resync.join();
  }

  /** The server does not count the battle among those that run, or not any more. */
  noteOver(): void {
    if (this.place.seat && !this.isOver) this.ending.expect();
  }

  /** Gives the battle up on this end; the server still plays it. */
  abandon(): void {
    this.end();
  }

  private away(): void {
    this.isConfirmed = false;
    this.answer.doubt();
    this.news.stopWaiting();
    this.watch.stop();
  }

  /** @param isPast whether the line comes with all that was in the room before we entered it */
  private line(text: string, isPast: boolean): void {
    const line = readRoomLine(text);
    switch (line.type) {
      case 'log':
        this.log(cleanLine(text));
        return;
      case 'request':
        this.request(text, line.json);
        return;
      case 'sent-choice':
        this.answer.confirm();
        return;
      case 'error':
        this.emit({ type: 'refused', reason: line.message });
        this.answer.refuse(line.message, this.place.seat);
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

  /** The server tells a time. Where it is ours, a decision may have to end earlier, or a request was lost. */
  private time(text: string): void {
    if (!this.clock.message(text)) return;
    if (text.startsWith('Time left:')) this.watch.time();
    else if (this.isIdle) this.watch.unasked();
    this.answer.noteTime();
    this.emit({ type: 'changed' });
  }

  private entered(): void {
    this.resync.entered();
    // A request that was under way while we came back is from before the log that begins now.
    this.isConfirmed = false;
    this.place.rewind();
    if (!this.place.seat) {
      this.answer.expect(undefined);
      return;
    }
    // Who joins a running battle gets the whole log at once, and then the request that it led to.
    this.news.complete();
    // The first time it may have been lost.
    this.words.askForTimer();
  }

  /** A choice that was under way to the old address may be lost; entering the room anew tells. */
  private renamed(address: string): void {
    this.address = address;
    this.resync.moved();
    if (this.answer.isGiven) this.resync.ask();
  }

  private log(line: string): void {
    // Whoever comes back after the end is announced, which is no part of the battle any more.
    if (this.ending.result) return;
    const taken = this.place.line(line);
    if (taken === 'seen') return;
    this.news.line();
    this.ending.line(line);
    const type = foreignGameType(line);
    if (type !== undefined) {
      this.giveUp(`it is a battle of the type "${type}", and only singles and doubles can be played`);
      return;
    }
    const late = LOST_ON_TIME.exec(line)?.[1];
    if (late !== undefined && toId(late) === toId(this.config.name)) this.faults.timeouts++;
    if (line.startsWith('|turn|')) {
      this.news.turn();
      if (taken === 'gap') this.resync.ask();
      this.emit({ type: 'changed' });
    }
    if (line.startsWith('|win|')) this.won(toId(line.slice('|win|'.length)));
    if (line === '|tie' || line.startsWith('|tie|')) this.won();
    // We are not one of the players: the room of another battle with the same number.
    if (line === '|start' && !this.place.players.side) this.conclude();
  }

  /** Forfeits a battle that cannot be played, so that nobody waits for us. */
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

  private request(line: string, json: string): void {
    if (json === '' || json === 'null') return;
    this.ending.expectNothing();
    const rqid = requestNumber(json);
    const compared = this.answer.compare(rqid);
    if (compared === 'old') return;
    // The last one again, sent twice or after a reconnect, is confirmed by that and not asked again.
    if (compared === 'same') {
      this.isConfirmed = true;
      return;
    }
    this.answer.passOver();
    const request = this.place.request(line);
    this.watch.request(request?.type !== 'wait' && !request?.update);
    if (request) {
      this.isConfirmed = true;
      this.answer.ask(request);
    } else this.distrust(rqid);
  }

  /** A request came that cannot be read: garbled, which entering the room anew mends, or of a kind we do not know. */
  private distrust(rqid: number | undefined): void {
    const isFirst = this.unread !== rqid || rqid === undefined;
    this.unread = rqid;
    if (isFirst && this.resync.ask()) return;
    const text = `${this.address}|${chooseCommand({ choice: DEFAULT_CHOICE, rqid })}`;
    this.leaveToServer('the request cannot be read', rqid);
    this.config.send({ text, urgent: true });
  }

  /** Tells that the server chooses, and puts it on record. */
  private leaveToServer(reason: string, rqid: number | undefined): void {
    const { seat } = this.place;
    this.guard.run('the record of a default choice', () => seat?.noteDefault(reason, rqid));
    this.emit({ type: 'default', reason, rqid });
  }

  /** Decides what there is to decide, once everything that came together has been read. */
  private consider(): void {
    const { answer } = this;
    const { seat, isCaughtUp } = this.place;
    if (!answer.asked || this.isOver || !this.resync.isPresent || !this.isConfirmed) return;
    if (answer.isGiven) answer.repeat();
    else if (answer.isDeciding) return;
    else if (seat && isCaughtUp && this.news.hasLogOf(answer.asked)) this.decide(seat);
    else this.news.wait();
  }

  private decide(seat: Seat): void {
    this.news.clear();
    void this.guard.start(`the decision of turn ${this.place.lastTurn}`, async () => {
      const isInTime = await this.answer.decide(seat);
      if (!isInTime && !this.ending.result) this.faults.stale++;
    });
  }

  /** What led to a request has not come: fetches it, or answers without where that was of no use. */
  private missLog(): void {
    if (!this.answer.asked || this.resync.ask()) return;
    const { seat } = this.place;
    if (seat) this.decide(seat);
    else this.answer.giveDefault('the log of the battle is missing');
  }

  /** The server waits for an answer to a request that has not come. */
  private missRequest(): void {
    if (!this.ending.result && this.isIdle) this.resync.ask();
  }

  /** Nothing is asked of us that has no answer yet. */
  private get isIdle(): boolean {
    return !this.answer.asked || this.answer.isGiven;
  }

  private html(html: string): void {
    if (html.includes('message-throttle-notice')) this.resync.ask();
    else this.ending.html(html);
  }

  /** @param winner id of a user; undefined for a tie */
  private won(winner?: string): void {
    this.ending.decided(winner, this.place.lastTurn, this.place.isRated);
    this.answer.close();
  }

  /** The battle is over and all is said. */
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

  /** @param lostBy who has ended the battle, if it has no result */
  private end(lostBy?: EndedBy): void {
    if (this.isOver) return;
    this.isOver = true;
    this.answer.stop();
    this.news.stopWaiting();
    this.watch.stop();
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
