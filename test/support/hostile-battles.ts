import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import PQueue from 'p-queue';
import type { Agent, FallbackReason } from '../../src/agent/agent.ts';
import { createLLMAgent } from '../../src/agent/llm/llm-agent.ts';
import type { StrategyName } from '../../src/agent/llm/strategy-names.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { type MatchResult, playMatch } from '../../src/arena/match.ts';
import type { DecisionRecord } from '../../src/ledger/record.ts';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { createOpenAIModel } from '../../src/model/openai.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import {
  type ChatRequest,
  FAULTS,
  type Fault,
  seededPlan,
  startMisbehavingServer,
} from './misbehaving-server.ts';

export interface HostileOptions {
  readonly battles: number;
  readonly seed: string;
  readonly format: string;
  readonly strategy: StrategyName;
  /** Time for one decision, in ms. */
  readonly turnMs: number;
  /** Decides when no answer of the model can be used. */
  readonly fallback: Agent;
  /** Battles at the same time. */
  readonly concurrency: number;
}

/** What happened in battles against a server that misbehaves. */
export interface HostileReport {
  /** Battles that were played to their end. */
  readonly finished: number;
  /** Choices that the simulator refused. */
  readonly invalidChoices: number;
  /** Decisions for which the model was asked. */
  readonly asked: number;
  /** How the decisions ended whose only request met this fault: a fallback's reason, or `played`. */
  readonly outcomes: ReadonlyMap<Fault, ReadonlyMap<FallbackReason | 'played', number>>;
  /** Requests of all kinds, retries included. */
  readonly requests: Readonly<Record<Fault, number>>;
  /** By how much the slowest decision exceeded its time, in ms; negative when none did. */
  readonly worstOvershootMs: number;
  /** The longest delay of a timer, by this process or by others on the machine, in ms. */
  readonly worstTimerDelayMs: number;
  /** Decisions of the agent under test. */
  readonly decisions: readonly DecisionRecord[];
}

/** Half of the requests go well; each fault has the same share of the others. */
const WEIGHTS = Object.fromEntries(FAULTS.map((fault) => [fault, fault === 'none' ? FAULTS.length - 1 : 1]));

/**
 * Plays battles of a language-model agent against max-power. The model's server misbehaves in every second request;
 * each request is made once, so that each has one fault.
 */
export async function playHostileBattles(options: HostileOptions): Promise<HostileReport> {
  const { seed, turnMs } = options;
  const faults = new Map<string, Fault[]>();
  const draw = seededPlan(seed, WEIGHTS);
  const server = await startMisbehavingServer({
    plan(index, request, repeat) {
      const fault = draw(index, request, repeat);
      const hash = hashOf(request);
      faults.set(hash, [...(faults.get(hash) ?? []), fault]);
      return fault;
    },
    answer: goodAnswer,
  });
  const agent = agentWith(
    createOpenAIModel({ model: 'test-model', baseUrl: server.baseUrl, maxRetries: 0 }),
    options,
  );
  const decisions: DecisionRecord[] = [];
  const play = (player: Agent, battleId: string, ms: number): Promise<MatchResult> =>
    playMatch({
      battleId,
      format: options.format,
      seed: `${seed}-${battleId}`,
      players: { p1: { agent: player, name: 'Agent' }, p2: { agent: maxPowerAgent, name: 'Foe' } },
      fallback: options.fallback,
      turnMs: ms,
      onDecision: (record) => {
        if (record.agent === agent.name) decisions.push(record);
      },
    });

  // The first battle of a process loads the knowledge, which is not measured here.
  await play(agentWith(scriptedModel(goodAnswer), options), 'warm-up', 60_000);
  const timers = monitorEventLoopDelay({ resolution: 10 });
  timers.enable();
  const queue = new PQueue({ concurrency: options.concurrency });
  const matches = await Promise.all(
    Array.from({ length: options.battles }, (_, number) =>
      queue.add(() => play(agent, `hostile-${number}`, turnMs)),
    ),
  ).finally(() => server.close());
  timers.disable();

  const asked = decisions.filter(({ legalActions }) => legalActions > 1);
  const outcomes = new Map<Fault, Map<FallbackReason | 'played', number>>();
  for (const { prompt, fallback } of asked) {
    const [fault, ...others] = faults.get(prompt?.hash ?? '') ?? [];
    if (!fault || others.length > 0) continue;
    const counts = outcomes.get(fault) ?? new Map<FallbackReason | 'played', number>();
    const outcome = (fallback?.reason ?? 'played') as FallbackReason | 'played';
    outcomes.set(fault, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  }
  return {
    finished: matches.filter(({ result }) => result).length,
    invalidChoices: matches.reduce((sum, match) => sum + match.invalidChoices, 0),
    asked: asked.length,
    outcomes,
    requests: server.counts,
    worstOvershootMs: Math.max(...decisions.map(({ timing }) => timing.latencyMs - timing.turnMs)),
    worstTimerDelayMs: timers.max / 1e6,
    decisions,
  };
}

function agentWith(model: LanguageModel, { strategy, fallback }: HostileOptions): Agent {
  return createLLMAgent({ model, strategy, promptStyle: 'compact', votes: 3, fallback });
}

/** The first action; in doubles a number joins the options of both slots. */
function goodAnswer({ messages }: Pick<ChatRequest, 'messages'>): string {
  const pair = messages.at(-1)?.content.includes('joins two');
  return `{"reason": "It seems best.", "choice": ${pair ? 101 : 1}}`;
}

/** Hashed like prompts. */
function hashOf({ messages }: ChatRequest): string {
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex');
}
