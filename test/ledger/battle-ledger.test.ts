import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { type LedgerOptions, openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { readBattle } from '../../src/ledger/read-battle.ts';
import { readDecisions } from '../../src/ledger/read-decisions.ts';
import { readReplay } from '../../src/ledger/read-replay.ts';
import type { BattleMeta, DecisionRecord } from '../../src/ledger/record.ts';
import { replayPage, replayPageData } from '../../src/ledger/replay-page.ts';
import { UserError } from '../../src/util/errors.ts';
import { framesOf } from '../support/frames-of.ts';
import { BATTLE_1, fixturePath, playRecorded, recordedLines, temporaryFolder } from './real-battle.ts';

async function writeBattle(options: LedgerOptions & Parameters<typeof playRecorded>[1] = {}) {
  const ledger = openBattleLedger(await temporaryFolder(), BATTLE_1, options);
  const records = playRecorded(ledger, options);
  await ledger.finish({ winner: 'p1', turns: 31 });
  ledger.close();
  return { folder: ledger.folder, records };
}

const text = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe('a battle on disk', () => {
  test('contains the log for a replay site, the player’s own view, and every decision', async () => {
    const { folder, records } = await writeBattle();
    expect(readdirSync(folder).sort()).toEqual([
      'battle.json',
      'battle.log',
      'decisions.jsonl',
      'p1.log',
      'replay.html',
      'replay.json',
    ]);
    const served = JSON.parse(readFileSync(fixturePath('battle-01', 'replay.json'), 'utf8'));
    const expected = (served.log as string)
      .split('\n')
      .filter((line) => line !== '' && line !== '|deinit' && !line.startsWith('|t:|'));
    expect(text(folder, 'battle.log')).toBe(`${expected.join('\n')}\n`);
    expect(text(folder, 'p1.log')).toBe(
      `${recordedLines('battle-01', 'fpr100a.log')
        .filter((line) => !line.startsWith('|t:|'))
        .join('\n')}\n`,
    );
    expect(records.length).toBeGreaterThan(30);

    const battle = await readBattle(folder);
    expect(battle.notices).toEqual([]);
    expect(battle.decisions).toEqual(asJson(records));
    expect(battle.views.p1?.filter((line) => line.startsWith('|request|')).length).toBeGreaterThan(30);
    expect(battle.views.p2).toBeUndefined();
    expect(battle.meta).toMatchObject({ ...BATTLE_1, result: { winner: 'p1', turns: 31 } });

    const replay = JSON.parse(text(folder, 'replay.json'));
    expect(replay).toMatchObject({
      id: served.id,
      format: served.format,
      formatid: served.formatid,
      players: served.players,
      log: battle.log.join('\n'),
    });
  });

  test('has a page that follows exactly from its stored records', async () => {
    const { folder } = await writeBattle();
    const { meta, log, views, decisions } = await readBattle(folder);
    const data = replayPageData(meta, log, framesOf(views.p1 ?? [], 'p1'), decisions);
    expect(data.frames.map(({ turn }) => turn)).toEqual(Array.from({ length: 32 }, (_, turn) => turn));
    expect(replayPage(data)).toBe(text(folder, 'replay.html'));
  });

  test('is the same, byte for byte, when played again, except for times', async () => {
    const first = await writeBattle({ now: () => 1_000, latencyMs: 10 });
    const second = await writeBattle({ now: () => 2_000_000, latencyMs: 999 });
    for (const name of ['battle.log', 'p1.log'])
      expect(text(first.folder, name)).toBe(text(second.folder, name));
    const withoutTiming = (folder: string) =>
      text(folder, 'decisions.jsonl').replace(/"timing":\{[^}]*\}/g, '"timing":{}');
    expect(text(first.folder, 'decisions.jsonl')).not.toBe(text(second.folder, 'decisions.jsonl'));
    expect(withoutTiming(first.folder)).toBe(withoutTiming(second.folder));
    const meta = (folder: string): BattleMeta => ({
      ...JSON.parse(text(folder, 'battle.json')),
      timing: undefined,
    });
    expect(meta(first.folder)).toEqual(meta(second.folder));

    const third = await writeBattle({ now: () => 1_000, latencyMs: 10 });
    for (const name of readdirSync(first.folder))
      expect(text(third.folder, name)).toBe(text(first.folder, name));
  });

  test('has each decision, and the log that led to it, on disk before the decision takes effect', async () => {
    const ledger = openBattleLedger(await temporaryFolder(), BATTLE_1);
    let seen = 0;
    const check = (record: DecisionRecord) => {
      seen++;
      const lines = text(ledger.folder, 'decisions.jsonl').split('\n');
      expect(lines.length).toBe(seen + 1);
      expect(JSON.parse(lines[seen - 1] ?? '')).toEqual(asJson(record));
      expect(text(ledger.folder, 'p1.log')).toContain(`"rqid":${record.rqid}`);
    };
    playRecorded(ledger, { onDecision: check });
    expect(seen).toBeGreaterThan(30);
    ledger.close();
  });

  test('that was interrupted stays readable, without a result', async () => {
    const ledger = openBattleLedger(await temporaryFolder(), BATTLE_1);
    const records = playRecorded(ledger);
    const battle = await readBattle(ledger.folder);
    expect(battle.meta.result).toBeUndefined();
    expect(battle.decisions).toEqual(asJson(records));
    expect(existsSync(join(ledger.folder, 'replay.html'))).toBe(false);
    ledger.close();
  });

  test('that is left has the replay so far, and none when nothing has happened', async () => {
    const ledger = openBattleLedger(await temporaryFolder(), BATTLE_1);
    const half = recordedLines('battle-01', 'spectator.log').slice(0, 300);
    for (const line of half) ledger.line('spectator', line);
    ledger.close();
    const { log, meta } = await readBattle(ledger.folder);
    expect(meta.result).toBeUndefined();
    expect(log.length).toBeGreaterThan(200);
    expect(JSON.parse(text(ledger.folder, 'replay.json')).log).toBe(log.join('\n'));
    expect(text(ledger.folder, 'replay.html')).toContain('per100a');
    const { source, lines } = await readReplay(ledger.folder);
    expect({ source, lines }).toEqual({
      source: join(ledger.folder, 'battle.log'),
      lines: log.filter((line) => line !== '|'),
    });

    const early = openBattleLedger(await temporaryFolder(), BATTLE_1);
    early.line('spectator', '|player|p1|fpr100a');
    early.close();
    expect(readdirSync(early.folder)).toEqual(['battle.json']);
  });

  test('is never overwritten: the same battle again gets its own folder', async () => {
    const root = await temporaryFolder();
    const folders = [1, 2, 3].map(() => {
      const ledger = openBattleLedger(root, BATTLE_1);
      ledger.line('spectator', '|start');
      ledger.close();
      return ledger.folder;
    });
    expect(folders).toEqual(
      [BATTLE_1.id, `${BATTLE_1.id}-2`, `${BATTLE_1.id}-3`].map((name) => join(root, name)),
    );
  });
});

describe('what comes from outside', () => {
  test.each(['../escape', '..', '/etc/passwd', 'a/b', 'a\\b', '', 'C:', 'nul\0', 'Ünïcode', 'x'.repeat(97)])(
    'an id such as %j names no folder',
    async (id) => {
      const root = await temporaryFolder();
      expect(() => openBattleLedger(join(root, 'in'), { ...BATTLE_1, id })).toThrow(UserError);
      expect(readdirSync(root)).toEqual([]);
    },
  );

  test('keys reach no file, wherever they come from', async () => {
    const looksLikeKey = 'sk-proj-abcdefgh12345678';
    const secret = 'hunter2-without-a-prefix';
    const leak = `the key\n${looksLikeKey} and ${secret}`;
    const root = await temporaryFolder();
    const players = { ...BATTLE_1.players, p2: { name: `${secret}` } };
    const ledger = openBattleLedger(root, { ...BATTLE_1, players }, { secrets: [secret] });
    ledger.line('spectator', `|c|someone|${leak}`);
    ledger.line('p1', `|-message|${leak}`);
    const tracker: BattleTracker = new BattleTracker({
      side: 'p1',
      onTurnEnd: (turn) => ledger.turnEnd(turn, tracker),
    });
    for (const line of [
      '|switch|p1a: x|Ditto, L80|100/100',
      `|-start|p1a: x|${leak.replace('\n', ' ')}`,
      '|turn|1',
    ]) {
      tracker.add(line);
    }
    tracker.add('|upkeep');
    tracker.catchUp();
    playRecorded(ledger, {
      extra: {
        reasoning: leak,
        votes: [{ text: leak, latencyMs: 1, abstained: 'unparsable' }],
        fallback: { reason: 'auth', detail: `401: ${leak}`, agent: 'calc' },
        prompt: { style: 'x', hash: 'y', messages: [{ role: 'user', content: leak }] },
      },
    });
    await ledger.finish({ winner: null, turns: 31 });
    ledger.close();
    const files = readdirSync(ledger.folder);
    expect(files.length).toBe(6);
    expect(text(ledger.folder, 'replay.html')).toContain(
      'under the effect of the key [redacted] and [redacted]',
    );
    for (const name of files) {
      expect(text(ledger.folder, name), name).not.toContain(looksLikeKey);
      expect(text(ledger.folder, name), name).not.toContain(secret);
    }
    expect(text(ledger.folder, 'decisions.jsonl')).toContain('[redacted]');
  });

  test('a secret that is a word of the battle, or our name, garbles nothing but reaches no prompt', async () => {
    const plain = await writeBattle();
    const prompt = {
      style: 'x',
      hash: 'y',
      messages: [{ role: 'user', content: 'turn fpr100a move' }],
    } as const;
    const secrets = ['none', 'turn', 'move', 'user', 'random', 'Hydrapple', 'fpr100a', 'fpr100a-1'];
    const { folder } = await writeBattle({ secrets, ownName: 'fpr100a-1', extra: { prompt } });
    const untimed = (path: string, name: string) => text(path, name).replace(/"uploadtime":\d+/, '');
    for (const name of ['battle.log', 'p1.log', 'replay.json'])
      expect(untimed(folder, name)).toBe(untimed(plain.folder, name));
    const { meta, decisions, notices } = await readBattle(folder);
    expect(meta).toMatchObject(BATTLE_1);
    expect(notices).toEqual([]);
    expect(decisions.map(({ choice }) => choice)).toEqual(plain.records.map(({ choice }) => choice));
    for (const decision of decisions)
      expect(decision.prompt?.messages).toEqual([
        { role: 'user', content: '[redacted] [redacted] [redacted]' },
      ]);
    const page = text(folder, 'replay.html');
    expect(page).toContain('Hydrapple');
    expect(page).toContain('"role":"user"');
    expect(page).not.toContain('turn fpr100a move');
  });

  test('a line can neither forge another line nor contain escape codes', async () => {
    const ledger = openBattleLedger(await temporaryFolder(), BATTLE_1);
    ledger.line('spectator', '|c|evil|hi\n|win|evil\r\u001b[2J\u0000');
    ledger.line('spectator', '|t:|1795376389');
    await ledger.finish({ winner: null, turns: 0 });
    ledger.close();
    expect(text(ledger.folder, 'battle.log')).toBe('|c|evil|hi |win|evil [2J \n');
  });
});

test('a failed write is reported in one line', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  expect(() => openBattleLedger(join(file, 'sub'), BATTLE_1)).toThrow(/^Cannot write the battle to .*file/);
});

describe('a torn decisions.jsonl', () => {
  test('cut at every byte of its last two records loses only what was cut', async () => {
    const { folder, records } = await writeBattle({
      extra: { votes: undefined, prompt: undefined, usage: undefined },
    });
    const lastThree = text(folder, 'decisions.jsonl').split('\n').slice(-4).join('\n');
    const bytes = Buffer.from(lastThree);
    const path = join(folder, 'torn.jsonl');
    const ends = [...bytes.entries()].flatMap(([index, byte]) => (byte === 10 ? [index + 1] : []));
    expect(ends.length).toBe(3);
    await writeFile(path, bytes);
    for (let cut = bytes.length; cut >= (ends[0] ?? 0); cut--) {
      await truncate(path, cut);
      const { records: read, notices } = await readDecisions(path);
      const whole = ends.filter((end) => end <= cut).length;
      expect(read).toEqual(asJson(records).slice(-3).slice(0, whole));
      expect(notices).toEqual(ends.includes(cut) ? [] : ['torn.jsonl: the last line is cut off; skipped']);
    }
  });

  test('skips foreign lines and says where they are', async () => {
    const { folder, records } = await writeBattle();
    const path = join(folder, 'decisions.jsonl');
    const [first = '', second = '', ...rest] = text(folder, 'decisions.jsonl').split('\n');
    const newer = first.replace('"version":1', '"version":99');
    await writeFile(path, [first, 'hello', newer, '{"version":1}', second, ...rest].join('\n'));
    const { records: read, notices } = await readDecisions(path);
    expect(read).toEqual(asJson(records));
    expect(notices.map((notice) => notice.match(/^decisions.jsonl: line (\d+) is not/)?.[1])).toEqual([
      '2',
      '3',
      '4',
    ]);
  });

  test('that cannot be read is an error for people', async () => {
    const { folder } = await writeBattle();
    await expect(readDecisions(join(folder, 'nothing.jsonl'))).rejects.toThrow(
      /^Cannot read .*nothing.jsonl/,
    );
    await writeFile(join(folder, 'battle.json'), '{"version":1');
    await expect(readBattle(folder)).rejects.toThrow(
      /battle.json is not a battle.json that this version can read/,
    );
  });
});
