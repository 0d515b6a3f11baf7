import { toId } from '../battle/generations.ts';
import type { DecisionClock } from '../memory/decision-context.ts';
import type { BattleRoomConfig } from './battle-room-config.ts';

/** Subtracted from every deadline: the server counts in steps of 5 s, and the choice has to travel. */
const RESERVE_MS = 6_000;
/** Every decision gets at least this much, however late it is. */
const LEAST_MS = 500;
/** The longest turn of the public ladder. */
const LONGEST_TURN_MS = 150_000;
/** The shortest first turn of the server's timers, that of Blitz; all others give 90 s and more. */
const SHORTEST_FIRST_TURN_MS = 40_000;

/** What a {@link BattleClock} has to know; see {@link BattleRoomConfig}. */
export type BattleClockOptions = Pick<BattleRoomConfig, 'name' | 'turnMs' | 'timer'>;

interface Reading {
  /** Time left for the running decision, in ms. */
  readonly turnMs: number;
  /** Time left in all, grace included, in ms. */
  readonly battleMs: number;
  /** When these times were current, on the clock of `performance.now()`; undefined while the clock is stopped. */
  readonly since: number | undefined;
}

/**
 * One player's clock in a battle, according to the server's messages. The server reports the time right after each
 * request; until then, it is estimated from the last report.
 */
export class BattleClock {
  private reading: Reading | undefined;

  /** @param now ms on a clock that never jumps */
  constructor(
    private readonly options: BattleClockOptions,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Takes the text of an `|inactive|` line.
   *
   * @returns whether it is about this player's time
   */
  message(text: string): boolean {
    const left = /^Time left: (\d+) sec this turn \| (\d+) sec total(?: \| (\d+) sec grace)?$/.exec(text);
    if (left) {
      const battleMs = (Number(left[2]) + Number(left[3] ?? 0)) * 1000;
      this.reading = { turnMs: Number(left[1]) * 1000, battleMs, since: this.now() };
      return true;
    }
    const match = /^(.+?)(?: reconnected and)? has (\d+) seconds left\.$/.exec(text);
    // A server may spell a name differently from its owner.
    if (!match?.[1] || toId(match[1]) !== toId(this.options.name)) return false;
    const turnMs = Number(match[2]) * 1000;
    this.reading = { turnMs, battleMs: Math.max(turnMs, this.battleLeft()), since: this.now() };
    return true;
  }

  /** The timer is off (`|inactiveoff|`). */
  off(): void {
    this.reading = undefined;
  }

  /** The server is waiting for this player from now on. */
  start(): void {
    if (!this.reading || this.reading.since !== undefined) return;
    const { battleMs } = this.reading;
    this.reading = { turnMs: Math.min(battleMs, LONGEST_TURN_MS), battleMs, since: this.now() };
  }

  /** The player has answered. */
  stop(): void {
    if (!this.reading) return;
    this.reading = { turnMs: this.turnLeft(), battleMs: this.battleLeft(), since: undefined };
  }

  /**
   * Time for a decision made now. It gets half of the bank, so that even a hard turn does not empty it: with 10 s
   * gained per turn, an agent that uses all its time settles at about 10 s per turn.
   */
  read(): DecisionClock {
    const { turnMs: limitMs, timer } = this.options;
    // The timer may be on already, and the line with the time lost.
    if (!this.reading) {
      return { turnMs: timer ? Math.min(limitMs, SHORTEST_FIRST_TURN_MS - RESERVE_MS) : limitMs };
    }
    const battleMs = this.battleLeft();
    const turnMs = Math.min(limitMs, this.turnLeft() - RESERVE_MS, (battleMs - RESERVE_MS) / 2);
    return { turnMs: Math.max(LEAST_MS, turnMs), battleMs };
  }

  /** Time left of the battle for this player in ms, or undefined when the timer is off. */
  get leftMs(): number | undefined {
    return this.reading && this.battleLeft();
  }

  private turnLeft(): number {
    return this.reading ? Math.max(0, this.reading.turnMs - this.elapsed()) : 0;
  }

  private battleLeft(): number {
    return this.reading ? Math.max(0, this.reading.battleMs - this.elapsed()) : 0;
  }

  private elapsed(): number {
    return this.reading?.since === undefined ? 0 : this.now() - this.reading.since;
  }
}
