import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { Seat } from '../../src/arena/seat.ts';
import { toChoice } from '../../src/battle/action.ts';
import { NO_LEDGER } from '../../src/ledger/battle-ledger.ts';
import type { DecisionRecord } from '../../src/ledger/record.ts';
import { createRandom } from '../../src/util/random.ts';
import { simulate } from '../support/simulated-battle.ts';

/** Rates the last legal action highest, the one before it next, and so on. */
const backwards: Agent = {
  name: 'backwards',
  async decide({ actions }) {
    const scores = actions.map((action, index) => ({ choice: toChoice(action), score: index }));
    return { action: actions.at(-1) as (typeof actions)[number], scores };
  },
};

const CLOCK = { turnMs: 10_000 };

/** A seat at its first request in a battle. */
function seatOf(records: DecisionRecord[]): Seat {
  const seat = new Seat({
    battleId: 'refused',
    side: 'p1',
    format: 'gen9randombattle',
    agent: backwards,
    fallback: randomAgent,
    ledger: NO_LEDGER,
    random: createRandom('refused'),
    onDecision: (record) => records.push(record),
  });
  const { lines } = simulate({ format: 'gen9randombattle', seed: 'refused', maxTurns: 0 });
  for (const line of lines.p1) {
    seat.line(line);
    if (seat.isAsked) break;
  }
  return seat;
}

describe('a refused choice', () => {
  it('is replaced by the action that the agent rated next, until none is left', async () => {
    const records: DecisionRecord[] = [];
    const seat = seatOf(records);
    const first = await seat.decide(CLOCK);
    const ranked = (records[0]?.scores ?? []).map(({ choice }) => choice).reverse();
    expect(ranked.length).toBeGreaterThan(5);
    let refused = first?.choice ?? '';
    for (const choice of ranked) {
      expect(refused).toBe(choice);
      refused = seat.refuse(refused, 'Invalid choice', CLOCK).choice;
    }
    expect(refused).toBe('default');
    expect(records[1]?.fallback).toMatchObject({ reason: 'refused-choice', detail: 'Invalid choice' });
  });

  it('does not count as something that the side has done', async () => {
    const seat = seatOf([]);
    const first = await seat.decide(CLOCK);
    expect(seat.memory.decisions).toHaveLength(1);
    seat.noteRefusal(first?.choice ?? '', '[Unavailable choice]');
    expect(seat.memory.decisions).toEqual([]);
    await seat.decide(CLOCK);
    expect(seat.memory.decisions).toHaveLength(1);
  });
});
