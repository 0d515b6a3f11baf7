import { Actions } from '@pkmn/login';
import { ServerError } from '../util/errors.ts';
import { errorCode, tlsFailure } from '../util/tls-failure.ts';
import { type Account, readLoginAnswer } from './login-answer.ts';

/** Login server of the official servers, which others use, too. */
export const LOGIN_SERVER = 'https://play.pokemonshowdown.com/';

const TIMEOUT_MS = 30_000;

/**
 * Asks a login server to vouch for a name.
 *
 * @param challstr the server's text after `|challstr|`
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
      // The password goes to the login server and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    answer = await response.text();
  } catch (cause) {
    throw new ServerError(`The login server ${loginServer} does not answer: ${reasonOf(cause)}`, { cause });
  }
  return `|/trn ${name},0,${readLoginAnswer(answer, account)}`;
}

/** Why a request failed: `fetch` itself only says that it did. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const tls = tlsFailure(errorCode(error.cause));
  if (tls !== undefined) return tls;
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
