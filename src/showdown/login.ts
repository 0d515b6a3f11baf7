import { Actions } from '@pkmn/login';
import { ServerError, UserError } from '../util/errors.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';

/** Who plays. */
export interface Account {
  /** At most 18 letters and digits count. */
  readonly name: string;
  /** Absent for names that are not registered. */
  readonly password?: string;
}

/** Login server of the official servers, which others use, too. */
export const LOGIN_SERVER = 'https://play.pokemonshowdown.com/';

const TIMEOUT_MS = 15_000;

/**
 * Asks a login server to vouch for a name.
 *
 * @param challstr what the server sent after `|challstr|`
 * @param loginServer address with a slash at its end
 * @returns the message to send to the server
 * @throws {UserError} when name or password are refused
 * @throws {ServerError} when the login server does not answer as it should; worth another try
 */
export async function requestAssertion(
  account: Account,
  challstr: string,
  loginServer: string = LOGIN_SERVER,
): Promise<string> {
  const { name, password } = account;
  const action = Actions.login({
    username: name,
    challstr,
    url: loginServer,
    ...(password === undefined ? {} : { password }),
  });
  let answer: string;
  try {
    const response = await fetch(action.url, {
      method: action.method,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: action.data,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    answer = await response.text();
  } catch (cause) {
    throw new ServerError(`The login server ${loginServer} does not answer: ${(cause as Error).message}`, {
      cause,
    });
  }
  return readAssertion(action.onResponse, answer, account);
}

function readAssertion(
  read: (answer: string) => string | undefined,
  answer: string,
  { name, password }: Account,
): string {
  try {
    const command = read(answer);
    if (command !== undefined) return command;
  } catch (cause) {
    // The technical reason may quote the answer, and is left out of the chain of causes.
    const reason = safeLine(redactSecrets((cause as Error).message, password ? [password] : []));
    if (cause instanceof SyntaxError || /interfering|No data|unexpected/.test(reason)) {
      throw new ServerError(`The login server's answer makes no sense: ${reason}`);
    }
    if (reason.startsWith('Authentication required')) {
      throw new UserError(
        password === undefined
          ? `The name "${name}" is registered: set its password in POKELLMON_PASSWORD, or choose another name`
          : `Wrong password for the name "${name}": check POKELLMON_PASSWORD`,
      );
    }
    throw new UserError(`The login server refuses the name "${name}": ${reason}`);
  }
  throw new ServerError('The login server gave no assertion');
}
