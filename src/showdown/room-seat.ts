import { Seat } from '../arena/seat.ts';
import { type BattleRequest, parseRequest } from '../battle/request.ts';
import type { SideId } from '../battle/state.ts';
import { type BattleFolder, NO_LEDGER } from '../ledger/battle-ledger.ts';
import type { BattleResult, DecisionRecord, EndedBy } from '../ledger/record.ts';
import { lineCleaner } from '../ledger/redaction.ts';
import type { SavedBattle } from '../ledger/resume.ts';
import type { BattleRoomConfig } from './battle-room-config.ts';
import type { EmitRoomEvent } from './room-events.ts';
import type { RoomGuard } from './room-guard.ts';
import { RoomLog } from './room-log.ts';
import { type RoomPlayer, RoomPlayers } from './room-players.ts';

/** What a {@link RoomSeat} works with, and its callbacks. */
export interface RoomSeatOptions
  extends Pick<
    BattleRoomConfig,
    'id' | 'name' | 'agent' | 'fallback' | 'random' | 'findSaved' | 'asKept' | 'openLedger'
  > {
  readonly guard: RoomGuard;
  readonly emit: EmitRoomEvent;
  /** Both players are known and we have our place. */
  readonly onSeated: (side: SideId, isRestored: boolean) => void;
  /** An interrupted run left off here: the request that was open, and the last decision. */
  readonly onRestored: (request: BattleRequest | undefined, last: DecisionRecord | undefined) => void;
  /**
   * What was seen last is no longer true; the request is the one open before it.
   *
   * @param isOther the saved battle was a different one, and so were its decisions
   */
  readonly onRewritten: (request: BattleRequest | undefined, isOther: boolean) => void;
}

/**
 * Our seat in a battle room and its ledger, kept in step with the room's log whatever is lost, repeated or sent again:
 * the seat gets every line once and in order.
 */
export class RoomSeat {
  readonly players: RoomPlayers;
  private readonly options: RoomSeatOptions;
  private readonly asKept: (line: string) => string;
  private log = new RoomLog();
  private taken: Seat | undefined;
  private ledger: BattleFolder | undefined;
  private decisions: DecisionRecord[] = [];
  private turn = 0;
  /** Number of turns seen when the log was last sent again. */
  private turnsBefore = 0;
  /** The log of an interrupted run is being compared with the server's. */
  private isRestoring = false;

  constructor(options: RoomSeatOptions) {
    this.options = options;
    this.asKept = options.asKept ?? lineCleaner();
    this.players = new RoomPlayers(options.name);
  }

  /** The seat; undefined before both players are known. */
  get seat(): Seat | undefined {
    return this.taken;
  }

  /** Folder of the battle's ledger. */
  get folder(): string | undefined {
    return this.ledger?.folder;
  }

  /** Number of the last turn seen. */
  get lastTurn(): number {
    return this.turn;
  }

  /** Whether the log that is being sent again has reached the point seen before. */
  get isCaughtUp(): boolean {
    return this.log.isCaughtUp && this.turn >= this.turnsBefore;
  }

  get isRated(): boolean {
    return this.log.lines.some((line) => line.startsWith('|rated|'));
  }

  /** The server starts over with the battle's first line, and will repeat its request. */
  rewind(): void {
    if (!this.taken) this.log = new RoomLog();
    this.log.rewind();
    this.turnsBefore = countTurns(this.log.lines);
  }

  /**
   * Takes a line of the battle's log.
   *
   * @returns `seen` for a line sent again, or one that says nothing about the battle; `gap` for a turn that does not
   * follow the last one: lines are missing
   */
  line(line: string): 'new' | 'seen' | 'gap' {
    const taken = this.log.take(line);
    if (taken === 'seen') return 'seen';
    if (line.startsWith('|player|')) this.players.note(line);
    if (taken === 'aside') {
      this.give(line);
      return 'seen';
    }
    if (taken === 'diverged') {
      this.rebuild();
      this.log.take(line);
    }
    this.isRestoring = false;
    this.give(line);
    if (!line.startsWith('|turn|')) return 'new';
    const turn = Number(line.slice('|turn|'.length));
    const isNext = turn === this.turn + 1;
    this.turn = turn;
    return isNext ? 'new' : 'gap';
  }

  /**
   * Takes a `|request|` line.
   *
   * @returns the request; undefined when it cannot be read
   */
  request(line: string): BattleRequest | undefined {
    this.log.request(line);
    const { seat } = this;
    if (!seat) return readRequest(line);
    const before = seat.request;
    this.options.guard.run(line, () => seat.line(line));
    return seat.request === before ? undefined : seat.request;
  }

  /**
   * Closes the ledger; without a result the battle stays unfinished in it.
   *
   * @param endedBy who ended it without a result
   */
  async close(result: BattleResult | undefined, endedBy?: EndedBy): Promise<void> {
    try {
      if (result) await this.ledger?.finish(result);
    } finally {
      this.ledger?.close(endedBy);
    }
  }

  /** Passes a line to the seat and the ledger, which exist once the players are known. */
  private give(line: string): void {
    const { taken, ledger, options } = this;
    if (!taken) {
      this.sitDown();
      return;
    }
    options.guard.run(line, () => {
      taken.line(line);
      ledger?.line('spectator', line);
    });
  }

  /** Takes our seat once both players are known, and passes on what has arrived until then. */
  private sitDown(): void {
    const { side, both } = this.players;
    if (!side || !both) return;
    const { options } = this;
    const seen = this.log.lines;
    const saved = options.findSaved?.(side, options.id);
    const isRestored = saved !== undefined && this.continues(saved);
    this.takeSeat(side, both, isRestored ? saved : undefined);
    options.onSeated(side, isRestored);
    if (isRestored) this.restore(saved, seen);
    else for (const line of seen) this.give(line);
  }

  /** Whether the log that is being sent from its start may be that of a saved battle: one begins like the other. */
  private continues(saved: SavedBattle): boolean {
    const before = new RoomLog(saved.lines).battleLines;
    return this.log.battleLines.every(
      (line, index) => index >= before.length || before[index] === this.asKept(line),
    );
  }

  /** Continues where an interrupted run ended; the log that it had seen is sent again. */
  private restore(saved: SavedBattle, seen: readonly string[]): void {
    this.log = new RoomLog(saved.lines, this.asKept);
    this.log.rewind();
    this.isRestoring = true;
    for (const line of seen) {
      if (!line.startsWith('|request|') && this.log.take(line) !== 'seen') this.give(line);
    }
    this.turn = countTurns(saved.lines);
    this.options.onRestored(lastRequest(saved.lines), saved.decisions.at(-1));
  }

  /**
   * The log that is sent again differs from what was seen. Either lines had been lost or garbled: then everything from
   * the first difference on is forgotten, on disk as well. Or the saved battle was a different one with the same
   * number: then this one begins.
   */
  private rebuild(): void {
    const lines = this.log.confirmed();
    const { isRestoring, ledger, decisions, options } = this;
    const { side, both } = this.players;
    const own = isRestoring ? lines.filter((line) => !line.startsWith('|request|')) : lines;
    this.log = new RoomLog(own, this.asKept);
    this.isRestoring = false;
    this.turn = countTurns(lines);
    if (isRestoring) this.turnsBefore = 0;
    options.onRewritten(lastRequest(this.log.lines), isRestoring);
    if (!side || !both || !ledger) return;
    ledger.close();
    const saved = isRestoring ? undefined : options.findSaved?.(side, options.id);
    this.takeSeat(side, both, saved && { ...saved, lines, decisions });
    if (!saved) for (const line of this.log.lines) this.give(line);
  }

  private takeSeat(side: SideId, players: Readonly<Record<SideId, RoomPlayer>>, saved?: SavedBattle): void {
    const {
      id,
      agent,
      fallback,
      random,
      openLedger = () => ({ ...NO_LEDGER, folder: '' }),
      emit,
    } = this.options;
    const ledger = openLedger(side, players, id, saved);
    this.ledger = ledger;
    this.decisions = [...(saved?.decisions ?? [])];
    this.taken = new Seat({
      battleId: id.battle,
      side,
      format: id.format,
      agent,
      fallback,
      ledger,
      random,
      onDecision: (record) => {
        this.decisions.push(record);
        emit({ type: 'decision', record });
      },
      onProblem: (problem) => emit({ type: 'problem', ...problem }),
    });
    if (saved) this.taken.restore(saved.lines, saved.decisions);
  }
}

function readRequest(line: string): BattleRequest | undefined {
  try {
    return parseRequest(line.slice('|request|'.length));
  } catch {
    return undefined;
  }
}

function lastRequest(lines: readonly string[]): BattleRequest | undefined {
  const line = lines.findLast((candidate) => candidate.startsWith('|request|'));
  return line === undefined ? undefined : readRequest(line);
}

function countTurns(lines: readonly string[]): number {
  return lines.filter((line) => line.startsWith('|turn|')).length;
}
