import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { randomAgent } from '../../src/agent/random.ts';
import { canMakeTeams, checkFormat, checkFormatHere } from '../../src/arena/format.ts';
import { playMatch } from '../../src/arena/match.ts';
import { readTeam } from '../../src/arena/team.ts';
import { simulator } from '../../src/knowledge/simulator.ts';
import { UserError } from '../../src/util/errors.ts';

const { Dex, Teams } = simulator;

describe('formats of the simulator', () => {
  const formats = Dex.formats
    .all()
    .filter(({ gameType }) => gameType === 'singles' || gameType === 'doubles');

  test('with generated teams are refused exactly when the simulator cannot generate them', () => {
    const made = formats.filter(({ team }) => team);
    expect(made.length).toBeGreaterThan(20);
    for (const { id } of made) {
      const make = (): unknown => Teams.generate(id, { seed: '1,2,3,4' });
      if (canMakeTeams(id)) {
        expect(checkFormatHere(id)).toEqual({ id, needsTeam: false });
        expect(make).not.toThrow();
      } else {
        expect(() => checkFormatHere(id), id).toThrow(UserError);
        // It can be played on a server, which makes the teams.
        expect(checkFormat(id)).toEqual({ id, needsTeam: false });
        expect(make, id).toThrow();
      }
    }
  });

  test('of other game types are refused by name', () => {
    for (const { id, gameType } of Dex.formats.all())
      if (gameType !== 'singles' && gameType !== 'doubles')
        expect(() => checkFormat(id)).toThrow(`"${id}" is ${gameType}; only singles and doubles`);
  });
});

describe('custom rules', () => {
  test.each([
    ['gen9ou@@@-Kingambit', 'gen9ou@@@-Kingambit'],
    ['[Gen 9] OU @@@ !Sleep Moves Clause , -kingambit', 'gen9ou@@@!Sleep Moves Clause,-kingambit'],
    ['gen9ou@@@', 'gen9ou'],
    ['gen9randombattle@@@Dynamax Clause', 'gen9randombattle@@@Dynamax Clause'],
  ])('%s is %s', (text, id) => {
    expect(checkFormat(text).id.toLowerCase()).toBe(id.toLowerCase());
  });

  test.each([
    ['gen9ou@@@Nonsense', /rules "Nonsense" cannot be used with gen9ou: Unrecognized rule "Nonsense"/],
    ['gen9ou@@@-Nobody', /cannot be used with gen9ou: Nothing matches "-?Nobody"/],
    ['gen9nothing@@@-Kingambit', /format "gen9nothing" is unknown/],
  ])('%s is refused', (text, message) => {
    expect(() => checkFormat(text)).toThrow(message);
    expect(() => checkFormat(text)).toThrow(UserError);
  });

  test('apply to teams and battles', async () => {
    const file = new URL('../fixtures/teams/gen9ou-balance.txt', import.meta.url);
    const text = readFileSync(file, 'utf8');
    expect(() => readTeam(text, checkFormat('gen9ou@@@-Kingambit').id, 'team')).toThrow(
      /Kingambit is banned/,
    );
    const format = checkFormat('gen9ou@@@!Team Preview').id;
    const team = readTeam(text, format, 'team');
    const lines: string[] = [];
    const { result } = await playMatch({
      battleId: 'ruled',
      format,
      seed: 'ruled',
      players: { p1: { agent: randomAgent, name: 'a', team }, p2: { agent: randomAgent, name: 'b', team } },
      fallback: randomAgent,
      turnMs: 60_000,
      onLine: (line) => lines.push(line),
    });
    expect(result?.turns).toBeGreaterThan(3);
    expect(lines).toContain('|tier|[Gen 9] OU');
    expect(lines.filter((line) => line.startsWith('|teampreview'))).toEqual([]);
  });
});
