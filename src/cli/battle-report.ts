import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BattleFollower, type SeriesBattle, secondName } from '../arena/series.ts';
import { otherSide } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import { decidedWords, deciderNames } from '../ledger/decided.ts';
import type { KeptBattle } from '../ledger/played-battles.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import {
  columnOf,
  type DecisionSummary,
  decidedOf,
  decisionSummary,
  type PlayedBattle,
  summarise,
} from '../ledger/summary.ts';
import type { Budget } from '../model/budget.ts';
import { Narrator } from './narrator.ts';
import { battleLine, notWhose, type SummarisedPlayer, summaryLines } from './summary-lines.ts';
import type { Terminal } from './terminal.ts';

/** What a report is about and how much of it is printed. */
export interface ReportOptions {
  /** `turns`: everything that happens; `battles`: one line per battle; `summary`; `json`: one document at the end. */
  readonly form: 'turns' | 'battles' | 'summary' | 'json';
  /** The two agents as in the ledger; the report is from the first one's point of view. */
  readonly players: readonly [BattlePlayer, BattlePlayer];
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

/** The names of the two agents, and their names in texts about who decided. */
interface ReportedAgents {
  readonly agent: Omit<SummarisedPlayer, 'summary'>;
  readonly opponent: Omit<SummarisedPlayer, 'summary'>;
}

/** Prints a series while it is played, and its summary. */
export class BattleReport {
  private readonly played: ReportedBattle[] = [];
  private readonly agents: ReportedAgents;

  constructor(
    private readonly out: Terminal,
    private readonly options: ReportOptions,
  ) {
    const [first, second] = options.players;
    const [decider = first.name, other = second.name] = deciderNames([
      first,
      second.name === first.name ? { ...second, name: secondName(first.name) } : second,
    ]);
    this.agents = { agent: { name: first.name, decider }, opponent: { name: second.name, decider: other } };
  }

  /** Prints what is going to be played. */
  start(): void {
    const { form, format, seed } = this.options;
    const { agent, opponent } = this.agents;
    if (form === 'turns' || form === 'battles') {
      this.out.line(`${agent.name} against ${opponent.name}: ${format}, seed ${seed}`);
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
        const lastTurn = decisions.at(-1)?.turn;
        const battle = { id, index, side, result, decisions, lastTurn, folder: folder.folder };
        this.played.push(battle);
        if (this.options.form === 'battles') {
          const whose = result && this.notWhose(battle);
          this.out.line(battleLine(battle, this.played.length, this.options.battles, whose));
        }
      },
    };
  }

  /** Counts a battle of the series that was played and kept earlier. */
  recall({ id, index, side }: SeriesBattle, kept: KeptBattle): void {
    this.played.push({ id, index, side, ...kept });
  }

  private notWhose(battle: ReportedBattle): string | undefined {
    return notWhose(columnOf(battle), this.agents.agent.decider, this.agents.opponent.decider);
  }

  /**
   * Prints the summary, if there is anything to sum up.
   *
   * @param gaveUp why nothing more was played
   */
  finish(gaveUp?: string): void {
    if (this.played.length === 0) return;
    const { form, seed, budget } = this.options;
    const { agent, opponent } = this.agents;
    const battles = this.played.toSorted((a, b) => a.index - b.index);
    const summary = summarise(battles);
    const opponentSummary = summarise(battles.map((battle) => ({ ...battle, side: otherSide(battle.side) })));
    if (form === 'json') {
      this.out.data(
        JSON.stringify({
          whoDecided: [
            decidedWords(agent.decider, summary.decided),
            decidedWords(opponent.decider, opponentSummary.decided),
          ],
          gaveUp,
          agent: agent.name,
          opponent: opponent.name,
          seed,
          summary,
          opponentSummary,
          battles: battles.map((battle) => this.listed(battle)),
        }),
      );
      return;
    }
    if (form !== 'summary') this.out.line();
    const lines = summaryLines({ ...agent, summary }, { ...opponent, summary: opponentSummary }, budget);
    for (const line of lines) this.out.line(line);
    const page = battles
      .map(({ folder }) => join(folder, 'replay.html'))
      .findLast((path) => existsSync(path));
    if (page) this.out.line(`Replay: ${page}`);
  }

  /** A battle in the result as JSON; one that does not count says for whom. */
  private listed(battle: ReportedBattle) {
    const { id, side, result, folder } = battle;
    const notWhose = result && this.notWhose(battle);
    return { id, side, ...result, decided: decidedOf(battle), notWhose, folder };
  }
}
