import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { readSession } from '../../src/ledger/read-session.ts';
import { type BattleMeta, battleMetaSchema } from '../../src/ledger/record.ts';
import { SESSIONS } from '../../src/ledger/session-log.ts';
import { playSession } from '../../src/showdown/session.ts';
import { sessionOptions } from '../showdown/play.ts';
import { type Started, startPokellmon } from '../support/run-cli.ts';
import { noSmallDisk, smallDisk } from '../support/small-disk.ts';
import { useShowdown } from '../support/use-showdown.ts';

const shared = useShowdown();

/** More battles than any of these disks and folders can hold. */
const MANY = 500;

interface Reported {
  readonly summary: {
    battles: number;
    wins: number;
    losses: number;
    ties: number;
    unfinished: number;
    turns: number;
  };
  readonly battles: readonly { id: string; winner: string | null; turns: number; folder: string }[];
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pokellmon-out-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Battles in process, two at a time. */
function battles(out: string): Started {
  return startPokellmon(
    `battle --agent random --opponent random --seed full --json --concurrency 2 --battles ${MANY} --out ${out}`.split(
      ' ',
    ),
  );
}

/** Every battle that was started was played to its end and is in the summary, and the run failed. */
async function expectPlayedOut({ finished }: Started, why: RegExp): Promise<Reported> {
  const { code, stdout, stderr } = await finished;
  expect(stderr).toMatch(why);
  expect(stderr).toMatch(/^pokellmon: Cannot write .* no more were started$/m);
  expect(code).toBe(1);
  const reported = JSON.parse(stdout) as Reported;
  const { wins, losses, ties, unfinished, turns } = reported.summary;
  expect(unfinished).toBe(0);
  expect(wins + losses + ties).toBe(reported.battles.length);
  expect(reported.battles.length).toBeLessThan(MANY);
  expect(turns).toBe(reported.battles.reduce((sum, battle) => sum + battle.turns, 0));
  expect(Math.min(...reported.battles.map((battle) => battle.turns))).toBeGreaterThan(0);
  return reported;
}

function metaIn(folder: string): BattleMeta {
  return battleMetaSchema.parse(JSON.parse(readFileSync(join(folder, 'battle.json'), 'utf8')));
}

/** What was printed about the battles is what is on the disk. */
function expectKept(reported: readonly Reported['battles'][number][]): void {
  for (const { folder, winner, turns } of reported) {
    expect(metaIn(folder).result).toMatchObject({ winner, turns });
  }
}

/** Resolves as soon as this many battles have begun. */
async function untilBegun(out: string, count: number): Promise<void> {
  while (!existsSync(out) || readdirSync(out).length < count)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('battles in process are played to their end, and no more are started,', () => {
  test.skipIf(noSmallDisk)('when the disk is full: their results are kept', async () => {
    const out = smallDisk(1500).path;
    expectKept((await expectPlayedOut(battles(out), /no space left/)).battles);
  });

  test('when all folders are deleted: those of running battles are made again', async () => {
    const out = join(temporaryFolder(), 'out');
    const run = battles(out);
    await untilBegun(out, 4);
    rmSync(out, { recursive: true, force: true });
    const { battles: reported } = await expectPlayedOut(run, /was deleted|no such file/);
    const kept = reported.filter(({ folder }) => existsSync(folder));
    expect(kept.length).toBeGreaterThan(0);
    expectKept(kept);
  });

  test('when a file takes the place of all folders', async () => {
    const out = join(temporaryFolder(), 'out');
    const run = battles(out);
    await untilBegun(out, 4);
    rmSync(out, { recursive: true, force: true });
    writeFileSync(out, 'mine');
    await expectPlayedOut(run, /Cannot write the battle/);
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });

  test.skipIf(process.getuid?.() === 0)('when nothing may be added', async () => {
    const out = join(temporaryFolder(), 'out');
    const run = battles(out);
    await untilBegun(out, 4);
    chmodSync(out, 0o555);
    onTestFinished(() => chmodSync(out, 0o755));
    expectKept((await expectPlayedOut(run, /permission denied/)).battles);
  });
});

test.skipIf(noSmallDisk)('battles on a server are played to their end when the disk is full', async () => {
  const disk = smallDisk(2_000);
  const slow: Agent = {
    name: 'slow',
    async decide(turn, signal) {
      // Both battles are running by then.
      if (turn.state.turn === 3) disk.fill();
      return randomAgent.decide(turn, signal);
    },
  };
  const stop = new AbortController();
  const results: (string | null | undefined)[] = [];
  const format = 'gen9randombattle';
  const foe = playSession({
    ...sessionOptions(
      shared.server.url,
      'roomy',
      { type: 'accept', formats: [format] },
      {
        battles: Number.POSITIVE_INFINITY,
        concurrency: 2,
        room: { agent: slow },
        stop: stop.signal,
      },
    ),
    onEnd: (_room, { result }) => void results.push(result?.winner),
  });
  const run = startPokellmon([
    ...`challenge roomy --agent random --name cramped --json --battles ${MANY} --concurrency 2 --out ${disk.path}`.split(
      ' ',
    ),
    ...['--server', `localhost:${shared.server.port}`],
  ]);
  const { battles: reported } = await expectPlayedOut(run, /no space left/);
  stop.abort();
  await foe;
  expect(reported.map(({ winner }) => winner).sort()).toEqual(results.sort());
  expectKept(reported);
  const [log = ''] = readdirSync(join(disk.path, SESSIONS));
  const { records, notices } = await readSession(join(disk.path, SESSIONS, log));
  expect(notices).toEqual([]);
  expect(records.at(-1)).toMatchObject({
    type: 'ended',
    how: 'failed',
    battles: reported.length,
    unfinished: 0,
  });
});
