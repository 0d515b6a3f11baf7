import type { Agent } from '../agent/agent.ts';
import { Seat, type SeatChoice, type SeatOptions } from '../arena/seat.ts';
import { toId } from '../battle/generations.ts';
import { type BattleRequest, parseRequest } from '../battle/request.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import { logLine } from '../ledger/protocol-log.ts';
import type { BattleResult, DecisionRecord } from '../ledger/record.ts';
import type { SavedBattle } from '../ledger/resume.ts';
import type { Random } from '../util/random.ts';
import { BattleClock } from './battle-clock.ts';
import type { BattleRoomId } from './battle-id.ts';
import { parseRatingLine } from './rating-line.ts';
import { readRoomLine } from './room-line.ts';
import { RoomLog } from './room-log.ts';
import type { Outgoing } from './send-queue.ts';

/** A player as the server announces it. */
export interface RoomPlayer {
  readonly name: string;
}

/** What a battle room needs from its surroundings. */
export interface BattleRoomOptions {
  readonly id: BattleRoomId;
  /** Our name on the server. */
  readonly name: string;
  readonly agent: Agent;
  /** Decides when the agent fails. */
  readonly fallback: Agent;
  /** The stream all decisions of this battle draw from. */
  readonly random: Random;
  /** The most a decision may take, in ms. */
  readonly turnMs: number;
  /** Ask the server to end the battle of a player who does not answer. */
  readonly timer: boolean;
  /** Said at the start and at the end of the battle; nothing else is ever said. */
  readonly greeting?: string;
  readonly farewell?: string;
  /** Ask the server to publish the replay. */
  readonly saveReplay: boolean;
  /** Finds what an interrupted run has left of this battle. */
  readonly findSaved: (side: SideId, id: BattleRoomId) => SavedBattle | undefined;
  /** Opens the battle's ledger; `resume` to go on with one. */
  readonly openLedger: (
    side: SideId,
    players: Readonly<Record<SideId, RoomPlayer>>,
    id: BattleRoomId,
    resume: SavedBattle | undefined,
  ) => BattleFolder;
  readonly send: (message: Outgoing) => void;
  readonly onDecision?: (room: BattleRoom, record: DecisionRecord) => void;
  /** Something about the battle has changed: a turn, the clock, the result. */
  readonly onChange?: (room: BattleRoom) => void;
  readonly onUnknown?: (kind: string) => void;
  readonly onProblem?: SeatOptions['onProblem'];
  /** The battle cannot go on, as when the disk is full. */
  readonly onFail: (error: unknown) => void;
}

/** How a room ended. */
export interface RoomOutcome {
  readonly side?: SideId;
  /** Absent when the server does not know the battle any more. */
  readonly result?: BattleResult;
}

/** Counts of what should not happen. */
export interface RoomFaults {
  /** Choices the server refused as invalid: each is a fault of this package. */
  invalid: number;
  /** Choices that a hidden trap or a disabled move made impossible. */
  unavailable: number;
  /** Decisions and answers that came too late for their request. */
  stale: number;
  /** Times the room was entered anew because lines were missing. */
  resyncs: number;
  /** Battles lost on time. */
  timeouts: number;
}

/** The part of a request that matters before it is answered. */
interface Asked {
  readonly rqid: number | undefined;
  readonly type: 'move' | 'switch' | 'team';
  readonly update: boolean;
}

interface Answer extends SeatChoice {
  /** The connection was lost since it was sent. */
  doubtful: boolean;
}

/** A request whose log does not come is answered without it after this time; once, the room is entered anew first. */
const LOG_WAIT_MS = 1_500;
/** A room that says nothing for so long is entered anew. */
const SILENCE_MS = 90_000;
/** Rated battles are followed by the new ratings; this long they are waited for. */
const RATING_WAIT_MS = 3_000;
/** After so many refusals in a row the server's own default is asked for. */
const MAX_REFUSALS = 12;

/**
 * One battle on a server: follows the room's lines, lets the agent answer each request once and in time, and keeps
 * the ledger. A lost connection, a request before its log, lost or repeated lines and a killed process are mended
 * here; the seat behind it never learns of them.
 */
export class BattleRoom {
  readonly id: BattleRoomId;
  readonly faults: RoomFaults = { invalid: 0, unavailable: 0, stale: 0, resyncs: 0, timeouts: 0 };
  /** Settles when the room is left. */
  readonly finished: Promise<RoomOutcome>;
  private readonly options: BattleRoomOptions;
  private readonly clock: BattleClock;
  /** Where to send: the id may gain a password. */
  private address: string;
  private players: Partial<Record<SideId, RoomPlayer>> = {};
  private log = new RoomLog();
  private seat: Seat | undefined;
  private ledger: BattleFolder | undefined;
  private side: SideId | undefined;
  private decisions: DecisionRecord[] = [];
  private isPresent = false;
  /** The server has said, since we are present, what it asks of us and whether it has our answer. */
  private isConfirmed = false;
  private asked: Asked | undefined;
  private answer: Answer | undefined;
  private refusals = 0;
  private deciding: { readonly abort: AbortController } | undefined;
  /** What of the log has come since the last request was taken up. */
  private news = { lines: 0, turns: 0 };
  private lastTurn = 0;
  /** The turn for which the room was last entered anew. */
  private resyncedAt = -1;
  /** The log of an interrupted run is being compared with the server's. */
  private isRestoring = false;
  private lastRqid = -1;
  private soon: NodeJS.Immediate | undefined;
  private silence: NodeJS.Timeout | undefined;
  private logTimer: NodeJS.Timeout | undefined;
  private ratingTimer: NodeJS.Timeout | undefined;
  private isRated = false;
  private result: BattleResult | undefined;
  private isOver = false;
  private leave: (outcome: RoomOutcome) => void = () => {};

  constructor(options: BattleRoomOptions, address: string) {
    this.options = options;
    this.id = options.id;
    this.address = address;
    this.clock = new BattleClock(options.name, options.turnMs);
    this.finished = new Promise((resolve) => {
      this.leave = resolve;
    });
  }

  /** The other player, once the server has announced both. */
  get opponent(): RoomPlayer | undefined {
    return this.side && this.players[this.side === 'p1' ? 'p2' : 'p1'];
  }

  /** What our side knows; undefined before the battle has begun. */
  get state(): BattleState | undefined {
    return this.seat?.state;
  }

  /** Our time left in ms; undefined while the timer is off. */
  get clockMs(): number | undefined {
    return this.clock.leftMs;
  }

  /** Folder of the battle's ledger. */
  get folder(): string | undefined {
    return this.ledger?.folder;
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
    this.isPresent = false;
    this.isConfirmed = false;
    if (this.answer) this.answer.doubtful = true;
    clearTimeout(this.logTimer);
    this.logTimer = undefined;
  }

  /** Enters the room, which the server then sends from its first line on. */
  join(): void {
    this.options.send({ text: `|/join ${this.address}`, urgent: true });
  }

  /** Gives the battle up on this end; the server still plays it. */
  abandon(): void {
    this.end();
  }

  private line(text: string): void {
    const line = readRoomLine(text);
    switch (line.type) {
      case 'log':
        this.logLine(logLine('p1', text) ?? text);
        return;
      case 'request':
        this.request(text, line.json);
        return;
      case 'sent-choice':
        // The server has our answer, or that of the process before us.
        if (this.answer && this.answer.rqid === this.asked?.rqid) this.answer.doubtful = false;
        else this.answer = { choice: '', rqid: this.asked?.rqid, doubtful: false };
        return;
      case 'error':
        this.error(line.message);
        return;
      case 'init':
        this.isPresent = true;
        this.log.rewind();
        // Who joins a running battle gets the whole log at once, and then the request that it led to.
        if (this.seat) this.news = { lines: 1, turns: 1 };
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
    if (this.answer && this.answer.rqid === this.asked?.rqid) this.resync();
  }

  private logLine(line: string): void {
    const taken = this.log.take(line);
    if (taken === 'seen') return;
    if (taken === 'diverged') {
      this.rebuild();
      this.log.take(line);
    }
    this.isRestoring = false;
    this.news.lines++;
    if (line.startsWith('|player|')) this.player(line);
    if (line.startsWith('|rated|')) this.isRated = true;
    if (line === `|-message|${this.options.name} lost due to inactivity.`) this.faults.timeouts++;
    this.give(line);
    if (line.startsWith('|turn|')) this.turn(Number(line.slice('|turn|'.length)));
    if (line.startsWith('|win|')) this.won(toId(line.slice('|win|'.length)));
    if (line === '|tie' || line.startsWith('|tie|')) this.won(undefined);
    // We are not one of the players: the room of another battle with the same number.
    if (line === '|start' && !this.side) this.conclude();
  }

  /** Hands a line to the seat and the ledger, which exist once it is known who plays. */
  private give(line: string): void {
    if (this.seat) {
      this.seat.line(line);
      this.ledger?.line('spectator', line);
      return;
    }
    this.sitDown();
  }

  private player(line: string): void {
    const [, , side, name = ''] = line.split('|');
    if (side !== 'p1' && side !== 'p2') return;
    this.players[side] = { name };
    if (toId(name) === toId(this.options.name)) this.side = side;
  }

  /** Takes our place once both players are known; what has come until then follows. */
  private sitDown(): void {
    const { side } = this;
    const { p1, p2 } = this.players;
    if (!side || !p1 || !p2) return;
    const { options } = this;
    const seen = this.log.lines;
    const saved = options.findSaved(side, this.id);
    const isRestored = saved !== undefined && continues(saved.lines, seen);
    this.seat = this.takeSeat(side, { p1, p2 }, isRestored ? saved : undefined);
    this.tell(options.agent.onBattleStart?.({ battleId: this.id.battle, side, format: this.id.format }));
    if (options.timer) this.say('/timer on');
    if (isRestored) this.restore(saved, seen);
    else {
      for (const line of seen) this.give(line);
      if (options.greeting) this.say(options.greeting);
    }
  }

  /** Goes on where an interrupted run has ended; the log that it had seen comes by again. */
  private restore(saved: SavedBattle, seen: readonly string[]): void {
    this.log = new RoomLog(saved.lines);
    this.log.rewind();
    this.isRestoring = true;
    this.news = { lines: 1, turns: 1 };
    for (const line of seen) {
      if (!line.startsWith('|request|') && this.log.take(line) === 'new') this.give(line);
    }
    this.isRated = saved.lines.some((line) => line.startsWith('|rated|'));
    this.lastTurn = countTurns(saved.lines);
    this.expect(lastRequest(saved.lines));
    const last = saved.decisions.at(-1);
    if (last) this.answer = { choice: last.choice, rqid: last.rqid, doubtful: true };
  }

  /**
   * The log that is sent again is not the one that was seen. Either lines had been lost or garbled: then everything
   * from the first difference on is forgotten, on disk as well. Or the saved battle was another one with the same
   * number: then this one begins.
   */
  private rebuild(): void {
    const lines = this.log.confirmed();
    const { side, ledger, isRestoring } = this;
    const { p1, p2 } = this.players;
    this.log = new RoomLog(isRestoring ? lines.filter((line) => !line.startsWith('|request|')) : lines);
    this.isRestoring = false;
    this.deciding?.abort.abort();
    this.deciding = undefined;
    this.lastTurn = countTurns(lines);
    this.expect(lastRequest(this.log.lines));
    if (!side || !ledger || !p1 || !p2) return;
    ledger.close();
    if (isRestoring) this.answer = undefined;
    const saved = isRestoring ? undefined : this.options.findSaved(side, this.id);
    const { decisions } = this;
    this.seat = this.takeSeat(side, { p1, p2 }, saved && { ...saved, lines, decisions });
    if (!saved) for (const line of this.log.lines) this.give(line);
  }

  private takeSeat(side: SideId, players: Record<SideId, RoomPlayer>, saved?: SavedBattle): Seat {
    const { agent, fallback, random, openLedger, onDecision, onProblem } = this.options;
    this.ledger = openLedger(side, players, this.id, saved);
    this.decisions = [...(saved?.decisions ?? [])];
    const seat = new Seat({
      battleId: this.id.battle,
      side,
      format: this.id.format,
      agent,
      fallback,
      ledger: this.ledger,
      random,
      onDecision: (record) => {
        this.decisions.push(record);
        onDecision?.(this, record);
      },
      onProblem,
    });
    if (saved) seat.restore(saved.lines, saved.decisions);
    return seat;
  }

  private turn(turn: number): void {
    const isNext = turn === this.lastTurn + 1;
    this.lastTurn = turn;
    this.news.turns++;
    if (!isNext) this.resync();
    this.options.onChange?.(this);
  }

  private request(line: string, json: string): void {
    if (json === '' || json === 'null') return;
    const rqid = trailingRqid(json);
    if (rqid !== undefined && rqid < this.lastRqid) return;
    // The last one again, sent twice or after a reconnect, is confirmed by that and not asked again.
    if (rqid !== undefined && rqid === this.lastRqid) {
      this.isConfirmed = true;
      return;
    }
    const request = this.takeRequest(line, json);
    if (!request) {
      this.distrust(rqid);
      return;
    }
    this.isConfirmed = true;
    this.refusals = 0;
    this.deciding?.abort.abort();
    this.deciding = undefined;
    this.expect(request);
    if (this.asked) this.clock.start();
  }

  /** Hands a request on and reads it; undefined when it cannot be read. */
  private takeRequest(line: string, json: string): BattleRequest | undefined {
    this.log.request(line);
    const { seat } = this;
    if (!seat) return readRequest(json);
    const before = seat.request;
    seat.line(line);
    return seat.request === before ? undefined : seat.request;
  }

  /** A request came that cannot be read: garbled, which entering the room anew mends, or of a kind we do not know. */
  private distrust(rqid: number | undefined): void {
    if (this.resync()) return;
    this.options.send({
      text: `${this.address}|/choose default${rqid === undefined ? '' : `|${rqid}`}`,
      urgent: true,
    });
  }

  /** Notes what is asked of us. */
  private expect(request: BattleRequest | undefined): void {
    this.lastRqid = request?.rqid ?? -1;
    this.asked =
      request && request.type !== 'wait'
        ? { type: request.type, rqid: request.rqid, update: request.update === true }
        : undefined;
  }

  /** Decides what there is to decide, once everything that came together has been read. */
  private consider(): void {
    const { asked, seat, answer } = this;
    if (!asked || !seat || this.isOver || !this.isPresent || !this.isConfirmed) return;
    if (answer && answer.rqid === asked.rqid) {
      if (answer.doubtful) this.submit(answer);
      return;
    }
    if (this.deciding) return;
    if (!this.hasLog(asked)) {
      this.logTimer ??= setTimeout(() => this.missLog(), LOG_WAIT_MS);
      return;
    }
    clearTimeout(this.logTimer);
    this.logTimer = undefined;
    this.news = { lines: 0, turns: 0 };
    this.tell(this.decide(seat));
  }

  /** Whether the log that led to a request has come: servers differ in which of the two they send first. */
  private hasLog({ type, update }: Asked): boolean {
    if (!this.log.isCaughtUp) return false;
    return update || (type === 'move' ? this.news.turns : this.news.lines) > 0;
  }

  private missLog(): void {
    this.logTimer = undefined;
    if (!this.isPresent || this.isOver) return;
    if (this.resync()) return;
    this.news = { lines: 1, turns: 1 };
    this.consider();
  }

  private async decide(seat: Seat): Promise<void> {
    const abort = new AbortController();
    const deciding = { abort };
    this.deciding = deciding;
    const choice = await seat.decide(this.clock.read(), abort.signal);
    if (this.deciding !== deciding || !choice) {
      if (!this.result) this.faults.stale++;
      return;
    }
    this.deciding = undefined;
    this.answer = { ...choice, doubtful: !this.isPresent };
    if (this.isPresent) this.submit(this.answer);
  }

  private submit(answer: Answer): void {
    answer.doubtful = false;
    this.clock.stop();
    const rqid = answer.rqid === undefined ? '' : `|${answer.rqid}`;
    this.options.send({
      text: `${this.address}|/choose ${answer.choice}${rqid}`,
      urgent: true,
      isWanted: () => this.answer === answer && this.asked?.rqid === answer.rqid,
    });
    this.options.onChange?.(this);
  }

  private error(message: string): void {
    const { answer, seat } = this;
    const isOpen = answer !== undefined && answer.rqid === this.asked?.rqid;
    if (message.startsWith('[Unavailable choice]')) {
      this.faults.unavailable++;
      if (isOpen) seat?.noteRefusal(answer.choice, message);
      return;
    }
    if (!message.startsWith('[Invalid choice]') || !seat) return;
    if (!isOpen || /too late|nothing to (choose|cancel)|Can't (undo|do anything)/i.test(message)) {
      this.faults.stale++;
      return;
    }
    this.faults.invalid++;
    if (answer.choice === '') {
      // Not known here what was refused: the agent decides as if it had not been asked.
      this.answer = undefined;
      return;
    }
    const next =
      ++this.refusals > MAX_REFUSALS
        ? { choice: 'default', rqid: answer.rqid }
        : seat.refuse(answer.choice, message, this.clock.read());
    this.answer = { ...next, doubtful: false };
    if (this.refusals <= 2 * MAX_REFUSALS) this.submit(this.answer);
  }

  /**
   * Lines are missing: leaves the room and enters it again, which brings the whole log and the open request.
   *
   * @returns false when that has been tried for this turn already
   */
  private resync(): boolean {
    if (!this.isPresent || this.resyncedAt === this.lastTurn) return false;
    this.resyncedAt = this.lastTurn;
    this.faults.resyncs++;
    this.down();
    this.options.send({ text: `|/noreply /leave ${this.address}`, urgent: true });
    this.join();
    return true;
  }

  private html(html: string): void {
    if (html.includes('message-throttle-notice')) {
      this.resync();
      return;
    }
    const change = this.result ? parseRatingLine(html) : undefined;
    if (!change || !this.result) return;
    const { p1, p2 } = this.players;
    const side = [p1, p2].findIndex((player) => player && toId(player.name) === change.player);
    if (side < 0) return;
    const { before, after } = change;
    const ratings = { ...this.result.ratings, [side === 0 ? 'p1' : 'p2']: { before, after } };
    this.result = { ...this.result, ratings };
    if (ratings.p1 && ratings.p2) this.conclude();
  }

  private won(winner: string | undefined): void {
    const { p1, p2 } = this.players;
    const isP1 = p1 && toId(p1.name) === winner;
    const isP2 = p2 && toId(p2.name) === winner;
    const side = isP1 ? 'p1' : isP2 ? 'p2' : null;
    this.result = { winner: side, turns: this.lastTurn };
    this.deciding?.abort.abort();
    this.deciding = undefined;
    this.asked = undefined;
    const conclude = (): void => this.guard(() => this.conclude());
    this.ratingTimer = setTimeout(conclude, this.isRated ? RATING_WAIT_MS : 0);
  }

  /** The battle is over and all is said. */
  private conclude(): void {
    if (this.options.farewell && this.side) this.say(this.options.farewell);
    if (this.options.saveReplay && this.side) this.say('/savereplay');
    this.options.send({ text: `|/noreply /leave ${this.address}` });
    const { side, seat } = this;
    if (side && seat) {
      const { state, memory } = seat;
      this.tell(this.options.agent.onBattleEnd?.({ battleId: this.id.battle, side, state, memory }));
    }
    this.end();
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.deciding?.abort.abort();
    clearTimeout(this.logTimer);
    clearTimeout(this.ratingTimer);
    clearTimeout(this.silence);
    if (this.result) this.ledger?.finish(this.result);
    this.ledger?.close();
    this.options.onChange?.(this);
    this.leave({ side: this.side, result: this.result });
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

function readRequest(json: string): BattleRequest | undefined {
  try {
    return parseRequest(json);
  } catch {
    return undefined;
  }
}

function lastRequest(lines: readonly string[]): BattleRequest | undefined {
  const line = lines.findLast((candidate) => candidate.startsWith('|request|'));
  return line === undefined ? undefined : readRequest(line.slice('|request|'.length));
}

function countTurns(lines: readonly string[]): number {
  return lines.filter((line) => line.startsWith('|turn|')).length;
}

/** Whether a log that is being sent from its start may be that of a saved battle: one begins as the other does. */
function continues(saved: readonly string[], seen: readonly string[]): boolean {
  const before = saved.filter((line) => !line.startsWith('|request|'));
  const now = seen.filter((line) => !line.startsWith('|request|'));
  return now.every((line, index) => index >= before.length || before[index] === line);
}
