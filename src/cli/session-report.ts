import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PokemonState, SideState } from '../battle/state.ts';
import { decidedBySide, decidedIn, decidedWords, deciderNames } from '../ledger/decided.ts';
import type { BattlePlayer, DecisionRecord, EndedBy } from '../ledger/record.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import {
  columnOf,
  type DecisionSummary,
  decisionSummary,
  type PlayedBattle,
  type Summary,
  SummaryTally,
} from '../ledger/summary.ts';
import type { Budget } from '../model/budget.ts';
import type { BattleRoom, RoomOutcome } from '../showdown/battle-room.ts';
import type { SessionResult } from '../showdown/session-options.ts';
import { safeLine } from '../util/safe-text.ts';
import { sessionWords } from './format-session.ts';
import { LiveLines } from './live-lines.ts';
import { SessionRating } from './session-rating.ts';
import { battleLine, notWhose, summaryLines } from './summary-lines.ts';
import { bar, type Style, type Terminal } from './terminal.ts';

const BAR_WIDTH = 6;

const TONES = { note: 'gray', warning: 'yellow', error: 'red' } as const;

/** A battle that is over, without its decisions. */
interface ReportedBattle extends Omit<PlayedBattle, 'decisions'> {
  readonly decided: ReturnType<typeof decidedIn>;
  /** Says for whom it does not count. */
  readonly notWhose: string | undefined;
  readonly id: string;
  readonly opponent: string;
  readonly endedBy?: EndedBy;
  readonly lastTurn?: number;
  readonly folder: string;
}

/** What a session prints and how. */
export interface SessionReportOptions {
  /** Our agent as in the ledger. */
  readonly player: BattlePlayer;
  /** The session's opponents, in words. */
  readonly against: string;
  /** Battles to play; Infinity for no end. */
  readonly battles: number;
  readonly form: 'lines' | 'summary' | 'json';
  readonly budget?: Budget;
  /** Where an {@link SessionReport.alert} goes when only the result is to be printed. */
  readonly note: Terminal;
}

/** Shows a session while it runs, one line per battle, and sums it up. */
export class SessionReport {
  private readonly live: LiveLines;
  private readonly decider: string;
  /** Of the running battles. A session may last for days, so for the others only sums are kept. */
  private readonly decisions = new Map<string, DecisionSummary[]>();
  private readonly tally = new SummaryTally();
  /** From the finished battles that count for a rating. */
  private readonly rating = new SessionRating();
  /** All battles, if the result is to list them. */
  private readonly listed: ReportedBattle[] = [];
  private last: ReportedBattle | undefined;
  /** The last line that was more than a note. */
  private lastTrouble: string | undefined;

  constructor(
    private readonly out: Terminal,
    stream: NodeJS.WriteStream,
    private readonly options: SessionReportOptions,
  ) {
    this.decider = deciderNames([options.player])[0] ?? options.player.name;
    this.live = new LiveLines(stream, options.form === 'lines' && out.interactive);
  }

  /** A battle of ours begins, or is resumed with its earlier decisions. */
  begin(battleId: string, decided: readonly DecisionRecord[]): void {
    this.decisions.set(battleId, decided.map(decisionSummary));
  }

  /** Follows a battle that has changed. */
  change(room: BattleRoom): void {
    this.live.set(room.id.battle, () => this.liveLine(room));
  }

  /** Counts a decision. */
  decision(room: BattleRoom, record: DecisionRecord): void {
    const decisions = this.decisions.get(room.id.battle) ?? [];
    decisions.push(decisionSummary(record));
    this.decisions.set(room.id.battle, decisions);
    this.change(room);
  }

  /** A battle is over. */
  end(room: BattleRoom, { side, result, endedBy }: RoomOutcome): void {
    const id = room.id.battle;
    this.live.remove(id);
    const decisions = this.decisions.get(id) ?? [];
    this.decisions.delete(id);
    if (!side) return;
    const opponent = safeLine(room.opponent?.name ?? '', 24);
    const column = columnOf({ side, result, decisions });
    const battle: ReportedBattle = {
      id,
      side,
      result,
      endedBy,
      opponent,
      lastTurn: decisions.at(-1)?.turn,
      folder: room.folder ?? '',
      decided: decidedIn(decisions),
      notWhose: result && notWhose(column, this.decider, opponent),
    };
    const elo = this.count(battle, decisions);
    if (this.options.form !== 'lines') return;
    const { battles } = this.summary;
    const all = Number.isFinite(this.options.battles) ? this.options.battles : battles;
    this.live.print(
      `${battleLine(battle, battles, all, battle.notWhose)}  against ${battle.opponent}${elo ? `  Elo ${elo.before} → ${elo.after}` : ''}`,
    );
  }

  /** Adds to an event about the end of a battle who decided in it. Call it before the battle's end. */
  completed(event: SessionEvent): SessionEvent {
    if (event.type !== 'battle-finished' || !event.result) return event;
    const decided = decidedBySide(this.decisions.get(event.battleId) ?? []);
    return { ...event, result: { ...event.result, decided } };
  }

  /** An event that may be worth a line. */
  event(event: SessionEvent): void {
    if (event.type === 'battle-started') this.lastTrouble = undefined;
    const words = sessionWords(event);
    if (words === undefined) return;
    const { text, tone } = words;
    // Repeated requests to a server get the same answer over and over.
    if (tone !== 'note' && text === this.lastTrouble) return;
    if (tone !== 'note') this.lastTrouble = text;
    if (this.options.form === 'lines') this.say(text, TONES[tone]);
    else if (event.type === 'line-skipped' || event.type === 'battle-given-up') this.options.note.line(text);
  }

  /** Information that belongs to no battle. */
  note(text: string): void {
    if (this.options.form === 'lines') this.say(text, TONES.note);
  }

  /** Information that is printed whatever the output form. */
  alert(text: string): void {
    if (this.options.form === 'lines') this.note(text);
    else this.options.note.line(text);
  }

  /** The summary of the battles that are over. */
  get summary(): Summary {
    return this.tally.summary;
  }

  /**
   * Prints the summary.
   *
   * @param result absent when the session ended early; what was played until then is summed up
   * @param gaveUp why no more was played
   */
  finish(result?: SessionResult, gaveUp?: string): void {
    this.live.close();
    const { summary, last } = this;
    if (!result && summary.battles === 0) return;
    const { faults, unknownKinds = new Map<string, number>() } = result ?? {};
    const { player, against, budget, form } = this.options;
    const agent = { name: player.name, decider: this.decider, summary };
    const unknown = Object.fromEntries(unknownKinds);
    if (form === 'json') {
      const battles = this.listed.map(
        ({ id, side, result, endedBy, opponent, decided, notWhose, folder }) => ({
          id,
          side,
          opponent,
          endedBy,
          ...result,
          decided,
          notWhose,
          folder,
        }),
      );
      const whoDecided = [decidedWords(this.decider, summary.decided)];
      const { rating, elo } = this.rating.json;
      this.out.data(
        JSON.stringify({
          whoDecided,
          gaveUp,
          agent: agent.name,
          summary,
          rating,
          elo,
          faults,
          unknown,
          battles,
        }),
      );
      return;
    }
    this.out.line();
    const opponent = { name: against, decider: against };
    for (const line of summaryLines(agent, opponent, budget)) this.out.line(line);
    for (const line of this.rating.lines) this.out.line(line);
    const odd = [
      faults && faults.invalid > 0 ? `${faults.invalid} choices refused as invalid` : '',
      faults && faults.timeouts > 0 ? `${faults.timeouts} battles lost on time` : '',
      unknownKinds.size > 0 ? `messages of unknown kind: ${Object.keys(unknown).join(', ')}` : '',
    ].filter(Boolean);
    if (odd.length > 0) this.out.line(this.out.style('yellow', odd.join('; ')));
    const page = last?.result && join(last.folder, 'replay.html');
    if (page && existsSync(page)) this.out.line(`Replay: ${page}`);
  }

  /** Counts a battle that is over; returns the change of our Elo, if any. */
  private count(battle: ReportedBattle, decisions: readonly DecisionSummary[]) {
    const { side, result } = battle;
    this.tally.add({ side, result, decisions });
    this.last = battle;
    if (this.options.form === 'json') this.listed.push(battle);
    if (result && battle.notWhose === undefined) this.rating.addGame(side, result);
    const change = result?.ratings?.[side];
    if (change) this.rating.addElo(change);
    return change;
  }

  private say(text: string, style: Style): void {
    this.live.print(this.out.style(style, safeLine(text, 1000)));
  }

  private liveLine(room: BattleRoom): string {
    const { state } = room;
    if (!state) return `${room.id.battle}  starting`;
    const decisions = this.decisions.get(room.id.battle) ?? [];
    const tokens = decisions.reduce(
      (sum, { usage }) => sum + (usage ? usage.inputTokens + usage.outputTokens : 0),
      0,
    );
    const cost = decisions.reduce((sum, { usage }) => sum + (usage?.costUsd ?? 0), 0);
    // A narrow terminal cuts the line off, so the longest parts come last.
    const parts = [
      `${room.id.battle.replace(/^.*-/, '')} ${safeLine(room.opponent?.name ?? '', 12)}`,
      `turn ${state.turn}`,
      room.clockMs === undefined ? '' : `${Math.round(room.clockMs / 1000)} s`,
      tokens > 0 ? `${short(tokens)} tokens` : '',
      cost > 0 ? `$${cost.toFixed(4)}` : '',
      `${board(state.own)} – ${board(state.foe)}`,
    ];
    return parts.filter(Boolean).join('  ');
  }
}

/** The active Pokémon of one side, their HP, and how many are left: `Garchomp ████░░ 6`. */
function board(side: SideState): string {
  const active = side.active
    .filter((pokemon): pokemon is PokemonState => pokemon !== null)
    .map((pokemon) => `${safeLine(pokemon.species, 16)} ${bar(pokemon.hp, BAR_WIDTH)}`);
  return `${active.join(' ')} ${side.teamSize - side.fainted}`;
}

/** A count that can be read at a glance: `9876`, `12k`. */
function short(count: number): string {
  return count < 10_000 ? `${count}` : `${Math.round(count / 1000)}k`;
}
