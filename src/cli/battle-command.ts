import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Agent } from '../agent/agent.ts';
import { createBaseline } from '../agent/baselines.ts';
import { STRATEGIES, type StrategyName } from '../agent/llm/strategy.ts';
import { checkFormat } from '../arena/match.ts';
import { playSeries, type SeriesBattle } from '../arena/series.ts';
import { readTeam } from '../arena/team.ts';
import { openBattleLedger } from '../ledger/battle-ledger.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { type PlayedBattle, summarise } from '../ledger/summary.ts';
import { createBudget } from '../model/budget.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { UserError } from '../util/errors.ts';
import { AGENT_NAMES, createAgent, findModel } from './agents.ts';
import { Narrator } from './narrator.ts';
import { packageVersion } from './package-version.ts';
import { battleLine, summaryLines } from './summary-lines.ts';
import { terminal } from './terminal.ts';

interface BattleOptions {
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
  return new Command('battle')
    .description('Play battles between two agents in this process, with the real battle simulator.')
    .option('--agent <name>', `who plays: ${AGENT_NAMES.join(', ')} (default: llm, or calc without a model)`)
    .option('--opponent <name>', 'who plays against it', 'heuristics')
    .option('--model <name>', 'language model, as its server names it (environment: POKELLMON_MODEL)')
    .option('--base-url <url>', 'OpenAI-compatible server (environment: POKELLMON_BASE_URL, OPENAI_BASE_URL)')
    .option(
      '--prompt <style>',
      'prompt style: grounded, pokellmon, compact, or the path of your own',
      'grounded',
    )
    .addOption(
      new Option('--strategy <name>', 'how the model decides')
        .choices(STRATEGIES)
        .default('self-consistency'),
    )
    .option('--votes <number>', 'votes of self-consistency, branches of tree-of-thought', positiveInteger, 3)
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
  $ pokellmon battle --model gpt-4.1-mini --votes 3 --budget-usd 0.50
  $ pokellmon battle --model llama3.1 --base-url http://localhost:11434/v1 --strategy direct --prompt compact
  $ pokellmon battle --agent calc --format gen9ou --team my-team.txt --seed 7 --json`,
    )
    .action(battle);
}

async function battle(options: BattleOptions): Promise<void> {
  const out = terminal(process.stdout);
  const note = terminal(process.stderr);
  const budget = options.budgetUsd === undefined ? undefined : createBudget({ usd: options.budgetUsd });
  const teams = readTeams(options);

  const found = usesModel(options) ? await findModel(options) : undefined;
  const model = found && 'generate' in found ? found : undefined;
  if (found && 'missing' in found) {
    // Whoever asked for a model by name gets it or an error; whoever did not gets a battle anyway.
    if (asksForModel(options)) throw new UserError(found.missing);
    note.line(`${found.missing} Until then calc plays.`);
  }
  const agentName = options.agent ?? (model ? 'llm' : 'calc');
  const agents = [
    createAgent(agentName, options, model, budget),
    createAgent(options.opponent, options, model, budget),
  ] as const;

  const seed = options.seed ?? String(randomInt(1_000_000));
  const played = new Map<number, PlayedBattle & { readonly id: string; readonly folder: string }>();
  const abort = abortOnInterrupt(() =>
    note.line('Stopping: what was played is saved; once more to quit at once.'),
  );
  const tellsTurns = !options.quiet && !options.json && options.battles === 1;
  const narrators = new Map<number, Narrator>();
  const decisions = new Map<number, PlayedBattle['decisions'][number][]>();
  const folders = new Map<number, string>();

  if (!options.quiet && !options.json) {
    out.line(`${agents[0].name} against ${agents[1].name}: ${options.format}, seed ${seed}`);
  }
  await playSeries({
    entrants: [
      { agent: agents[0], team: teams[0] },
      { agent: agents[1], team: teams[1] },
    ],
    format: options.format,
    seed,
    battles: options.battles,
    concurrency: options.concurrency,
    turnMs: options.timeout * 1000,
    fallback: createBaseline('calc'),
    signal: abort.signal,
    ledger: (battle) => {
      const folder = openBattleLedger(options.out, {
        id: battle.id,
        format: options.format,
        seed: battle.seed,
        players: {
          p1: player(battle, 'p1', options, model),
          p2: player(battle, 'p2', options, model),
        },
        versions: versions(),
      });
      folders.set(battle.index, folder.folder);
      decisions.set(battle.index, []);
      if (tellsTurns) {
        const names = { p1: battle.players.p1.name, p2: battle.players.p2.name };
        narrators.set(battle.index, new Narrator(out, names));
      }
      return folder;
    },
    onLine: (battle, line) => narrators.get(battle.index)?.line(line),
    onDecision: (battle, record) => {
      narrators.get(battle.index)?.decision(record);
      decisions.get(battle.index)?.push(record);
    },
    onBattleEnd: (battle, { result }) => {
      const folder = folders.get(battle.index) ?? '';
      const one = {
        id: battle.id,
        side: battle.side,
        result,
        decisions: decisions.get(battle.index) ?? [],
        folder,
      };
      played.set(battle.index, one);
      if (!options.quiet && !options.json && options.battles > 1) {
        out.line(battleLine(one, played.size, options.battles));
      }
    },
  });
  abort.release();

  const battles = [...played].sort(([a], [b]) => a - b).map(([, one]) => one);
  const summary = summarise(battles);
  if (options.json) {
    const listed = battles.map(({ id, side, result, folder }) => ({ id, side, ...result, folder }));
    out.line(
      JSON.stringify({ seed, summary, budget: budget?.exhausted ? 'exhausted' : undefined, battles: listed }),
    );
  } else {
    out.line();
    for (const line of summaryLines(agents[0].name, agents[1].name, summary, budget)) out.line(line);
    const last = battles.at(-1);
    if (last) out.line(`Replay: ${join(last.folder, 'replay.html')}`);
  }
  if (abort.signal.aborted) process.exitCode = 130;
}

function asksForModel(options: BattleOptions): boolean {
  return options.agent === 'llm' || options.opponent === 'llm' || options.model !== undefined;
}

function usesModel(options: BattleOptions): boolean {
  return (options.agent ?? 'llm') === 'llm' || options.opponent === 'llm';
}

function readTeams({ team: files, format }: BattleOptions): readonly [string?, string?] {
  const { needsTeam } = checkFormat(format);
  if (!files) {
    if (needsTeam) throw new UserError(`The format "${format}" needs a team: pass one with --team FILE`);
    return [];
  }
  if (!needsTeam) throw new UserError(`The format "${format}" brings its own teams: leave --team out`);
  const [first, second = first] = files.map((file) => readTeam(readText(file), format, file));
  return [first, second];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`Cannot read the team ${file}: ${(cause as Error).message}`, { cause });
  }
}

function player(
  battle: SeriesBattle,
  side: 'p1' | 'p2',
  options: BattleOptions,
  model: LanguageModel | undefined,
): BattlePlayer {
  const { agent, name }: { agent: Agent; name: string } = battle.players[side];
  if (!model || !agent.name.startsWith('llm')) return { name, agent: agent.name };
  return {
    name,
    agent: agent.name,
    model: model.id,
    strategy: options.strategy,
    promptStyle: options.prompt,
  };
}

function versions(): Record<string, string> {
  return {
    pokellmon: packageVersion(),
    '@pkmn/sim': packageVersion('@pkmn/sim'),
    node: process.versions.node,
  };
}

/** A signal that the first Ctrl-C fires; the second ends the process as usual. */
function abortOnInterrupt(onFirst: () => void): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    onFirst();
    controller.abort();
  };
  process.once('SIGINT', interrupt);
  return { signal: controller.signal, release: () => void process.off('SIGINT', interrupt) };
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1 on.');
  return value;
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}
