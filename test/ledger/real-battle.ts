import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Decision } from '../../src/agent/agent.ts';
import { toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import type { BattleLedger } from '../../src/ledger/battle-ledger.ts';
import { decisionRecord } from '../../src/ledger/decision-record.ts';
import type { BattleInfo, DecisionRecord } from '../../src/ledger/record.ts';

/** Path of a recorded battle's file. */
export function fixturePath(battle: string, name: string): string {
  return new URL(`../fixtures/battles/${battle}/${name}`, import.meta.url).pathname;
}

/** The lines of a recorded log. */
export function recordedLines(battle: string, name: string): string[] {
  return readFileSync(fixturePath(battle, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** Battle 1: fpr100a, whose view was recorded, beats per100a in 31 turns. */
export const BATTLE_1: BattleInfo = {
  id: 'gen9randombattle-426',
  format: 'gen9randombattle',
  seed: 'recorded',
  players: {
    p1: {
      name: 'fpr100a',
      agent: 'voter',
      model: 'scripted/test',
      strategy: 'self-consistency',
      promptStyle: 'grounded',
    },
    p2: { name: 'per100a' },
  },
  versions: { pokellmon: '0.0.0-test' },
};

/** A decision with every field that a decision can have, for the first legal action. */
function fullDecision(actions: ReturnType<typeof legalActions>, extra: Partial<Decision> = {}): Decision {
  const [first, second = first] = actions;
  if (!first || !second) throw new Error('Expected a legal action');
  return {
    action: first,
    reasoning: 'It hits hard.',
    votes: [
      { choice: toChoice(first), text: '{"action": 1}', latencyMs: 120 },
      { choice: toChoice(first), text: '{"action": 1}', latencyMs: 90 },
      { choice: toChoice(second), text: '{"action": 2}', latencyMs: 100 },
      { abstained: 'unparsable', text: 'Well …', latencyMs: 80 },
    ],
    usage: { inputTokens: 900, cachedInputTokens: 300, outputTokens: 40, calls: 4, costUsd: 0.0012 },
    prompt: {
      style: 'grounded',
      hash: 'ab'.repeat(32),
      messages: [{ role: 'system', content: 'Win.\nThe battle.' }],
    },
    ...extra,
  };
}

/** Plays a recorded battle of p1 into a ledger, as a battle loop would: lines, then the decision on each request. */
export function playRecorded(
  ledger: BattleLedger,
  options: {
    extra?: Partial<Decision>;
    latencyMs?: number;
    onDecision?: (record: DecisionRecord) => void;
  } = {},
): DecisionRecord[] {
  const records: DecisionRecord[] = [];
  const tracker: BattleTracker = new BattleTracker({
    side: 'p1',
    onTurnEnd: (turn) => ledger.turnEnd(turn, tracker),
  });
  for (const line of recordedLines('battle-01', 'spectator.log')) ledger.line('spectator', line);
  for (const line of recordedLines('battle-01', 'fpr100a.log')) {
    ledger.line('p1', line);
    tracker.add(line);
    const { request } = tracker;
    if (!line.startsWith('|request|') || !request || request.type === 'wait') continue;
    const actions = legalActions(request);
    const record = decisionRecord({
      battleId: BATTLE_1.id,
      side: 'p1',
      agent: 'voter',
      turn: tracker.state.turn,
      asked: { request, actions, clock: { turnMs: 10_000 } },
      decision: fullDecision(actions, options.extra),
      latencyMs: options.latencyMs ?? 130,
    });
    records.push(record);
    ledger.decision(record);
    options.onDecision?.(record);
  }
  return records;
}

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A new empty folder for one test; it is removed after the last test of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pokellmon-ledger-'));
  folders.push(folder);
  return folder;
}
