import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomAgent } from '../../src/agent/random.ts';
import { readTeam } from '../../src/arena/team.ts';
import { NO_LEDGER, openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { playSession } from '../../src/showdown/session.ts';
import type { SessionOptions, SessionResult } from '../../src/showdown/session-options.ts';
import { createRandom } from '../../src/util/random.ts';

/** The teams of the two players, for formats that need teams. */
export const TEAMS = ['gen9ou-balance', 'gen9ou-rain'] as const;

/** How two random agents play each other. */
export interface PairPlan {
  readonly format: string;
  readonly battles: number;
  readonly concurrency: number;
  /** Folder for the ledgers; without it there are none. */
  readonly out?: string;
  /** Called at the end of a battle by each player. */
  readonly onEnd?: (player: 'a' | 'b', turns: number) => void;
}

/**
 * Two random agents on a server's ladder, both in this process and with everything that players of this package do:
 * state, legal actions, clock and, if wanted, ledger and replay page.
 */
export function playRandomPair(url: string, plan: PairPlan): Promise<SessionResult[]> {
  return Promise.all([playSession(options(url, 'a', plan)), playSession(options(url, 'b', plan))]);
}

/** A packed team; undefined when the server makes the teams. */
export function teamFor(format: string, team: string): string | undefined {
  if (format !== 'gen9ou') return undefined;
  const file = new URL(`../../test/fixtures/teams/${team}.txt`, import.meta.url);
  return readTeam(readFileSync(file, 'utf8'), format, team);
}

function options(url: string, player: 'a' | 'b', plan: PairPlan): SessionOptions {
  const { format, battles, concurrency, out, onEnd } = plan;
  const packed = teamFor(format, player === 'a' ? TEAMS[0] : TEAMS[1]);
  return {
    client: { url, account: { name: `bench${player}` }, needsAssertion: false, random: createRandom(player) },
    matchmaking: { type: 'ladder', format },
    battles,
    concurrency,
    teamFor: () => packed,
    room: {
      agent: randomAgent,
      fallback: randomAgent,
      turnMs: 10_000,
      timer: true,
      saveReplay: false,
      findSaved: () => undefined,
      openLedger: (_side, { p1, p2 }, id) =>
        out === undefined
          ? { ...NO_LEDGER, folder: '' }
          : openBattleLedger(join(out, player), {
              id: id.battle,
              format,
              players: { p1: { name: p1.name }, p2: { name: p2.name } },
              versions: {},
            }),
    },
    onEvent(event) {
      if (event.type === 'line-skipped') console.log(`  not followed  ${event.line}: ${event.reason}`);
    },
    onEnd: (_room, { result }) => {
      if (result) onEnd?.(player, result.turns);
    },
  };
}
