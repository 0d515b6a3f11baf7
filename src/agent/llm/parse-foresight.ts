import { toId } from '../../battle/generations.ts';
import type { ExpectedReply } from '../../search/opponent-model/opponent-prior.ts';
import { answerPart } from './answer-text.ts';
import { gameName } from './game-name.ts';

/** At most this many predictions are read; the rest is ignored. */
const MOST = 8;
// Bounded quantifiers: no text can make matching slow.
const ENTRY =
  /"action"\s{0,9}:\s{0,9}"([^"\\\n]{1,80})"(?:[^{}\n]{0,40}?"chance"\s{0,9}:\s{0,9}"?(\d{1,3}(?:\.\d{1,4})?))?/gi;

/**
 * Reads what a model predicts of the opponent. The text is hostile: the work is bounded, nothing is thrown, and names
 * that mean nothing in the game are left out.
 */
export function parseForesight(text: string): readonly ExpectedReply[] {
  const found = [...answerPart(text).matchAll(ENTRY)].slice(0, MOST);
  return found.flatMap(([, action = '', percent]) => {
    const chance = percent === undefined ? 1 / found.length : Math.min(100, Number(percent)) / 100;
    const what = meaning(action);
    return what && chance > 0 ? [{ ...what, chance }] : [];
  });
}

function meaning(action: string): Omit<ExpectedReply, 'chance'> | undefined {
  const switching = /^\s*switch(?:es|ing)?\b(?:\s+(?:in|out|to|into)\b){0,3}(.{0,60})$/i.exec(action);
  if (!switching) {
    const name = gameName(toId(action.replace(/^\s*uses?\s+/i, '')));
    return name?.kind === 'move' ? { move: name.id } : undefined;
  }
  const name = gameName(toId(switching[1] ?? ''));
  return name?.kind === 'species' ? { species: name.id } : {};
}
