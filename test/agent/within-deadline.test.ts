import { describe, expect, it } from 'vitest';
import type { Agent, Decision } from '../../src/agent/agent.ts';
import { decideWithin } from '../../src/agent/within-deadline.ts';
import type { Action } from '../../src/battle/action.ts';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import { createRandom } from '../../src/util/random.ts';

const SURF: Action = { type: 'move', slot: 1, move: 'surf', name: 'Surf' };
const ICE_BEAM: Action = { type: 'move', slot: 2, move: 'icebeam', name: 'Ice Beam' };
const FLY: Action = { type: 'move', slot: 3, move: 'fly', name: 'Fly' };

function turn(turnMs: number): DecisionContext {
  return {
    battleId: 'test',
    request: {
      type: 'move',
      active: [],
      side: { name: 'Red', id: 'p1', pokemon: [] },
    } satisfies ChoiceRequest,
    actions: [SURF, ICE_BEAM],
    get state(): never {
      throw new Error('the state is not needed here');
    },
    memory: { turns: [], decisions: [] },
    clock: { turnMs },
    random: createRandom('test'),
  };
}

function agent(name: string, decide: Agent['decide']): Agent {
  return { name, decide };
}

const never = (): Promise<Decision> => new Promise(() => {});
const iceBeam = agent('ice-beam', async () => ({ action: ICE_BEAM, reasoning: 'cold' }));

describe('decideWithin', () => {
  it('returns what the agent decides in time', async () => {
    const decision = await decideWithin(iceBeam, turn(1000), { fallback: agent('unused', never) });
    expect(decision).toEqual({ action: ICE_BEAM, reasoning: 'cold' });
  });

  it('plays the fallback when an agent ignores its signal, and aborts the signal', async () => {
    let seen: AbortSignal | undefined;
    const stubborn = agent('stubborn', (_, signal) => {
      seen = signal;
      return never();
    });
    const decision = await decideWithin(stubborn, turn(2_000), { fallback: iceBeam, graceMs: 1_970 });
    expect(decision.action).toBe(ICE_BEAM);
    expect(decision.reasoning).toBe('cold');
    expect(decision.fallback).toEqual({
      reason: 'deadline',
      detail: 'no answer within 30 ms',
      agent: 'ice-beam',
    });
    expect(seen?.aborted).toBe(true);
  });

  it('ignores an answer that comes after the deadline', async () => {
    let answer: (decision: Decision) => void = () => {};
    const late = agent('late', () => new Promise((resolve) => (answer = resolve)));
    const slow = agent('slow', async () => {
      answer({ action: SURF });
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { action: ICE_BEAM };
    });
    const decision = await decideWithin(late, turn(1000), { fallback: slow, graceMs: 980 });
    expect(decision.action).toBe(ICE_BEAM);
    expect(decision.fallback?.reason).toBe('deadline');
  });

  it('plays the fallback when the agent throws, and keeps keys out of the record', async () => {
    const broken = agent('broken', () => {
      throw new Error('401 for key sk-abcdefghijklmnop\nat somewhere');
    });
    const decision = await decideWithin(broken, turn(1000), { fallback: iceBeam });
    expect(decision.action).toBe(ICE_BEAM);
    expect(decision.fallback).toEqual({
      reason: 'agent-error',
      detail: '401 for key [redacted] at somewhere',
      agent: 'ice-beam',
    });
  });

  it.each([
    ['nothing', undefined],
    ['an action of no known type', { action: { type: 'dance' } }],
  ])('plays the fallback when the agent answers with %s', async (_, answer) => {
    const odd = agent('odd', async () => answer as unknown as Decision);
    const decision = await decideWithin(odd, turn(1000), { fallback: iceBeam });
    expect(decision.action).toBe(ICE_BEAM);
    expect(decision.fallback?.agent).toBe('ice-beam');
  });

  it('plays the fallback when the action is not legal', async () => {
    const decision = await decideWithin(
      agent('cheat', async () => ({ action: FLY })),
      turn(1000),
      { fallback: iceBeam },
    );
    expect(decision.action).toBe(ICE_BEAM);
    expect(decision.fallback?.reason).toBe('illegal-action');
    expect(decision.fallback?.detail).toContain('move 3');
  });

  it('accepts an equal action that is a different object', async () => {
    const decision = await decideWithin(
      agent('copy', async () => ({ action: { ...ICE_BEAM } })),
      turn(1000),
      { fallback: agent('unused', never) },
    );
    expect(decision.action).toBe(ICE_BEAM);
    expect(decision.fallback).toBeUndefined();
  });

  it.each([
    ['throws', agent('bad', async () => Promise.reject(new Error('also broken')))],
    ['is late', agent('bad', never)],
    ['is illegal', agent('bad', async () => ({ action: FLY }))],
  ])('plays the first legal action when the fallback also %s', async (_, fallback) => {
    const broken = agent('broken', async () => Promise.reject(new Error('out of order')));
    const decision = await decideWithin(broken, turn(60), { fallback });
    expect(decision.action).toBe(SURF);
    expect(decision.fallback?.reason).toBe('agent-error');
    expect(decision.fallback?.detail).toContain('out of order');
    expect(decision.fallback?.agent).toBe('first-legal');
  });

  it('answers without asking anyone when there is no time', async () => {
    const decision = await decideWithin(iceBeam, turn(0), { fallback: iceBeam });
    expect(decision.action).toBe(SURF);
    expect(decision.fallback?.reason).toBe('deadline');
  });

  it('ends early when its own signal is aborted, before or during the decision', async () => {
    const before = await decideWithin(agent('slow', never), turn(60_000), {
      fallback: iceBeam,
      signal: AbortSignal.abort(),
    });
    expect(before.fallback).toMatchObject({ reason: 'deadline', detail: 'cancelled' });
    const controller = new AbortController();
    const running = decideWithin(agent('slow', never), turn(60_000), {
      fallback: iceBeam,
      signal: controller.signal,
    });
    controller.abort();
    expect((await running).fallback).toMatchObject({ reason: 'deadline', detail: 'cancelled' });
  });

  it('waits for an agent when there is no deadline', async () => {
    const slow = agent('slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return { action: ICE_BEAM };
    });
    const decision = await decideWithin(slow, turn(Number.POSITIVE_INFINITY), { fallback: slow });
    expect(decision.fallback).toBeUndefined();
  });
});
