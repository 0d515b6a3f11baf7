import { Dex, toId } from '../../battle/generations.ts';
import { softmax } from '../../engine/sampling.ts';
import { optionLines } from '../../observation/option-lines.ts';
import { ModelError } from '../../util/errors.ts';
import { percent } from '../../util/percent.ts';
import { createRandom } from '../../util/random.ts';
import { type GenerateRequest, type LanguageModel, NO_USAGE, type Usage } from '../language-model.ts';
import { answerFromScores, numbersOf } from './answer-from-scores.ts';
import type { ModelClient } from './model-client.ts';
import type { Expected, OptionQuestion, Reading } from './option-model.ts';

// Of the foe: what is said in a reason, and what is foreseen.
const REASON_ACTIONS = 1;
const FORESEEN_ACTIONS = 4;

/** How a model that scores options answers: any number of votes costs one look at the prompt. */
export function optionAnswers(client: ModelClient): Required<Pick<LanguageModel, 'generate' | 'score'>> {
  const read = async (
    request: GenerateRequest,
    numbers: readonly number[],
    foeActions: number,
  ): Promise<Reading> => client.ask('read', questionOf(request, numbers, foeActions), request.signal);
  return {
    async score(request) {
      const reading = await read(request, request.choices.map(Number), REASON_ACTIONS);
      return { probabilities: softmax(reading.scores), reason: reasonOf(reading), usage: usageOf(reading) };
    },
    async generate(request) {
      const { jsonSchema, samples = 1, temperature = 1, seed = 0 } = request;
      if (jsonSchema === undefined) {
        throw new ModelError('refused', 'this model answers in the shape of a schema only');
      }
      const { schema } = jsonSchema;
      const numbers = numbersOf(schema);
      const reading = await read(request, numbers, FORESEEN_ACTIONS);
      const { scores } = reading;
      const answerer = {
        numbers,
        scores,
        temperature,
        reason: reasonOf(reading),
        foe: reading.foe.map(inWords),
      };
      const random = createRandom(`options ${seed}`);
      const texts = Array.from({ length: samples }, (_, index) =>
        JSON.stringify(answerFromScores(schema, { ...answerer, random: random.stream(`${index}`) })),
      );
      const finishReasons = texts.map(() => 'stop' as const);
      return { texts, finishReasons, usage: usageOf(reading), warnings: [] };
    },
  };
}

function questionOf(
  { messages }: GenerateRequest,
  numbers: readonly number[],
  foeActions: number,
): OptionQuestion {
  const text = messages.map(({ content }) => content).join('\n');
  try {
    return { text, lines: numbers.length === 0 ? [] : optionLines(text, numbers), foeActions };
  } catch (cause) {
    throw new ModelError('refused', 'the prompt is not in the style that this model was trained on', {
      cause,
    });
  }
}

function usageOf({ tokens, cachedTokens }: Reading): Usage {
  return { ...NO_USAGE, calls: 1, inputTokens: tokens, cachedInputTokens: cachedTokens };
}

function reasonOf({ winChance, foe }: Reading): string {
  const chance = `${percent(winChance)} to win`;
  const [first] = foe.map(inWords);
  return first === undefined ? chance : `expects ${first.action} (${percent(first.chance)}), ${chance}`;
}

const isMove = (name: string): boolean => Object.hasOwn(Dex.data.Moves, toId(name));

/** The model writes moves and species alike by their names. */
function inWords({ action, chance }: Expected): Expected {
  const name = action.replace(/^Tera /, '');
  return { action: isMove(name) ? name : `switch to ${name}`, chance };
}
