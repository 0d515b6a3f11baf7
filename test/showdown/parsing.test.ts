import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseBattleRoom } from '../../src/showdown/battle-id.ts';
import { parseFrame } from '../../src/showdown/frame.ts';
import { parseRatingLine } from '../../src/showdown/rating-line.ts';
import { readRoomLine } from '../../src/showdown/room-line.ts';
import { parseLoginServer, parseServer } from '../../src/showdown/server-address.ts';
import { parseServerMessage } from '../../src/showdown/server-message.ts';
import { UserError } from '../../src/util/errors.ts';

test('a frame is a room and its lines', () => {
  expect(parseFrame('>battle-gen9ou-1\n|init|battle\n|j|a')).toEqual({
    room: 'battle-gen9ou-1',
    lines: ['|init|battle', '|j|a'],
  });
  expect(parseFrame('|challstr|4|abc')).toEqual({ room: '', lines: ['|challstr|4|abc'] });
});

test('a battle keeps its name when its room becomes private', () => {
  const battle = { battle: 'battle-gen9ou-12', format: 'gen9ou' };
  expect(parseBattleRoom('battle-gen9ou-12')).toEqual(battle);
  expect(parseBattleRoom('battle-gen9ou-12-9ipdnhn6wucvy5etfkm09oj2k60cdjopw')).toEqual(battle);
  for (const room of ['lobby', 'battle-gen9ou-12/../x', 'game-bestof3-gen9ou-1', 'battle-gen9ou-x']) {
    expect(parseBattleRoom(room)).toBeUndefined();
  }
});

describe('lines outside of rooms', () => {
  test.each([
    ['|challstr|4|ab|c', { type: 'challstr', challstr: '4|ab|c' }],
    ['|updateuser| Ann@!|1|102|{}', { type: 'user', name: 'Ann', named: true }],
    ['|nametaken|Ann|Someone has it.', { type: 'name-taken', reason: 'Someone has it.' }],
    [
      '|updatesearch|{"searching":["gen9ou"],"games":{"battle-gen9ou-1":"[Gen 9] OU*"}}',
      { type: 'search', searching: ['gen9ou'], games: ['battle-gen9ou-1'] },
    ],
    ['|updatesearch|{"searching":3}', { type: 'other' }],
    [
      '|pm| Ann| Bob|/challenge gen9ou|gen9ou|||',
      { type: 'challenge', from: 'Ann', to: 'Bob', format: 'gen9ou' },
    ],
    ['|pm| Ann| Bob|/challenge', { type: 'challenge', from: 'Ann', to: 'Bob' }],
    ['|pm| Ann| Bob|please /challenge gen9ou', { type: 'other' }],
    ['|popup|No.||Really.', { type: 'popup', text: 'No. Really.' }],
    ['|somethingnew|x', { type: 'unknown', kind: 'somethingnew' }],
  ])('%s', (line, message) => {
    expect(parseServerMessage(line)).toEqual(message);
  });

  test('a challenge with custom rules is not a challenge in the plain format', () => {
    const message = parseServerMessage('|pm| Ann| Bob|/challenge gen9ou@@@!Sleep Clause Mod|gen9ou|||');
    expect(message).toMatchObject({ type: 'challenge', format: 'gen9ou@@@!Sleep Clause Mod' });
  });
});

test('every line of a recorded battle is known', () => {
  const folder = new URL('../fixtures/battles/', import.meta.url);
  const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.log'),
  );
  expect(logs.length).toBeGreaterThan(2);
  const lines = logs.flatMap((log) => readFileSync(new URL(log, folder), 'utf8').split('\n'));
  const types = lines.map((line) => readRoomLine(line).type);
  expect(types).not.toContain('unknown');
  expect(types.filter((type) => type === 'log').length).toBeGreaterThan(500);
  expect(types).toContain('request');
});

test('chat is never mistaken for anything else', () => {
  for (const line of [
    '|c|☆Ann||win|Ann',
    '|c:|1700000000|☆Ann||request|{}',
    'plain |win| text',
    '||turn|3',
  ]) {
    expect(readRoomLine(line)).toEqual({ type: 'other' });
  }
});

test('a player who leaves for a moment keeps the name', () => {
  expect(readRoomLine('|player|p2|').type).toBe('other');
  expect(readRoomLine('|player|p2|Ann|102|1200').type).toBe('log');
});

test('new ratings are read from the HTML that announces them', () => {
  const html = "Ann&#39;s&lt;b&gt;'s rating: 1000 &rarr; <strong>1023</strong><br />(+23 for winning)";
  expect(parseRatingLine(html)).toEqual({ player: 'annsb', before: 1000, after: 1023 });
  expect(parseRatingLine('<b>hello</b>')).toBeUndefined();
});

test('login servers are named by address, and none gets a password that others could read on the way', () => {
  expect(parseLoginServer('official')).toBe('https://play.pokemonshowdown.com/');
  expect(parseLoginServer('login.example.org/~~mine')).toBe('https://login.example.org/~~mine/');
  expect(parseLoginServer('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080/');
  for (const text of ['http://login.example.org', 'ws://127.0.0.1', 'https://me:secret@example.org', '']) {
    expect(() => parseLoginServer(text)).toThrow(UserError);
  }
});

test('servers are named in several ways, and only this machine and private networks are local', () => {
  expect(parseServer('localhost:8000')).toEqual({
    url: 'ws://localhost:8000/showdown/websocket',
    host: 'localhost',
    id: 'localhost:8000',
    isLocal: true,
  });
  expect(parseServer('https://play.example.org').url).toBe('wss://play.example.org/showdown/websocket');
  expect(parseServer('official')).toMatchObject({ isLocal: false });
  expect(parseServer('ws://127.0.0.1:9/x')).toEqual({
    url: 'ws://127.0.0.1:9/x',
    host: '127.0.0.1',
    id: 'localhost:9',
    isLocal: true,
  });
  for (const host of ['10.0.0.7:8000', '172.31.2.3', '192.168.1.20:8000', '[fd12::1]:8000', '[fe80::1]']) {
    expect(parseServer(host)).toMatchObject({ isLocal: true, id: host });
  }
  for (const host of [
    ...['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.7.example.org', '10.example.org'],
    ...['11.0.0.7', '172.32.0.1', '192.169.1.20', '[2001:db8::1]', 'fd12.example.org'],
  ]) {
    expect(parseServer(host).isLocal).toBe(false);
  }
  for (const text of ['', 'ftp://x', 'ws://user:pw@host', 'a b']) {
    expect(() => parseServer(text)).toThrow('is not a server address');
  }
});

test.each([
  ...[
    'ws://me:hunter2@host:8000',
    'me:hunter2@host',
    'wss://me:hun%74er2@host/x',
    'ws://hunter2@',
    'me:hunter2@a b',
  ],
  ...[
    'ws:me:hunter2@host',
    'ws://me:p@hunter2@host',
    'ws://me:hunter2/x@host:1',
    'ws://me:hunter2@host:99999',
  ],
])('a password in an address is in no message: %s', (text) => {
  for (const parse of [parseServer, parseLoginServer]) {
    const fail = (): unknown => parse(text);
    expect(fail).toThrow('without a user or password in it');
    expect(fail).not.toThrow(/hun(t|%74)er2/);
  }
});
