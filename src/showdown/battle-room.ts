import { toId } from '../battle/generations.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { cleanLine } from '../ledger/protocol-log.ts';
import type { BattleFaults, BattleResult } from '../ledger/record.ts';
import { BattleClock } from './battle-clock.ts';
import type { BattleRoomId } from './battle-id.ts';
import type { BattleRoomOptions } from './battle-room-options.ts';
import { LogNews } from './log-news.ts';
import { chooseCommand, RoomAnswer } from './room-answer.ts';
import { RoomEnding } from './room-ending.ts';
import { noFaults } from './room-faults.ts';
import { readRoomLine } from './room-line.ts';
import type { RoomPlayer } from './room-players.ts';
import { RoomSeat } from './room-seat.ts';

/** How a room ended. */
export interface RoomOutcome {
  readonly side?: SideId;
  /** Absent when the server does not know the battle any more. */
  readonly result?: BattleResult;
}

/** A request whose log does not come is answered without it after this time; once, the room is entered anew first. */
const LOG_WAIT_MS = 1_500;
/** A room that says nothing for so long is entered anew. */
const SILENCE_MS = 90_000;

/**
 * One battle on a server: follows the room's lines, lets the agent answer each request once and in time, and keeps
 * the ledger. A lost connection, a request before its log, lost or repeated lines and a killed process are mended
 * here; the seat behind it never learns of them.
 */
export class BattleRoom {
  readonly id: BattleRoomId;
  readonly faults: BattleFaults = noFaults();
  /** Settles when the room is left. */
  readonly finished: Promise<RoomOutcome>;
  private readonly options: BattleRoomOptions;
  private readonly clock: BattleClock;
  private readonly place: RoomSeat;
  private readonly answer: RoomAnswer;
  private readonly news = new LogNews();
  private readonly ending: RoomEnding;
  /** Where to send: the id may gain a password. */
  private address: string;
  private isPresent = false;
  /** The server has said, since we are present, what it asks of us and whether it has our answer. */
  private isConfirmed = false;
  /** The turn for which the room was last entered anew. */
  private resyncedAt = -1;
  private soon: NodeJS.Immediate | undefined;
  private silence: NodeJS.Timeout | undefined;
  private logTimer: NodeJS.Timeout | undefined;
  private isOver = false;
  private leave: (outcome: RoomOutcome) => void = () => {};

  constructor(options: BattleRoomOptions, address: string) {
    this.options = options;
    this.id = options.id;
    this.address = address;
    this.clock = new BattleClock(options.name, options.turnMs);
    this.answer = new RoomAnswer({
      clock: this.clock,
      faults: this.faults,
      isPresent: () => this.isPresent,
      send: (command, isWanted) => {
        options.send({ text: `${this.address}|${command}`, urgent: true, isWanted });
        options.onChange?.(this);
      },
    });
    this.place = new RoomSeat({
      ...options,
      onDecision: (record) => options.onDecision?.(this, record),
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
    this.ending = new RoomEnding(this.place.players, () => this.guard(() => this.conclude()));
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
    return this.isPresent;
  }

  /** Takes the lines of one message for this room. */
  receive(address: string, lines: readonly string[]): void {
    if (this.isOver) return;
    this.address = address;
    this.guard(() => {
      for (const line of lines) if (!this.isOver) this.line(line);
    });
    this.silence ??= setTimeout(() => this.resync(), SILENCE_MS);
    this.silence.refresh();
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      this.guard(() => this.consider());
    });
  }

  /** The connection is lost. What is being decided goes on. */
  down(): void {
    this.faults.reconnects++;
    this.away();
  }

  /** Enters the room, which the server then sends from its first line on. */
  join(): void {
    this.options.send({ text: `|/join ${this.address}`, urgent: true });
  }

  /** Gives the battle up on this end; the server still plays it. */
  abandon(): void {
    this.end();
  }

  private away(): void {
    this.isPresent = false;
    this.isConfirmed = false;
    this.answer.doubt();
    clearTimeout(this.logTimer);
    this.logTimer = undefined;
  }

  private line(text: string): void {
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
        this.options.onRefused?.(line.message);
        this.answer.refuse(line.message, this.place.seat);
        return;
      case 'init':
        this.isPresent = true;
        this.place.rewind();
        // Who joins a running battle gets the whole log at once, and then the request that it led to.
        if (this.place.seat) this.news.complete();
        return;
      case 'leave':
        this.isPresent = false;
        return;
      case 'no-room':
        if (line.renamedTo === undefined) this.end();
        else this.renamed(line.renamedTo);
        return;
      case 'timer':
        this.clock.message(line.text);
        return;
      case 'timer-off':
        this.clock.off();
        return;
      case 'html':
        this.html(line.html);
        return;
      case 'unknown':
        this.options.onUnknown?.(line.kind);
        return;
    }
  }

  /** A choice that was under way to the old address may be lost; entering the room anew tells. */
  private renamed(address: string): void {
    this.address = address;
    if (this.answer.isGiven) this.resync();
  }

  private log(line: string): void {
    const taken = this.place.line(line);
    if (taken === 'seen') return;
    this.news.line();
    if (line === `|-message|${this.options.name} lost due to inactivity.`) this.faults.timeouts++;
    if (line.startsWith('|turn|')) {
      this.news.turn();
      if (taken === 'gap') this.resync();
      this.options.onChange?.(this);
    }
    if (line.startsWith('|win|')) this.won(toId(line.slice('|win|'.length)));
    if (line === '|tie' || line.startsWith('|tie|')) this.won();
    // We are not one of the players: the room of another battle with the same number.
    if (line === '|start' && !this.place.players.side) this.conclude();
  }

  private seated(side: SideId, isRestored: boolean): void {
    const { agent, id, timer, greeting, onSeated } = this.options;
    onSeated?.(this, side, isRestored);
    this.tell(agent.onBattleStart?.({ battleId: id.battle, side, format: id.format }));
    if (timer) this.say('/timer on');
    if (greeting && !isRestored) this.say(greeting);
  }

  private request(line: string, json: string): void {
    if (json === '' || json === 'null') return;
    const rqid = trailingRqid(json);
    const compared = this.answer.compare(rqid);
    if (compared === 'old') return;
    // The last one again, sent twice or after a reconnect, is confirmed by that and not asked again.
    if (compared === 'same') {
      this.isConfirmed = true;
      return;
    }
    const request = this.place.request(line);
    if (request) {
      this.isConfirmed = true;
      this.answer.ask(request);
    } else this.distrust(rqid);
  }

  /** A request came that cannot be read: garbled, which entering the room anew mends, or of a kind we do not know. */
  private distrust(rqid: number | undefined): void {
    if (this.resync()) return;
    const text = `${this.address}|${chooseCommand({ choice: 'default', rqid })}`;
    this.options.send({ text, urgent: true });
  }

  /** Decides what there is to decide, once everything that came together has been read. */
  private consider(): void {
    const { answer } = this;
    const { seat } = this.place;
    if (!answer.asked || !seat || this.isOver || !this.isPresent || !this.isConfirmed) return;
    if (answer.isGiven) {
      answer.repeat();
      return;
    }
    if (answer.isDeciding) return;
    if (!this.place.isCaughtUp || !this.news.hasLogOf(answer.asked)) {
      this.logTimer ??= setTimeout(() => this.missLog(), LOG_WAIT_MS);
      return;
    }
    clearTimeout(this.logTimer);
    this.logTimer = undefined;
    this.news.clear();
    const decided = answer.decide(seat).then((isInTime) => {
      if (!isInTime && !this.ending.result) this.faults.stale++;
    });
    this.tell(decided);
  }

  private missLog(): void {
    this.logTimer = undefined;
    if (!this.isPresent || this.isOver) return;
    if (this.resync()) return;
    this.news.complete();
    this.consider();
  }

  /**
   * Lines are missing: leaves the room and enters it again, which brings the whole log and the open request.
   *
   * @returns false when that has been tried for this turn already
   */
  private resync(): boolean {
    if (!this.isPresent || this.resyncedAt === this.place.lastTurn) return false;
    this.resyncedAt = this.place.lastTurn;
    this.faults.resyncs++;
    this.away();
    this.options.send({ text: `|/noreply /leave ${this.address}`, urgent: true });
    this.join();
    return true;
  }

  private html(html: string): void {
    if (html.includes('message-throttle-notice')) this.resync();
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
    const { agent, farewell, saveReplay } = this.options;
    if (farewell && side) this.say(farewell);
    if (saveReplay && side) this.say('/savereplay');
    this.options.send({ text: `|/noreply /leave ${this.address}` });
    if (side && seat && agent.onBattleEnd) {
      const { state, memory } = seat;
      this.tell(agent.onBattleEnd({ battleId: this.id.battle, side, state, memory }));
    }
    this.end();
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.answer.stop();
    clearTimeout(this.logTimer);
    this.ending.cancel();
    clearTimeout(this.silence);
    const { result } = this.ending;
    this.place.close(result && { ...result, faults: this.faults });
    this.options.onChange?.(this);
    this.leave({ side: this.place.players.side, result });
  }

  private say(text: string): void {
    this.options.send({ text: `${this.address}|${text}` });
  }

  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.options.onFail(error);
    }
  }

  private tell(work: Promise<void> | undefined): void {
    work?.catch((error) => this.options.onFail(error));
  }
}

/** The number of a request: what the server writes last. */
function trailingRqid(json: string): number | undefined {
  const match = /"rqid":(\d{1,9})\}$/.exec(json.slice(-32));
  return match ? Number(match[1]) : undefined;
}
