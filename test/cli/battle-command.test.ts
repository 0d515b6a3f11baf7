import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { battleCommand } from '../../src/cli/battle-command.ts';
import { readBattle } from '../../src/ledger/read-battle.ts';
import { readDecisions } from '../../src/ledger/read-decisions.ts';
import { readResults } from '../../src/ledger/results-ledger.ts';
import { startMisbehavingServer } from '../support/misbehaving-server.ts';
import { NO_MODEL, pokellmon, startPokellmon } from '../support/run-cli.ts';
import { savedBattles } from '../support/saved-battles.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'pokellmon-cli-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

describe('pokellmon battle', () => {
  test('without options lets the model that comes along play, tells each turn with its reason and leaves the battle behind', async () => {
    const { code, stdout, stderr } = await pokellmon(['--seed', '7', '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^llm:local against heuristics: gen9randombattle, seed 7$/m);
    expect(stdout).toMatch(/^Turn 1$/m);
    expect(stdout).toMatch(
      /^ {2}llm:local: (use|switch to|Terastallize).* — \d+% sure; expects .+ \(\d+%\), \d+% to win$/m,
    );
    expect(stdout).toMatch(/^llm:local won [01] and lost [01] against heuristics \(\d+% of 1\)$/m);
    const [folder] = readdirSync(out);
    expect(folder).toBe('gen9randombattle-7-1');
    expect(readdirSync(join(out, 'gen9randombattle-7-1')).sort()).toEqual([
      'battle.json',
      'battle.log',
      'decisions.jsonl',
      'p1.log',
      'p2.log',
      'replay.html',
      'replay.json',
    ]);
  });

  test('the same seed gives the same bytes except for times', async () => {
    const folders = [join(out, 'first'), join(out, 'second')];
    const runs = await Promise.all(
      folders.map((folder) =>
        pokellmon(['battle', '--agent', 'calc', '--seed', 'same', '--quiet', '--out', folder]),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const [first, second] = folders.map(savedBattles);
    expect(first?.size).toBe(6);
    expect(second).toEqual(first);
  });

  test('--json prints one document that names every battle and its folder', async () => {
    const args = [
      'battle',
      '--agent',
      'random',
      '--opponent',
      'max-power',
      '--battles',
      '2',
      '--json',
      '--out',
      out,
    ];
    const { code, stdout, stderr } = await pokellmon([...args, '--seed', 'j', '--concurrency', '2']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      agent: 'random',
      opponent: 'max-power',
      seed: 'j',
      summary: { battles: 2 },
    });
    expect(report.battles.map(({ id, side }: { id: string; side: string }) => [id, side])).toEqual([
      ['gen9randombattle-j-1', 'p1'],
      ['gen9randombattle-j-2', 'p2'],
    ]);
    for (const { folder } of report.battles) expect(readdirSync(folder)).toContain('replay.json');
  });

  test('plays a format with team preview with a team from a file', async () => {
    const team = 'test/fixtures/teams/gen9ou-balance.txt';
    const args = [
      '--agent',
      'calc',
      '--opponent',
      'random',
      '--format',
      'gen9ou',
      '--team',
      team,
      '--seed',
      '3',
    ];
    const { code, stdout } = await pokellmon([...args, '--quiet', '--out', out]);
    expect(stdout).toMatch(/^calc won/m);
    expect(code).toBe(0);
  });

  test('does not let calc play for an unavailable model that the environment names', async () => {
    const env = { POKELLMON_MODEL: 'gpt-4.1-mini', POKELLMON_BASE_URL: '', OPENAI_API_KEY: '' };
    const { code, stdout, stderr } = await pokellmon(['--seed', '7', '--quiet', '--out', out], env);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/No API key for api\.openai\.com/)]);
  });

  test.each([
    [['--agent', 'nobody'], /no agent "nobody": choose one of llm, search, calc/],
    [['--model', 'gpt-4.1-mini'], /^pokellmon: No API key for api\.openai\.com/],
    [['--strategy', 'hope'], /Allowed choices are direct/],
  ])('%j fails with one line of advice', async (args, message) => {
    const { code, stdout, stderr } = await pokellmon(['battle', ...args, '--out', out]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(message)]);
  });

  // In this process: loading the program for each case would take longer than everything else.
  test.each([
    [['--base-url', 'http://localhost:9/v1'], /^Which model of localhost:9\? Name it with --model NAME/],
    [['--model', './none.gguf'], /Cannot open the model \.\/none\.gguf/],
    [
      ['--prompt', 'grounded'],
      /The model local reads the prompt style "local" only: leave out --prompt grounded/,
    ],
    [
      ['--model', 'x', '--base-url', 'http://127.0.0.1:9/v1'],
      /cannot reach 127\.0\.0\.1:9 \(ECONNREFUSED\): is the server running/,
    ],
    [['--format', 'gen9nosuchformat'], /format "gen9nosuchformat" is unknown to this version/],
    [['--format', 'gen9ou'], /needs a team: pass one with --team FILE/],
    [['--battles', '0'], /whole number from 1 on/],
    [['nonsense'], /"nonsense" is neither a command nor an option: see pokellmon --help/],
    [['--format', 'gen6triplescustomgame'], /is triples; only singles and doubles can be played/],
    [['--agent', 'calc', '--prompt', 'compact'], /^--prompt has no effect with calc and heuristics/],
    [
      ['--opponent', 'search:speed=9'],
      /agent search has no option "speed" .* it takes thinkMs, worlds, depth/,
    ],
    [['--agent', './no-such.js'], /There is no module \.\/no-such\.js/],
    [
      ['--format', 'gen9babyrandombattle'],
      /"gen9babyrandombattle" makes its players' teams, and this version cannot/,
    ],
    [['--format', 'gen9hackmonscup'], /a server can: play it there/],
    [['--format', 'gen9ou@@@Nonsense'], /rules "Nonsense" cannot be used with gen9ou: Unrecognized rule/],
  ])('%j is refused with advice', async (args, message) => {
    for (const name of Object.keys(NO_MODEL)) vi.stubEnv(name, '');
    const command = battleCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    const refused = await command
      .parseAsync([...args, '--out', out], { from: 'user' })
      .catch((error) => error);
    vi.unstubAllEnvs();
    expect(refused).toBeInstanceOf(Error);
    expect(refused.message).toMatch(message);
    expect(refused.message).not.toContain('\n');
    expect(readdirSync(out)).toEqual([]);
  });

  test('a language model plays a whole battle: its votes and prompts are kept, and the summary shows its usage', async () => {
    const model = await startMisbehavingServer({ answer: () => '{"choice": 1}' });
    const args = [
      ...['battle', '--model', 'gpt-4.1-mini', '--base-url', model.baseUrl, '--votes', '3', '--json'],
      ...['--strategy', 'self-consistency', '--prompt', 'compact', '--budget-usd', '1'],
      ...['--seed', 'A seed/with ..', '--format', 'Gen9RandomBattle', '--out', out],
    ];
    const { code, stdout, stderr } = await pokellmon(args);
    await model.close();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { agent, summary, battles } = JSON.parse(stdout);
    expect(agent).toMatch(/gpt-4\.1-mini$/);
    expect(summary).toMatchObject({ battles: 1, unfinished: 0, decided: { instead: [] } });
    expect(battles[0].id).toBe('gen9randombattle-a-seed-with--1');
    const { records } = await readDecisions(join(battles[0].folder, 'decisions.jsonl'));
    const calls = records.reduce((sum, { usage }) => sum + (usage?.calls ?? 0), 0);
    expect(summary.usage).toMatchObject({ calls, costUsd: 0 });
    // The first request tried the model. A request aborted because the vote was decided may never have arrived.
    expect(model.requests.length).toBeLessThanOrEqual(calls + 1);
    expect(model.requests.length).toBeGreaterThan(calls / 2);
    const voted = records.find(({ votes }) => votes);
    expect(voted?.votes?.length).toBeGreaterThan(1);
    expect(voted?.prompt?.style).toBe('compact');
  });

  describe('with the same folder and seed', () => {
    const play = async (...args: string[]) => {
      const run = ['battle', '--agent', 'random', '--opponent', 'max-power', '--seed', 'again', '--json'];
      const { code, stdout, stderr } = await pokellmon([...run, '--out', out, ...args]);
      expect(code).toBe(0);
      return { stderr, ...JSON.parse(stdout) };
    };
    const countLine = (count: number, of: number) =>
      `${count} of ${of} battles were played before; they are counted from ${out}.\n`;

    test('plays the missing battles, and an interrupted one again from its seed', async () => {
      const first = await play('--battles', '3');
      expect(first.stderr).toBe('');
      const cut = join(out, 'gen9randombattle-again-2', 'battle.json');
      const { result: _, ...meta } = JSON.parse(readFileSync(cut, 'utf8'));
      writeFileSync(cut, JSON.stringify(meta));
      const second = await play('--battles', '3');
      expect(second.stderr).toBe(countLine(2, 3));
      const { latencyMs: _first, ...counted } = first.summary;
      expect(second.summary).toMatchObject(counted);
      expect(second.battles.map(({ folder }: { folder: string }) => folder)).toEqual(
        ['1', '2-2', '3'].map((name) => join(out, `gen9randombattle-again-${name}`)),
      );
      const logOf = (name: string) =>
        readFileSync(join(out, `gen9randombattle-again-${name}`, 'p1.log'), 'utf8');
      expect(logOf('2-2')).toBe(logOf('2'));
      const other = await play('--battles', '1', '--timeout', '29');
      expect(other.stderr).toBe('');
      expect(other.battles[0].folder).toBe(join(out, 'gen9randombattle-again-1-2'));
    });

    test('sums up what was played before without a model server or a search', async () => {
      const model = await startMisbehavingServer({ answer: () => '{"choice": 1}' });
      const run = [
        ...['battle', '--model', 'small', '--base-url', model.baseUrl, '--strategy', 'direct'],
        ...['--prompt', 'compact', '--seed', 'done', '--quiet', '--out', out],
      ];
      const first = await pokellmon(run);
      await model.close();
      expect(first.code).toBe(0);
      const { length } = model.requests;
      const again = await pokellmon(run);
      expect(again.stderr).toBe(countLine(1, 1));
      expect({ ...again, stderr: '' }).toEqual({ ...first, stderr: '' });
      expect(model.requests).toHaveLength(length);
      const more = await pokellmon([...run, '--battles', '2', '--timeout', '2']);
      expect(more.code).toBe(1);
      expect(more.stdout).toBe('');
    });

    test('keeps one line per battle with its result only, if wanted, and continues with those, too', async () => {
      const first = await play('--battles', '2', '--ledger', 'results');
      expect(readdirSync(out)).toEqual(['results.jsonl']);
      const { records, notices } = await readResults(out);
      expect(notices).toEqual([]);
      expect(records.map(({ id, result }) => [id, result?.winner])).toEqual(
        first.battles.map(({ id, winner }: { id: string; winner: string }) => [id, winner]),
      );
      // As left by a crash.
      appendFileSync(join(out, 'results.jsonl'), '{"version":1,"id":"gen9ran');
      const { stderr, summary } = await play('--battles', '3', '--ledger', 'results');
      expect(stderr).toBe(countLine(2, 3));
      expect(summary.battles).toBe(3);
      expect(summary.decided.of).toBeGreaterThan(first.summary.decided.of);
      expect((await readResults(out)).records).toHaveLength(3);
    });
  });

  test('refuses a team that its format does not allow, with the reasons', async () => {
    const file = join(out, 'team.txt');
    const koraidon = 'Koraidon @ Leftovers\nAbility: Levitate\n- Flare Blitz\n- Spore\n';
    const garchomp =
      'Garchomp @ Soul Dew\nAbility: Rough Skin\nEVs: 252 Atk / 252 SpA / 252 Spe\n- Recover\n- Wish\n';
    writeFileSync(file, `${koraidon}\n${garchomp}`);
    const { code, stderr } = await pokellmon([
      'battle',
      '--agent',
      'calc',
      '--format',
      'gen9ou',
      '--team',
      file,
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pokellmon: The team in .* is not allowed in gen9ou: .*\n$/);
    // All of them at once, not only the first.
    for (const problem of ['Koraidon is', 'Levitate', 'Spore', '756 total EVs', 'Recover'])
      expect(stderr).toContain(problem);
  });

  test('ends quietly when its output is closed, as in a pipe to head', async () => {
    const { child, finished } = startPokellmon(['battle', '--agent', 'random', '--out', out]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, stderr } = await finished;
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('an opponent with a model is summed up as well', async () => {
    const model = await startMisbehavingServer({
      answer: () => '{"choice": 1}',
      // The first request tries the model.
      plan: (index) => (index === 1 ? 'empty' : 'none'),
    });
    const { code, stdout } = await pokellmon([
      ...['battle', '--agent', 'random', '--opponent', 'llm', '--model', 'small', '--strategy', 'direct'],
      ...['--base-url', model.baseUrl, '--seed', 'other', '--quiet', '--out', out],
    ]);
    await model.close();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^llm:local\/small: \d+ model calls: \d+ tokens in/m);
    expect(stdout).toMatch(/^random decided (\d+) of \1\nthe model decided \d+ of \d+, calc 1: 1 empty$/m);
  });

  describe('with a model that does not answer', () => {
    const play = (baseUrl: string, ...args: string[]) =>
      pokellmon([
        ...[
          'battle',
          '--model',
          'small',
          '--base-url',
          baseUrl,
          '--strategy',
          'direct',
          '--prompt',
          'compact',
        ],
        ...['--seed', 'absent', '--out', out, ...args],
      ]);

    test('ends after some decisions in a row with the reason, and without a win', async () => {
      const model = await startMisbehavingServer({
        answer: () => '{"choice": 1}',
        plan: (index) => (index < 5 ? 'none' : 'empty'), // The first request tries the model.
      });
      const { code, stdout, stderr } = await play(
        model.baseUrl,
        '--battles',
        '3',
        '--json',
        '--give-up-after',
        '3',
      );
      await model.close();
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^pokellmon: llm:local\/small has made none of the last 3 decisions, so no more is played \(the last one: empty: .*\); fix that, .* --give-up-after\n$/,
      );
      const { whoDecided, gaveUp, summary, battles } = JSON.parse(stdout);
      expect(whoDecided[0]).toBe('the model decided 4 of 7, calc 3: 3 empty');
      expect(stderr).toContain(gaveUp);
      expect(summary).toMatchObject({ battles: 1, wins: 0, losses: 0, unfinished: 1 });
      const { meta } = await readBattle(battles[0].folder);
      expect(meta).toMatchObject({ stopped: true, turnMs: 30_000 });
      expect(meta.result).toBeUndefined();
    });

    test('does not count battles that calc mostly decided, in any form of the summary', async () => {
      const plan = (index: number) => (index % 3 === 0 ? 'none' : 'empty');
      const model = await startMisbehavingServer({ answer: () => '{"choice": 1}', plan });
      const args = ['--battles', '2', '--opponent', 'random'];
      const lines = await play(model.baseUrl, ...args);
      await model.close();
      expect(lines.code).toBe(0);
      expect(lines.stdout).toMatch(/^1\/2 {2}\(win\) .* not the model's$/m);
      expect(lines.stdout).toMatch(/^the model decided \d+ of \d+, calc \d+: \d+ empty$/m);
      expect(lines.stdout).toMatch(/ won 0 and lost 0 against random, 2 not the model's \(2 won\)$/m);
      const folder = join(out, 'gen9randombattle-absent-1');
      const { meta } = await readBattle(folder);
      expect(meta.result).toMatchObject({ winner: 'p1', decided: { p1: { instead: [{ agent: 'calc' }] } } });
      const { of = 0, own = 0 } = meta.result?.decided?.p1 ?? {};
      expect(readFileSync(join(folder, 'replay.html'), 'utf8')).toContain(
        `the model decided ${own} of ${of}, calc ${of - own}: ${of - own} empty; this battle is not the model's`,
      );
    });
  });

  test('records in battle.json each agent’s settings and how the battle ended', async () => {
    const model = await startMisbehavingServer({ answer: () => '{"choice": 1}' });
    // Settings after an agent's name take precedence over the command's options, for that agent alone.
    const llm = `llm:model=small,baseUrl=${model.baseUrl},prompt=compact,votes=2`;
    const { stdout } = await pokellmon([
      ...['battle', '--agent', llm, '--opponent', 'search:thinkMs=7', '--strategy', 'direct'],
      ...['--worlds', '1', '--think-ms', '50', '--timeout', '9'],
      ...['--json', '--format', 'gen1randombattle', '--seed', 'told', '--out', out],
    ]);
    await model.close();
    const { meta } = await readBattle(JSON.parse(stdout).battles[0].folder);
    const server = new URL(model.baseUrl).host;
    expect(meta).toMatchObject({
      turnMs: 9000,
      players: {
        p1: {
          model: 'local/small',
          strategy: 'direct',
          promptStyle: 'compact',
          options: { server, votes: 2 },
        },
        p2: { agent: 'search:thinkMs=7', options: { thinkMs: 7, worlds: 1, depth: 8 } },
      },
      result: { ended: 'played-out' },
    });
  });

  test('Ctrl-C in the first battle reports its turns and its replay', async () => {
    const model = await startMisbehavingServer({ answer: () => '{"choice": 1}', delayMs: 200 });
    const { child, finished } = startPokellmon([
      ...['battle', '--model', 'slow', '--base-url', model.baseUrl, '--strategy', 'direct', '--out', out],
    ]);
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (text) => /^Turn 3$/m.test(text) && resolve()),
    );
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    await model.close();
    expect(code).toBe(130);
    expect(stdout).toMatch(/^[2-9] turns, \d+ decisions\b/m);
    expect(stdout).toMatch(/^Replay: .*replay\.html$/m);
  });

  test('Ctrl-C stops, keeps what was played and sums it up', async () => {
    const args = ['battle', '--agent', 'random', '--opponent', 'random', '--battles', '500', '--out', out];
    const { child, finished } = startPokellmon(args);
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (text) => /3\/500/.test(text) && resolve()),
    );
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toMatch(/what was played is saved/);
    expect(stdout).toMatch(/^random won \d+ and lost \d+ against random \(\d+% of \d+/m);
    for (const folder of readdirSync(out)) expect(readdirSync(join(out, folder))).toContain('battle.json');
  });
});
