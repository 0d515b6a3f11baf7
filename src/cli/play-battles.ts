import { createHash, randomInt } from 'node:crypto';
import { calcAgent } from '../agent/calc.ts';
import type { StrategyName } from '../agent/llm/strategy-names.ts';
import { checkFormatHere } from '../arena/format.ts';
import { createGiveUp } from '../arena/give-up.ts';
import { playSeries, type SeriesBattle, type SeriesOptions, seriesBattle } from '../arena/series.ts';
import type { SideId } from '../battle/state.ts';
import { findPlayed } from '../ledger/played-battles.ts';
import type { BattleInfo, BattlePlayer } from '../ledger/record.ts';
import { createBudget } from '../model/budget.ts';
import { keysInEnvironment } from '../model/endpoint.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import type { ChosenAgent, LookAheadOptions } from './agents.ts';
import { BattleReport } from './battle-report.ts';
import { chooseAgents } from './choose-agents.ts';
import { watchDisk } from './disk-failure.ts';
import { formatId } from './format-id.ts';
import { stopOnInterrupt } from './interrupt.ts';
import { type LedgerKind, openLedgerOf } from './ledger-option.ts';
import { givenUpError, type ModelOptions } from './model-options.ts';
import { packageVersion } from './package-version.ts';
import { readTeamFile } from './team-file.ts';
import { terminal } from './terminal.ts';
import { warmUpSearches } from './warm-up-searches.ts';

/** Options of `battle`. */
export interface BattleOptions extends ModelOptions, LookAheadOptions {
  readonly agent?: string;
  readonly opponent: string;
  readonly prompt?: string;
  readonly strategy?: StrategyName;
  readonly votes: number;
  readonly giveUpAfter: number;
  readonly format: string;
  readonly team?: readonly string[];
  readonly seed?: string;
  readonly battles: number;
  readonly concurrency: number;
  readonly budgetUsd?: number;
  readonly out: string;
  readonly ledger: LedgerKind;
  readonly json?: true;
  readonly quiet?: true;
}

/**
 * Plays battles in this process, prints what happens and keeps it.
 *
 * @param given names of the agents' options that were given on the command line
 * @throws {UserError} when something requested is not available
 */
export async function playBattles(asked: BattleOptions, given: readonly string[]): Promise<void> {
  const options = { ...asked, format: formatId(asked.format) };
  const note = terminal(process.stderr);
  const budget = options.budgetUsd === undefined ? undefined : createBudget({ usd: options.budgetUsd });
  const [team, opponentTeam] = readTeams(options);
  const { agents: chosen, tryModels } = await chooseAgents([options.agent, options.opponent] as const, {
    play: options,
    given,
    budget,
    tell: (line) => note.line(line),
  });
  const [agent, opponent] = chosen;
  const seed = options.seed ?? String(randomInt(1_000_000));
  const stop = stopOnInterrupt(() =>
    note.line('Stopping; what was played is saved. Press Ctrl-C once more to quit at once.'),
  );
  const report = new BattleReport(terminal(process.stdout), {
    form: options.json ? 'json' : options.quiet ? 'summary' : options.battles > 1 ? 'battles' : 'turns',
    players: [
      { name: agent.agent.name, ...agent.played },
      { name: opponent.agent.name, ...opponent.played },
    ],
    format: options.format,
    seed,
    battles: options.battles,
    budget,
  });
  const giveUp = createGiveUp(options.giveUpAfter);
  const disk = watchDisk((text) => note.line(text));
  const plan = {
    entrants: [
      { agent: agent.agent, team },
      { agent: opponent.agent, team: opponentTeam },
    ],
    format: options.format,
    seed,
  } as const;
  const played = await recallPlayed(plan, options, chosen, report);
  // Showing the summary of a finished series needs neither model nor search.
  if (played.size < options.battles) {
    await tryModels();
    await warmUpSearches(chosen, { format: options.format, team }, note);
  }
  report.start();
  if (played.size > 0) {
    note.line(
      `${played.size} of ${options.battles} battles were played before; they are counted from ${options.out}.`,
    );
  }
  const series = playSeries({
    ...plan,
    played,
    battles: options.battles,
    concurrency: options.concurrency,
    turnMs: options.timeout * 1000,
    fallback: calcAgent,
    signal: AbortSignal.any([stop.signal, giveUp.signal]),
    stop: disk.signal,
    onProblem: ({ line, error }) =>
      note.line(`Skipped a line of the battle: ${safeLine(line)} (${safeLine(String(error))})`),
    follow(battle) {
      const ledger = openLedgerOf(options.ledger, options.out, battleInfo(battle, options, chosen), {
        secrets: keysInEnvironment(),
        onFailure: disk.note,
      });
      // A battle was to be started, and cannot be kept.
      if (disk.error) throw disk.error;
      const follower = report.follow(battle, ledger);
      return {
        ...follower,
        onDecision(record) {
          follower.onDecision?.(record);
          giveUp.decision(record);
        },
      };
    },
  });
  try {
    await series;
  } finally {
    stop.release();
    report.finish(giveUp.reason);
  }
  if (disk.error) throw disk.error;
  if (giveUp.reason !== undefined) throw givenUpError(giveUp.reason);
  if (stop.signal.aborted) process.exitCode = 130;
}

/** Counts the battles of the series that `--out` already contains; returns their indices. */
async function recallPlayed(
  plan: Pick<SeriesOptions, 'entrants' | 'format' | 'seed'>,
  options: BattleOptions,
  chosen: readonly [ChosenAgent, ChosenAgent],
  report: BattleReport,
): Promise<ReadonlySet<number>> {
  const battles = Array.from({ length: options.battles }, (_, index) => seriesBattle(plan, index));
  const kept = await findPlayed(
    options.out,
    battles.map((battle) => battleInfo(battle, options, chosen)),
  );
  return new Set(
    battles.flatMap((battle) => {
      const found = kept.get(battle.id);
      if (!found) return [];
      report.recall(battle, found);
      return [battle.index];
    }),
  );
}

function readTeams({ team: files, format }: BattleOptions): readonly [string?, string?] {
  const { needsTeam } = checkFormatHere(format);
  if (!files) {
    if (needsTeam) throw new UserError(`The format "${format}" needs a team: pass one with --team FILE`);
    return [];
  }
  if (!needsTeam) throw new UserError(`The format "${format}" brings its own teams: leave --team out`);
  const [first, second = first] = files.map((file) => readTeamFile(file, format));
  return [first, second];
}

/** Enough of a hash to tell teams apart. */
const TEAM_HASH_CHARACTERS = 16;

function teamHash(team: string): string {
  return createHash('sha256').update(team).digest('hex').slice(0, TEAM_HASH_CHARACTERS);
}

function battleInfo(
  battle: SeriesBattle,
  options: BattleOptions,
  [agent, opponent]: readonly [ChosenAgent, ChosenAgent],
): BattleInfo {
  const player = (side: SideId): BattlePlayer => {
    const { name, team } = battle.players[side];
    return {
      name,
      ...(side === battle.side ? agent : opponent).played,
      ...(team && { team: teamHash(team) }),
    };
  };
  return {
    id: battle.id,
    format: options.format,
    seed: battle.seed,
    players: { p1: player('p1'), p2: player('p2') },
    turnMs: options.timeout * 1000,
    versions: {
      pokellmon: packageVersion(),
      '@pkmn/sim': packageVersion('@pkmn/sim'),
      node: process.versions.node,
    },
  };
}
