import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Dex, toId } from '../../battle/generations.ts';
import { openGguf } from '../../engine/gguf.ts';
import { softmax } from '../../engine/sampling.ts';
import { optionLines } from '../../observation/option-lines.ts';
import { ModelError, UserError } from '../../util/errors.ts';
import { percent } from '../../util/percent.ts';
import { createRandom } from '../../util/random.ts';
import { FREE, type GenerateRequest, type LanguageModel, NO_USAGE, type Usage } from '../language-model.ts';
import { answerFromScores, numbersOf } from './answer-from-scores.ts';
import { createModelClient } from './model-client.ts';
import type { Expected, OptionQuestion, Reading } from './option-model.ts';

/** The name of the model that this package brings along. */
export const SHIPPED_MODEL = 'local';

const SHIPPED_FILE = fileURLToPath(new URL('../../../knowledge/models/local.gguf', import.meta.url));

/** Whether a model's name means a file of this machine: the shipped one, or a path of a GGUF file. */
export function isLocalName(name: string): boolean {
  return name === SHIPPED_MODEL || name.toLowerCase().endsWith('.gguf');
}

/** How a local model runs. */
export interface LocalModelOptions {
  /** {@link SHIPPED_MODEL} or the path of a GGUF file. */
  readonly name: string;
  /**
   * Threads that share the work.
   *
   * @default 1
   */
  readonly threads?: number;
  /**
   * The most tokens of a prompt and its answer.
   *
   * @default what the model was trained for, at most 4,096
   */
  readonly context?: number;
}

/** A local model; its thread starts with the first request, or with `opened`. */
export interface LocalModel extends LanguageModel {
  /**
   * Resolves when the model can be used.
   * @throws {UserError} when its file cannot be
   */
  opened(): Promise<void>;
}

// Of the foe: what is said in a reason, and what is foreseen.
const REASON_ACTIONS = 1;
const FORESEEN_ACTIONS = 4;

/**
 * A model that runs in this process, on the project's own engine.
 *
 * @throws {UserError} when there is no such file, or it is no model
 */
export function createLocalModel({ name, threads = 1, context }: LocalModelOptions): LocalModel {
  const path = name === SHIPPED_MODEL ? SHIPPED_FILE : name;
  const style = readStyle(path);
  const client = createModelClient({ path, threads, ...(context !== undefined && { context }) });

  const read = async (
    request: GenerateRequest,
    numbers: readonly number[],
    foeActions: number,
  ): Promise<Reading> => client.read(questionOf(request, numbers, foeActions), request.signal);

  return {
    id: name === SHIPPED_MODEL ? SHIPPED_MODEL : `local/${basename(name)}`,
    capabilities: {
      samplesPerCall: 64,
      jsonSchema: true,
      ownSchemas: true,
      temperature: true,
      score: true,
      style,
    },
    price: FREE,
    opened: () => client.opened(),
    async score(request) {
      const reading = await read(request, request.choices.map(Number), REASON_ACTIONS);
      const { scores, winChance, foe } = reading;
      return { probabilities: softmax(scores), reason: reasonOf(winChance, foe), usage: usageOf(reading) };
    },
    async generate(request) {
      const { jsonSchema, samples = 1, temperature = 1, seed = 0 } = request;
      if (jsonSchema === undefined)
        throw new ModelError('refused', `${name} answers in the shape of a schema only`);
      const numbers = numbersOf(jsonSchema.schema);
      const reading = await read(request, numbers, FORESEEN_ACTIONS);
      const { scores, winChance, foe } = reading;
      const random = createRandom(`${name} ${seed}`);
      const answerer = {
        numbers,
        scores,
        temperature,
        reason: reasonOf(winChance, foe),
        foe: foe.map(inWords),
      };
      const texts = Array.from({ length: samples }, (_, index) =>
        JSON.stringify(
          answerFromScores(jsonSchema.schema, { ...answerer, random: random.stream(`${index}`) }),
        ),
      );
      const finishReasons = texts.map(() => 'stop' as const);
      return { texts, finishReasons, usage: usageOf(reading), warnings: [] };
    },
  };
}

function readStyle(path: string): string {
  if (!existsSync(path)) throw new UserError(`There is no model ${path}`);
  const file = openGguf(path);
  try {
    const style = file.metadata.get('pokellmon.style');
    if (typeof style !== 'string')
      throw new UserError(`${path} was not trained on a prompt style of this package`);
    return style;
  } finally {
    file.close();
  }
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

function reasonOf(winChance: number, foe: readonly Expected[]): string {
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
