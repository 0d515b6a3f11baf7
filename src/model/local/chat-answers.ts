import { ModelError } from '../../util/errors.ts';
import { type LanguageModel, NO_USAGE } from '../language-model.ts';
import { answerSchemaOf } from './answer-schema.ts';
import type { ModelClient } from './model-client.ts';

const MOST_TOKENS = 800;

/** How a model that reads and writes any text answers. Its samples are written together, behind one prompt. */
export function chatAnswers(client: ModelClient): Required<Pick<LanguageModel, 'generate' | 'score'>> {
  return {
    async score({ messages, choices, signal }) {
      const { probabilities, tokens, cachedTokens } = await client.ask(
        'score',
        { messages, choices },
        signal,
      );
      return {
        probabilities,
        usage: { ...NO_USAGE, calls: 1, inputTokens: tokens, cachedInputTokens: cachedTokens },
      };
    },
    async generate(request) {
      const {
        messages,
        jsonSchema,
        choices,
        samples = 1,
        maxTokens = MOST_TOKENS,
        temperature = 1,
        seed = 0,
      } = request;
      if (choices !== undefined) throw new ModelError('refused', 'choices are scored, not written');
      const schema = jsonSchema === undefined ? null : answerSchemaOf(jsonSchema.schema);
      const question = { messages, schema, samples, maxTokens, temperature, seed: `${seed}` };
      const { texts, complete, ...used } = await client.ask('write', question, request.signal);
      return {
        texts,
        finishReasons: complete.map((isComplete) => (isComplete ? 'stop' : 'length')),
        usage: {
          ...NO_USAGE,
          calls: 1,
          inputTokens: used.tokens,
          cachedInputTokens: used.cachedTokens,
          outputTokens: used.outputTokens,
        },
        warnings: [],
      };
    },
  };
}
