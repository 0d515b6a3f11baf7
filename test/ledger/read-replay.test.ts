import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { readReplay } from '../../src/ledger/read-replay.ts';
import { BATTLE_1, fixturePath, playRecorded, recordedLines, temporaryFolder } from './real-battle.ts';

/** The common part of all forms of battle 1: everything but room traffic and times. */
const BATTLE_LINES = recordedLines('battle-01', 'spectator.log').filter(
  (line) => line !== '|' && !/^\|(t:|init|title|j|l|inactive|deinit)(\||$)/.test(line),
);

const battleLines = (lines: readonly string[]) => lines.filter((line) => BATTLE_LINES.includes(line));

test('a battle folder, a public replay and a raw log give the same battle', async () => {
  const ledger = openBattleLedger(await temporaryFolder(), BATTLE_1);
  playRecorded(ledger);
  await ledger.finish({ winner: 'p1', turns: 31 });
  ledger.close();
  const folder = await readReplay(ledger.folder);
  const served = await readReplay(fixturePath('battle-01', 'replay.json'));
  const raw = await readReplay(fixturePath('battle-01', 'spectator.log'));
  expect(folder.lines).toEqual(BATTLE_LINES);
  for (const replay of [folder, served, raw]) {
    expect(battleLines(replay.lines)).toEqual(BATTLE_LINES);
    expect(replay.view).toBe('spectator');
    expect(replay.notices).toEqual([]);
  }
});

test("a player's log is that player's view, with the requests", async () => {
  const first = await readReplay(fixturePath('battle-01', 'fpr100a.log'));
  expect(first.view).toBe('p1');
  const requests = recordedLines('battle-01', 'fpr100a.log').filter((line) => line.startsWith('|request|'));
  expect(first.lines.filter((line) => line.startsWith('|request|'))).toEqual(requests);
  expect((await readReplay(fixturePath('battle-20', 'sh346181.log'))).view).toBe('p2');
});

test('foreign text in a log is skipped and counted; line ends of all systems are read', async () => {
  const path = join(await temporaryFolder(), 'mixed.log');
  const good = ['|player|p1|ann', '|start', '|turn|1'];
  const text = [
    '>battle-gen9ou-1',
    'a chat line',
    ...good,
    `|c|x|${'y'.repeat(1 << 17)}`,
    '',
    '|request|{"act',
  ];
  await writeFile(path, text.join('\r\n'));
  const { lines, notices } = await readReplay(path);
  expect(lines).toEqual(good);
  expect(notices).toEqual(['mixed.log: 3 lines are not protocol lines; skipped']);
});

test('a log torn by a crash is read up to the tear', async () => {
  const folder = join(await temporaryFolder(), 'battle');
  await mkdir(folder);
  await writeFile(join(folder, 'battle.log'), '|player|p1|ann\n|start\n|-damage|p1a: Milo');
  const { lines, notices } = await readReplay(folder);
  expect(lines).toEqual(['|player|p1|ann', '|start']);
  expect(notices).toEqual(['battle.log: the last line is cut off; skipped']);
});

test.each([
  ['nothing.log', undefined, /^Cannot read .*nothing.log/],
  ['poem.log', 'roses are red', /holds no battle; expected a battle folder, a replay.json or a protocol log/],
  ['other.json', '{"log": 5}', /other.json is JSON, but not a replay/],
  ['broken.json', '{"log": "|player|p1|', /broken.json is JSON, but not a replay/],
])('%s is an error for people', async (name, content, message) => {
  const path = join(await temporaryFolder(), name);
  if (content !== undefined) await writeFile(path, content);
  await expect(readReplay(path)).rejects.toThrow(message);
});

test.each(['multi', 'freeforall', 'triples', 'rotation', '__proto__'])(
  'a battle of the type %s is refused by name',
  async (gameType) => {
    const path = join(await temporaryFolder(), 'battle.log');
    const lines = [
      `|gametype|${gameType}`,
      '|player|p1|a||',
      '|gen|6',
      '|switch|p1a: A|Pikachu, L50|100/100',
    ];
    await writeFile(path, lines.join('\n'));
    await expect(readReplay(path)).rejects.toThrow(
      `${path} is a battle of the type "${gameType}"; only singles and doubles can be followed`,
    );
  },
);
