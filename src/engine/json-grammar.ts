import type { Constraint } from './constraint.ts';

/** The part of JSON Schema that answers are asked in. */
export interface AnswerSchema {
  readonly type?: string | undefined;
  readonly enum?: readonly (number | string)[] | undefined;
  readonly properties?: Readonly<Record<string, AnswerSchema>> | undefined;
  readonly items?: AnswerSchema | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly maxLength?: number | undefined;
}

/** What is still to be written, the next first. */
type State = readonly Goal[];

type Goal =
  /** These characters, one for each byte. */
  | { readonly kind: 'text'; readonly rest: string }
  /** A blank or none. */
  | { readonly kind: 'blank' }
  /** One of these, of which some is written. */
  | { readonly kind: 'one of'; readonly options: readonly string[]; readonly written: string }
  /** The inside of a text and its closing quote: so many bytes at most. */
  | { readonly kind: 'inside'; readonly left: number }
  /** What follows a backslash. */
  | { readonly kind: 'escape' }
  | { readonly kind: 'hex'; readonly left: number }
  | { readonly kind: 'number'; readonly written: string }
  /** After so many items: another one, or the end of the list. */
  | { readonly kind: 'items'; readonly schema: AnswerSchema; readonly count: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));
const LONGEST_TEXT = 1000;
const MOST_ITEMS = 16;
// Few tokens write more: texts with more room than that let the same tokens come. A longer one may go beyond the end.
const LONGEST_TOKEN = 24;
// A sign, some digits, and some behind a point.
const NUMBER_BEGINS = /^-?(?:0|[1-9]\d{0,6})?(?:(?<=\d)\.\d{0,4})?$/;
const NUMBER = /^-?(?:0|[1-9]\d{0,6})(?:\.\d{1,4})?$/;

/**
 * JSON that follows a schema, without blanks but for one behind a colon or a comma, as models write it. Properties come in
 * the schema's order.
 */
export function jsonGrammar(schema: AnswerSchema): Constraint<State> {
  return {
    start: goalsOf(schema),
    next,
    ends: (state) => state.every(isOptional),
    key: (state) => state.map(keyOf).join('\n'),
  };
}

function goalsOf(schema: AnswerSchema): readonly Goal[] {
  if (schema.enum !== undefined) {
    return [
      { kind: 'one of', options: schema.enum.map((value) => bytesOf(JSON.stringify(value))), written: '' },
    ];
  }
  if (schema.properties !== undefined) {
    const parts = Object.entries(schema.properties).flatMap(([name, part], index): Goal[] => [
      ...(index === 0 ? [] : [text(','), BLANK]),
      text(`${bytesOf(JSON.stringify(name))}:`),
      BLANK,
      ...goalsOf(part),
    ]);
    return [text('{'), ...parts, text('}')];
  }
  switch (schema.type) {
    case 'array':
      return [text('['), { kind: 'items', schema, count: 0 }];
    case 'integer':
    case 'number':
      return [{ kind: 'number', written: '' }];
    case 'boolean':
      return [{ kind: 'one of', options: ['true', 'false'], written: '' }];
    default:
      return [text('"'), { kind: 'inside', left: schema.maxLength ?? LONGEST_TEXT }];
  }
}

const text = (rest: string): Goal => ({ kind: 'text', rest });
const BLANK: Goal = { kind: 'blank' };
const bytesOf = (some: string): string => Buffer.from(some).toString('latin1');

/** A goal that what is written may have reached already. */
function isOptional(goal: Goal): boolean {
  if (goal.kind === 'blank') return true;
  if (goal.kind === 'one of') return goal.options.includes(goal.written);
  return goal.kind === 'number' && NUMBER.test(goal.written);
}

function next(state: State, byte: number): State | null {
  const [goal, ...rest] = state;
  if (goal === undefined) return null;
  const after = within(goal, byte);
  if (after !== null) return [...after, ...rest];
  return isOptional(goal) ? next(rest, byte) : null;
}

/** What is left of a goal after a byte; null if the byte is no part of it. */
function within(goal: Goal, byte: number): State | null {
  const character = String.fromCharCode(byte);
  switch (goal.kind) {
    case 'text':
      if (!goal.rest.startsWith(character)) return null;
      return goal.rest.length === 1 ? [] : [text(goal.rest.slice(1))];
    case 'blank':
      return character === ' ' ? [] : null;
    case 'one of': {
      const written = goal.written + character;
      return goal.options.some((option) => option.startsWith(written)) ? [{ ...goal, written }] : null;
    }
    case 'number': {
      const written = goal.written + character;
      return NUMBER_BEGINS.test(written) ? [{ kind: 'number', written }] : null;
    }
    case 'inside':
      return inside(goal.left, byte);
    case 'escape':
      if (character === 'u') return [{ kind: 'hex', left: 4 }];
      return ESCAPES.has(byte) ? [] : null;
    case 'hex':
      if (!/[0-9a-f]/i.test(character)) return null;
      return goal.left === 1 ? [] : [{ kind: 'hex', left: goal.left - 1 }];
    case 'items':
      return items(goal.schema, goal.count, character);
  }
}

function inside(left: number, byte: number): State | null {
  if (byte === QUOTE) return [];
  if (left === 0 || byte < 0x20) return null;
  const then: Goal = { kind: 'inside', left: left - 1 };
  return byte === BACKSLASH ? [{ kind: 'escape' }, then] : [then];
}

function items(schema: AnswerSchema, count: number, character: string): State | null {
  const { items: item = {}, minItems = 0, maxItems = MOST_ITEMS } = schema;
  if (character === ']') return count >= minItems ? [] : null;
  if (count >= maxItems) return null;
  const another: State = [...goalsOf(item), { kind: 'items', schema, count: count + 1 }];
  if (count > 0) return character === ',' ? [BLANK, ...another] : null;
  return next(another, character.charCodeAt(0));
}

function keyOf(goal: Goal): string {
  if (goal.kind === 'inside') return `inside ${Math.min(goal.left, LONGEST_TOKEN)}`;
  return JSON.stringify(goal);
}
