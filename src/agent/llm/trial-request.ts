import type { GenerateRequest, LanguageModel } from '../../model/language-model.ts';
import { answerSchema, CHOICE_ONLY } from './answer-format.ts';

/**
 * A request to try a model with before it plays: as short as possible, but with everything that a turn's request has,
 * so that a server rejects at once what it does not support.
 */
export function trialRequest(
  model: LanguageModel,
  { maxTokens = CHOICE_ONLY.maxTokens, temperature = 0 }: { maxTokens?: number; temperature?: number } = {},
): GenerateRequest {
  return {
    messages: [
      { role: 'system', content: 'You choose moves in Pokémon battles.' },
      {
        role: 'user',
        content:
          'Before the battle, a trial. Your Squirtle faces a Charmander. 1. Water Gun 2. Tail Whip. Answer with a number from the list, as JSON and nothing else: {"choice": number}',
      },
    ],
    jsonSchema: answerSchema(
      CHOICE_ONLY,
      model.capabilities.ownSchemas ? { numbers: [1, 2], maxTokens } : undefined,
    ),
    maxTokens,
    temperature,
    seed: 1,
  };
}
