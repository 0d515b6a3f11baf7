import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { updateSets } from '../../src/cli/update-sets.ts';
import { setSources } from '../../src/knowledge/set-sources.ts';
import { pokellmon } from '../support/run-cli.ts';

let home: string;
let before: string | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pokellmon-home-'));
  before = process.env.POKELLMON_HOME;
  process.env.POKELLMON_HOME = home;
});
afterEach(() => {
  if (before === undefined) delete process.env.POKELLMON_HOME;
  else process.env.POKELLMON_HOME = before;
  rmSync(home, { recursive: true, force: true });
});

const SETS = {
  Milotic: {
    Tank: {
      moves: ['Scald', 'Recover', ['Haze', 'Ice Beam'], 'Flip Turn'],
      ability: 'Marvel Scale',
      item: ['Leftovers'],
      nature: 'Bold',
      evs: [{ hp: 252, def: 252, spd: 4 }],
      ivs: [],
      teratypes: 'Steel',
    },
  },
};
const USAGE = {
  battles: 12,
  pokemon: {
    Milotic: {
      abilities: { 'Marvel Scale': 0.9, Competitive: 0.1 },
      items: { Leftovers: 0.7, 'Flame Orb': 0.295, Nothing: 0.005 },
      moves: { Scald: 1, Recover: 1, Haze: 0.6, 'Flip Turn': 0.8, 'Ice Beam': 0.6 },
      spreads: { 'Bold:252/0/252/0/4/0': 0.8, 'Calm:252/0/4/0/252/0': 0.2 },
    },
  },
};
const MADE = { Milotic: { level: 85, roles: { Tank: { weight: 1, moves: { Scald: 1, Rest: 1 } } } } };

/** Serves files by path, like the public address. */
async function publisher(files: Readonly<Record<string, string | number>>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''] ?? 404;
    if (typeof file === 'number') response.statusCode = file;
    response.end(typeof file === 'number' ? '' : file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('pokellmon sets update', () => {
  test('downloads sets and statistics into the player’s folder, where they are used', async () => {
    const from = await publisher({
      '/sets/gen9nu.json': JSON.stringify(SETS),
      '/stats/gen9nu.json': JSON.stringify(USAGE),
    });
    const lines = await updateSets({ format: ['gen9nu'], from: `${from}/` });
    expect(lines).toEqual([
      `${join(home, 'sets', 'gen9nu.json')}: sets of 1 species`,
      `${join(home, 'statistics', 'gen9nu.json')}: statistics of 1 species`,
    ]);
    const [counted, analysed] = setSources(9, 'gen9nu', { baseSpecies: 'Milotic', level: 93 });
    expect(counted?.origin).toEqual({ basis: 'statistics', format: 'gen9nu' });
    const scald = counted?.sets.filter(({ moves }) => moves.includes('scald'));
    expect(scald?.length).toBe(counted?.sets.length);
    expect(new Set(counted?.sets.map(({ nature }) => nature))).toEqual(new Set(['bold', 'calm']));
    expect(analysed?.sets.map(({ moves }) => moves[2])).toEqual(['haze', 'icebeam']);
  });

  test('takes what is available, also from a folder, and for random battles the teams’ statistics', async () => {
    mkdirSync(join(home, 'got', 'randbats', 'stats'), { recursive: true });
    writeFileSync(join(home, 'got', 'randbats', 'stats', 'gen9babyrandombattle.json'), JSON.stringify(MADE));
    await updateSets({ format: ['gen9babyrandombattle'], from: join(home, 'got') });
    const kept = readFileSync(join(home, 'statistics', 'gen9babyrandombattle.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual({ Milotic: [{ weight: 1, level: 85, moves: { Scald: 1, Rest: 1 } }] });
    expect(readdirSync(join(home, 'statistics'))).toEqual(['gen9babyrandombattle.json']);
  });

  test.each([
    ['nothing there', {}, /has neither sets nor statistics of gen9nu/],
    ['a failing server', { '/sets/gen9nu.json': 503 }, /answers 503; try again later/],
    ['no JSON', { '/sets/gen9nu.json': '<html>' }, /sets\/gen9nu\.json is not valid JSON/],
    ['something else', { '/sets/gen9nu.json': '{"Mew":{"A":{"moves":"x"}}}' }, /Mew → A → moves: /],
  ])('%s: says so in one line and leaves nothing behind', async (_, files, message) => {
    const from = await publisher(files);
    const update = updateSets({ format: ['gen9nu'], from });
    await expect(update).rejects.toThrow(message);
    await expect(update).rejects.toThrow(/^[^\n]*$/);
    expect(readdirSync(home)).toEqual([]);
  });

  test('without a network says that it needs one', async () => {
    const { code, stderr } = await pokellmon(
      ['sets', 'update', '--format', 'gen9ou', '--from', 'http://127.0.0.1:9'],
      { POKELLMON_HOME: home },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^pokellmon: Cannot reach http:\/\/127\.0\.0\.1:9\/s\w+\/gen9ou\.json \(.+\): this needs/,
    );
    await expect(updateSets({ format: ['../x'], from: home })).rejects.toThrow('Expected a format id');
  });
});

describe('the player’s own sets.json', () => {
  const write = (text: string): void => writeFileSync(join(home, 'sets.json'), text);

  test('takes precedence', () => {
    write('{"gen9ou":{"Great Tusk":[{"moves":["Protect"],"item":"Leftovers"}]}}');
    const [own, ...others] = setSources(9, 'gen9ou', { baseSpecies: 'Great Tusk', level: 94 });
    expect(own).toMatchObject({ origin: { basis: 'own', format: 'gen9ou' }, share: 0.85 });
    expect(own?.sets.map(({ moves }) => moves)).toEqual([['protect']]);
    expect(others.map(({ origin }) => origin.basis)).toEqual(['analysed', 'guess']);
  });

  test.each([
    ['{', /is not valid JSON/],
    ['{"gen9ou":{"Mew":[{"moves":["Psychik"]}]}}', /gen9ou → Mew → #1 → moves → #1: expected a move/],
  ])('%s ends a command before its battle with one line', async (text, message) => {
    write(text);
    const { code, stdout, stderr } = await pokellmon(['battle', '--agent', 'calc', '--out', home], {
      POKELLMON_HOME: home,
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(message)]);
    expect(stderr).toContain(join(home, 'sets.json'));
  });
});
