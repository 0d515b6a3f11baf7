import { randomInt } from 'node:crypto';
import type { Agent } from '../agent/agent.ts';
import { calcAgent } from '../agent/calc.ts';
import { checkFormat } from '../arena/format.ts';
import { createGiveUp, type GiveUp } from '../arena/give-up.ts';
import { toId } from '../battle/generations.ts';
import { type Budget, createBudget } from '../model/budget.ts';
import { withConcurrency } from '../model/concurrency.ts';
import { keysInEnvironment } from '../model/endpoint.ts';
import type { Account } from '../showdown/login-answer.ts';
import type { Matchmaking } from '../showdown/matchmaking.ts';
import { parseLoginServer, parseServer, type ServerAddress } from '../showdown/server-address.ts';
import { checkMatchmaking } from '../showdown/session.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import type { ChosenAgent } from './agents.ts';
import { askPassword } from './ask-password.ts';
import { chooseAgents } from './choose-agents.ts';
import type { OnlineOptions } from './online-options.ts';
import { readTeamFile } from './team-file.ts';
import type { Terminal } from './terminal.ts';
import { warmUpSearches } from './warm-up-searches.ts';

/** What differs between the commands. */
export interface OnlinePlan {
  readonly matchmaking: Matchmaking;
  /** Names of the agent's options that were given on the command line. */
  readonly given: readonly string[];
  /** Ids of the formats that may be played. */
  readonly formats: readonly string[];
  readonly battles: number;
  /** The opponents, in words. */
  readonly against: string;
  /** Printed once the server has let us in. */
  readonly connected?: string;
}

/** The setup of a command, after everything that the user gave has been checked. */
export interface OnlineSetup {
  readonly server: ServerAddress;
  /** Address of the login server; undefined for the default. */
  readonly loginServer: string | undefined;
  readonly needsAssertion: boolean;
  readonly account: Account;
  /** Values that must never be written down. */
  readonly secrets: readonly string[];
  /** Packed teams by format. */
  readonly teams: ReadonlyMap<string, string>;
  /** The player, as in its records. */
  readonly played: ChosenAgent['played'];
  /** The agent that plays; calc once it has been given up. */
  readonly agent: Agent;
  readonly giveUp: GiveUp;
  readonly budget: Budget | undefined;
  readonly greeting: string | undefined;
  readonly seed: string;
}

/**
 * Checks what a user has given, tries the model and warms up the search; asks for the password if one is needed.
 *
 * @throws {UserError} when any of it is unusable
 */
export async function resolveOnline(
  plan: OnlinePlan,
  options: OnlineOptions,
  note: Terminal,
): Promise<OnlineSetup> {
  const server = allowedServer(options);
  const loginServer = options.loginServer === undefined ? undefined : parseLoginServer(options.loginServer);
  const needsAssertion = !server.isLocal || loginServer !== undefined;
  const teams = readTeams(plan.formats, options.team);
  const budget = options.budgetUsd === undefined ? undefined : createBudget({ usd: options.budgetUsd });
  const {
    agents: [chosen],
    tryModels,
  } = await chooseAgents([options.agent] as const, {
    play: options,
    given: plan.given,
    budget,
    limited: (model) => withConcurrency(model, options.modelCalls),
    tell: (line) => note.line(line),
  });
  await tryModels();
  const giveUp = createGiveUp(options.giveUpAfter);
  const account = await accountFor(needsAssertion, options, chosen.kind);
  checkMatchmaking(plan.matchmaking, account.name);
  const [format = ''] = plan.formats;
  await warmUpSearches([chosen], { format, team: teams.get(format) }, note);
  return {
    server,
    loginServer,
    needsAssertion,
    account,
    secrets:
      account.password === undefined ? keysInEnvironment() : [...keysInEnvironment(), account.password],
    teams,
    played: chosen.played,
    agent: giveUp.guarded(chosen.agent, calcAgent),
    giveUp,
    budget,
    greeting: options.greeting === undefined ? undefined : chatLine(options.greeting),
    seed: options.seed ?? String(randomInt(1_000_000)),
  };
}

function allowedServer({ server: text, iHavePermission }: OnlineOptions): ServerAddress {
  const server = parseServer(text);
  if (!server.isLocal && !iHavePermission) {
    throw new UserError(
      `${server.id} is neither your own machine nor in a private network: add --i-have-permission if its rules allow bots and the account is yours (see --help)`,
    );
  }
  return server;
}

async function accountFor(needsAssertion: boolean, options: OnlineOptions, agent: string): Promise<Account> {
  if (!needsAssertion) return { name: checkedName(options.name ?? toId(`pokellmon${agent}`).slice(0, 18)) };
  if (options.name === undefined)
    throw new UserError('On this server you play under your own name: add --name');
  const name = checkedName(options.name);
  const given = process.env.POKELLMON_PASSWORD;
  const password =
    given ??
    (process.stdin.isTTY ? await askPassword(`Password of ${name} (empty if not registered): `) : undefined);
  return { name, ...(password ? { password } : {}) };
}

function checkedName(name: string): string {
  const length = toId(name).length;
  if (length < 1 || length > 18 || /[|,]/.test(name) || name.length > 40) {
    throw new UserError(
      `"${safeLine(name, 60)}" cannot be a name: 1 to 18 letters and digits, no "|" or ","`,
    );
  }
  return name;
}

/** Text that a server treats as chat and not as a command. */
function chatLine(text: string): string {
  const line = safeLine(text, 250);
  if (line === '' || /^[/!>]/.test(line)) {
    throw new UserError('The greeting must be text that does not begin with "/", "!" or ">"');
  }
  return line;
}

function readTeams(formats: readonly string[], file: string | undefined): Map<string, string> {
  const teams = new Map<string, string>();
  for (const format of formats) {
    if (!checkFormat(format).needsTeam) continue;
    if (file === undefined)
      throw new UserError(`The format "${format}" needs a team: pass one with --team FILE`);
    teams.set(format, readTeamFile(file, format));
  }
  if (file !== undefined && teams.size === 0) {
    throw new UserError(`The format "${formats.join(', ')}" brings its own teams: leave --team out`);
  }
  return teams;
}
