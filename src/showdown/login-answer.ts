import { z } from 'zod';
import { type PokellmonError, ServerError, UserError } from '../util/errors.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';

/** Who plays. */
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

/** The signed data that the battle server believes. */
const ASSERTION = /^[^;<>\s]+;[^;<>\s]+$/;

/**
 * Reads what a login server answers: to a name alone the assertion or why there is none (`;` or `;;REASON`), to a
 * password `]` and JSON around it. Neither the answer nor the password is ever part of an error.
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
  // Without a login there is none, whatever stands in its place; what begins with `;;` says why.
  return curuser?.loggedin || given.startsWith(';;') ? given : ';';
}

/** @param reason in the login server's words; empty when it only wants a password, or another one */
function refused(reason: string, { name, password }: Account): PokellmonError {
  if (reason === '' && password === undefined) {
    return new UserError(
      `The name "${name}" is registered: set its password in POKELLMON_PASSWORD, or choose another name`,
    );
  }
  if (reason === '' || /^wrong password/i.test(reason)) {
    return new UserError(`Wrong password for the name "${name}": check POKELLMON_PASSWORD`);
  }
  const told = safeLine(redactSecrets(reason, password === undefined ? [] : [password]));
  return new UserError(`The login server refuses the name "${name}": ${told}`);
}

function nonsense(what: string): ServerError {
  return new ServerError(`The login server's answer cannot be read: ${what}`);
}
