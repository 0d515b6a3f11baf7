import type { Command } from 'commander';
import { AGENT_NAMES } from '../agent/agent-names.ts';
import type { StrategyName } from '../agent/llm/strategy-names.ts';
import type { LookAheadOptions } from './agents.ts';
import { addLedgerOption, type LedgerKind } from './ledger-option.ts';
import { addModelOptions, type ModelOptions } from './model-options.ts';
import { positiveInteger, positiveNumber } from './option-values.ts';

/** What `ladder`, `challenge` and `accept` have in common. */
export interface OnlineOptions extends ModelOptions, LookAheadOptions {
  readonly agent?: string;
  readonly server: string;
  readonly loginServer?: string;
  readonly iHavePermission?: true;
  readonly name?: string;
  readonly team?: string;
  readonly concurrency: number;
  readonly timer: boolean;
  readonly greeting?: string;
  readonly gg?: true;
  readonly saveReplays?: true;
  readonly prompt?: string;
  readonly strategy?: StrategyName;
  readonly votes: number;
  readonly giveUpAfter: number;
  readonly modelCalls: number;
  readonly budgetUsd?: number;
  readonly seed?: string;
  readonly out: string;
  readonly ledger: LedgerKind;
  readonly json?: true;
  readonly quiet?: true;
}

/** Adds them to a command. */
export function addOnlineOptions(command: Command): Command {
  const playing = addModelOptions(
    command
      .option(
        '--agent <name>',
        `agent that plays: ${AGENT_NAMES.join(', ')}, or the path of your own module; its own options follow a colon: search:thinkMs=500 (default: llm)`,
      )
      .option(
        '--server <address>',
        'Showdown server: HOST:PORT, a wss:// address, or "official"',
        'localhost:8000',
      )
      .option(
        '--login-server <address>',
        'login server; for a server of your own with security on, usually "official"',
      )
      .option('--i-have-permission', 'required for any server but your own; what it declares is below')
      .option(
        '--name <name>',
        'name on the server, at most 18 letters and digits (default here: pokellmonAGENT)',
      )
      .option('--team <file>', 'team in export format, for formats that need one')
      .option('--concurrency <number>', 'battles at the same time', positiveInteger, 1)
      .option(
        '--timeout <seconds>',
        'time for one decision; the server’s clock may allow less',
        positiveNumber,
        30,
      )
      .option('--no-timer', 'leave the battle timer off')
      .option(
        '--greeting <text>',
        'chat message at the start of a battle; most servers allow it for registered names only',
      )
      .option('--gg', 'say "gg" when a battle is over')
      .option('--save-replays', 'ask the server to publish the replays; they are always kept locally'),
  )
    .option('--model-calls <number>', 'model calls at the same time, over all battles', positiveInteger, 8)
    .option(
      '--budget-usd <dollars>',
      'most that the model may cost in this run, in US dollars; then the fallback finishes the running battles',
      positiveNumber,
    )
    .option('--seed <text>', 'seed of the agent’s random draws (default: a new one)')
    .option('--out <folder>', 'folder for replays and decisions', 'replays');
  return addLedgerOption(playing)
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print the summary only');
}

/** Ends each command's help. */
export const ONLINE_HELP = `
What you see: a line for each running battle, with turn, your clock, tokens, cost and HP, and one for each finished
battle; at the end the win rate and a rating. Each battle is kept in a folder of its own in --out: open its
replay.html. Events outside the battles (connections, refusals, messages, ratings) are in sessions/START-NAME.jsonl.

A server of your own: in a checkout of this package "npm run server" starts one on port 8000. Without a checkout:
  $ npm install pokemon-showdown && cd node_modules/pokemon-showdown
  $ mkdir -p logs/repl logs/modlog config/chat-plugins config/ladders
  $ echo "Object.assign(exports, require('./config-example')); exports.bindaddress = '127.0.0.1';" > config/config.js
  $ node pokemon-showdown start --skip-build --no-security
With --server HOST:PORT it may also be on another machine of a private network. Names need no password there, unless
the server runs without --no-security: then add --login-server official, or the login server that it trusts.

Only the formats of the simulator in this package can be played; a server may have others.

A language model: --model NAME, with its API key in the environment. OPENAI_API_KEY and
OPENROUTER_API_KEY (or GROQ_, MISTRAL_, DEEPSEEK_, TOGETHER_, GEMINI_API_KEY) are sent to those hosts only; any other
--base-url gets POKELLMON_API_KEY, if that is set.

Any other server needs --i-have-permission, which declares that the account is your own, that the server's rules and
its staff allow a bot, and that you supervise it. The bot searches for one opponent at a time, never stalls, and says
nothing in chat but --greeting and "gg". Such servers accept one message every 0.6 s: keep --concurrency at 2 or 3.

The password of a registered name comes from the environment (POKELLMON_PASSWORD) or is asked for; it is never
written anywhere. Ctrl-C finishes the running battles; a second one exits at once. A server that does not answer is
retried for 2 minutes. After a lost connection the battles continue once it is back; after 10 minutes without it the
run ends. After a crash they continue when the same command is started again. When the disk is full, the running
battles are finished, their results are kept where that is possible, and no new battles are started.`;
