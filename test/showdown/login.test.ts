import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SessionEvent } from '../../src/ledger/session-record.ts';
import type { RoomOutcome } from '../../src/showdown/battle-room.ts';
import { requestAssertion } from '../../src/showdown/login.ts';
import { playSession } from '../../src/showdown/session.ts';
import type { SessionOptions } from '../../src/showdown/session-options.ts';
import { ServerError, UserError } from '../../src/util/errors.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { type LoginServer, type LoginTrouble, PASSWORD, startLoginServer } from '../support/login-server.ts';
import { pokellmon } from '../support/run-cli.ts';
import { startShowdown, type TestServer } from '../support/showdown-server.ts';
import { sessionOptions } from './play.ts';

let server: TestServer;
let login: LoginServer;
let out: string;
/** What the login server does with its next answers, one after the other. */
const troubles: LoginTrouble[] = [];
/** Called for each request to the login server, which answers when that is done. */
let onAsked: (challstr: string) => Promise<void> | void = () => {};

beforeAll(async () => {
  login = await startLoginServer(async (form) => {
    const trouble = troubles.shift();
    await onAsked(form.get('challstr') ?? '');
    return trouble;
  });
  server = await startShowdown({ loginKey: login.publicKey });
  out = mkdtempSync(join(tmpdir(), 'pokellmon-'));
});
afterAll(async () => {
  login.stop();
  await server.stop();
  rmSync(out, { recursive: true });
});

const LADDER = { type: 'ladder', format: 'gen9ou' } as const;

/** Battles at the public servers' pace are long, so each side brings a single Pokémon that only attacks. */
const TEAM = 'Barraskewda||ChoiceBand|SwiftSwim|Liquidation|Adamant|,252,,,4,252|||||,,,,,Water';

function secure(name: string, how: SessionOptions['matchmaking'], password?: string): SessionOptions {
  const client = { account: { name, password }, needsAssertion: true, loginServer: login.url };
  return sessionOptions(server.url, name, how, { client, teamFor: () => TEAM });
}

test('registered names play on a server that checks assertions and throttles', async () => {
  troubles.push('overloaded');
  const format = 'gen9ou';
  const outcomes: RoomOutcome[] = [];
  const onEnd: SessionOptions['onEnd'] = (_room, outcome) => void outcomes.push(outcome);
  const said: string[] = [];
  const host = secure('Host', { type: 'accept', formats: [format] }, PASSWORD);
  const sessions = await Promise.all([
    playSession({
      ...host,
      room: { ...host.room, greeting: 'good luck', farewell: 'gg' },
      onEnd,
      onEvent: (event) => event.type === 'said' && void said.push(event.text),
    }),
    playSession({ ...secure('Visitor One', { type: 'challenge', format, user: 'Host' }, PASSWORD), onEnd }),
  ]);
  expect(outcomes.map(({ result }) => result?.turns)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(said).toEqual(['good luck', 'gg']);
  for (const { faults, unknownKinds } of sessions) {
    expect(faults).toMatchObject({ invalid: 0, timeouts: 0, resyncs: 0 });
    expect([...unknownKinds]).toEqual([]);
  }
});

test('on a local server with security the command line names the login server', async () => {
  const team = join(out, 'team.txt');
  writeFileSync(team, TEAM);
  const challenge = `challenge Opponent --agent random --name Secured --format ${LADDER.format} --team ${team}`;
  const args = `${challenge} --server 127.0.0.1:${server.port} --out ${out}`.split(' ');
  const refused = await pokellmon(args);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('It has security on: name the login server that it trusts.');
  const [{ code, stdout }] = await Promise.all([
    pokellmon([...args, '--login-server', login.url], { POKELLMON_PASSWORD: PASSWORD }),
    playSession(secure('Opponent', { type: 'accept', formats: [LADDER.format] }, PASSWORD)),
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('against Opponent');
});

test('a missing login server ends the session with its name', async () => {
  const options = secure('Host', LADDER, PASSWORD);
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

test('a wrong password is reported without revealing it', async () => {
  const wrong = 'wrong horse';
  const refused = playSession(secure('Host', LADDER, wrong));
  await expect(refused).rejects.toThrow('Wrong password for the name "Host": check POKELLMON_PASSWORD');
  await expect(refused).rejects.not.toThrow(wrong);
});

/** A session that ends as soon as it is logged in. */
async function logIn(name: string, password?: string, url = server.url): Promise<readonly SessionEvent[]> {
  const stop = new AbortController();
  const events: SessionEvent[] = [];
  const options = secure(name, LADDER, password);
  await playSession({
    ...options,
    client: { ...options.client, url },
    stop: stop.signal,
    onEvent(event) {
      events.push(event);
      if (event.type === 'connected') stop.abort();
    },
  });
  return events;
}

test('an answer to an aborted login is not used for the next one', async () => {
  const asked: string[] = [];
  let drop = (): void => {};
  const proxy = await startFaultProxy(server.url, {
    toClient(frame, connection) {
      drop = connection.drop;
      return [frame];
    },
  });
  onAsked = async (challstr) => {
    asked.push(challstr);
    if (asked.length > 1) return;
    drop();
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const events = await logIn('Late', PASSWORD, proxy.url);
  onAsked = () => {};
  await proxy.close();
  expect(events.map(({ type }) => type)).toEqual(['disconnected', 'connected']);
  const [first = '', second = ''] = asked.map((challstr) => challstr.split('|').at(-1));
  expect(first).not.toBe(second);
  const renames = proxy.delivered.filter((text) => text.startsWith('|/trn '));
  expect(renames).toEqual([expect.stringContaining(second)]);
});

test('a server that accepts the connection and says nothing is tried again', async () => {
  let isMute = false;
  let isBack = false;
  const proxy = await startFaultProxy(server.url, {
    toClient(frame, { index }) {
      isMute = true;
      isBack = index > 0;
      return index === 0 ? [] : [frame];
    },
  });
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const session = logIn('Patient', PASSWORD, proxy.url);
  while (!isMute) await sleep(5);
  vi.advanceTimersByTime(59_000);
  for (let ms = 0; ms < 10_000 && !isBack; ms += 20) {
    vi.advanceTimersByTime(20);
    await sleep(5);
  }
  vi.useRealTimers();
  expect((await session).map(({ type }) => type)).toEqual(['connected']);
  await proxy.close();
});

test('an assertion that the server rejects ends the session without revealing it', async () => {
  troubles.push('other-key');
  const session = logIn('Host', PASSWORD);
  await expect(session).rejects.toThrow(
    'The server refuses the name "Host": Your verification signature was',
  );
  await expect(session).rejects.not.toThrow(/,localhost|;[0-9a-f]{16}/);
});

test('a name held by another user is requested a few times, and then reported', async () => {
  const leave = await startHolder('Twin');
  const events: SessionEvent[] = [];
  const options = secure('Twin', LADDER);
  const twin = playSession({ ...options, onEvent: (event) => void events.push(event) });
  const reason = 'Someone is already using the name "Twin".';
  await expect(twin).rejects.toThrow(`The server refuses the name "Twin": ${reason}`);
  expect(events).toEqual(Array.from({ length: 3 }, () => ({ type: 'message', text: reason })));
  await leave();
});

test('a name held only by the dead connection is taken back as soon as the server releases it', async () => {
  const proxy = await startFaultProxy(server.url, {
    toClient(frame, connection) {
      if (connection.index === 0 && frame.includes('|queryresponse|')) connection.halfOpen(8_000);
      return [frame];
    },
  });
  const options = secure('Ghost', LADDER);
  const stop = new AbortController();
  const types: string[] = [];
  await playSession({
    ...options,
    client: { ...options.client, url: proxy.url, heartbeatMs: 300 },
    stop: stop.signal,
    onEvent({ type }) {
      types.push(type);
      if (type === 'reconnected') stop.abort();
    },
  });
  await proxy.close();
  // More attempts than a connection is allowed: the server never refuses one for that.
  expect(types.filter((type) => type === 'message').length).toBeGreaterThan(3);
  expect(types.at(-1)).toBe('reconnected');
});

/** Logs in and stays; returns what ends it. */
async function startHolder(name: string): Promise<() => Promise<unknown>> {
  const stop = new AbortController();
  let isIn = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    isIn = resolve;
  });
  const session = playSession({ ...secure(name, LADDER), stop: stop.signal, onEvent: isIn });
  await arrived;
  return () => {
    stop.abort();
    return session;
  };
}

describe('an answer of the login server', () => {
  /** Asks a login server that gives this answer, and returns what it was sent. */
  async function ask(text: string, password?: string, status = 200, headers = {}) {
    const forms: string[] = [];
    const answers = createServer((request, response) => {
      let form = request.url ?? '';
      request.on('data', (chunk) => {
        form += chunk;
      });
      request.on('end', () => {
        forms.push(form);
        response.writeHead(status, headers).end(text);
      });
    }).listen(0, '127.0.0.1');
    await once(answers, 'listening');
    const address = answers.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const account = { name: 'Red', ...(password === undefined ? {} : { password }) };
      const command = await requestAssertion(account, '4|abc', `http://127.0.0.1:${port}/`);
      return { command, forms };
    } catch (error) {
      // Neither the answer nor the password is revealed, not even as a cause.
      expect(inspect(error)).not.toMatch(/correct horse|host;signature/);
      expect((error as Error).message).not.toContain('\n');
      expect(forms).toHaveLength(1);
      throw error;
    } finally {
      answers.close();
    }
  }

  const ASSERTION = 'abc,red,1,1700000000,host;signature';
  const json = (value: object): string => `]${JSON.stringify(value)}`;
  const loggedIn = { actionsuccess: true, curuser: { loggedin: true } };

  test('for a free name is the assertion itself', async () => {
    const { command, forms } = await ask(ASSERTION);
    expect(command).toBe(`|/trn Red,0,${ASSERTION}`);
    expect(forms.join()).toContain('getassertion');
    expect(forms.join()).not.toMatch(/pass/i);
  });

  test('for a password contains it in JSON', async () => {
    const { command, forms } = await ask(json({ ...loggedIn, assertion: ASSERTION }), PASSWORD);
    expect(command).toBe(`|/trn Red,0,${ASSERTION}`);
    expect(forms.join()).toContain('pass=correct%20horse');
  });

  test.each([
    [';', undefined, 'The name "Red" is registered: set its password in POKELLMON_PASSWORD'],
    [';;@gmail', undefined, 'The name "Red" is tied to a Google account'],
    [';;That name is for staff.', undefined, 'refuses the name "Red": That name is for staff.'],
    [json({ actionerror: 'Malformed request' }), undefined, 'refuses the name "Red": Malformed request'],
    [json({ actionerror: 'Wrong password.' }), PASSWORD, 'Wrong password for the name "Red"'],
    [json({ actionsuccess: false, assertion: false }), PASSWORD, 'Wrong password for the name "Red"'],
    [json({ actionsuccess: false, assertion: ';' }), PASSWORD, 'Wrong password for the name "Red"'],
    [json({ assertion: ASSERTION, curuser: { loggedin: false } }), PASSWORD, 'Wrong password for the name'],
    [json({ ...loggedIn, assertion: ';;Your username is no longer available.' }), PASSWORD, 'no longer'],
    [json({ error: `Not ${PASSWORD},\n\u001b[2J please` }), PASSWORD, 'Not [redacted], [2J please'],
  ])('that refuses is reported in one line: %j', async (text, password, line) => {
    const refused = ask(text, password);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(line);
  });

  test.each([
    ['<!DOCTYPE html>\n<html><body>Down for maintenance</body></html>', 200, 'a web page'],
    ['', 200, 'no assertion'],
    ['Error: too many requests', 200, 'no assertion'],
    [`${ASSERTION}\n${ASSERTION}`, 200, 'no assertion'],
    [`]{"assertion":"${ASSERTION}`, 200, 'broken JSON'],
    [json({ ...loggedIn, assertion: [ASSERTION] }), 200, 'JSON of an unknown kind'],
    [json(loggedIn), 200, 'no assertion'],
    ['Error: Internal Server Error', 500, 'does not answer: HTTP 500'],
    ['<html>Bad gateway</html>', 502, 'does not answer: HTTP 502'],
  ])('that makes no sense is worth another try: %j %i', async (text, status, line) => {
    for (const password of [undefined, PASSWORD]) {
      const failed = ask(text, password, status);
      await expect(failed).rejects.toThrow(ServerError);
      await expect(failed).rejects.toThrow(line);
    }
  });

  test('that redirects is not followed: the password stays where it belongs', async () => {
    const moved = ask('', PASSWORD, 307, { Location: '/elsewhere' });
    await expect(moved).rejects.toThrow('does not answer: HTTP 307');
  });
});
