import { describe, expect, it } from 'vitest';
import { parseAnswer, parseProposals } from '../../../src/agent/llm/parse-answer.ts';
import { type Action, describeAction, toChoice } from '../../../src/battle/action.ts';
import type { Candidate } from '../../../src/observation/prompt.ts';
import { createRandom } from '../../../src/util/random.ts';

function candidatesOf(actions: readonly Action[]): Candidate[] {
  return actions.map((action, i) => ({ number: i + 1, action, words: describeAction(action) }));
}

const MOVES: Action[] = [
  ['surf', 'Surf'],
  ['uturn', 'U-turn'],
  ['rest', 'Rest'],
  ['willowisp', 'Will-O-Wisp'],
].flatMap(([move = '', name = ''], i) => [
  { type: 'move', slot: i + 1, move, name },
  { type: 'move', slot: i + 1, move, name, gimmick: 'terastallize' },
]);
/** 1–8: four moves, each without and with tera; 9–12: switches. */
const CANDIDATES = candidatesOf([
  ...MOVES,
  { type: 'switch', slot: 2, species: 'Milotic' },
  { type: 'switch', slot: 3, species: 'Rotom-Wash' },
  { type: 'switch', slot: 4, species: 'Flabébé' },
  { type: 'switch', slot: 6, species: 'Charizard-Mega-X' },
]);

/** The choice string of the answer, or why there is none. */
function read(text: string, candidates: readonly Candidate[] = CANDIDATES): string {
  const answer = parseAnswer(text, candidates);
  return answer.kind === 'action' ? toChoice(answer.candidate.action) : answer.reason;
}

describe('parseAnswer', () => {
  it.each([
    ['{"choice": 3}', 'move 2'],
    ['{"reason": "It resists Water.", "choice": 9}', 'switch 2'],
    ['```json\n{\n  "choice": 1,\n}\n```', 'move 1'],
    ['Sure! Here it is: {"choice":"10"} Good luck!', 'switch 3'],
    ['{"choice": 4', 'move 2 terastallize'],
    ['{"reason": "cut off strings too", "choice": "switch to Rotom-W', 'switch 3'],
    ["{'choice': 'use Surf'}", 'move 1'],
    ['"{\\"choice\\": 3}"', 'move 2'],
    ['{"choice": "move 1 terastallize"}', 'move 1 terastallize'],
    ['{"choice": "/choose switch 6"}', 'switch 6'],
    ['{"move": "will-o-wisp"}', 'move 4'],
    ['{"switch": "rotom wash"}', 'switch 3'],
    ['{"choice": "3. use U-turn"}', 'move 2'],
    ['Draft: {"choice": 1}. On reflection: {"choice": 9}', 'switch 2'],
    ['<think>{"choice": 1} or {"choice": 2}?</think>\n{"choice": 9}', 'switch 2'],
    ['thinking without a start tag {"choice": 1}</think>{"choice": 9}', 'switch 2'],
  ])('reads JSON: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['3', 'move 2'],
    [' **7**. ', 'move 4'],
    ['#9', 'switch 2'],
    ['Option 10', 'switch 3'],
    ['5. use Rest', 'move 3'],
    ['Surf is resisted and Milotic dies.\n\nMy final choice is **3**.', 'move 2'],
    ['Both are close.\n\n12', 'switch 6'],
  ])('reads numbers: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['surf', 'move 1'],
    ['Use Surf.', 'move 1'],
    ['Terastallize and use U-turn', 'move 2 terastallize'],
    ['u-turn + tera', 'move 2 terastallize'],
    ['switch to Flabebe', 'switch 4'],
    ['I will switch to Charizard', 'switch 6'],
    ['wow', 'move 4'],
    ['move 2', 'move 2'],
    ['The foe is slower and weak to water, so we should simply attack it with Surf here.', 'move 1'],
    ['Weighing everything at length, the rest of the team is healthy. I use Will-O-Wisp.', 'move 4'],
    ['Surf looks good, but U-turn is safer.\nuse U-turn', 'move 2'],
  ])('reads names: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['{"choice": 13}', 'illegal-action'],
    ['{"choice": -1}', 'illegal-action'],
    ['{"choice": 2.5}', 'illegal-action'],
    ['{"choice": "Thunderbolt"}', 'illegal-action'],
    ['{"choice": "switch to Pikachu"}', 'illegal-action'],
    ['{"choice": "switch 5"}', 'illegal-action'],
    ['{"choice": "Leftovers"}', 'illegal-action'],
    ['{"choice": "Dynamax and use Surf"}', 'illegal-action'],
    ['{"choice": "use Hyper Splash"}', 'unknown-action'],
    ['{"switch": "Zapplin"}', 'unknown-action'],
    ['{"choice": "constructor"}', 'unknown-action'],
    ['{"choice": "toString"}', 'unknown-action'],
    ['use Fissure', 'illegal-action'],
    ['switch to Zapplin', 'unknown-action'],
    ['{"choice": }', 'unparsable'],
    ['{"choice": "1. use U-turn"}', 'unparsable'],
    ['{"choice": "Surf or U-turn"}', 'unparsable'],
    ['I am sorry, but I cannot help with that.', 'unparsable'],
    ['Surf might be fine. Then again U-turn keeps momentum.', 'unparsable'],
    ['the rest of my team is healthy, which is something to keep in mind during this battle', 'unparsable'],
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['<think>{"choice": 3}</think>', 'empty'],
    ['<think>cut off {"choice": 3}', 'empty'],
  ])('accepts nothing else as an answer: %s', (text, reason) => {
    expect(read(text)).toBe(reason);
  });

  it('does not complete a number that was cut off', () => {
    expect(read('{"choice": 1')).toBe('unparsable');
    expect(read('{"choice": 1}')).toBe('move 1');
    expect(read('{"choice": 1', CANDIDATES.slice(0, 9))).toBe('move 1');
  });

  it('says what it could not use, in one line', () => {
    const answer = parseAnswer('{"choice": "Zap\u001b[31mplin"}', CANDIDATES);
    expect(answer).toEqual({
      kind: 'abstain',
      reason: 'unknown-action',
      detail: '"Zap [31mplin" does not exist',
    });
  });

  it('survives any text, and answers only with a candidate', () => {
    const random = createRandom('garbage');
    const pieces = [
      '{', '}', '"choice"', ':', ' ', '"', "'", '\\', '\n', ',', '[', ']', '1', '12', '-', '.', '9'.repeat(40),
      'use', 'switch to', 'Surf', 'Milotic', 'U-turn', 'tera', '<think>', '</think>', '```', '"move"', 'toString',
      '__proto__', '\u0000', '\u202e', '💥', 'é', 'ß', 'move 2', 'choose', 'answer', '{"choice":', '\ud800',
    ]; // biome-ignore format: a table
    const seen = new Set<string>();
    for (let trial = 0; trial < 3000; trial++) {
      const text = Array.from({ length: random.below(30) }, () => random.pick(pieces)).join('');
      const answer = parseAnswer(text, CANDIDATES);
      if (answer.kind === 'action') expect(CANDIDATES).toContain(answer.candidate);
      else expect(answer.detail).not.toBe('');
      seen.add(answer.kind === 'action' ? 'action' : answer.reason);
    }
    expect([...seen].sort()).toEqual(['action', 'empty', 'illegal-action', 'unknown-action', 'unparsable']);
  });

  it.each(['{"choice":', '"choice" : "', '<think>', 'choice is is is ', 'Surf ', '1. ', '((((', '\\"', '  '])(
    'does bounded work on a megabyte of %j',
    (piece) => {
      expect(() => parseAnswer(piece.repeat(1_000_000 / piece.length), CANDIDATES)).not.toThrow();
    },
  );
});

describe('parseAnswer in doubles', () => {
  const right: Action[] = [
    { type: 'move', slot: 1, move: 'protect', name: 'Protect' },
    { type: 'switch', slot: 3, species: 'Milotic' },
  ];
  const pairs = MOVES.slice(0, 3).flatMap((left, l) =>
    right.map((action, r): Candidate => {
      const pair = { type: 'pair', left, right: action } as Action;
      return { number: 100 * (l + 1) + r + 1, action: pair, words: describeAction(pair) };
    }),
  );

  it.each([
    ['{"choice": 302}', 'move 2, switch 3'],
    ['{"choice": [3, 2]}', 'move 2, switch 3'],
    ['{"choice": "3, 2"}', 'move 2, switch 3'],
    ['{"choice": "use U-turn, switch to Milotic"}', 'move 2, switch 3'],
    ['{"choice": "move 2, switch 3"}', 'move 2, switch 3'],
    ['{"choice": 303}', 'illegal-action'],
    ['{"choice": 3}', 'illegal-action'],
    ['{"choice": 30', 'unparsable'],
  ])('reads %s', (text, expected) => {
    expect(read(text, pairs)).toBe(expected);
  });

  it('accepts one name when the other slot has nothing to do', () => {
    const forced = candidatesOf([
      { type: 'pair', left: { type: 'pass' }, right: { type: 'switch', slot: 3, species: 'Milotic' } },
      { type: 'pair', left: { type: 'pass' }, right: { type: 'switch', slot: 4, species: 'Gyarados' } },
    ]);
    expect(read('{"choice": "Gyarados"}', forced)).toBe('pass, switch 4');
  });
});

describe('parseProposals', () => {
  it('returns distinct playable candidates with their reasons, in the order proposed', () => {
    const text = `{"candidates": [{"choice": 9, "reason": "bul\\nky"}, {"choice": 77, "reason": "no"}, {"choice": 9},
      {"choice": "Surf"}, {"choice": 3, "reason": "fast and cut off`;
    const proposed = parseProposals(text, CANDIDATES, 3);
    expect(proposed.map(({ number, reason }) => [number, reason])).toEqual([
      [9, 'bul ky'],
      [1, undefined],
      [3, 'fast and cut off'],
    ]);
    expect(parseProposals(text, CANDIDATES, 2)).toHaveLength(2);
    expect(parseProposals('no idea', CANDIDATES, 3)).toEqual([]);
  });
});
