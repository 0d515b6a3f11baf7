import { setImmediate } from 'node:timers/promises';
import type { Agent } from '../agent/agent.ts';
import { type BattleRequest, type RequestData, readRequest } from '../battle/request.ts';
import type { SideId } from '../battle/state.ts';
import { simulator } from '../knowledge/simulator.ts';
import { type BattleLedger, NO_LEDGER } from '../ledger/battle-ledger.ts';
import { announcedEnd, type Ended } from '../ledger/how-ended.ts';
import type { View } from '../ledger/protocol-log.ts';
import { type BattleResult, DEFAULT_CHOICE, type DecisionRecord } from '../ledger/record.ts';
import { ServerError, UserError } from '../util/errors.ts';
import { createRandom } from '../util/random.ts';
import { checkFormat, checkFormatHere } from './format.ts';
import { NO_ACTION, Seat, type SeatOptions } from './seat.ts';

/** One player of a match. */
export interface MatchPlayer {
  readonly agent: Agent;
  /** Shown in the log; at most 18 letters and digits. */
  readonly name: string;
  /** Packed team; only for formats without random teams. */
  readonly team?: string;
}

/** An in-process battle to be played. */
export interface MatchOptions {
  readonly battleId: string;
  /** Format id, e.g. `gen9randombattle`. */
  readonly format: string;
  /** The same seed gives the same teams, luck and (deterministic) decisions. */
  readonly seed: string;
  readonly players: Readonly<Record<SideId, MatchPlayer>>;
  /**
   * Decides when an agent fails.
   *
   * @default calcAgent
   */
  readonly fallback?: Agent;
  /** Time for one decision, in ms. */
  readonly turnMs: number;
  /** @default writes nothing */
  readonly ledger?: BattleLedger;
  /** Called for each line of the spectator's log. */
  readonly onLine?: (line: string) => void;
  /** Called for each decision. */
  readonly onDecision?: (record: DecisionRecord) => void;
  /** Called for protocol lines that a side could not follow. */
  readonly onProblem?: SeatOptions['onProblem'];
  /** Ends the match; it then has no result. */
  readonly signal?: AbortSignal;
}

/** How a match ended. */
export interface MatchResult {
  /** Absent when the match was aborted. */
  readonly result?: BattleResult;
  /** Choices that the simulator refused: each is a bug in this package. */
  readonly invalidChoices: number;
}

const { Battle, Teams } = simulator;

const SIDES = ['p1', 'p2'] as const;
const VIEWS = [...SIDES, 'spectator'] as const;

/**
 * Plays one battle in this process with the real simulator.
 *
 * @throws {UserError} when the format does not exist or needs teams that are not given
 */
export async function playMatch(options: MatchOptions): Promise<MatchResult> {
  const match = new Match(options);
  try {
    return await match.play();
  } finally {
    options.ledger?.close();
  }
}

class Match {
  private readonly options: MatchOptions;
  private readonly ledger: BattleLedger;
  private readonly seats: Record<SideId, Seat>;
  private readonly sim: InstanceType<typeof Battle>;
  private readonly errors: Record<SideId, string[]> = { p1: [], p2: [] };
  private read = 0;
  private invalidChoices = 0;

  constructor(options: MatchOptions) {
    this.options = options;
    this.ledger = options.ledger ?? NO_LEDGER;
    const isGiven = SIDES.every((side) => options.players[side].team !== undefined);
    const { id, needsTeam } = isGiven ? checkFormat(options.format) : checkFormatHere(options.format);
    const random = createRandom(options.seed);
    this.seats = { p1: this.seat('p1'), p2: this.seat('p2') };
    this.sim = new Battle({
      formatid: id as InstanceType<typeof Battle>['format']['id'],
      seed: random.stream('battle').simSeed(),
      send: (type, data) => this.receive(type, data),
    });
    for (const side of SIDES) {
      const { name, team } = options.players[side];
      if (needsTeam && team === undefined) {
        throw new UserError(
          `The format "${options.format}" needs a team for ${side}: pass one in Showdown's export format`,
        );
      }
      const seed = random.stream(`team-${side}`).simSeed();
      this.sim.setPlayer(side, { name, team: team ?? Teams.pack(Teams.generate(id, { seed })) });
    }
  }

  async play(): Promise<MatchResult> {
    const { players, battleId, format, signal } = this.options;
    for (const side of SIDES) await players[side].agent.onBattleStart?.({ battleId, side, format });
    this.update();
    while (!this.sim.ended) {
      if (signal?.aborted) return { invalidChoices: this.invalidChoices };
      // Agents that never wait would otherwise block timers, other battles and Ctrl-C.
      await setImmediate();
      await this.turn();
      this.update();
    }
    const winner = SIDES.find((side) => this.options.players[side].name === this.sim.winner) ?? null;
    const result: BattleResult = { winner, turns: this.sim.turn, ended: this.ended(winner) };
    await this.ledger.finish(result);
    for (const side of SIDES) {
      const { state, memory } = this.seats[side];
      await players[side].agent.onBattleEnd?.({ battleId, side, state, memory });
    }
    return { result, invalidChoices: this.invalidChoices };
  }

  private ended(winner: SideId | null): Ended {
    const announced = this.sim.log.map(announcedEnd).findLast((ended) => ended !== undefined);
    return announced ?? (winner === null ? 'tie' : 'played-out');
  }

  /** Both sides decide at the same time without seeing the other's choice; the choices are submitted together. */
  private async turn(): Promise<void> {
    const { signal } = this.options;
    const clock = { turnMs: this.options.turnMs };
    const asked = SIDES.filter((side) => this.seats[side].isAsked);
    if (asked.length === 0)
      throw new ServerError('The battle is not over, but the simulator is waiting for neither player');
    const choices = await Promise.all(asked.map((side) => this.seats[side].decide(clock, signal)));
    if (signal?.aborted) return;
    for (const [index, side] of asked.entries()) {
      const choice = choices[index];
      if (choice) await this.choose(side, choice.choice);
    }
  }

  private async choose(side: SideId, first: string): Promise<void> {
    const { turnMs } = this.options;
    let choice = first;
    if (choice === DEFAULT_CHOICE) this.seats[side].noteDefault(NO_ACTION);
    while (!this.sim.choose(side, choice)) {
      const message = this.errors[side].pop() ?? '[Invalid choice]';
      if (choice === DEFAULT_CHOICE)
        throw new ServerError(`The simulator refuses its own default choice: ${message}`);
      if (message.startsWith('[Unavailable choice]')) {
        this.seats[side].noteRefusal(choice, message);
        choice = (await this.seats[side].decide({ turnMs }, this.options.signal))?.choice ?? DEFAULT_CHOICE;
      } else {
        this.invalidChoices++;
        choice = this.seats[side].refuse(choice, message, { turnMs }).choice;
      }
      if (choice === DEFAULT_CHOICE) this.seats[side].noteDefault(NO_ACTION);
    }
  }

  private seat(side: SideId): Seat {
    const { battleId, format, seed, players, fallback, onDecision, onProblem } = this.options;
    return new Seat({
      battleId,
      side,
      format,
      agent: players[side].agent,
      fallback,
      // The page shows the battle as the first player saw it, whichever player is asked first for its state.
      ledger: side === 'p1' ? this.ledger : { ...this.ledger, turnEnd() {} },
      random: createRandom(seed).stream(`agent-${side}`),
      onDecision,
      onProblem,
    });
  }

  /** Passes on what the simulator has logged since the last time, then its requests. */
  private update(): void {
    const views = this.news();
    // One view after the other: alternating between the players takes markedly longer.
    for (const side of SIDES) for (const line of views[side]) this.seats[side].line(line);
    for (const line of views.spectator) this.show(line);
    this.sim.sendUpdates();
  }

  /** The lines that the simulator has logged since the last time, for each view. */
  private news(): Record<View, string[]> {
    const { log } = this.sim;
    const views: Record<View, string[]> = { p1: [], p2: [], spectator: [] };
    const show = (view: View, line: string): void => void (line !== '' && views[view].push(line));
    while (this.read < log.length) {
      const line = log[this.read++] ?? '';
      if (!line.startsWith('|split|')) {
        for (const view of VIEWS) show(view, line);
        continue;
      }
      // `|split|p1` is followed by the line that p1 sees and the line that everybody else sees.
      const owner = line.slice('|split|'.length);
      const [secret = '', shared = ''] = [log[this.read++], log[this.read++]];
      for (const view of VIEWS) show(view, view === owner ? secret : shared);
    }
    return views;
  }

  private show(line: string): void {
    this.ledger.line('spectator', line);
    this.options.onLine?.(line);
  }

  /**
   * The request whose JSON the simulator sends: reading the object itself saves parsing. When the simulator refuses a
   * choice it changes the active Pokémon in the object, so that part is copied.
   */
  private request(side: SideId): BattleRequest {
    const data = this.sim.getSide(side).activeRequest as unknown as RequestData;
    return readRequest({ ...data, active: structuredClone(data.active) });
  }

  private receive(type: string, data: string | string[]): void {
    if (type !== 'sideupdate' || typeof data !== 'string') return;
    const side = SIDES.find((id) => data.startsWith(`${id}\n`));
    if (!side) return;
    const line = data.slice(side.length + 1);
    if (line.startsWith('|error|')) this.errors[side].push(line.slice('|error|'.length));
    else this.seats[side].line(line, line.startsWith('|request|{') ? this.request(side) : undefined);
  }
}
