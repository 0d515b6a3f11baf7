import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { toId } from '../../src/battle/generations.ts';

/** The password of every registered name. */
export const PASSWORD = 'correct horse';

/** What goes wrong with an answer: 503 as when the login server is overloaded, or another key. */
export type LoginTrouble = 'overloaded' | 'other-key';

/** A login server on loopback. */
export interface LoginServer {
  readonly url: string;
  /** PEM: for the Showdown server that is to trust this one. */
  readonly publicKey: string;
  /** The assertion with which a registered name is taken. */
  assertion(name: string, challstr: string): string;
  stop(): void;
}

/**
 * Starts a login server that follows the protocol: an assertion that the real server verifies, in JSON after `]`.
 *
 * @param onAsked called for each request, which is answered when that is done
 */
export async function startLoginServer(
  onAsked: (form: URLSearchParams) => Promise<LoginTrouble | undefined> = async () => undefined,
): Promise<LoginServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

  function assertion(name: string, challstr: string, isRegistered: boolean, key = privateKey): string {
    const challenge = challstr.split('|').at(-1);
    const type = isRegistered ? 2 : 1;
    const data = `${challenge},${toId(name)},${type},${Math.floor(Date.now() / 1000)},localhost`;
    return `${data};${createSign('RSA-SHA1').update(data).sign(key, 'hex')}`;
  }

  function answer(form: URLSearchParams, key = privateKey): string {
    const name = form.get('name') ?? form.get('userid') ?? '';
    const isRegistered = form.has('pass');
    if (isRegistered && form.get('pass') !== PASSWORD) return ']{"actionerror":"Wrong password."}';
    const signed = assertion(name, form.get('challstr') ?? '', isRegistered, key);
    if (!isRegistered) return signed;
    return `]${JSON.stringify({ actionsuccess: true, assertion: signed, curuser: { loggedin: true } })}`;
  }

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      const form = new URLSearchParams(body);
      const trouble = await onAsked(form);
      if (trouble === 'overloaded') response.writeHead(503);
      response.end(answer(form, trouble === 'other-key' ? other.privateKey : privateKey));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The login server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    assertion: (name, challstr) => assertion(name, challstr, true),
    stop: () => void server.close(),
  };
}
