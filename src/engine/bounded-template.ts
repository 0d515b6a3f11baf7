import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';

/** Expressions that a template may evaluate; those that give lists or long texts count as several. */
const MOST_WORK = 1_000_000;
const WORK_PER_ELEMENT = 10;
const WORK_PER_CHARACTER = 0.01;

const LONGEST_TEMPLATE = 1_000_000;
const LONGEST_RANGE = 10_000;

/** The day that templates are given as today's: the same prompt must have the same answer tomorrow. */
const TODAY = '26 Jul 2024';

function range(from: number, to?: number, step = 1): number[] {
  const [start, end] = to === undefined ? [0, from] : [from, to];
  const count = Math.ceil((end - start) / step);
  if (!(count <= LONGEST_RANGE))
    throw new Error(`a range of ${count} numbers is longer than ${LONGEST_RANGE}`);
  return Array.from({ length: Math.max(0, count) }, (_, i) => start + i * step);
}

/** What a part of a template comes to. */
interface Value {
  readonly value: unknown;
}

/** The library's interpreter, whose types do not resolve in this project's modules. */
interface InterpreterClass {
  new (
    environment: unknown,
  ): {
    run(program: unknown): Value;
    evaluate(statement: unknown, environment: unknown): Value;
  };
}

const LibraryInterpreter: InterpreterClass = Interpreter;

/** Gives up on a template that does not come to an end. */
class BoundedInterpreter extends LibraryInterpreter {
  #work = 0;

  override evaluate(statement: unknown, environment: unknown): Value {
    this.#count(1);
    const result = super.evaluate(statement, environment);
    const { value } = result;
    if (typeof value === 'string') this.#count(WORK_PER_CHARACTER * value.length);
    else if (Array.isArray(value)) this.#count(WORK_PER_ELEMENT * value.length);
    return result;
  }

  #count(work: number): void {
    this.#work += work;
    if (this.#work > MOST_WORK) throw new Error('it does not come to an end');
  }
}

/** Where a template says that it cannot render these messages. */
export class TemplateRefusal extends Error {}

function refuse(message: unknown): never {
  throw new TemplateRefusal(String(message));
}

/**
 * Reads a template in the language of Jinja, as transformers does for chats, for rendering with variables. Rendering
 * throws a {@link TemplateRefusal} where the template calls `raise_exception`, and other errors where it is faulty, or
 * does not come to an end.
 */
export function parseTemplate(source: string): (variables: Readonly<Record<string, unknown>>) => string {
  if (source.length > LONGEST_TEMPLATE) throw new Error(`it has ${source.length} characters`);
  const program = parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true }));
  return (variables) => {
    const environment = new Environment();
    const globals = {
      true: true,
      false: false,
      none: null,
      True: true,
      False: false,
      None: null,
      range,
      raise_exception: refuse,
      strftime_now: () => TODAY,
    };
    for (const [name, value] of Object.entries({ ...globals, ...variables })) environment.set(name, value);
    return String(new BoundedInterpreter(environment).run(program).value);
  };
}
