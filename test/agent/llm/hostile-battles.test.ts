import { describe, expect, it } from 'vitest';
import type { FallbackReason } from '../../../src/agent/agent.ts';
import { maxPowerAgent } from '../../../src/agent/max-power.ts';
import { type HostileReport, playHostileBattles } from '../../support/hostile-battles.ts';
import { FAULTS, type Fault } from '../../support/misbehaving-server.ts';

/** How a decision must end whose only request meets the fault. */
const EXPECTED: Record<Fault, FallbackReason | 'played'> = {
  none: 'played',
  prose: 'played',
  'rate-limit': 'rate-limit',
  'server-error': 'server-error',
  stall: 'timeout',
  'stalled-body': 'timeout',
  'cut-off-body': 'bad-response',
  'wrong-content-type': 'bad-response',
  'no-choices': 'bad-response',
  'broken-body': 'connection',
  reset: 'connection',
  'cut-off-json': 'unparsable',
  huge: 'unparsable',
  'illegal-move': 'illegal-action',
  'made-up-pokemon': 'unknown-action',
  empty: 'empty',
};

const COMMON = { turnMs: 2000, fallback: maxPowerAgent, concurrency: 3 };

function expectSound(report: HostileReport, battles: number): void {
  expect(report.finished).toBe(battles);
  expect(report.invalidChoices).toBe(0);
  // An agent cannot be in time if its timers fire late, as on a busy machine.
  expect(report.worstOvershootMs).toBeLessThan(100 + report.worstTimerDelayMs);
  for (const { legalActions, choice, votes = [], fallback } of report.decisions) {
    if (legalActions === 1) continue;
    if (fallback) expect(fallback.detail).not.toBe('');
    // The choice played was voted for, or a fallback's.
    else expect(votes.map((vote) => vote.choice)).toContain(choice);
  }
}

describe('battles against a server that misbehaves', { timeout: 180_000 }, () => {
  it('end well, and each fallback has its cause', async () => {
    const options = { ...COMMON, seed: 'direct', format: 'gen9randombattle', strategy: 'direct' } as const;
    const report = await playHostileBattles({ ...options, battles: 6 });
    expectSound(report, 6);
    for (const fault of FAULTS) {
      const outcomes = report.outcomes.get(fault);
      expect(outcomes?.get(EXPECTED[fault]), fault).toBeGreaterThan(0);
      // On a busy machine any request may come too late.
      const others = [...(outcomes?.keys() ?? [])].filter((outcome) => outcome !== EXPECTED[fault]);
      expect(['timeout', 'deadline'], fault).toEqual(expect.arrayContaining(others));
    }
  });

  it('end well with several votes per turn', async () => {
    const options = {
      ...COMMON,
      seed: 'vote',
      format: 'gen9randombattle',
      strategy: 'self-consistency',
    } as const;
    const report = await playHostileBattles({ ...options, battles: 2 });
    expectSound(report, 2);
    // A vote needs only one usable sample, so fewer decisions fail than requests.
    const failed = report.decisions.filter(({ fallback }) => fallback).length;
    expect(failed).toBeLessThan(report.asked / 3);
  });

  it('end well in doubles', async () => {
    const options = {
      ...COMMON,
      seed: 'two',
      format: 'gen9randomdoublesbattle',
      strategy: 'direct',
    } as const;
    expectSound(await playHostileBattles({ ...options, battles: 2 }), 2);
  });
});
