import { FEATURE, noFeatures, readFeatures } from './features.ts';
import type { Matchups } from './matchups.ts';
import type { Position } from './turn-model/position.ts';

/**
 * Log-odds of winning for each unit of a feature: a logistic regression on 46,000 positions of gen9randombattle, most
 * of them from battles of the search against itself, the others from battles of calc with a random action now and then;
 * held near plain guesses where the data were thin.
 */
const WEIGHTS: Readonly<Record<keyof typeof FEATURE, number>> = {
  alive: 0.45,
  hp: 0.83,
  paralysed: -0.28,
  burned: -0.21,
  poisoned: -0.31,
  badlyPoisoned: -0.4,
  asleep: -0.41,
  frozen: -0.63,
  hazards: -1.06,
  web: -0.41,
  toxicSpikes: -0.21,
  screens: 0.33,
  tailwind: 0.3,
  substitute: 0.36,
  seeded: -0.37,
  confused: -0.07,
  attackStage: 0.27,
  defenceStage: 0.07,
  speedStage: 0.22,
  gimmick: 0.41,
  duel: 0.29,
  average: 0.98,
  hampered: -0.08,
};

const LOG_ODDS = noFeatures();
for (const [name, weight] of Object.entries(WEIGHTS))
  LOG_ODDS[FEATURE[name as keyof typeof FEATURE]] = weight;

/** The chance that `sides[0]` wins from a position of a world, by what both sides have left and how they fare. */
export function logisticLeaf(matchups: Matchups): (p: Position) => number {
  const features = noFeatures();
  return (p) => {
    if (p.winner >= 0) return p.winner === 0 ? 1 : p.winner === 1 ? 0 : 0.5;
    readFeatures(p, matchups, features);
    return 1 / (1 + Math.exp(-logOdds(features)));
  };
}

function logOdds(features: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < LOG_ODDS.length; i++) sum += (LOG_ODDS[i] ?? 0) * (features[i] ?? 0);
  return sum;
}
