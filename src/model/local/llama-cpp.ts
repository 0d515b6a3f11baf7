import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import PQueue from 'p-queue';
import { ModelError, UserError } from '../../util/errors.ts';
import { FREE, type GenerateRequest, type Message, NO_USAGE } from '../language-model.ts';
import { type LocalModel, type LocalModelOptions, SHIPPED_MODEL } from './local-model.ts';

/** The package, which people install themselves: it brings some 100 MB of native code. */
const PACKAGE = 'node-llama-cpp';
const INSTALL = `npm install ${PACKAGE}@3`;

/** What is used of the package. */
interface LlamaPackage {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChat: new (options: { readonly contextSequence: LlamaSequence }) => LlamaChat;
}
interface Llama {
  loadModel(
    options: object,
  ): Promise<{ createContext(options: object): Promise<{ getSequence(): LlamaSequence }> }>;
  createGrammarForJsonSchema(schema: unknown): Promise<unknown>;
}
interface LlamaSequence {
  readonly tokenMeter: {
    getState(): { readonly usedInputTokens: number; readonly usedOutputTokens: number };
  };
}
interface LlamaChat {
  generateResponse(
    history: readonly object[],
    options: object,
  ): Promise<{ readonly response: string; readonly metadata: { readonly stopReason: string } }>;
}

interface Opened {
  readonly llama: Llama;
  readonly chat: LlamaChat;
  readonly sequence: LlamaSequence;
}

const CONTEXT = 4096;
const MOST_TOKENS = 800;

/**
 * A model that runs in this process on llama.cpp, by the package node-llama-cpp.
 *
 * @throws {UserError} when there is no such file, or it is no GGUF file
 */
export function createLlamaCppModel({ name, threads = 1, context = CONTEXT }: LocalModelOptions): LocalModel {
  if (name === SHIPPED_MODEL) {
    throw new UserError(
      `The model ${name} scores options, which llama.cpp cannot: leave out --engine llama.cpp`,
    );
  }
  checkFile(name);
  const queue = new PQueue({ concurrency: 1 });
  let opening: Promise<Opened> | undefined;
  const open = (): Promise<Opened> => {
    opening ??= openModel(name, threads, context);
    return opening;
  };

  async function write(
    request: GenerateRequest,
    sample: number,
  ): Promise<{ text: string; isComplete: boolean }> {
    const { messages, jsonSchema, maxTokens = MOST_TOKENS, temperature = 1, seed = 0, signal } = request;
    signal?.throwIfAborted();
    const { llama, chat } = await open();
    const grammar = jsonSchema && (await llama.createGrammarForJsonSchema(jsonSchema.schema));
    const { response, metadata } = await chat.generateResponse(historyOf(messages), {
      maxTokens,
      temperature,
      seed: seed + sample,
      signal,
      ...(grammar !== undefined && { grammar }),
    });
    return { text: response, isComplete: metadata.stopReason !== 'maxTokens' };
  }

  return {
    id: `llama.cpp/${basename(name)}`,
    capabilities: { samplesPerCall: 16, jsonSchema: true, ownSchemas: true, temperature: true, score: false },
    price: FREE,
    async opened() {
      await open();
    },
    async generate(request) {
      try {
        return await queue.add(async () => {
          const { sequence } = await open();
          const before = sequence.tokenMeter.getState();
          const written: { text: string; isComplete: boolean }[] = [];
          for (let sample = 0; sample < (request.samples ?? 1); sample++)
            written.push(await write(request, sample));
          const after = sequence.tokenMeter.getState();
          return {
            texts: written.map(({ text }) => text),
            finishReasons: written.map(({ isComplete }) =>
              isComplete ? ('stop' as const) : ('length' as const),
            ),
            usage: {
              ...NO_USAGE,
              calls: written.length,
              inputTokens: after.usedInputTokens - before.usedInputTokens,
              outputTokens: after.usedOutputTokens - before.usedOutputTokens,
            },
            warnings: [],
          };
        });
      } catch (error) {
        if (request.signal?.aborted) throw new ModelError('timeout', 'the model did not answer in time');
        const message = error instanceof Error ? error.message : String(error);
        throw new ModelError('bad-response', message, { cause: error });
      }
    },
  };
}

/** Looks at the file first: llama.cpp may end the process when it is given something else. */
function checkFile(path: string): void {
  const first = Buffer.alloc(4);
  try {
    const descriptor = openSync(path, 'r');
    readSync(descriptor, first, 0, 4, 0);
    closeSync(descriptor);
  } catch (cause) {
    throw new UserError(`Cannot open the model ${path}`, { cause });
  }
  if (first.toString('latin1') !== 'GGUF') throw new UserError(`${path} is no GGUF file`);
}

async function openModel(modelPath: string, threads: number, contextSize: number): Promise<Opened> {
  const name = PACKAGE;
  const found: LlamaPackage = await import(name).catch((cause: unknown) => {
    throw new UserError(`The engine llama.cpp needs the package ${PACKAGE}: ${INSTALL}`, { cause });
  });
  try {
    const llama = await found.getLlama({
      gpu: 'auto',
      maxThreads: threads,
      logLevel: 'error',
      build: 'never',
    });
    const model = await llama.loadModel({ modelPath });
    const context = await model.createContext({ contextSize, threads });
    const sequence = context.getSequence();
    return { llama, sequence, chat: new found.LlamaChat({ contextSequence: sequence }) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`llama.cpp cannot use the model ${modelPath}: ${reason}`, { cause });
  }
}

function historyOf(messages: readonly Message[]): object[] {
  const items = messages.map(({ role, content }) =>
    role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content },
  );
  return [...items, { type: 'model', response: [] }];
}
