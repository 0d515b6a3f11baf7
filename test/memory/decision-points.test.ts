import { expect, test } from 'vitest';
import { calcAgent } from '../../src/agent/calc.ts';
import { createLLMAgent } from '../../src/agent/llm/llm-agent.ts';
import { playMatch } from '../../src/arena/match.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { NO_LEDGER } from '../../src/ledger/battle-ledger.ts';
import type { DecisionRecord } from '../../src/ledger/record.ts';
import { decisionPoints } from '../../src/memory/decision-points.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { inOldOrder, RECORDED_VIEWS, recordedView } from '../battle/recorded-view.ts';

test.each(RECORDED_VIEWS.filter((_, index) => index % 8 === 0))(
  '%s: has the same decisions when each request comes before its log, as on older servers',
  (file) => {
    const { lines, side } = recordedView(file);
    const now = [...decisionPoints(lines, side)];
    const before = [...decisionPoints(inOldOrder(lines), side)];
    expect(now.length).toBeGreaterThan(5);
    // The end of the game follows the last request, and only then belongs to its log.
    expect(before.slice(0, -1)).toEqual(now.slice(0, -1));
  },
);

test.each(['gen9randombattle', 'gen8randombattle', 'gen8randomdoublesbattle'])(
  '%s: with the recorded decisions, each prompt equals the one that was shown',
  async (format) => {
    // Switches whenever it can, so that the guard against panic switches adds to the next prompts.
    const model = scriptedModel(({ messages }, index) => {
      const [left = [], right] = (messages.at(-1)?.content ?? '')
        .split(/^Right, /m)
        .map((list) => [...list.matchAll(/^(\d+)\. (switch|use)/gm)].map(([, number]) => Number(number)));
      const one = (index % 4 === 0 ? left[0] : left.at(-1)) ?? 1;
      return `{"choice": ${right ? 100 * one + (right.at(index % 4 === 0 ? 0 : -2) ?? 1) : one}}`;
    });
    const agent = createLLMAgent({
      ...{ model, strategy: 'direct', promptStyle: 'grounded', votes: 1, fallback: calcAgent },
    });
    const lines: string[] = [];
    const records: DecisionRecord[] = [];
    await playMatch({
      ...{ battleId: 'prompts', format, seed: 'prompts', fallback: calcAgent, turnMs: 10_000 },
      players: { p1: { agent, name: 'switcher' }, p2: { agent: calcAgent, name: 'calc' } },
      ledger: { ...NO_LEDGER, line: (view, line) => view === 'p1' && void lines.push(line) },
      onDecision: (record) => record.side === 'p1' && void records.push(record),
    });
    const shown = records.filter(({ prompt }) => prompt);
    expect(shown.length).toBeGreaterThan(8);
    const streaks = records.map(({ switching }) => switching?.consecutive ?? 0);
    expect(Math.max(...streaks)).toBeGreaterThan(1);
    const points = [...decisionPoints(lines, 'p1', records)];
    for (const { request: type, prompt, turn, legalActions } of shown) {
      const point = points.find(
        ({ request, actions, ...at }) =>
          at.turn === turn && request.type === type && actions.length === legalActions,
      );
      if (!point) throw new Error(`Turn ${turn} has no such decision`);
      const assessment = assessTurn(point.state, point.memory.turns);
      const again = renderPrompt('grounded', { ...point, assessment, question: { kind: 'direct' } });
      expect(again.messages, `turn ${turn}`).toEqual(prompt?.messages);
    }
  },
);

test('a memory is that of its decision however late it is read, and memories share finished turns', () => {
  const { lines, side } = recordedView(RECORDED_VIEWS[0] ?? '');
  const atOnce: string[] = [];
  const points = [];
  for (const point of decisionPoints(lines, side)) {
    atOnce.push(JSON.stringify(point.memory));
    points.push(point);
  }
  expect(points.map(({ memory }) => JSON.stringify(memory))).toEqual(atOnce);
  const last = points.at(-1)?.memory.turns ?? [];
  expect(last.length).toBeGreaterThan(10);
  // Otherwise a battle of 200,000 turns would be copied as many times.
  for (const { memory } of points)
    for (const [index, { events }] of memory.turns.slice(0, -1).entries()) {
      expect(events).toBe(last[index]?.events);
    }
});
