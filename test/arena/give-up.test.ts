import { describe, expect, test } from 'vitest';
import type { FallbackReason } from '../../src/agent/agent.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { createGiveUp } from '../../src/arena/give-up.ts';
import { playMatch } from '../../src/arena/match.ts';

const own = { battleId: 'one', agent: 'llm', legalActions: 5 };
const missed = (reason: FallbackReason, agent = 'llm') => ({
  ...{ ...own, agent },
  fallback: { reason, detail: `${reason}!`, agent: 'calc' },
});

test('an agent is given up after too many decisions in a row that were not its own, with the reason of the last', () => {
  const giveUp = createGiveUp(3);
  for (const record of [missed('timeout'), missed('timeout'), own, missed('empty'), missed('timeout')]) {
    giveUp.decision(record);
  }
  expect(giveUp.reason).toBeUndefined();
  giveUp.decision({ ...own, legalActions: 1 });
  giveUp.decision({ ...own, agent: 'calc' });
  expect(giveUp.signal.aborted).toBe(false);
  giveUp.decision(missed('connection'));
  expect(giveUp.signal.aborted).toBe(true);
  expect(giveUp.reason).toBe(
    'llm has made none of the last 3 decisions, so no more is played (the last one: no connection: connection!)',
  );
});

describe('what an earlier run has left', () => {
  const before = [own, missed('timeout'), missed('timeout')];

  test('counts, but only once however often the battle is resumed', () => {
    const giveUp = createGiveUp(4);
    giveUp.recall(before);
    giveUp.recall([...before, missed('timeout')]);
    giveUp.decision(missed('timeout'));
    expect(giveUp.signal.aborted).toBe(false);
    giveUp.recall(before);
    giveUp.decision(missed('timeout'));
    expect(giveUp.signal.aborted).toBe(true);
  });

  test('is no reason by itself, and is forgotten at the agent’s first own decision', () => {
    const giveUp = createGiveUp(2);
    giveUp.recall(before);
    expect(giveUp.signal.aborted).toBe(false);
    giveUp.decision(own);
    giveUp.decision(missed('timeout'));
    expect(giveUp.signal.aborted).toBe(false);
    giveUp.decision(missed('timeout'));
    expect(giveUp.signal.aborted).toBe(true);
  });
});

test('decisions that an agent leaves to another on principle do not count against it', () => {
  const giveUp = createGiveUp(1);
  giveUp.decision(missed('unsupported', 'search'));
  giveUp.decision({ ...own, fallback: { reason: 'refused-choice', detail: '', agent: 'llm' } });
  expect(giveUp.signal.aborted).toBe(false);
});

test('once an agent is given up, the fallback ends the running battle and the agent is not asked again', async () => {
  const giveUp = createGiveUp(2);
  let asked = 0;
  const broken = {
    name: 'broken',
    async decide(): Promise<never> {
      asked++;
      throw new Error('out of order');
    },
  };
  const reasons: (string | undefined)[] = [];
  const { result } = await playMatch({
    battleId: 'given-up',
    format: 'gen9randombattle',
    seed: 'given-up',
    players: {
      p1: { agent: giveUp.guarded(broken, maxPowerAgent), name: 'a' },
      p2: { agent: randomAgent, name: 'b' },
    },
    fallback: randomAgent,
    turnMs: 60_000,
    onDecision(record) {
      if (record.side === 'p2') return;
      giveUp.decision(record);
      if (record.legalActions > 1) reasons.push(`${record.fallback?.reason} ${record.fallback?.agent}`);
    },
  });
  expect(result?.ended).toBe('played-out');
  expect(asked).toBe(2);
  expect(reasons.slice(0, 2)).toEqual(['agent-error random', 'agent-error random']);
  expect([...new Set(reasons.slice(2))]).toEqual(['given-up max-power']);
});
