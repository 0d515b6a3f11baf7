import { z } from 'zod';
import { type PokellmonError, ServerError, UserError } from '../util/errors.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';

/** The account to play with. */
export interface Account {
  /** At most 18 letters and digits count. */
  readonly name: string;
  /** Absent for names that are not registered. */
  readonly password?: string;
}

const answerSchema = z.object({
  actionerror: z.string().optional(),
  /** Its older name. */
  error: z.string().optional(),
  /** False, empty or `;` when there is none. */
  assertion: z.union([z.string(), z.literal(false)]).optional(),
  curuser: z.object({ loggedin: z.boolean().optional() }).optional(),
});

/** The signed text that the battle server trusts. */
const ASSERTION = /^[^;<>\s]+;[^;<>\s]+$/;

/**
 * Reads the answer of a login server: for a name alone it is the assertion or the reason why there is none (`;` or
 * `;;REASON`), for a password `]` followed by JSON. Neither the answer nor the password is ever part of an error.
 *
 * @returns the assertion
 * @throws {UserError} when name or password are refused
 * @throws {ServerError} when the answer makes no sense, like the page of a proxy in between; worth another try
 */
export function readLoginAnswer(answer: string, account: Account): string {
  const text = answer.trim();
  const assertion = text.startsWith(']') ? assertionOf(text.slice(1), account) : text;
  if (assertion === ';') throw refused('', account);
  if (assertion === ';;@gmail') {
    throw new UserError(
      `The name "${account.name}" is tied to a Google account, which cannot be used here: choose another name`,
    );
  }
  if (assertion.startsWith(';;')) throw refused(assertion.slice(2), account);
  if (!ASSERTION.test(assertion)) throw nonsense(assertion.includes('<') ? 'a web page' : 'no assertion');
  return assertion;
}

function assertionOf(json: string, account: Account): string {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    throw nonsense('broken JSON');
  }
  const parsed = answerSchema.safeParse(raw);
  if (!parsed.success) throw nonsense('JSON of an unknown kind');
  const { actionerror, error = actionerror, assertion, curuser } = parsed.data;
  if (error) throw refused(error, account);
  const given = assertion || '';
  // Without a login there is no assertion, whatever is in its place; a text that begins with `;;` gives the reason.
  return curuser?.loggedin || given.startsWith(';;') ? given : ';';
}

/** @param reason the reason in the login server's words; empty when it only wants a password, or another one */
function refused(reason: string, { name, password }: Account): PokellmonError {
  if (reason === '' && password === undefined) {
    return new UserError(
      `The name "${name}" is registered: set its password in POKELLMON_PASSWORD, or choose another name`,
    );
  }
  if (reason === '' || /^wrong password/i.test(reason)) {
    return new UserError(`Wrong password for the name "${name}": check POKELLMON_PASSWORD`);
  }
  const why = safeLine(redactSecrets(reason, password === undefined ? [] : [password]));
  return new UserError(`The login server refuses the name "${name}": ${why}`);
}

function nonsense(what: string): ServerError {
  return new ServerError(`The login server's answer cannot be read: ${what}`);
}
