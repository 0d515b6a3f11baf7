import { redactSecrets } from '../util/safe-text.ts';
import { cleanLine } from './protocol-log.ts';

/** Shorter values are mostly placeholders, such as `none`. */
const LEAST_CHARS = 8;

/** A word, such as `gametype` or `Garchomp`: a key contains digits. */
const WORD = /^\p{L}+$/u;

/**
 * The secrets to redact from what a server shows everybody: protocol lines, names and formats. A battle server has
 * never seen our API keys or passwords, so matching text there is mostly coincidence: a placeholder for a key, a word
 * of the protocol, a password that is also our name. Redacting it would hide nothing, garble the battle and prevent it
 * from being found and resumed.
 *
 * @param ownName our name on the server
 */
export function publicSecrets(secrets: readonly string[], ownName = ''): readonly string[] {
  return secrets.filter(
    (secret) => secret.length >= LEAST_CHARS && !WORD.test(secret) && !ownName.includes(secret),
  );
}

/** Turns protocol lines into what the ledger keeps: one line each, without control characters and secrets. */
export function lineCleaner(secrets: readonly string[] = [], ownName?: string): (line: string) => string {
  const hidden = publicSecrets(secrets, ownName);
  return (line) => redactSecrets(cleanLine(line), hidden);
}

/** Keys of a decision whose texts are ours and are needed unredacted to make sense. */
export const DECISION_KEYS: ReadonlySet<string> = new Set(
  'battleId side request choice role kind'.split(' '),
);
