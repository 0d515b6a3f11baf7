import { expect, test } from 'vitest';
import { scoreSingles } from '../../src/agent/calc/singles.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { createSearchAgent } from '../../src/agent/search-agent.ts';
import { toId } from '../../src/battle/generations.ts';
import type { SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { FrameRecorder } from '../../src/ledger/frame-recorder.ts';
import { type DecisionPoint, decisionPoints } from '../../src/memory/decision-points.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { createRandom, type Random } from '../../src/util/random.ts';
import { isRequest, RECORDED_VIEWS, type RecordedView, recordedView } from './recorded-view.ts';

/** Names that every plain object has as keys. */
const HOSTILE_IDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
const ROUNDS = 3;
/** Results of looking such a name up in a plain object, or of missing entries. */
const NO_WORDS = /\[object|function|native code|undefined|NaN/;
const STYLES = ['grounded', 'pokellmon', 'compact'];
const search = createSearchAgent({ playouts: 6, fallback: calcAgent });

/** A name, after a prefix that says whose or what it is, and before a level or similar suffix. */
const NAME = /^((?:\[\w+\] ?)?(?:p[12][ab]?: ?|move: ?|ability: ?|item: ?)?)([^,:[\]]+)(.*)$/;
/** A condition such as `100/100 par`: its status is a name. */
const CONDITION = /^(\d+(?:\/\d+)? )(\w+)()$/;
/** HP, levels and sides are not names. */
const NO_NAME = /^(?:\d|p[12][ab]?$)/;

type Rename = (name: string) => string;

function renameField(field: string, rename: Rename): string {
  const [, head = '', name = '', tail = ''] = CONDITION.exec(field) ?? NAME.exec(field) ?? [];
  return name === '' || NO_NAME.test(name) ? field : `${head}${rename(name)}${tail}`;
}

function renameValue(value: unknown, rename: Rename): unknown {
  if (typeof value === 'string') return renameField(value, rename);
  if (Array.isArray(value)) return value.map((each) => renameValue(each, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renameValue(each, rename)]));
}

function renameLine(line: string, rename: Rename): string {
  if (isRequest(line)) {
    const request: unknown = JSON.parse(line.slice('|request|'.length));
    return `|request|${JSON.stringify(renameValue(request, rename))}`;
  }
  const [before = '', kind = '', ...fields] = line.split('|');
  return [before, kind, ...fields.map((field) => renameField(field, rename))].join('|');
}

/** Replaces some names of a battle with a hostile id, each in the same way in all lines and requests. */
function always(hostile: string, random: Random): Rename {
  const names = new Map<string, boolean>();
  return (name) => {
    const id = toId(name);
    const known = names.get(id) ?? random.below(4) === 0;
    names.set(id, known);
    return known ? hostile : name;
  };
}

/** Replaces a name with a hostile id now and then. */
function atTimes(hostile: string, random: Random): Rename {
  return (name) => (random.below(12) === 0 ? hostile : name);
}

function promptsOf(point: DecisionPoint): readonly string[] {
  const assessment = assessTurn(point.state, point.memory.turns);
  return STYLES.map((style) => {
    const { messages } = renderPrompt(style, { ...point, assessment, question: { kind: 'reasoned' } });
    return messages.map(({ content }) => content).join('\n');
  });
}

async function expectSane(point: DecisionPoint, seed: string): Promise<void> {
  const { state } = point;
  for (const text of promptsOf(point)) expect(text).not.toMatch(NO_WORDS);
  const clock = { turnMs: 60_000 };
  const turn = { battleId: 'hostile', ...point, clock, random: createRandom(seed) };
  // Otherwise the agent plays on by simpler rules.
  if (point.request.type !== 'team' && state.foe.active.some((foe) => foe && !foe.fainted))
    scoreSingles(turn);
  for (const agent of [calcAgent, search, randomAgent]) {
    const { action, scores = [] } = await agent.decide(turn, new AbortController().signal);
    expect(point.actions).toContain(action);
    for (const { score } of scores) expect(score).not.toBeNaN();
  }
}

/** The text of the ledger's page for a battle. */
function pageOf(lines: readonly string[], side: SideId): string {
  const recorder = new FrameRecorder();
  const tracker = new BattleTracker({ side, onTurnEnd: (turn) => recorder.turnEnd(turn, tracker) });
  for (const line of lines) tracker.add(line);
  return JSON.stringify(recorder.frames({ p1: 'constructor', p2: '__proto__' }));
}

/** Follows a battle, and lets all agents decide at some of its decisions. */
async function follow(
  { side, lines: original }: RecordedView,
  rename: Rename,
  seed: string,
): Promise<number> {
  const random = createRandom(seed);
  const lines = original.map((line) => renameLine(line, rename));
  expect(pageOf(lines, side)).not.toMatch(NO_WORDS);
  let asked = 0;
  for (const point of decisionPoints(
    lines.map((line) => renameLine(line, rename)),
    side,
  )) {
    if (random.below(8) !== 0) continue;
    asked++;
    await expectSane(point, seed);
  }
  return asked;
}

test.each(HOSTILE_IDS)('anything may have the name %s', async (hostile) => {
  const random = createRandom(`hostile ${hostile}`);
  let asked = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const view = recordedView(random.pick(RECORDED_VIEWS));
    const rename = (round % 2 === 0 ? always : atTimes)(hostile, random);
    asked += await follow(view, rename, `${hostile} ${round}`);
  }
  expect(asked).toBeGreaterThan(ROUNDS);
  expect(Object.keys(Object)).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a value of 10,000 letters reaches no prompt uncut', async () => {
  const long = 'Qx'.repeat(5000);
  const random = createRandom('long');
  let prompts = 0;
  let cut = 0;
  for (const make of [always, atTimes, always]) {
    const { side, lines } = recordedView(random.pick(RECORDED_VIEWS));
    const rename = make(long, random);
    const renamed = lines.map((line) => renameLine(line, rename));
    expect([...decisionPoints(renamed, side)]).toHaveLength([...decisionPoints(lines, side)].length);
    for (const point of decisionPoints(renamed, side)) {
      if (random.below(4) !== 0) continue;
      for (const text of promptsOf(point)) {
        prompts++;
        if (/(?:qx){5}/i.test(text)) cut++;
        expect(text).not.toMatch(/(?:qx){31}/i);
      }
    }
  }
  expect(cut).toBeGreaterThan(prompts / 4);
});
