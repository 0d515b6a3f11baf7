import type { LanguageModel } from './language-model.ts';

/** A model that differs from `model` only in how it generates, or also scores: the base of middleware. */
export function wrapModel(
  model: LanguageModel,
  generate: LanguageModel['generate'],
  score: LanguageModel['score'] = model.score?.bind(model),
): LanguageModel {
  const { id, capabilities, price } = model;
  return { id, capabilities, price, generate, score };
}
