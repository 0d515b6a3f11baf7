import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGguf } from '../../engine/gguf.ts';
import { FREE, type LanguageModel, type ModelCapabilities } from '../language-model.ts';
import { chatAnswers } from './chat-answers.ts';
import { createModelClient } from './model-client.ts';
import { optionAnswers } from './option-answers.ts';

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
   *
   * @throws {UserError} when its file cannot be
   */
  opened(): Promise<void>;
}

const CAPABILITIES: ModelCapabilities = {
  samplesPerCall: 16,
  jsonSchema: true,
  ownSchemas: true,
  temperature: true,
  score: true,
};

/**
 * A model that runs in this process, on the project's own engine: one that scores the options of a prompt, or one that
 * answers messages.
 *
 * @throws {UserError} when there is no such file, or it is no model
 */
export function createLocalModel({ name, threads = 1, context }: LocalModelOptions): LocalModel {
  const path = name === SHIPPED_MODEL ? SHIPPED_FILE : name;
  const style = readStyle(path);
  const client = createModelClient({ path, threads, ...(context !== undefined && { context }) });
  return {
    id: name === SHIPPED_MODEL ? SHIPPED_MODEL : `local/${basename(name)}`,
    capabilities: { ...CAPABILITIES, ...(style !== null && { style }) },
    price: FREE,
    opened: () => client.opened(),
    ...(style === null ? chatAnswers(client) : optionAnswers(client)),
  };
}

/** The prompt style that a model was trained on; null for one that reads any text. */
function readStyle(path: string): string | null {
  const file = openGguf(path);
  const style = file.metadata.get('pokellmon.style');
  file.close();
  return typeof style === 'string' ? style : null;
}
