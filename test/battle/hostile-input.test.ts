import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { describeAction, type MoveAction, sameAction, toChoice } from '../../src/battle/action.ts';
import { parseRequest, RequestError } from '../../src/battle/request.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { createRandom } from '../../src/util/random.ts';

const recording = new URL('../fixtures/recordings/battle-01.fpr100a.log.gz', import.meta.url);
const LINES = gunzipSync(readFileSync(recording)).toString('utf8').split('\n');

const HOSTILE = [
  '|-damage|p1a: Nobody|1e999/1e999',
  '|-damage|p1a: {{ 7 | times: 7 }}|50/100',
  '|switch|p2a: \u001b[2J|Missingno., L999999|0/0',
  '|switch|p2a: x',
  '|move|p9z: Ghost|__proto__|constructor',
  '|-sidestart|p1: __proto__|__proto__',
  '|-start|p1a: x|__proto__',
  '|-fieldstart|move: constructor',
  '|-weather|toString',
  '|-boost|p1a: Appletun|__proto__|99999999999999999999',
  '|turn|NaN',
  '|turn|-1',
  '|gen|nine',
  '|poke|p3|Pikachu',
  '|-terastallize|p1a: Appletun|<script>',
  '|request|{"side":',
  '|request|[]',
  '|unheard-of|a|b|c',
  'no protocol line',
  '||',
  `|c|☆x|${'a'.repeat(100_000)}`,
];

describe('a tracker', () => {
  test('survives hostile lines anywhere in a battle, and still knows how it ends', () => {
    const random = createRandom('hostile');
    for (let round = 0; round < 10; round++) {
      const tracker = new BattleTracker({ side: 'p1' });
      for (const line of LINES) {
        // Hostile lines do not pretend to be a switch or a turn: those would be believed, like a server's.
        if (random.below(5) === 0) tracker.add(random.pick(HOSTILE));
        tracker.add(line);
        if (line.startsWith('|turn|')) expect(tracker.state.own.pokemon.length).toBeGreaterThan(0);
      }
      expect(tracker.ended).toBe(true);
    }
    expect(Object.keys({})).toEqual([]);
    expect('layers' in {}).toBe(false);
  });

  test('reports what it could not follow', () => {
    const problems: string[] = [];
    const tracker = new BattleTracker({ side: 'p1', onProblem: ({ line }) => problems.push(line) });
    tracker.add('|request|{"side":');
    expect(problems).toEqual(['|request|{"side":']);
  });

  test.each(['Infinity/100', '1e999/100', `${'9'.repeat(400)}/100`, '-5/100', 'NaN', '1e9'])(
    'rejects HP of %s',
    (health) => {
      const problems: string[] = [];
      const tracker = new BattleTracker({ side: 'p1', onProblem: ({ line }) => problems.push(line) });
      for (const line of ['|gen|9', '|switch|p2a: Rex|Snorlax, L80, M|60/100']) tracker.add(line);
      tracker.add(`|-damage|p2a: Rex|${health}`);
      tracker.catchUp();
      expect(problems).toEqual([`|-damage|p2a: Rex|${health.slice(0, 128)}`]);
      expect(tracker.state.foe.active[0]?.hp).toBe(0.6);
    },
  );
});

describe('parseRequest', () => {
  test.each([
    '{',
    '[]',
    '7',
    '"x"',
    '{}',
    '{"active":[]}',
    '{"side":{"id":"p3","name":"","pokemon":[]},"wait":true}',
  ])('%s is refused in one line', (json) => {
    expect(() => parseRequest(json)).toThrow(RequestError);
    expect(() => parseRequest(json)).toThrow(/^[^\n]+$/);
  });

  test('triples and battles of four are refused, not half answered', () => {
    const side = { id: 'p1', name: 'x', pokemon: [] };
    for (const asked of [
      { active: [{ moves: [] }, { moves: [] }, { moves: [] }], side },
      { forceSwitch: [true, true, true], side },
      { active: [{ moves: [] }], side: { ...side, id: 'p3' } },
    ]) {
      expect(() => parseRequest(JSON.stringify(asked))).toThrow(RequestError);
    }
  });

  test('null and empty text are not requests; unknown keys are dropped', () => {
    expect(parseRequest('null')).toBeUndefined();
    expect(parseRequest('')).toBeUndefined();
    expect(parseRequest('{"wait":true,"rqid":3,"__proto__":{"x":1},"new":[1]}')).toEqual({
      type: 'wait',
      rqid: 3,
    });
  });
});

describe('an action', () => {
  const surf: MoveAction = { type: 'move', slot: 2, move: 'surf', name: 'Surf' };

  test.each([
    [surf, 'move 2', 'use Surf'],
    [{ ...surf, gimmick: 'terastallize' } as const, 'move 2 terastallize', 'Terastallize and use Surf'],
    [
      { ...surf, target: 1, gimmick: 'mega' } as const,
      'move 2 +1 mega',
      'Mega Evolve and use Surf at the foe on the left',
    ],
    [{ ...surf, target: -2 }, 'move 2 -2', 'use Surf at the ally on the right'],
    [{ type: 'switch', slot: 4, species: 'Milotic' } as const, 'switch 4', 'switch to Milotic'],
    [{ type: 'switch', slot: 4, species: 'Milotic', revive: true } as const, 'switch 4', 'revive Milotic'],
    [{ type: 'team', order: [3, 1, 2], leads: ['Milotic'] } as const, 'team 312', 'lead with Milotic'],
    [{ type: 'team', order: [10, 1], leads: ['Milotic'] } as const, 'team 10,1', 'lead with Milotic'],
    [{ type: 'pair', left: surf, right: { type: 'pass' } } as const, 'move 2, pass', 'use Surf; pass'],
  ])('%j', (action, choice, words) => {
    expect(toChoice(action)).toBe(choice);
    expect(describeAction(action)).toBe(words);
  });

  test('equals another when their choice strings are equal', () => {
    expect(sameAction(surf, { ...surf, name: 'Surf (renamed)' })).toBe(true);
    expect(sameAction(surf, { ...surf, gimmick: 'terastallize' })).toBe(false);
  });
});
