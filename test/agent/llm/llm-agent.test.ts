import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Agent, FallbackReason } from '../../../src/agent/agent.ts';
import { createLLMAgent, type LLMAgentOptions } from '../../../src/agent/llm/llm-agent.ts';
import { STRATEGIES } from '../../../src/agent/llm/strategy-names.ts';
import { maxPowerAgent } from '../../../src/agent/max-power.ts';
import { toChoice } from '../../../src/battle/action.ts';
import type { DecisionContext } from '../../../src/memory/decision-context.ts';
import type { LanguageModel } from '../../../src/model/language-model.ts';
import { type Script, scriptedModel } from '../../../src/model/scripted.ts';
import { ModelError, UserError } from '../../../src/util/errors.ts';
import { simTurn } from '../../support/sim-turn.ts';

const TEAM = `Milotic
Ability: Marvel Scale
- Surf
- Ice Beam
- Recover
- Scald

Garchomp
Ability: Rough Skin
- Earthquake
- Dragon Claw
`;

/** Milotic against Milotic, Garchomp on both benches: moves are 1–8 (each also with tera), the switch is 9. */
const TURN = simTurn({ format: 'gen9customgame', p1: TEAM, p2: TEAM, choices: [['team 12', 'team 12']] });
/** The same, with Garchomp to come in for a fainted Milotic: one legal action. */
const ONLY: DecisionContext = { ...TURN, actions: TURN.actions.slice(-1) };

const IDLE = new AbortController().signal;

function llm(model: LanguageModel, options: Partial<LLMAgentOptions> = {}): Agent {
  return createLLMAgent({
    model,
    strategy: 'direct',
    promptStyle: 'grounded',
    votes: 3,
    fallback: maxPowerAgent,
    ...options,
  });
}

function oneByOne(script: Script): LanguageModel {
  return scriptedModel(script, { capabilities: { samplesPerCall: 1 } });
}

describe('the LLM agent', () => {
  it('plays what the model chooses, and records how it got there', async () => {
    const model = scriptedModel(['{"reason": "Ice Beam is a safe bet.", "choice": 3}']);
    const decision = await llm(model, { strategy: 'chain-of-thought' }).decide(TURN, IDLE);
    expect(toChoice(decision.action)).toBe('move 2');
    expect(decision.reasoning).toBe('Ice Beam is a safe bet.');
    expect(decision.votes).toMatchObject([
      { choice: 'move 2', text: expect.stringContaining('"choice": 3') },
    ]);
    expect(decision.usage).toMatchObject({ calls: 1 });
    expect(model.requests[0]?.queue).toBe(TURN.battleId);
    expect(decision.prompt).toMatchObject({ style: 'grounded', messages: model.requests[0]?.messages });
    expect(decision.fallback).toBeUndefined();
    expect(decision.switching).toBeUndefined();
  });

  it.each(STRATEGIES)('does not ask the model when only one action is legal (%s)', async (strategy) => {
    const model = scriptedModel([]);
    expect(await llm(model, { strategy }).decide(ONLY, IDLE)).toEqual({ action: ONLY.actions[0] });
    expect(model.requests).toHaveLength(0);
  });

  it('measures voluntary switches', async () => {
    const decisions = [8, 0, 8, 8].map((index, turn) => {
      const action = TURN.actions[index];
      if (!action) throw new Error('no such action');
      return { turn, action, forced: false };
    });
    const turn = { ...TURN, memory: { turns: [], decisions } };
    const { switching } = await llm(scriptedModel(['9'])).decide(turn, IDLE);
    expect(switching?.consecutive).toBe(3);
    // Milotic's Ice Beam is worse for Garchomp than anything is for Milotic.
    expect(switching?.intoMoreDamage).toBe(true);
    expect(switching?.expectedDamageSwitching).toBeGreaterThan(2 * (switching?.expectedDamageStaying ?? 1));
  });

  const KINDS = [
    'timeout',
    'rate-limit',
    'server-error',
    'connection',
    'refused',
    'bad-response',
    'auth',
    'budget',
  ];
  const FALLBACKS: [FallbackReason, Script][] = [
    ...KINDS.map((kind): [FallbackReason, Script] => {
      const reason = kind as ModelError['kind'];
      return [reason, () => new ModelError(reason, 'no luck')];
    }),
    ['refused', () => ({ text: 'I cannot', finishReason: 'content-filter' })],
    ['unparsable', () => 'Let me think about it.'],
    ['illegal-action', () => '{"choice": "use Thunderbolt"}'],
    ['unknown-action', () => '{"choice": "use Hyper Splash"}'],
    ['empty', () => ''],
    ['agent-error', () => new RangeError('out of bounds')],
  ];
  it.each(FALLBACKS)('falls back with reason %s', async (reason, script) => {
    const decision = await llm(scriptedModel(script)).decide(TURN, IDLE);
    expect(decision.fallback).toMatchObject({ reason, agent: 'max-power' });
    expect(decision.fallback?.detail).not.toBe('');
    expect(decision.votes).toMatchObject([{ abstained: reason }]);
    expect(['move 1', 'move 2']).toContain(toChoice(decision.action));
    expect(decision.prompt?.style).toBe('grounded');
  });

  it('says so when samples abstain for different reasons', async () => {
    const model = oneByOne(['hm', '{"choice": 50}', '']);
    const { fallback } = await llm(model, { strategy: 'self-consistency' }).decide(TURN, IDLE);
    expect(fallback?.reason).toBe('no-votes');
    expect(fallback?.detail).toMatch(/unparsable: .*; illegal-action: .*; empty: /);
  });

  it('falls back when the turn cannot be rendered', async () => {
    const unreadable: DecisionContext = {
      ...TURN,
      get state(): never {
        throw new Error('no state');
      },
    };
    const careless: Agent = {
      name: 'first',
      decide: async ({ actions }) => ({ action: actions[0] ?? { type: 'pass' } }),
    };
    const decision = await llm(scriptedModel(['1']), { fallback: careless }).decide(unreadable, IDLE);
    expect(decision.fallback).toEqual({ reason: 'agent-error', detail: 'no state', agent: 'first' });
  });

  it('asks nothing when there is no time for it', async () => {
    const model = scriptedModel(['1']);
    const hurried = { ...TURN, clock: { turnMs: 0 } };
    expect((await llm(model).decide(hurried, IDLE)).fallback?.reason).toBe('deadline');
    expect(model.requests).toHaveLength(0);
  });

  it.each(STRATEGIES)('ends in time for the fallback when the model never answers (%s)', async (strategy) => {
    const deadlines: number[] = [];
    const deaf: LanguageModel = {
      ...oneByOne([]),
      generate: ({ deadline = Number.POSITIVE_INFINITY }) => {
        deadlines.push(deadline);
        return new Promise(() => {});
      },
    };
    const deciding = llm(deaf, { strategy }).decide({ ...TURN, clock: { turnMs: 600 } }, IDLE);
    const end = performance.now() + 600;
    expect((await deciding).fallback).toMatchObject({ reason: 'timeout', agent: 'max-power' });
    expect(Math.max(...deadlines)).toBeLessThanOrEqual(end - 50);
  });

  it('reserves more time for a fallback that has been slow', async () => {
    const slow: Agent = {
      name: 'slow',
      async decide(turn) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        return { action: turn.random.pick(turn.actions) };
      },
    };
    const model = scriptedModel(() => '?');
    const agent = llm(model, { fallback: slow });
    const turn = { ...TURN, clock: { turnMs: 1000 } };
    await agent.decide(turn, IDLE);
    const deciding = agent.decide(turn, IDLE);
    const end = performance.now() + 1000;
    expect((await deciding).fallback?.agent).toBe('slow');
    expect(model.requests[1]?.deadline).toBeLessThanOrEqual(end - 250);
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const deaf: LanguageModel = { ...oneByOne([]), generate: () => new Promise(() => {}) };
    const deciding = llm(deaf).decide(TURN, stop.signal);
    stop.abort();
    expect((await deciding).fallback?.reason).toBe('timeout');
  });

  it('plays a legal action even if the fallback fails too', async () => {
    const broken: Agent = { name: 'broken', decide: () => Promise.reject(new Error('broken')) };
    const decision = await llm(scriptedModel(['?']), { fallback: broken }).decide(TURN, IDLE);
    expect(TURN.actions).toContain(decision.action);
    expect(decision.fallback).toMatchObject({ reason: 'unparsable', agent: 'first-legal' });
  });

  it('resolves a tie with the action that the fallback rates highest', async () => {
    const rating: Agent = {
      name: 'rating',
      decide: async ({ actions: [first] }) => ({
        action: first ?? { type: 'pass' },
        scores: [
          { choice: 'move 1', score: 1 },
          { choice: 'move 3', score: 0.2 },
          { choice: 'switch 2', score: 0.5 },
        ],
      }),
    };
    const model = oneByOne(['{"choice": 5}', '{"choice": 9}', '{"choice": 3}']);
    const agent = llm(model, { strategy: 'self-consistency', fallback: rating });
    const decision = await agent.decide(TURN, IDLE);
    expect(toChoice(decision.action)).toBe('switch 2');
    expect(decision.fallback).toBeUndefined();
  });

  it.each(STRATEGIES)('decides the same for the same seed (%s)', async (strategy) => {
    // The answer depends on the seed of the sample alone.
    const bySeed: Script = ({ seed = 0 }) => `{"choice": ${1 + (seed % 9)}}`;
    const agent = llm(oneByOne(bySeed), { strategy, lookAhead: { playouts: 200 } });
    const [a, b] = [await agent.decide(TURN, IDLE), await agent.decide(TURN, IDLE)];
    expect(toChoice(b.action)).toBe(toChoice(a.action));
    expect(b.prompt).toEqual(a.prompt);
    expect(a.fallback).toBeUndefined();
  });

  it('refuses a prompt style that does not exist', () => {
    expect(() => llm(scriptedModel([]), { promptStyle: 'nonsense' })).toThrow(UserError);
  });

  it('refuses a prompt style with a mistake in it before any battle, and says where the mistake is', () => {
    const style = mkdtempSync(join(tmpdir(), 'pokellmon-style-'));
    writeFileSync(join(style, 'system.liquid'), 'You play {{ format }}.');
    writeFileSync(join(style, 'turn.liquid'), '{% for p in you.active %}{{ p.speces }}{% endfor %}');
    expect(() => llm(scriptedModel([]), { promptStyle: style })).toThrow(/turn\.liquid.*line:1/);
    rmSync(style, { recursive: true });
  });
});
