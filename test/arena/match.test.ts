import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { heuristicsAgent } from '../../src/agent/heuristics.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { playMatch } from '../../src/arena/match.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { NO_LEDGER, openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { readBattle } from '../../src/ledger/read-battle.ts';
import { replayPage, replayPageData } from '../../src/ledger/replay-page.ts';
import { framesOf } from '../support/frames-of.ts';

test.each(['gen9randombattle', 'gen7randombattle', 'gen8randomdoublesbattle'])(
  '%s: agents are shown what the written log contains',
  async (format) => {
    const readers = {
      p1: new BattleTracker({ side: 'p1', format }),
      p2: new BattleTracker({ side: 'p2', format }),
    };
    let shown = 0;
    const comparing = (side: SideId): Agent => ({
      name: 'comparing',
      async decide(turn, signal) {
        const { request, state } = readers[side];
        if (!request || request.type === 'wait') throw new Error('Nothing was asked in the log');
        expect(turn.actions).toEqual(legalActions(request));
        expect(turn.request).toMatchObject(JSON.parse(JSON.stringify(request)));
        expect(turn.state).toEqual(state);
        shown++;
        return randomAgent.decide(turn, signal);
      },
    });
    const failures: string[] = [];
    const { result, invalidChoices } = await playMatch({
      battleId: 'compared',
      format,
      seed: 'compared',
      players: { p1: { agent: comparing('p1'), name: 'a' }, p2: { agent: comparing('p2'), name: 'b' } },
      fallback: randomAgent,
      turnMs: 60_000,
      ledger: {
        ...NO_LEDGER,
        line(view, line) {
          if (view !== 'spectator') readers[view].add(line);
        },
      },
      onDecision: ({ fallback }) => {
        if (fallback) failures.push(fallback.detail);
      },
    });
    expect(failures).toEqual([]);
    expect(result).toBeDefined();
    expect(invalidChoices).toBe(0);
    expect(shown).toBeGreaterThan(20);
  },
);

test.each([
  ['gen9randombattle', randomAgent],
  ['gen9randomdoublesbattle', randomAgent],
  ['gen5randombattle', heuristicsAgent],
])(
  '%s: the page shows the saved view of the first player, whoever reads the battle',
  async (format, onlooker) => {
    const root = mkdtempSync(join(tmpdir(), 'pokellmon-match-'));
    const players = { p1: { agent: randomAgent, name: 'a' }, p2: { agent: onlooker, name: 'b' } };
    const info = { id: 'paged', format, players: { p1: { name: 'a' }, p2: { name: 'b' } }, versions: {} };
    const ledger = openBattleLedger(root, info);
    try {
      const { result } = await playMatch({
        battleId: 'paged',
        format,
        seed: 'paged',
        players,
        fallback: randomAgent,
        turnMs: 60_000,
        ledger,
      });
      const { meta, log, views, decisions } = await readBattle(ledger.folder);
      const data = replayPageData(meta, log, framesOf(views.p1 ?? [], 'p1'), decisions);
      expect(data.frames.length).toBe((result?.turns ?? 0) + 1);
      for (const { sides } of data.frames) expect(sides.p1.pokemon.length).toBe(6);
      expect(data.frames[0]?.sides.p2.pokemon.length).toBeLessThan(3);
      expect(replayPage(data)).toBe(readFileSync(join(ledger.folder, 'replay.html'), 'utf8'));
    } finally {
      rmSync(root, { recursive: true });
    }
  },
);
