// The engine's speed with a model: tokens a second of reading and of writing, by threads; what five votes cost beside one;
// and the same of llama.cpp in the same run, where node-llama-cpp is installed (npm install --no-save node-llama-cpp).
//
//   npx tsx --expose-gc bench/engine.ts [model, default the shipped one] [tokens of the prompt, default 256]

import { fileURLToPath } from 'node:url';
import { generate } from '../src/engine/generate.ts';
import { openTransformer, type Transformer } from '../src/engine/transformer.ts';
import { percentile } from '../src/ledger/summary.ts';
import { createRandom } from '../src/util/random.ts';

const SHIPPED = fileURLToPath(new URL('../knowledge/models/local.gguf', import.meta.url));
const path = process.argv[2] ?? SHIPPED;
const length = Number(process.argv[3] ?? 256);
const WRITTEN = 40;
const ROUNDS = 7;
const DECISIONS = 5_000;

interface Speed {
  /** Tokens a second. */
  readonly reading: number;
  readonly writing: number;
}

const median = (values: readonly number[]): number => percentile(values, 0.5) ?? Number.NaN;
const since = (start: number): number => (performance.now() - start) / 1000;

function promptFor(vocabulary: number): number[] {
  const random = createRandom('prompt');
  return Array.from({ length }, () => random.below(vocabulary));
}

function bestOf(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if ((logits[token] ?? 0) > (logits[best] ?? 0)) best = token;
  }
  return best;
}

function ours(model: Transformer): Speed {
  const prompt = promptFor(model.shape.vocabulary);
  const reading: number[] = [];
  const writing: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sequence = model.open();
    let start = performance.now();
    let [logits] = model.extend([{ sequence, tokens: prompt, reads: [length - 1] }]);
    reading.push(length / since(start));
    start = performance.now();
    for (let token = 0; token < WRITTEN; token++) {
      [logits] = model.extend([{ sequence, tokens: [bestOf(logits ?? new Float32Array())], reads: [0] }]);
    }
    writing.push(WRITTEN / since(start));
    sequence.close();
  }
  return { reading: median(reading), writing: median(writing) };
}

/** Seconds of a prompt and so many sampled answers of 40 tokens. */
function votes(model: Transformer, count: number): number {
  const prompt = promptFor(model.shape.vocabulary);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sequence = model.open();
    const start = performance.now();
    const [logits] = model.extend([{ sequence, tokens: prompt, reads: [length - 1] }]);
    const options = {
      votes: count,
      random: createRandom('votes'),
      maxTokens: WRITTEN,
      stops: new Set<number>(),
    };
    generate(model, sequence, logits ?? new Float32Array(), options);
    times.push(since(start));
    sequence.close();
  }
  return median(times);
}

/** What this program uses of node-llama-cpp, which is not among the project's packages. */
interface LlamaPackage {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<{
      createContext(options: object): Promise<{ getSequence(): LlamaSequence }>;
    }>;
  }>;
}
interface LlamaSequence {
  clearHistory(): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: readonly number[]): Promise<void>;
  evaluate(tokens: readonly number[], options: object): AsyncIterable<number>;
}

async function theirs(vocabulary: number): Promise<Speed | null> {
  const name = 'node-llama-cpp';
  const found: LlamaPackage | null = await import(name).catch(() => null);
  if (found === null) return null;
  const llama = await found.getLlama({ gpu: false, maxThreads: 1, logLevel: 'error', build: 'never' });
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({
    contextSize: 1024,
    batchSize: 512,
    threads: 1,
    flashAttention: false,
  });
  const sequence = context.getSequence();
  const prompt = promptFor(vocabulary);
  const reading: number[] = [];
  const writing: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await sequence.clearHistory();
    let start = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt);
    reading.push(length / since(start));
    start = performance.now();
    let written = 0;
    for await (const _ of sequence.evaluate(prompt.slice(0, 1), { temperature: 0 }))
      if (++written === WRITTEN) break;
    writing.push(written / since(start));
  }
  return { reading: median(reading), writing: median(writing) };
}

const show = (name: string, { reading, writing }: Speed): void =>
  console.log(`${name.padEnd(24)} ${reading.toFixed(0).padStart(7)} ${writing.toFixed(1).padStart(9)}`);

const model = await openTransformer(path);
console.log(`${path}: tokens a second, prompts of ${length}\n${''.padEnd(24)} reading   writing`);
const one = ours(model);
show('one thread', one);
const llama = await theirs(model.shape.vocabulary);
if (llama === null) console.log('llama.cpp                is not installed');
else {
  show('llama.cpp, one thread', llama);
  show('ratio to llama.cpp', { reading: one.reading / llama.reading, writing: one.writing / llama.writing });
}
const threaded = await openTransformer(path, { threads: 2 });
const two = ours(threaded);
show('two threads', two);
show('ratio to one', { reading: two.reading / one.reading, writing: two.writing / one.writing });
await threaded.close();
console.log(`five votes cost ${(votes(model, 5) / votes(model, 1)).toFixed(2)} of one`);

const prompt = promptFor(model.shape.vocabulary).slice(0, 100);
const sizes: number[] = [];
for (let decision = 0; decision <= DECISIONS && path === SHIPPED; decision++) {
  if (decision === 100 || decision === DECISIONS) {
    globalThis.gc?.();
    sizes.push(process.memoryUsage().heapUsed / 1e6);
  }
  const sequence = model.open();
  model.extend([{ sequence, tokens: prompt, reads: [50, 99] }]);
  sequence.fork().close();
  sequence.close();
}
if (sizes.length === 2) {
  console.log(
    `heap after 100 decisions ${sizes[0]?.toFixed(1)} MB, after ${DECISIONS} ${sizes[1]?.toFixed(1)} MB`,
  );
}
