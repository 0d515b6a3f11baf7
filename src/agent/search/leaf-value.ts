import { FEATURES, type Feature, featureVector, readFeatures } from './features.ts';
import type { Matchups } from './matchups.ts';
import type { Position } from './turn-model/position.ts';

/**
 * Log-odds of winning for each unit of a feature, from a logistic regression on positions of battles between agents
 * that play like calc with a random action now and then, rounded and drawn to plain values where the data were thin.
 */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  alive: 0.55,
  hp: 0.75,
  paralysed: -0.25,
  burned: -0.4,
  poisoned: -0.3,
  badlyPoisoned: -0.5,
  asleep: -0.45,
  frozen: -0.6,
  hazards: -0.9,
  web: -0.4,
  toxicSpikes: -0.15,
  screens: 0.35,
  tailwind: 0.3,
  substitute: 0.35,
  seeded: -0.4,
  confused: -0.1,
  attackStage: 0.27,
  defenceStage: 0.12,
  speedStage: 0.25,
  gimmick: 0.4,
  item: 0.06,
  duel: 0.4,
  answers: 0.05,
  average: 1.0,
  trapped: -0.1,
};

const weights = Float64Array.from(FEATURES, (name) => WEIGHTS[name]);

/** The chance that `sides[0]` wins from a position of a world, by what both sides have left and how they fare. */
export function logisticLeaf(matchups: Matchups): (p: Position) => number {
  const features = featureVector();
  return (p) => {
    if (p.winner >= 0) return p.winner === 0 ? 1 : p.winner === 1 ? 0 : 0.5;
    readFeatures(p, matchups, features);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (features[i] ?? 0);
    return 1 / (1 + Math.exp(-sum));
  };
}
