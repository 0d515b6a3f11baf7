import { randomInt } from 'node:crypto';
import { calcAgent } from '../agent/calc.ts';
import { checkFormat } from '../arena/format.ts';
import { createGiveUp } from '../arena/give-up.ts';
import { toId } from '../battle/generations.ts';
import type { SideId } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { lineCleaner } from '../ledger/redaction.ts';
import { findUnfinishedBattle, type SavedBattle, unfinishedBattles } from '../ledger/resume.ts';
import { openSessionLog } from '../ledger/session-log.ts';
import { createBudget } from '../model/budget.ts';
import { withConcurrency } from '../model/concurrency.ts';
import { keysInEnvironment } from '../model/endpoint.ts';
import type { Account } from '../showdown/login-answer.ts';
import type { Matchmaking } from '../showdown/matchmaking.ts';
import type { RoomPlayer } from '../showdown/room-players.ts';
import { parseLoginServer, parseServer, type ServerAddress } from '../showdown/server-address.ts';
import { checkMatchmaking, playSession, type SessionResult } from '../showdown/session.ts';
import { UserError } from '../util/errors.ts';
import { createRandom } from '../util/random.ts';
import { safeLine } from '../util/safe-text.ts';
import { askPassword } from './ask-password.ts';
import { chooseAgents } from './choose-agents.ts';
import { watchDisk } from './disk-failure.ts';
import { stopOnInterrupt } from './interrupt.ts';
import { openLedgerOf } from './ledger-option.ts';
import { givenUpError } from './model-options.ts';
import type { OnlineOptions } from './online-options.ts';
import { packageVersion } from './package-version.ts';
import { endedEvent, startedEvent } from './session-events.ts';
import { SessionReport } from './session-report.ts';
import { readTeamFile } from './team-file.ts';
import { terminal } from './terminal.ts';
import { warmUpSearches } from './warm-up-searches.ts';

/** What a session says as soon as it is given up; why stands at its end. */
const ENDING = 'The agent does not decide any more; calc finishes the running battles.';

/** What is particular to a command. */
export interface OnlinePlan {
  readonly matchmaking: Matchmaking;
  /** Names of the agent's options that were given on the command line. */
  readonly given: readonly string[];
  /** Ids of the formats that may be played. */
  readonly formats: readonly string[];
  readonly battles: number;
  /** Whom it is against, in words. */
  readonly against: string;
  /** What is said once the server has let us in. */
  readonly connected?: string;
}

/** Plays on a server as a command's options say, and reports to the terminal. */
export async function playOnline(plan: OnlinePlan, options: OnlineOptions): Promise<void> {
  const note = terminal(process.stderr);
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
  const { played } = chosen;
  const giveUp = createGiveUp(options.giveUpAfter);
  const agent = giveUp.guarded(chosen.agent, calcAgent);
  const account = await accountFor(needsAssertion, options, chosen.kind);
  checkMatchmaking(plan.matchmaking, account.name);
  const [format = ''] = plan.formats;
  await warmUpSearches([chosen], { format, team: teams.get(format) }, note);
  const secrets =
    account.password === undefined ? keysInEnvironment() : [...keysInEnvironment(), account.password];
  const greeting = options.greeting === undefined ? undefined : chatLine(options.greeting);
  const seed = options.seed ?? String(randomInt(1_000_000));
  const random = createRandom(seed);
  const versions = { pokellmon: packageVersion(), node: process.versions.node };
  const report = new SessionReport(terminal(process.stdout), process.stdout, {
    note,
    player: { name: agent.name, ...played },
    against: plan.against,
    battles: plan.battles,
    form: options.json ? 'json' : options.quiet ? 'summary' : 'lines',
    budget,
  });
  const disk = watchDisk((text) => report.alert(text));
  const log = openSessionLog(options.out, account.name, { secrets, onFailure: disk.note });
  const player: BattlePlayer = { name: account.name, ...played };
  log.add(
    startedEvent(plan.matchmaking, plan.battles, options, { player, server: server.id, seed, versions }),
  );
  /** Of the battles that run, by id. */
  const running = new Map<string, { readonly ledger: BattleFolder; readonly startedAt: string }>();
  const stop = stopOnInterrupt(
    () => report.alert('Finishing the running battles. Press Ctrl-C once more to quit at once.'),
    () => {
      for (const { ledger } of running.values()) ledger.close();
    },
  );
  report.note(`${account.name} plays ${agent.name} on ${server.id}: ${plan.against}`);

  const openLedger = (
    side: SideId,
    players: Readonly<Record<SideId, RoomPlayer>>,
    id: { readonly battle: string; readonly format: string },
    resume: SavedBattle | undefined,
  ) => {
    const playerOn = (each: SideId): BattlePlayer => {
      const name = safeLine(players[each].name, 40);
      return each === side ? { name, ...played } : { name };
    };
    const info = {
      id: id.battle,
      format: id.format,
      server: server.id,
      players: { p1: playerOn('p1'), p2: playerOn('p2') },
      turnMs: options.timeout * 1000,
      versions,
    };
    const ledger = openLedgerOf(options.ledger, options.out, info, {
      secrets,
      ownName: account.name,
      onFailure: disk.note,
      ...(resume ? { resume } : {}),
    });
    running.set(id.battle, { ledger, startedAt: resume?.startedAt ?? new Date().toISOString() });
    report.begin(id.battle, resume?.decisions ?? []);
    giveUp.recall(resume?.decisions ?? []);
    return ledger;
  };

  giveUp.signal.addEventListener('abort', () => report.alert(ENDING));
  const finish = (end: SessionResult | Error): void => {
    report.finish(end instanceof Error ? undefined : end, giveUp.reason);
    const failure = disk.error ?? (giveUp.reason === undefined ? undefined : new UserError(giveUp.reason));
    log.add(endedEvent(report.summary, stop.signal.aborted, failure ?? end));
    log.close();
  };
  let result: SessionResult;
  try {
    result = await playSession({
      client: {
        url: server.url,
        account,
        needsAssertion,
        loginServer,
        random,
      },
      matchmaking: plan.matchmaking,
      battles: plan.battles,
      concurrency: options.concurrency,
      teamFor: (format) => teams.get(format),
      unfinished: unfinishedBattles(
        options.out,
        (name) => toId(name) === toId(account.name),
        Date.now(),
        server.id,
      ),
      stop: AbortSignal.any([stop.signal, giveUp.signal, disk.signal]),
      room: {
        agent,
        fallback: calcAgent,
        turnMs: options.timeout * 1000,
        timer: options.timer,
        greeting,
        farewell: options.gg ? 'gg' : undefined,
        saveReplay: options.saveReplays === true,
        findSaved(side, id) {
          if (options.ledger === 'full') return findUnfinishedBattle(options.out, id.battle, side, server.id);
          // What a results ledger knows of a running battle is here only, and goes on with it.
          const open = running.get(id.battle);
          const { folder = '' } = open?.ledger ?? {};
          return open && { folder, startedAt: open.startedAt, side, lines: [], decisions: [] };
        },
        asKept: lineCleaner(secrets, account.name),
        openLedger,
      },
      onRoomEvent(event, room) {
        if (event.type === 'changed') report.change(room);
        if (event.type !== 'decision') return;
        report.decision(room, event.record);
        giveUp.decision(event.record);
      },
      onEnd(room, outcome) {
        running.delete(room.id.battle);
        report.end(room, outcome);
      },
      onEvent(event) {
        log.add(report.completed(event));
        report.event(event);
        if (event.type === 'connected' && plan.connected) report.note(plan.connected);
      },
    });
  } catch (error) {
    finish(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    stop.release();
  }
  finish(result);
  if (disk.error) throw disk.error;
  if (giveUp.reason !== undefined) throw givenUpError(giveUp.reason);
  if (stop.signal.aborted) process.exitCode = 130;
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

/** Text that a server takes as chat and not as a command. */
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
