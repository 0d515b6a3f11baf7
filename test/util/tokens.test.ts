import { describe, expect, it } from 'vitest';
import { type DecisionPoint, decisionPoints } from '../../src/memory/decision-points.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { estimateTokens } from '../../src/util/tokens.ts';
import { BATTLE_01, BATTLE_14, BATTLE_20, decisionsOf, inputOf } from '../observation/recorded-turn.ts';
import { simulate } from '../support/simulated-battle.ts';

describe('the token estimate', () => {
  // Counted with OpenAI's o200k_base vocabulary.
  it.each([
    [
      51,
      'You are a strong Pokémon player. You play one side of a battle and win when every foe Pokémon has fainted. Each turn you get facts computed from the rules of the game and the list of your legal actions; you choose one by its number.',
    ],
    [
      70,
      'Turn 20: Your Phione used Scald on foe Maushold: -41% (now 59%). Foe Maushold used Population Bomb on your Phione: -39% in 6 hits (fainted). You sent in Froslass. Your Phione acted before foe Maushold (same priority, faster).',
    ],
    [
      121,
      "1. use Flash Cannon (Steel special 80): x0.5, 13-24%, KO in 5-8. 10% chance to lower the target's Sp. Def by 1.\n2. Terastallize and use Flash Cannon: x0.5, 13-24%, KO in 5-8\n9. switch to Porygon-Z (40%): Araquanid does Liquidation (sure) 53-63%, KO; best attack Thunderbolt x2, 40-70%, KO in 2-3; acts first",
    ],
  ])('is within an eighth of the true count (%i)', (count, text) => {
    expect(Math.abs(estimateTokens(text) - count)).toBeLessThanOrEqual(count / 8);
  });

  it('is zero for an empty text', () => {
    expect(estimateTokens('')).toBe(0);
  });
});

/** Tokens of the compact prompts of those moments that have a choice, fewest first. */
function sizesOf(points: readonly DecisionPoint[]): readonly number[] {
  return points
    .filter(({ actions }) => actions.length > 1)
    .map((point) => {
      const { messages } = renderPrompt('compact', inputOf(point));
      return estimateTokens(messages.map(({ content }) => content).join('\n'));
    })
    .sort((a, b) => a - b);
}

describe('the compact style', () => {
  it('stays under 350 tokens on at least 95% of recorded turns', () => {
    const sizes = sizesOf([BATTLE_01, BATTLE_14, BATTLE_20].flatMap(decisionsOf));
    expect(sizes.length).toBeGreaterThan(60);
    expect(sizes[Math.ceil(0.95 * sizes.length) - 1]).toBeLessThan(350);
  });

  it('stays under 800 tokens on at least 95% of the turns of doubles', () => {
    const played = ['one', 'two', 'three'].map((seed) =>
      simulate({ format: 'gen9randomdoublesbattle', seed }),
    );
    const sizes = sizesOf(played.flatMap(({ lines }) => [...decisionPoints(lines.p1, 'p1')]));
    expect(sizes.length).toBeGreaterThan(30);
    expect(sizes[Math.ceil(0.95 * sizes.length) - 1]).toBeLessThan(800);
  });
});
