import { describe, expect, it } from 'vitest';
import { calcAgent } from '../../../src/agent/calc.ts';
import { heuristicsAgent } from '../../../src/agent/heuristics.ts';
import { createLLMAgent } from '../../../src/agent/llm/llm-agent.ts';
import { parseForesight } from '../../../src/agent/llm/parse-foresight.ts';
import { lookAhead } from '../../../src/agent/llm/strategies/look-ahead.ts';
import { playSeries } from '../../../src/arena/series.ts';
import { scriptedModel } from '../../../src/model/scripted.ts';
import type { ExpectedReply } from '../../../src/search/opponent-model/opponent-prior.ts';
import type { SearchResult } from '../../../src/search/search.ts';
import { CANDIDATES, consultation, lineTo } from './consult.ts';

/** Votes for a number, and makes a prediction when asked about the opponent. */
const model = (choice: number, foe = '{"foe": [{"action": "Earthquake", "chance": 70}]}') =>
  scriptedModel(({ messages }) => {
    const asked = messages.at(-1)?.content ?? '';
    return asked.includes('"kind":"foe"') || asked.includes('Predict the foe')
      ? foe
      : `{"reason": "because", "choice": ${choice}}`;
  });

/** A consultation whose search has found a candidate. */
function searching(line: ReturnType<typeof lineTo>, number: number | undefined) {
  const asked: { prior: ReadonlyMap<string, number>; foe: readonly ExpectedReply[] }[] = [];
  const found = CANDIDATES.find((candidate) => candidate.number === number);
  const result: SearchResult | undefined = found && {
    actions: [{ action: found.action, share: 0.8, value: 0.6, line: 'Recover, foe: Surf (60%)' }],
    value: 0.62,
    playouts: 1000,
    replies: [],
  };
  return {
    ...consultation(line, 3),
    asked,
    async lookAhead(prior: ReadonlyMap<string, number>, foe: readonly ExpectedReply[]) {
      asked.push({ prior, foe });
      return result;
    },
  };
}

describe('look-ahead', () => {
  it('lets the search decide between the model’s votes and its own results', async () => {
    const asking = searching(lineTo(model(2)), 3);
    const result = await lookAhead(asking);
    expect(result.candidate?.number).toBe(3);
    expect(result.reasoning).toBe('62% to win: Recover, foe: Surf (60%)');
    const [{ prior, foe } = { prior: new Map(), foe: [] }] = asking.asked;
    expect([...prior]).toEqual([['move 2', 1]]);
    expect(foe).toEqual([{ move: 'earthquake', chance: 0.7 }]);
  });

  it('follows the vote when there is no time for a search', async () => {
    expect((await lookAhead(searching(lineTo(model(2)), undefined))).candidate?.number).toBe(2);
  });

  it('follows the vote, and says why, when the search fails', async () => {
    const asking = {
      ...searching(lineTo(model(2)), 3),
      lookAhead: async () => {
        throw new RangeError('Expected a world');
      },
    };
    const result = await lookAhead(asking);
    expect(result.candidate?.number).toBe(2);
    expect(result.reasoning).toBe('The vote stands, the search failed: Expected a world');
  });

  it('asks for no prediction when no search can follow', async () => {
    const asking = { ...searching(lineTo(model(2)), 3), lookAhead: undefined };
    const result = await lookAhead(asking);
    expect(result.candidate?.number).toBe(2);
    expect(asking.questions).toEqual([{ kind: 'reasoned' }]);
  });

  it('gives up when no sample is a vote, so that the fallback and its reason are recorded', async () => {
    const asking = searching(lineTo(scriptedModel(['', '', '', ''])), 3);
    const result = await lookAhead(asking);
    expect(result.candidate).toBeUndefined();
    expect(asking.asked).toEqual([]);
  });

  it('plays whole battles', async () => {
    let forecasts = 0;
    const agent = createLLMAgent({
      name: 'llm',
      model: scriptedModel(({ messages }) => {
        if (!messages.at(-1)?.content.includes('Predict the foe'))
          return '{"reason": "first of all", "choice": 1}';
        forecasts++;
        return '{"foe": [{"action": "switch", "chance": 30}]}';
      }),
      strategy: 'look-ahead',
      promptStyle: 'compact',
      votes: 1,
      fallback: calcAgent,
      lookAhead: { playouts: 60, worlds: 2, thinkMs: 5000 },
    });
    const seen = { ended: 0, invalid: 0, fallbacks: 0, searched: 0, decisions: 0 };
    for (const format of ['gen9randombattle', 'gen9randomdoublesbattle']) {
      await playSeries({
        entrants: [{ agent }, { agent: heuristicsAgent }],
        battles: 1,
        concurrency: 1,
        format,
        seed: 'ahead',
        fallback: calcAgent,
        turnMs: 60_000,
        follow: ({ side }) => ({
          onDecision: (record) => {
            if (record.side !== side || record.legalActions === 1) return;
            seen.decisions++;
            // The first option of a pair in doubles is not 1, so the fallback plays there.
            if (record.fallback && format === 'gen9randombattle') seen.fallbacks++;
            if (record.reasoning?.includes('% to win')) seen.searched++;
          },
          onEnd: ({ invalidChoices }) => {
            seen.ended++;
            seen.invalid += invalidChoices;
          },
        }),
      });
    }
    expect(seen).toMatchObject({ ended: 2, invalid: 0, fallbacks: 0 });
    expect(seen.searched).toBeGreaterThan(10);
    // No search follows in doubles.
    expect(forecasts).toBe(seen.searched);
  });
});

describe('what a model predicts', () => {
  it.each([
    ['{"foe": [{"action": "Earthquake", "chance": 60}]}', [{ move: 'earthquake', chance: 0.6 }]],
    ['{"foe": [{"action": "use Ice Beam", "chance": "25"}]}', [{ move: 'icebeam', chance: 0.25 }]],
    ['{"foe": [{"action": "switch to Skarmory", "chance": 40}]}', [{ species: 'skarmory', chance: 0.4 }]],
    ['{"foe": [{"action": "switches out", "chance": 40}]}', [{ chance: 0.4 }]],
    [
      '```json\n{"foe":[{"action":"Surf"},{"action":"Recover"}]}\n```',
      [
        { move: 'surf', chance: 0.5 },
        { move: 'recover', chance: 0.5 },
      ],
    ],
    ['{"foe": [{"action": "Hyper Nonsense", "chance": 60}, {"action": "constructor", "chance": 9}]}', []],
    ['', []],
    ['The foe will surely attack.', []],
    [
      `{"foe": [${'{"action": "Surf", "chance": 900},'.repeat(500)}`,
      Array(8).fill({ move: 'surf', chance: 1 }),
    ],
  ])('reads %j', (text, foreseen) => {
    expect(parseForesight(text)).toEqual(foreseen);
  });
});
