import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { heuristicsAgent } from '../../src/agent/heuristics.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { playSeries } from '../../src/arena/series.ts';

/** Plays a mirrored series; the seed fixes its outcome. */
async function series(weaker: Agent, stronger: Agent, battles: number, format: string) {
  const outcome = { wins: 0, fallbacks: 0, invalidChoices: 0, unscored: 0 };
  await playSeries({
    entrants: [{ agent: stronger }, { agent: weaker }],
    battles,
    concurrency: 1,
    format,
    seed: 'strength',
    fallback: randomAgent,
    turnMs: 60_000,
    follow: ({ side }) => ({
      onDecision: ({ agent, fallback, scores, legalActions }) => {
        if (fallback) outcome.fallbacks++;
        const all = scores?.length === legalActions && scores.every(({ score }) => Number.isFinite(score));
        if (agent === 'calc' && !all) outcome.unscored++;
      },
      onEnd: ({ result, invalidChoices }) => {
        if (result?.winner === side) outcome.wins++;
        outcome.invalidChoices += invalidChoices;
      },
    }),
  });
  return outcome;
}

describe('the agents that need no model', () => {
  it.each([
    { weaker: randomAgent, stronger: maxPowerAgent, battles: 10 },
    { weaker: maxPowerAgent, stronger: heuristicsAgent, battles: 10 },
    { weaker: heuristicsAgent, stronger: calcAgent, battles: 8 },
  ])('$weaker.name loses to $stronger.name', async ({ weaker, stronger, battles }) => {
    const outcome = await series(weaker, stronger, battles, 'gen9randombattle');
    expect(outcome.wins).toBeGreaterThan(battles / 2);
    expect(outcome).toMatchObject({ fallbacks: 0, invalidChoices: 0, unscored: 0 });
  });

  it.each([
    'gen1randombattle',
    'gen3randombattle',
    'gen7randombattle',
    'gen8randombattle',
    'gen8randomdoublesbattle',
    'gen9randomdoublesbattle',
  ])('calc has the knowledge it needs in %s', async (format) => {
    const outcome = await series(heuristicsAgent, calcAgent, 2, format);
    expect(outcome).toMatchObject({ fallbacks: 0, invalidChoices: 0, unscored: 0 });
  });
});
