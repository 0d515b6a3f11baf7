import { calcAgent } from '../agent/calc.ts';
import { toId } from '../battle/generations.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { lineCleaner } from '../ledger/redaction.ts';
import { unfinishedBattles } from '../ledger/resume.ts';
import { openSessionLog, type SessionLog } from '../ledger/session-log.ts';
import { playSession } from '../showdown/session.ts';
import type { SessionOptions, SessionResult } from '../showdown/session-options.ts';
import { UserError } from '../util/errors.ts';
import { createRandom } from '../util/random.ts';
import { type DiskFailure, watchDisk } from './disk-failure.ts';
import { stopOnInterrupt } from './interrupt.ts';
import { givenUpError } from './model-options.ts';
import { type OnlineLedgers, onlineLedgers } from './online-ledgers.ts';
import type { OnlineOptions } from './online-options.ts';
import { recordedVersions } from './package-version.ts';
import { type OnlinePlan, type OnlineSetup, resolveOnline } from './resolve-online.ts';
import { endedEvent, startedEvent } from './session-events.ts';
import { SessionReport } from './session-report.ts';
import { type Terminal, terminal } from './terminal.ts';

/** Printed as soon as a session is given up; the reason follows at its end. */
const ENDING = 'The agent does not decide any more; calc finishes the running battles.';

/** Where a session is reported and written down, and what stops it. */
interface Records {
  readonly report: SessionReport;
  readonly log: SessionLog;
  readonly ledgers: OnlineLedgers;
  readonly disk: DiskFailure;
  readonly stop: ReturnType<typeof stopOnInterrupt>;
}

/** Plays on a server as a command's options say, and reports to the terminal. */
export async function playOnline(plan: OnlinePlan, options: OnlineOptions): Promise<void> {
  const note = terminal(process.stderr);
  const setup = await resolveOnline(plan, options, note);
  const records = openRecords(plan, options, setup, note);
  await run(sessionOptions(plan, options, setup, records), setup, records);
}

function openRecords(plan: OnlinePlan, options: OnlineOptions, setup: OnlineSetup, note: Terminal): Records {
  const { server, account, agent, played, secrets, giveUp, seed, budget } = setup;
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
  const versions = recordedVersions();
  log.add(
    startedEvent(plan.matchmaking, plan.battles, options, { player, server: server.id, seed, versions }),
  );
  const ledgers = onlineLedgers(setup, options, {
    onFailure: disk.note,
    onOpen(battle, resume) {
      report.begin(battle, resume?.decisions ?? []);
      giveUp.recall(resume?.decisions ?? []);
    },
  });
  const stop = stopOnInterrupt(
    () => report.alert('Finishing the running battles. Press Ctrl-C once more to quit at once.'),
    () => ledgers.closeAll(),
  );
  report.note(`${account.name} plays ${agent.name} on ${server.id}: ${plan.against}`);
  giveUp.signal.addEventListener('abort', () => report.alert(ENDING));
  return { report, log, ledgers, disk, stop };
}

function sessionOptions(
  plan: OnlinePlan,
  options: OnlineOptions,
  setup: OnlineSetup,
  { report, log, ledgers, disk, stop }: Records,
): SessionOptions {
  const { server, account, needsAssertion, loginServer, agent, giveUp, teams } = setup;
  const isOwn = (name: string): boolean => toId(name) === toId(account.name);
  return {
    client: { url: server.url, account, needsAssertion, loginServer, random: createRandom(setup.seed) },
    matchmaking: plan.matchmaking,
    battles: plan.battles,
    concurrency: options.concurrency,
    teamFor: (format) => teams.get(format),
    unfinished: unfinishedBattles(options.out, isOwn, Date.now(), server.id),
    stop: AbortSignal.any([stop.signal, giveUp.signal, disk.signal]),
    room: {
      agent,
      fallback: calcAgent,
      turnMs: options.timeout * 1000,
      timer: options.timer,
      greeting: setup.greeting,
      farewell: options.gg ? 'gg' : undefined,
      saveReplay: options.saveReplays === true,
      findSaved: ledgers.findSaved,
      openLedger: ledgers.openLedger,
      asKept: lineCleaner(setup.secrets, account.name),
    },
    onRoomEvent(event, room) {
      if (event.type === 'changed') report.change(room);
      if (event.type !== 'decision') return;
      report.decision(room, event.record);
      giveUp.decision(event.record);
    },
    onEnd(room, outcome) {
      ledgers.finished(room.id.battle);
      report.end(room, outcome);
    },
    onEvent(event) {
      log.add(report.completed(event));
      report.event(event);
      if (event.type === 'connected' && plan.connected) report.note(plan.connected);
    },
  };
}

async function run(
  session: SessionOptions,
  { giveUp }: OnlineSetup,
  { report, log, disk, stop }: Records,
): Promise<void> {
  const finish = (end: SessionResult | Error): void => {
    report.finish(end instanceof Error ? undefined : end, giveUp.reason);
    const failure = disk.error ?? (giveUp.reason === undefined ? undefined : new UserError(giveUp.reason));
    log.add(endedEvent(report.summary, stop.signal.aborted, failure ?? end));
    log.close();
  };
  let result: SessionResult;
  try {
    result = await playSession(session);
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
