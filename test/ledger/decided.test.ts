import { describe, expect, test } from 'vitest';
import type { FallbackReason } from '../../src/agent/agent.ts';
import {
  type AttributedDecision,
  battleDecidedWords,
  causeWords,
  decidedIn,
  decidedWords,
  deciderNames,
  isOwnBattle,
} from '../../src/ledger/decided.ts';

function decisions(count: number, extra: Partial<AttributedDecision> = {}): AttributedDecision[] {
  return Array.from({ length: count }, () => ({ agent: 'llm', choice: 'move 1', legalActions: 5, ...extra }));
}

function instead(count: number, reason: FallbackReason, agent = 'calc'): AttributedDecision[] {
  return decisions(count, { fallback: { reason, detail: 'why', agent } });
}

describe('who decided', () => {
  test('is shown in one line, with the other deciders and their causes in words', () => {
    const battle = [...decisions(31), ...instead(3, 'timeout'), ...instead(1, 'deadline')];
    const decided = decidedIn([...battle, ...instead(1, 'unparsable'), ...decisions(7, { legalActions: 1 })]);
    expect(decidedWords('the model', decided)).toBe(
      'the model decided 31 of 36, calc 5: 4 late, 1 unreadable',
    );
    const two = decidedIn([...decisions(1), ...instead(1, 'auth'), ...instead(2, 'deadline', 'first-legal')]);
    expect(decidedWords('search', two)).toBe(
      'search decided 1 of 4, first-legal 2: 2 late, calc 1: 1 key not accepted',
    );
    expect(decidedWords('calc', decidedIn(decisions(3, { legalActions: 1 })))).toBe(
      'calc had nothing to decide',
    );
  });

  test('is the agent when the server refused its first choice, and otherwise whoever made that one', () => {
    const refused = [{ choice: 'switch 2', message: '[Unavailable choice]' }];
    const [first] = decisions(1, { choice: 'switch 2' });
    const second = (agent: string) =>
      decisions(1, { refused, fallback: { reason: 'refused-choice', detail: '', agent } });
    expect(decidedIn([first as AttributedDecision, ...second('llm')])).toEqual({
      of: 1,
      own: 1,
      instead: [],
    });
    expect(decidedIn([first as AttributedDecision, ...second('calc')])).toMatchObject({ of: 1, own: 0 });
  });

  test('decides for whom a battle counts: not when others made more than half of the decisions', () => {
    expect(isOwnBattle(decidedIn([...decisions(5), ...instead(5, 'empty')]))).toBe(true);
    expect(isOwnBattle(decidedIn([...decisions(5), ...instead(6, 'empty')]))).toBe(false);
    expect(isOwnBattle(decidedIn([]))).toBe(true);
  });

  test('is called the model when only one of the players has one', () => {
    const model = { name: 'a', agent: 'llm:x', model: 'x' };
    expect(deciderNames([model, { name: 'b', agent: 'calc' }])).toEqual(['the model', 'calc']);
    expect(deciderNames([model, { name: 'somebody' }])).toEqual(['the model', 'somebody']);
    expect(deciderNames([model, { ...model, agent: 'llm:y' }])).toEqual(['llm:x', 'llm:y']);
    expect(deciderNames([model, { ...model, name: 'a-2' }])).toEqual(['a', 'a-2']);
  });

  test('heads a page, which says for whom the battle does not count', () => {
    const players = {
      p1: { name: 'calc', agent: 'calc' },
      p2: { name: 'foe', agent: 'llm:x', model: 'x' },
    };
    const decided = { p1: decidedIn(decisions(4)), p2: decidedIn([...decisions(1), ...instead(4, 'empty')]) };
    expect(battleDecidedWords(players, decided)).toEqual([
      'calc decided 4 of 4',
      "the model decided 1 of 5, calc 4: 4 empty; this battle is not the model's",
    ]);
    expect(battleDecidedWords(players, {})).toEqual([]);
  });

  test('keeps a cause that is unknown to this version', () => {
    expect(causeWords('moon phase')).toBe('moon phase');
    expect(causeWords('constructor')).toBe('constructor');
  });
});
