import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { randomAgent } from '../../src/agent/random.ts';
import type { BattleResult } from '../../src/ledger/record.ts';
import { battleMetaSchema } from '../../src/ledger/record.ts';
import { playSession } from '../../src/showdown/session.ts';
import { createRandom } from '../../src/util/random.ts';
import { pokellmon, startPokellmon } from '../support/run-cli.ts';
import { THOROUGH } from '../support/thorough.ts';
import { useShowdown } from '../support/use-showdown.ts';
import { sessionOptions } from './play.ts';
import { battleFolders, expectWholeLedgers } from './whole-ledgers.ts';

const KILLS = THOROUGH ? 100 : 5;
const SEED = process.env.POKELLMON_SEED ?? 'kills';
/** Battles that run at the same time. */
const BATTLES = 2;
const FORMAT = 'gen9randombattle';

const shared = useShowdown();

test(`after ${KILLS} kills (kill -9) at random moments each battle exists once, with its result`, async () => {
  const folder = join(shared.root, 'kills');
  const random = createRandom(SEED).stream('moments');
  const results = new Map<string, BattleResult | undefined>();
  const stop = new AbortController();
  let progress = (_what: 'decision' | 'end'): void => {};
  const patient: Agent = {
    name: 'patient',
    async decide(turn, signal) {
      progress('decision');
      await new Promise((resolve) => setTimeout(resolve, 30));
      return randomAgent.decide(turn, signal);
    },
  };
  const accept = { type: 'accept', formats: [FORMAT], users: ['mortal'] } as const;
  const foe = playSession({
    ...sessionOptions(shared.server.url, 'immortal', accept, {
      battles: Number.POSITIVE_INFINITY,
      concurrency: BATTLES,
      room: { agent: patient },
      stop: stop.signal,
    }),
    onEnd(room, { result }) {
      results.set(room.id.battle, result);
      progress('end');
    },
  });
  const command = (battles: number): string[] => [
    ...['challenge', 'immortal', '--agent', 'random', '--name', 'mortal', '--server'],
    ...[`localhost:${shared.server.port}`, '--battles', `${battles}`, '--concurrency', `${BATTLES}`],
    ...['--out', folder],
  ];
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, finished } = startPokellmon(command(1000));
    const moment = random.next();
    const what = moment < 0.25 ? 'end' : 'decision';
    // Some are killed before they have written anything.
    let left = moment > 0.9 ? 0 : what === 'end' ? 1 : 1 + random.below(25);
    await new Promise<void>((resolve) => {
      progress = (happened) => {
        if (happened === what && --left === 0) resolve();
      };
      if (left === 0) setTimeout(resolve, random.below(2_000));
      // The other side is still told what happened here before it is killed.
    });
    await new Promise((resolve) => setTimeout(resolve, random.below(60)));
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    await finished;
  }
  const { code, stderr } = await pokellmon(command(BATTLES));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  stop.abort();
  await foe;

  const kept = battleFolders(folder).map((name) => {
    const meta = battleMetaSchema.parse(JSON.parse(readFileSync(join(folder, name, 'battle.json'), 'utf8')));
    return [meta.id, meta.result?.winner] as const;
  });
  expect(kept.map(([id]) => id).sort()).toEqual([...results.keys()].sort());
  for (const [id, winner] of kept) expect([id, winner]).toEqual([id, results.get(id)?.winner]);
  expectWholeLedgers(folder, results.size);
}, 3_600_000);
