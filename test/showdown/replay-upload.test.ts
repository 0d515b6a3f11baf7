import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { sessionWords } from '../../src/cli/format-session.ts';
import type { SessionEvent } from '../../src/ledger/session-record.ts';
import { playSession } from '../../src/showdown/session.ts';
import { startShowdown, type TestServer } from '../support/showdown-server.ts';
import { sessionOptions } from './play.ts';

const FORMAT = 'gen9randombattle';

/** What the Showdown server has passed on for publication. */
const published: { readonly id: string; readonly log: string }[] = [];
let site: Server;
let server: TestServer;

beforeAll(async () => {
  // The replay site answers a list of requests with a list, after `]`.
  site = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const asked = JSON.parse(new URLSearchParams(body).get('json') ?? '[]') as Record<string, string>[];
      const answers = asked.map(({ act, id = '', log = '' }) => {
        if (act !== 'addreplay') return {};
        published.push({ id, log });
        return published.length < 3 ? { replayid: id } : { errorip: '127.0.0.1' };
      });
      response.end(`]${JSON.stringify(answers)}`);
    });
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  if (typeof address !== 'object' || !address) throw new Error('The replay site has no port');
  server = await startShowdown({ loginServer: `http://127.0.0.1:${address.port}/` });
});
afterAll(async () => {
  await server.stop();
  site.close();
});

/** Plays two battles one after the other; returns what the server says about their replays. */
async function play(name: string): Promise<readonly SessionEvent[]> {
  const events: SessionEvent[] = [];
  const ladder = { type: 'ladder', format: FORMAT } as const;
  await Promise.all([
    playSession({
      ...sessionOptions(server.url, name, ladder, {
        battles: 2,
        room: { agent: maxPowerAgent, saveReplay: true },
      }),
      onEvent: (event) => event.type.startsWith('replay-') && void events.push(event),
    }),
    playSession(
      sessionOptions(server.url, `${name}foe`, ladder, { battles: 2, room: { agent: maxPowerAgent } }),
    ),
  ]);
  return events;
}

test('replays are published on request, and reported with their addresses', async () => {
  const events = await play('author');
  expect(published).toHaveLength(2);
  for (const { id, log } of published) {
    expect(id).toMatch(/^gen9randombattle-\d+$/);
    expect(log).toMatch(/\|win\|author|\|tie/);
  }
  // The server's answer may come during the search for the next battle, and does not refuse that.
  expect(events).toEqual(
    published.map(({ id }) => ({
      type: 'replay-published',
      url: `https://replay.pokemonshowdown.com/${id}`,
    })),
  );
  expect(events.map((event) => sessionWords(event)?.text)).toEqual(
    published.map(({ id }) => expect.stringContaining(`https://replay.pokemonshowdown.com/${id}`)),
  );
});

test('a server that may not publish says so, and the session ends as usual', async () => {
  const events = await play('stranger');
  expect(published).toHaveLength(4);
  expect(events.map((event) => sessionWords(event)?.text)).toEqual([
    expect.stringContaining('could not publish the replay (This server'),
    expect.stringContaining('could not publish the replay (This server'),
  ]);
});
