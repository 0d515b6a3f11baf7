import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoomOutcome } from '../../src/showdown/battle-room.ts';
import { requestAssertion } from '../../src/showdown/login.ts';
import { playSession, type SessionOptions } from '../../src/showdown/session.ts';
import { ServerError, UserError } from '../../src/util/errors.ts';
import { startShowdown, type TestServer } from '../support/showdown-server.ts';
import { sessionOptions } from './play.ts';

const PASSWORD = 'correct horse';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let server: TestServer;
let login: Server;
let loginServer: string;
/** Requests that the login server still answers with an error, as when it is overloaded. */
let troubles = 0;

/** A login server as the protocol describes it: `]` and JSON, with an assertion that the real server verifies. */
function answer(form: URLSearchParams): string {
  const name = (form.get('name') ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  if (form.get('pass') !== PASSWORD) {
    return `]${JSON.stringify({ actionsuccess: false, assertion: ';', curuser: { loggedin: false } })}`;
  }
  const challenge = (form.get('challstr') ?? '').split('|').at(-1);
  const data = `${challenge},${name},2,${Math.floor(Date.now() / 1000)},localhost`;
  const signature = createSign('RSA-SHA1').update(data).sign(privateKey, 'hex');
  const assertion = `${data};${signature}`;
  return `]${JSON.stringify({ actionsuccess: true, assertion, curuser: { loggedin: true } })}`;
}

beforeAll(async () => {
  const loginKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  server = await startShowdown({ loginKey });
  login = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (troubles-- > 0) response.writeHead(503);
      response.end(answer(new URLSearchParams(body)));
    });
  }).listen(0, '127.0.0.1');
  await once(login, 'listening');
  const address = login.address();
  if (typeof address !== 'object' || !address) throw new Error('The login server has no port');
  loginServer = `http://127.0.0.1:${address.port}/`;
});
afterAll(async () => {
  login.close();
  await server.stop();
});

/** Battles at the public servers' pace are long, so each side brings a single Pokémon that only attacks. */
const TEAM = 'Barraskewda||ChoiceBand|SwiftSwim|Liquidation|Adamant|,252,,,4,252|||||,,,,,Water';

function secure(name: string, how: SessionOptions['matchmaking'], password: string): SessionOptions {
  const client = { account: { name, password }, needsAssertion: true, loginServer };
  return sessionOptions(server.url, name, how, { client, teamFor: () => TEAM });
}

test('registered names play on a server that checks assertions and throttles', async () => {
  troubles = 1;
  const format = 'gen9ou';
  const outcomes: RoomOutcome[] = [];
  const onEnd: SessionOptions['onEnd'] = (_room, outcome) => void outcomes.push(outcome);
  const sessions = await Promise.all([
    playSession({ ...secure('Host', { type: 'accept', formats: [format] }, PASSWORD), onEnd }),
    playSession({ ...secure('Visitor One', { type: 'challenge', format, user: 'Host' }, PASSWORD), onEnd }),
  ]);
  expect(outcomes.map(({ result }) => result?.turns)).toEqual([expect.any(Number), expect.any(Number)]);
  for (const { faults, unknownKinds } of sessions) {
    expect(faults).toMatchObject({ invalid: 0, timeouts: 0, resyncs: 0 });
    expect([...unknownKinds]).toEqual([]);
  }
});

test('a login server that is not there ends the session with its name', async () => {
  const options = secure('Host', { type: 'ladder', format: 'gen9ou' }, PASSWORD);
  const causes: string[] = [];
  const session = playSession({
    ...options,
    client: { ...options.client, loginServer: 'http://127.0.0.1:1/' },
    onEvent: (event) => event.type === 'disconnected' && void causes.push(event.cause),
  });
  const reason = 'The login server http://127.0.0.1:1/ does not answer';
  await expect(session).rejects.toThrow(reason);
  expect(causes).toEqual([expect.stringContaining(reason), expect.stringContaining(reason)]);
});

test('a wrong password is told without telling it', async () => {
  const wrong = 'wrong horse';
  const refused = playSession(secure('Host', { type: 'ladder', format: 'gen9ou' }, wrong));
  await expect(refused).rejects.toThrow('Wrong password for the name "Host": check POKELLMON_PASSWORD');
  await expect(refused).rejects.not.toThrow(wrong);
});

describe('without a password the login server is asked for an assertion by itself:', () => {
  /** Asks a login server that answers so, and gives what it was sent. */
  async function ask(text: string) {
    let form = '';
    const answers = createServer((request, response) => {
      form = request.url ?? '';
      request.on('data', (chunk) => {
        form += chunk;
      });
      request.on('end', () => response.end(text));
    }).listen(0, '127.0.0.1');
    await once(answers, 'listening');
    const address = answers.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const asked = requestAssertion({ name: 'Red' }, '4|abc', `http://127.0.0.1:${port}/`);
      return { command: await asked, form };
    } finally {
      answers.close();
    }
  }

  test('a free name gets it', async () => {
    const { command, form } = await ask('abc,red,1,1700000000,host;signature');
    expect(command).toBe('|/trn Red,0,abc,red,1,1700000000,host;signature');
    expect(form).toContain('getassertion');
    expect(form).not.toMatch(/pass/i);
  });

  test('a registered name needs its password', async () => {
    await expect(ask(';')).rejects.toThrow(
      'The name "Red" is registered: set its password in POKELLMON_PASSWORD',
    );
  });

  test('a forbidden name is told with the reason', async () => {
    const refused = ask(';;That name is for staff.');
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow('refuses the name "Red": Invalid name: That name is for staff.');
  });

  test.each(['<html><body>Down for maintenance</body></html>', ''])(
    'an answer that makes no sense is worth another try: %j',
    async (text) => {
      await expect(ask(text)).rejects.toThrow(ServerError);
    },
  );
});
