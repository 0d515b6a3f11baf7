import type { Random } from '../util/random.ts';

/** How the next token is drawn. */
export interface SamplingOptions {
  /**
   * 0 takes the most probable token.
   *
   * @default 1
   */
  readonly temperature?: number;
  /**
   * Only so many of the most probable tokens (Fan et al. 2018, arXiv:1805.04833).
   *
   * @default all
   */
  readonly topK?: number;
  /**
   * Only the most probable tokens that together reach this probability (Holtzman et al. 2019, arXiv:1904.09751).
   *
   * @default 1
   */
  readonly topP?: number;
  /**
   * Only tokens with at least this share of the best one's probability (Nguyen et al. 2024, arXiv:2407.01082).
   *
   * @default 0
   */
  readonly minP?: number;
  /**
   * Logits of earlier tokens are divided by it if positive, else multiplied (Keskar et al. 2019, arXiv:1909.05858).
   *
   * @default 1
   */
  readonly repetitionPenalty?: number;
}

/** A token and its probability. */
export interface Candidate {
  readonly token: number;
  readonly probability: number;
}

/**
 * The distribution that the next token is drawn from, the most probable first: after the repetition penalty only the
 * allowed tokens count; then top-k, top-p and min-p cut, each over what is left, and the temperature is applied last, in
 * llama.cpp's order.
 *
 * @param allowed the tokens that may come; null for all
 * @param earlier tokens that the penalty is for
 */
export function nextTokens(
  logits: Float32Array,
  options: SamplingOptions,
  allowed: Iterable<number> | null,
  earlier: Iterable<number> = [],
): Candidate[] {
  const {
    temperature = 1,
    topK = Number.POSITIVE_INFINITY,
    topP = 1,
    minP = 0,
    repetitionPenalty = 1,
  } = options;
  const penalised = repetitionPenalty === 1 ? logits : penalise(logits, earlier, repetitionPenalty);
  const scores = withinReach(penalised, allowed ?? penalised.keys(), temperature);
  scores.sort((a, b) => b.logit - a.logit || a.token - b.token);
  if (temperature === 0) return scores.slice(0, 1).map(({ token }) => ({ token, probability: 1 }));
  const kept = cut(scores.slice(0, topK), topP, minP);
  const weights = softmax(kept.map(({ logit }) => logit / temperature));
  return kept.map(({ token }, index) => ({ token, probability: weights[index] ?? 0 }));
}

// Logits behind the best one by so much, at a temperature of 1, weigh less than 1e-13 of it: no draw would find them.
const REACH = 30;

/** The tokens that can be drawn at all: most of a vocabulary never is, and need not be sorted. */
function withinReach(logits: Float32Array, tokens: Iterable<number>, temperature: number): Scored[] {
  const listed = [...tokens];
  let best = Number.NEGATIVE_INFINITY;
  for (const token of listed) best = Math.max(best, logits[token] ?? Number.NEGATIVE_INFINITY);
  const least = best - REACH * temperature;
  const scores: Scored[] = [];
  for (const token of listed) {
    const logit = logits[token] ?? Number.NEGATIVE_INFINITY;
    if (logit >= least) scores.push({ token, logit });
  }
  return scores;
}

/** Where a token is drawn from: the last logits, which tokens may come (null for all), and those that came before. */
export interface Draw {
  readonly logits: Float32Array;
  readonly allowed: readonly number[] | null;
  readonly earlier: readonly number[];
}

/** Draws the next token from {@link nextTokens}. */
export function drawToken(
  { logits, allowed, earlier }: Draw,
  options: SamplingOptions,
  random: Random,
): number {
  const { temperature = 1, topK, topP = 1, minP = 0, repetitionPenalty = 1 } = options;
  const isPlain = temperature > 0 && topK === undefined && topP >= 1 && minP <= 0 && repetitionPenalty === 1;
  if (isPlain && allowed === null) return drawFromAll(logits, temperature, random);
  return draw(nextTokens(logits, options, allowed, earlier), random);
}

/** The same where nothing is cut: without sorting a whole vocabulary. */
function drawFromAll(logits: Float32Array, temperature: number, random: Random): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > best) best = logit;
  const weights = new Float64Array(logits.length);
  let sum = 0;
  for (let token = 0; token < logits.length; token++) {
    const weight = Math.exp(((logits[token] ?? 0) - best) / temperature);
    weights[token] = weight;
    sum += weight;
  }
  let rest = random.next() * sum;
  for (let token = 0; token < weights.length; token++) {
    rest -= weights[token] ?? 0;
    if (rest < 0) return token;
  }
  return logits.indexOf(best);
}

/** Draws one of these tokens. */
export function draw(candidates: readonly Candidate[], random: Random): number {
  let rest = random.next();
  for (const { token, probability } of candidates) {
    rest -= probability;
    if (rest < 0) return token;
  }
  return (candidates.at(-1) as Candidate).token;
}

/** e^x / Σ e^x. */
export function softmax(logits: readonly number[]): number[] {
  const best = logits.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  const weights = logits.map((logit) => Math.exp(logit - best));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

interface Scored {
  readonly token: number;
  readonly logit: number;
}

function cut(scores: readonly Scored[], topP: number, minP: number): readonly Scored[] {
  if (topP >= 1 && minP <= 0) return scores;
  const probabilities = softmax(scores.map(({ logit }) => logit));
  let before = 0;
  let count = 0;
  for (const probability of probabilities) {
    if (count > 0 && (before >= topP || probability < minP * (probabilities[0] ?? 0))) break;
    before += probability;
    count++;
  }
  return scores.slice(0, count);
}

function penalise(logits: Float32Array, earlier: Iterable<number>, penalty: number): Float32Array {
  const penalised = logits.slice();
  for (const token of new Set(earlier)) {
    const logit = logits[token] ?? 0;
    penalised[token] = logit > 0 ? logit / penalty : logit * penalty;
  }
  return penalised;
}
