import { toChoice } from '../../battle/action.ts';
import { toId } from '../../battle/generations.ts';
import { LEFT_FACTOR } from '../../observation/candidates.ts';
import type { Candidate } from '../../observation/prompt.ts';
import { safeLine } from '../../util/safe-text.ts';
import { type Answer, abstain } from './answer.ts';
import { namedAction } from './named-action.ts';

const NUMBER = /^\W{0,4}?(?:(?:action|option|number|choice)\W{0,3})?(-?\d{1,9}(?:\.\d{1,9})?)\W{0,3}$/i;
const TWO_NUMBERS = /^\W{0,4}(\d{1,2})\W{1,9}(\d{1,2})\W{0,3}$/;
const NUMBER_WITH_NAME = /^\W{0,4}(\d{1,3})[.):-]\s{0,3}(.+)$/;
const CHOICE_STRING = /^(?:(?:move|switch|team) [\d, +-]+[a-z ]*|pass|default)$/;

/**
 * The candidate that a short answer means. The answer may be its number (in doubles also two numbers), its words, a
 * choice string such as `move 2 terastallize`, or the name of the move or Pokémon, with or without words such as `use`
 * or `switch to`.
 *
 * @param value at most a line
 */
export function matchAction(value: string, candidates: readonly Candidate[]): Answer {
  const number = NUMBER.exec(value)?.[1];
  if (number !== undefined) return byNumber(Number(number), candidates);
  const [, left, right] = TWO_NUMBERS.exec(value) ?? [];
  if (left && right) return byNumber(LEFT_FACTOR * Number(left) + Number(right), candidates);

  const spelled = value
    .toLowerCase()
    .replace(/^\/?choose /, '')
    .replace(/\s+/g, ' ')
    .trim();
  const id = toId(spelled);
  const exact = candidates.find(({ action, words }) => spelled === toChoice(action) || id === toId(words));
  if (exact) return { kind: 'action', candidate: exact };
  if (CHOICE_STRING.test(spelled)) {
    return abstain('illegal-action', `"${spelled}" is not among the legal choices`);
  }

  const numbered = NUMBER_WITH_NAME.exec(value);
  if (!numbered) return namedAction(value, candidates);
  const [, digits = '', name = ''] = numbered;
  const named = namedAction(name, candidates);
  const counted = byNumber(Number(digits), candidates);
  if (named.kind === 'abstain' || counted.kind === 'abstain' || named.candidate === counted.candidate) {
    return counted;
  }
  return abstain('unparsable', `"${safeLine(value, 60)}" names two actions`);
}

function byNumber(number: number, candidates: readonly Candidate[]): Answer {
  const candidate = candidates.find(({ number: own }) => own === number);
  if (candidate) return { kind: 'action', candidate };
  return abstain('illegal-action', `${number} is not one of the ${candidates.length} actions`);
}
