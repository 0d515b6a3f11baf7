import { redactSecrets } from '../util/safe-text.ts';
import { cleanLine } from './protocol-log.ts';

/** Shorter values are mostly placeholders, such as `none`. */
const LEAST_CHARS = 8;

/** A word, such as `gametype` or `Garchomp`: a key has digits. */
const WORD = /^\p{L}+$/u;

/**
 * The secrets to be left out of what a server tells everybody: protocol lines, names and formats. No server of battles
 * has ever seen one of our API keys or passwords, so what looks the same there mostly is so by chance: a placeholder
 * for a key, a word of the protocol, a password that is our name as well. To leave that out would hide nothing, garble
 * the battle and keep it from being found and taken up again.
 *
 * @param ownName our name on the server
 */
export function publicSecrets(secrets: readonly string[], ownName = ''): readonly string[] {
  return secrets.filter(
    (secret) => secret.length >= LEAST_CHARS && !WORD.test(secret) && !ownName.includes(secret),
  );
}

/** Makes protocol lines what the ledger keeps of them: one line each, without control characters and secrets. */
export function lineCleaner(secrets: readonly string[] = [], ownName?: string): (line: string) => string {
  const hidden = publicSecrets(secrets, ownName);
  return (line) => redactSecrets(cleanLine(line), hidden);
}

/** Keys of a decision whose texts are ours and make no sense to a reader unless they are whole. */
export const DECISION_KEYS: ReadonlySet<string> = new Set(
  'battleId side request choice role kind'.split(' '),
);
