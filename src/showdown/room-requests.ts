import type { Seat, SeatChoice } from '../arena/seat.ts';
import type { BattleRequest } from '../battle/request.ts';
import { type BattleFaults, DEFAULT_CHOICE } from '../ledger/record.ts';
import type { BattleClock } from './battle-clock.ts';
import { LogNews } from './log-arrival.ts';
import { RequestWatch } from './request-watch.ts';
import { chooseCommand, RoomAnswer } from './room-answer.ts';
import type { EmitRoomEvent } from './room-events.ts';
import type { RoomGuard } from './room-guard.ts';
import { requestNumber } from './room-line.ts';
import type { RoomResync } from './room-resync.ts';
import type { RoomSeat } from './room-seat.ts';
import type { Outgoing } from './send-queue.ts';

/** What {@link RoomRequests} work with. */
export interface RoomRequestsOptions {
  readonly clock: BattleClock;
  readonly faults: BattleFaults;
  readonly guard: RoomGuard;
  readonly place: RoomSeat;
  readonly resync: RoomResync;
  /** Address of the room: the id may gain a password. */
  readonly address: () => string;
  readonly send: (message: Outgoing) => void;
  readonly emit: EmitRoomEvent;
  /** Whether the battle has its result. */
  readonly isDecided: () => boolean;
}

/**
 * The requests of a battle: each is answered once the log that led to it has arrived; if a request or its log does not
 * arrive, the room is re-entered.
 */
export class RoomRequests {
  private readonly options: RoomRequestsOptions;
  private readonly answer: RoomAnswer;
  private readonly news = new LogNews(() => this.missLog());
  private readonly watch = new RequestWatch(() => this.missRequest());
  /** Since we are present, the server has said what it asks of us and whether it has our answer. */
  private isConfirmed = false;
  /** The last request that could not be read, by its number. */
  private unread: number | undefined;

  constructor(options: RoomRequestsOptions) {
    this.options = options;
    this.answer = new RoomAnswer({
      clock: options.clock,
      faults: options.faults,
      isPresent: () => options.resync.isPresent,
      onDefault: (reason, rqid) => this.leaveToServer(reason, rqid),
      send: (command, isWanted) => {
        options.send({ text: `${options.address()}|${command}`, urgent: true, isWanted });
        this.watch.answered();
        options.emit({ type: 'changed' });
      },
    });
  }

  /** There is an answer to the request, though it may be lost. */
  get isAnswered(): boolean {
    return this.answer.isGiven;
  }

  /** Takes a request, as the server's line and as its JSON. */
  receive(line: string, json: string): void {
    const rqid = requestNumber(json);
    const compared = this.answer.compare(rqid);
    if (compared === 'old') return;
    // A repetition of the last request, sent twice or after a reconnect, confirms it and is not asked again.
    if (compared === 'same') {
      this.isConfirmed = true;
      return;
    }
    this.answer.passOver();
    const request = this.options.place.request(line);
    this.watch.request(request?.type !== 'wait' && !request?.update);
    if (request) {
      this.isConfirmed = true;
      this.answer.ask(request);
    } else this.distrust(rqid);
  }

  /** A request came that cannot be read: garbled, which re-entering the room repairs, or of an unknown kind. */
  distrust(rqid: number | undefined): void {
    const { address, resync, send } = this.options;
    const isFirst = this.unread !== rqid || rqid === undefined;
    this.unread = rqid;
    if (isFirst && resync.ask()) return;
    const text = `${address()}|${chooseCommand({ choice: DEFAULT_CHOICE, rqid })}`;
    this.leaveToServer('the request cannot be read', rqid);
    send({ text, urgent: true });
  }

  /** The server has our answer, or that of the process before us. */
  confirm(): void {
    this.answer.confirm();
  }

  /** Takes the server's complaint about a choice. */
  refuse(message: string): void {
    this.answer.refuse(message, this.options.place.seat);
  }

  /** A line of the battle's log has come. */
  noteLine(): void {
    this.news.line();
  }

  /** A turn has begun. */
  noteTurn(): void {
    this.news.turn();
  }

  /** The server has reported our time. A decision may have to end earlier, or a request was lost. */
  noteTime(text: string): void {
    if (text.startsWith('Time left:')) this.watch.time();
    else if (this.isIdle) this.watch.unasked();
    this.answer.noteTime();
  }

  /** The room is entered. A request that was on its way during our return is older than the log that begins now. */
  entered(): void {
    this.isConfirmed = false;
  }

  /** The battle has not begun, and nothing is asked. */
  expectNothing(): void {
    this.answer.expect(undefined);
  }

  /** A player who joins a running battle gets the whole log at once, and then the request that it led to. */
  expectAfterLog(): void {
    this.news.complete();
  }

  /** An interrupted run left off here: the request that was open, and the last decision. */
  restore(request: BattleRequest | undefined, last: SeatChoice | undefined): void {
    this.news.complete();
    this.answer.expect(request);
    if (last) this.answer.recall(last);
  }

  /** What was seen last is no longer true; if the battle `isOther`, neither is the decision. */
  rewrite(request: BattleRequest | undefined, isOther: boolean): void {
    this.answer.stop();
    this.answer.expect(request);
    if (isOther) this.answer.forget();
  }

  /** We are out of the room. */
  away(): void {
    this.isConfirmed = false;
    this.answer.doubt();
    this.news.stopWaiting();
    this.watch.stop();
  }

  /** Decides if there is something to decide, once everything that arrived together has been read. */
  consider(): void {
    const { answer } = this;
    const { place, resync } = this.options;
    if (!answer.asked || !resync.isPresent || !this.isConfirmed) return;
    if (answer.isGiven) answer.repeat();
    else if (answer.isDeciding) return;
    else if (place.seat && place.isCaughtUp && this.news.hasLogOf(answer.asked)) this.decide(place.seat);
    else this.news.wait();
  }

  /** The battle is decided: nothing is asked any more. */
  close(): void {
    this.answer.close();
  }

  /** Aborts the running decision, and stops waiting. */
  stop(): void {
    this.answer.stop();
    this.news.stopWaiting();
    this.watch.stop();
  }

  private decide(seat: Seat): void {
    const { faults, guard, isDecided, place } = this.options;
    this.news.clear();
    void guard.start(`the decision of turn ${place.lastTurn}`, async () => {
      const isInTime = await this.answer.decide(seat);
      if (!isInTime && !isDecided()) faults.stale++;
    });
  }

  /** Reports and records that the server chooses. */
  private leaveToServer(reason: string, rqid: number | undefined): void {
    const { emit, guard, place } = this.options;
    guard.run('the record of a default choice', () => place.seat?.noteDefault(reason, rqid));
    emit({ type: 'default', reason, rqid });
  }

  /** The log that led to a request has not arrived: fetches it, or answers without it if fetching has not helped. */
  private missLog(): void {
    const { place, resync } = this.options;
    if (!this.answer.asked || resync.ask()) return;
    if (place.seat) this.decide(place.seat);
    else this.answer.giveDefault('the log of the battle is missing');
  }

  /** The server waits for an answer to a request that has not arrived. */
  private missRequest(): void {
    if (!this.options.isDecided() && this.isIdle) this.options.resync.ask();
  }

  /** Nothing is asked of us that has no answer yet. */
  private get isIdle(): boolean {
    return !this.answer.asked || this.answer.isGiven;
  }
}
