import { readFileSync } from 'node:fs';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { SideId } from '../../src/battle/state.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { type DecisionPoint, decisionPoints } from '../../src/memory/decision-points.ts';
import type { PromptInput, PromptQuestion } from '../../src/observation/prompt.ts';

/** A recorded game from one player's view. */
export interface Recording {
  readonly file: string;
  readonly side: SideId;
}

export const BATTLE_01: Recording = { file: 'battle-01/fpr100a.log', side: 'p1' };
export const BATTLE_14: Recording = { file: 'battle-14/fpr500.log', side: 'p1' };
export const BATTLE_20: Recording = { file: 'battle-20/sh346181.log', side: 'p2' };

const read = new Map<string, readonly DecisionPoint[]>();

/** All decisions of a recorded game. */
export function decisionsOf({ file, side }: Recording): readonly DecisionPoint[] {
  const known = read.get(file);
  if (known) return known;
  const lines = readFileSync(`test/fixtures/battles/${file}`, 'utf8').split('\n');
  const points = [...decisionPoints(lines, side)];
  read.set(file, points);
  return points;
}

/** The input for a question about a moment. */
export function inputOf(
  { request, actions, state, memory }: Omit<DecisionPoint, 'turn'>,
  question: PromptQuestion = { kind: 'direct' },
): PromptInput {
  return { request, actions, state, memory, assessment: assessTurn(state, memory.turns), question };
}

/** One decision of a recorded game. */
export function recordedTurn(
  recording: Recording,
  turn: number,
  type: ChoiceRequest['type'] = 'move',
): DecisionPoint {
  const found = decisionsOf(recording).find((point) => point.turn === turn && point.request.type === type);
  if (!found) throw new Error(`${recording.file} has no ${type} request on turn ${turn}`);
  return found;
}
