import { type Action, type Gimmick, slotActions } from '../../battle/action.ts';
import { toId } from '../../battle/generations.ts';
import { moveIdWithoutPower } from '../../knowledge/dex.ts';
import type { Candidate } from '../../observation/prompt.ts';
import { safeLine } from '../../util/safe-text.ts';
import { type Answer, abstain } from './answer.ts';
import { type GameName, gameName } from './game-name.ts';

/** Words around a name that do not help to identify an action. */
const FILLER = new Set(
  (
    'i ll will would should d am m my we the a an let s it is now best final answer choice decision action option ' +
    'use using click choose pick select play go going with move attack switch switching swap change send sending ' +
    'bring bringing in out to into for revive lead and then'
  ).split(' '),
);
/** Words after which a name counts as an action even in lower case. */
const VERBS = new Set('use using click choose pick select play to with'.split(' '));

const GIMMICKS = new Map<string, string>([
  ...['tera', 'terastal', 'terastallize', 'terastallise'].map((word) => [word, 'terastallize'] as const),
  ...['dynamax', 'gigantamax'].map((word) => [word, 'dynamax'] as const),
  ...['mega', 'megax', 'megay', 'ultra', 'zmove'].map((word) => [word, word] as const),
]);

/** The most words in a name (`10,000,000 Volt Thunderbolt` counts four). */
const LONGEST_NAME = 5;

interface Word {
  readonly id: string;
  readonly capital: boolean;
}

/** A sequence of words that names one of the candidates' moves or Pokémon. */
interface Mention {
  readonly candidates: readonly Candidate[];
  readonly start: number;
  readonly end: number;
}

/**
 * The candidate that a phrase names, e.g. `Surf`, `use surf`, `Terastallize and use Surf`, `switch to Rotom Wash`. If
 * it names none, the result says whether the thing named exists in the game.
 *
 * @param phrase at most a line
 */
export function namedAction(phrase: string, candidates: readonly Candidate[]): Answer {
  const words = wordsOf(phrase);
  const mentions = findMentions(words, namesOf(candidates));
  return mentions.length > 0 ? resolve(mentions, words) : notOnOffer(phrase, words, candidates);
}

/** The only candidate that running text names; a text that names several gives none. */
export function onlyActionNamed(text: string, candidates: readonly Candidate[]): Answer {
  const words = wordsOf(text);
  const mentions = findMentions(words, namesOf(candidates)).filter(
    ({ start }) => words[start]?.capital || VERBS.has(words[start - 1]?.id ?? ''),
  );
  return mentions.length > 0 ? resolve(mentions, words) : abstain('unparsable', 'no answer in the text');
}

/** Whether a line consists of names, numbers, and words such as `I will use` only. */
export function isBareAnswer(line: string, candidates: readonly Candidate[]): boolean {
  const words = wordsOf(line);
  const mentions = findMentions(words, namesOf(candidates));
  const named = (i: number): boolean => mentions.some(({ start, end }) => i >= start && i < end);
  const bare = words.every(({ id }, i) => named(i) || FILLER.has(id) || GIMMICKS.has(id) || /^\d+$/.test(id));
  return bare || gameName(idOf(withoutFiller(words))) !== undefined;
}

function wordsOf(text: string): Word[] {
  const found = text.normalize('NFKD').match(/[\p{L}\p{M}\p{N}]{1,80}/gu) ?? [];
  return found
    .map((word) => ({ id: toId(word), capital: /^[\p{Lu}\p{N}]/u.test(word) }))
    .filter(({ id }) => id !== '');
}

function idOf(words: readonly Word[]): string {
  return words.map(({ id }) => id).join('');
}

function nameIds(action: Action): string[] {
  switch (action.type) {
    case 'move':
      return [action.move, moveIdWithoutPower(action.move), nameId(action.name)];
    case 'switch':
      return [nameId(action.species)];
    case 'team':
      return [nameId(action.leads.join(''))];
    case 'pass':
      return ['pass'];
    case 'pair': {
      // Two names in one phrase need numbers; a pair in which one slot passes goes by the other's name.
      const acting = [action.left, action.right].filter(({ type }) => type !== 'pass');
      return acting.length === 1 ? acting.flatMap(nameIds) : [];
    }
  }
}

function nameId(name: string): string {
  return toId(name.normalize('NFKD'));
}

/** The candidates by the names of their actions. */
function namesOf(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const names = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const id of new Set(nameIds(candidate.action))) names.set(id, [...(names.get(id) ?? []), candidate]);
  }
  return names;
}

function findMentions(words: readonly Word[], names: ReadonlyMap<string, readonly Candidate[]>): Mention[] {
  const mentions: Mention[] = [];
  let start = 0;
  while (start < words.length) {
    const mention = longestNameAt(words, start, names);
    if (mention) mentions.push(mention);
    start = mention ? mention.end : start + 1;
  }
  return mentions;
}

function longestNameAt(
  words: readonly Word[],
  start: number,
  names: ReadonlyMap<string, readonly Candidate[]>,
): Mention | undefined {
  for (let end = Math.min(start + LONGEST_NAME, words.length); end > start; end--) {
    const candidates = names.get(idOf(words.slice(start, end)));
    if (candidates) return { candidates, start, end };
  }
  return undefined;
}

/** The one action that all mentions mean, with a gimmick mentioned right before or after one of them. */
function resolve(mentions: readonly Mention[], words: readonly Word[]): Answer {
  const [first] = mentions;
  if (!first || mentions.some(({ candidates }) => candidates[0] !== first.candidates[0])) {
    return abstain('unparsable', 'names several actions');
  }
  const gimmick = mentions
    .flatMap(({ start, end }) => [
      ...words.slice(Math.max(0, start - 3), start),
      ...words.slice(end, end + 2),
    ])
    .map(({ id }) => GIMMICKS.get(id))
    .find((word) => word !== undefined);
  return variant(first.candidates, gimmick);
}

/** Of the candidates with one name, the one with this gimmick, or with none. */
function variant(candidates: readonly Candidate[], gimmick: string | undefined): Answer {
  const fitting = candidates.filter(({ action }) => fits(gimmickOf(action), gimmick));
  // The name of a Z-Move or Max Move already implies the gimmick.
  const [candidate, ...others] = fitting.length === 0 && gimmick === undefined ? candidates : fitting;
  if (!candidate) return abstain('illegal-action', `"${gimmick}" is not possible now`);
  return others.length > 0 ? abstain('unparsable', 'fits several actions') : { kind: 'action', candidate };
}

function gimmickOf(action: Action): Gimmick | undefined {
  return slotActions(action).flatMap((slot) => (slot.type === 'move' ? [slot.gimmick] : []))[0];
}

function fits(offered: Gimmick | undefined, said: string | undefined): boolean {
  return said === undefined ? offered === undefined : offered?.startsWith(said) === true;
}

/** What a phrase means that names no candidate by its own name: another spelling of one, or something else. */
function notOnOffer(phrase: string, words: readonly Word[], candidates: readonly Candidate[]): Answer {
  const quoted = `"${safeLine(phrase, 60)}"`;
  const core = withoutFiller(words);
  if (core.length === 0) return abstain('unparsable', `${quoted} names no action`);
  for (const part of [words, core]) {
    const name = gameName(idOf(part));
    if (!name) continue;
    const candidate = candidates.find(({ action }) => meansAction(name, action));
    return candidate
      ? { kind: 'action', candidate }
      : abstain('illegal-action', `${quoted} cannot be chosen now`);
  }
  return abstain('unknown-action', `${quoted} does not exist`);
}

function withoutFiller(words: readonly Word[]): readonly Word[] {
  const says = ({ id }: Word): boolean => !FILLER.has(id) && !GIMMICKS.has(id);
  return words.slice(Math.max(0, words.findIndex(says)), words.findLastIndex(says) + 1);
}

function meansAction({ kind, id }: GameName, action: Action): boolean {
  if (action.type === 'move') return kind === 'move' && id === action.move;
  return action.type === 'switch' && kind === 'species' && id === gameName(nameId(action.species))?.id;
}
