import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BattleFollower, SeriesBattle } from '../arena/series.ts';
import { otherSide } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import { type DecisionSummary, decisionSummary, type PlayedBattle, summarise } from '../ledger/summary.ts';
import type { Budget } from '../model/budget.ts';
import { Narrator } from './narrator.ts';
import { battleLine, summaryLines } from './summary-lines.ts';
import type { Terminal } from './terminal.ts';

/** What a report is about and how much of it is printed. */
export interface ReportOptions {
  /** `turns`: all that happens; `battles`: a line a battle; `summary`; `json`: one document at the end. */
  readonly form: 'turns' | 'battles' | 'summary' | 'json';
  readonly agent: string;
  readonly opponent: string;
  readonly format: string;
  readonly seed: string;
  readonly battles: number;
  readonly budget?: Budget;
}

interface ReportedBattle extends PlayedBattle {
  readonly id: string;
  readonly index: number;
  readonly folder: string;
}

/** Prints a series while it is played, and its summary. */
export class BattleReport {
  private readonly played: ReportedBattle[] = [];

  constructor(
    private readonly out: Terminal,
    private readonly options: ReportOptions,
  ) {}

  /** Says what is going to be played. */
  start(): void {
    const { form, agent, opponent, format, seed } = this.options;
    if (form === 'turns' || form === 'battles') {
      this.out.line(`${agent} against ${opponent}: ${format}, seed ${seed}`);
    }
  }

  /** Follows one battle that is written to `folder`. */
  follow({ id, index, side, players }: SeriesBattle, folder: BattleFolder): BattleFollower {
    const decisions: DecisionSummary[] = [];
    const narrator =
      this.options.form === 'turns'
        ? new Narrator(this.out, { p1: players.p1.name, p2: players.p2.name })
        : undefined;
    return {
      ledger: folder,
      onLine: (line) => narrator?.line(line),
      onDecision(record) {
        narrator?.decision(record);
        // Prompts would fill the memory of a long series.
        decisions.push(decisionSummary(record));
      },
      onEnd: ({ result }) => {
        const battle = { id, index, side, result, decisions, folder: folder.folder };
        this.played.push(battle);
        if (this.options.form === 'battles') {
          this.out.line(battleLine(battle, this.played.length, this.options.battles));
        }
      },
    };
  }

  /** Prints the summary. */
  finish(): void {
    const { form, agent, opponent, seed, budget } = this.options;
    const battles = this.played.toSorted((a, b) => a.index - b.index);
    const summary = summarise(battles);
    const opponentSummary = summarise(battles.map((battle) => ({ ...battle, side: otherSide(battle.side) })));
    if (form === 'json') {
      const listed = battles.map(({ id, side, result, folder }) => ({ id, side, ...result, folder }));
      this.out.line(JSON.stringify({ agent, opponent, seed, summary, opponentSummary, battles: listed }));
      return;
    }
    if (form !== 'summary') this.out.line();
    for (const line of summaryLines(agent, opponent, summary, budget, opponentSummary)) this.out.line(line);
    const page = battles
      .map(({ folder }) => join(folder, 'replay.html'))
      .findLast((path) => existsSync(path));
    if (page) this.out.line(`Replay: ${page}`);
  }
}
