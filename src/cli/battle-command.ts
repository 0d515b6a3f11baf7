import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { calcAgent } from '../agent/calc.ts';
import type { StrategyName } from '../agent/llm/strategy.ts';
import { checkFormat } from '../arena/match.ts';
import { playSeries, type SeriesBattle } from '../arena/series.ts';
import type { SideId } from '../battle/state.ts';
import { openBattleLedger } from '../ledger/battle-ledger.ts';
import type { BattleInfo, BattlePlayer } from '../ledger/record.ts';
import { createBudget } from '../model/budget.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import { AGENT_NAMES, createAgent, keys, type LookAheadOptions, modelFor, recordedPlayer } from './agents.ts';
import { BattleReport } from './battle-report.ts';
import { stopOnInterrupt } from './interrupt.ts';
import { addModelOptions } from './model-options.ts';
import { positiveInteger, positiveNumber } from './option-values.ts';
import { packageVersion } from './package-version.ts';
import { readTeamFile } from './team-file.ts';
import { terminal } from './terminal.ts';

interface BattleOptions extends LookAheadOptions {
  readonly agent?: string;
  readonly opponent: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly prompt: string;
  readonly strategy: StrategyName;
  readonly votes: number;
  readonly format: string;
  readonly team?: readonly string[];
  readonly seed?: string;
  readonly battles: number;
  readonly concurrency: number;
  readonly timeout: number;
  readonly budgetUsd?: number;
  readonly out: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** `pokellmon battle` */
export function battleCommand(): Command {
  return addModelOptions(
    new Command('battle')
      .description('Play battles between two agents in this process, with the real battle simulator.')
      // It is the default command, so a mistyped command's name arrives here.
      .allowExcessArguments()
      .option(
        '--agent <name>',
        `who plays: ${AGENT_NAMES.join(', ')} (default: llm, or calc without a model)`,
      )
      .option('--opponent <name>', 'who plays against it', 'heuristics'),
  )
    .option('--format <id>', 'battle format', 'gen9randombattle')
    .option(
      '--team <file...>',
      'team in export format, for formats that need one; a second is the opponent’s',
    )
    .option('--seed <text>', 'same seed, same teams and luck (default: a new one)')
    .option(
      '--battles <number>',
      'how many; each two have the same seed with sides changed',
      positiveInteger,
      1,
    )
    .option('--concurrency <number>', 'battles at the same time', positiveInteger, 1)
    .option('--timeout <seconds>', 'time for one decision', positiveNumber, 30)
    .option(
      '--budget-usd <dollars>',
      'what the model may cost in all; then the fallback plays',
      positiveNumber,
    )
    .option('--out <folder>', 'where replays and decisions are kept', 'replays')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print the summary only')
    .addHelpText(
      'after',
      `
Examples:
  $ pokellmon battle --agent calc --opponent heuristics --battles 100 --concurrency 2
  $ pokellmon battle --agent search --think-ms 500 --opponent calc
  $ pokellmon battle --model gpt-4.1-mini --votes 3 --budget-usd 0.50
  $ pokellmon battle --model llama3.1 --base-url http://localhost:11434/v1 --strategy direct --prompt compact
  $ pokellmon battle --agent calc --format gen9ou --team my-team.txt --seed 7 --json`,
    )
    .action(battle);
}

async function battle(options: BattleOptions, { args: [unknown] }: Command): Promise<void> {
  if (unknown !== undefined) {
    throw new UserError(`"${unknown}" is neither a command nor an option: see pokellmon --help`);
  }
  const note = terminal(process.stderr);
  const budget = options.budgetUsd === undefined ? undefined : createBudget({ usd: options.budgetUsd });
  const [team, opponentTeam] = readTeams(options);
  const names = [options.agent, options.opponent];
  const model = await modelFor(names, options, note);
  const agent = createAgent(options.agent ?? (model ? 'llm' : 'calc'), options, model, budget);
  const opponent = createAgent(options.opponent, options, model, budget);
  const seed = options.seed ?? String(randomInt(1_000_000));
  const stop = stopOnInterrupt(() =>
    note.line('Stopping; what was played is saved. Press Ctrl-C once more to quit at once.'),
  );
  const report = new BattleReport(terminal(process.stdout), {
    form: options.json ? 'json' : options.quiet ? 'summary' : options.battles > 1 ? 'battles' : 'turns',
    agent: agent.name,
    opponent: opponent.name,
    format: options.format,
    seed,
    battles: options.battles,
    budget,
  });
  report.start();
  await playSeries({
    entrants: [
      { agent, team },
      { agent: opponent, team: opponentTeam },
    ],
    format: options.format,
    seed,
    battles: options.battles,
    concurrency: options.concurrency,
    turnMs: options.timeout * 1000,
    fallback: calcAgent,
    signal: stop.signal,
    onProblem: ({ line, error }) =>
      note.line(`Skipped a line of the battle: ${safeLine(line)} (${safeLine(String(error))})`),
    follow: (battle) =>
      report.follow(
        battle,
        openBattleLedger(options.out, battleInfo(battle, options, model), { secrets: keys() }),
      ),
  });
  stop.release();
  report.finish();
  if (stop.signal.aborted) process.exitCode = 130;
}

function readTeams({ team: files, format }: BattleOptions): readonly [string?, string?] {
  const { needsTeam } = checkFormat(format);
  if (!files) {
    if (needsTeam) throw new UserError(`The format "${format}" needs a team: pass one with --team FILE`);
    return [];
  }
  if (!needsTeam) throw new UserError(`The format "${format}" brings its own teams: leave --team out`);
  const [first, second = first] = files.map((file) => readTeamFile(file, format));
  return [first, second];
}

function battleInfo(
  battle: SeriesBattle,
  options: BattleOptions,
  model: LanguageModel | undefined,
): BattleInfo {
  const player = (side: SideId): BattlePlayer => {
    const { agent, name } = battle.players[side];
    return recordedPlayer(name, agent, options, model);
  };
  return {
    id: battle.id,
    format: options.format,
    seed: battle.seed,
    players: { p1: player('p1'), p2: player('p2') },
    versions: {
      pokellmon: packageVersion(),
      '@pkmn/sim': packageVersion('@pkmn/sim'),
      node: process.versions.node,
    },
  };
}
