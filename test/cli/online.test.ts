import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { type GlickoRating, gxe, NEW_RATING, updateRating } from '../../src/arena/ratings.ts';
import { toId } from '../../src/battle/generations.ts';
import type { SideId } from '../../src/battle/state.ts';
import { acceptCommand } from '../../src/cli/accept-command.ts';
import { challengeCommand } from '../../src/cli/challenge-command.ts';
import { ladderCommand } from '../../src/cli/ladder-command.ts';
import { openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { readBattle } from '../../src/ledger/read-battle.ts';
import { parseDecisions } from '../../src/ledger/read-decisions.ts';
import { readSession } from '../../src/ledger/read-session.ts';
import type { BattleMeta, BattleResult } from '../../src/ledger/record.ts';
import { readResults } from '../../src/ledger/results-ledger.ts';
import { SESSIONS } from '../../src/ledger/session-log.ts';
import { playSession } from '../../src/showdown/session.ts';
import { UserError } from '../../src/util/errors.ts';
import { sessionOptions } from '../showdown/play.ts';
import { battleFolders, expectWholeLedgers } from '../showdown/whole-ledgers.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { startMisbehavingServer } from '../support/misbehaving-server.ts';
import { pokellmon, startPokellmon } from '../support/run-cli.ts';
import { useShowdown } from '../support/use-showdown.ts';

const shared = useShowdown();

/** The words of a command line. */
function words(text: string): string[] {
  return text.split(' ');
}

test('a language model plays several battles at once, its calls queue up, and none of its text reaches the chat', async () => {
  const reasoning = 'My secret plan';
  const battles = 2;
  let open = 0;
  let most = 0;
  const model = await startMisbehavingServer({
    delayMs: 10,
    plan(index) {
      if (index === 20) return 'stall';
      most = Math.max(most, ++open);
      return 'none';
    },
    answer() {
      open--;
      return `${reasoning}: {"choice": 1}`;
    },
  });
  // Records what is sent to the server.
  const proxy = await startFaultProxy(shared.server.url);
  const folder = join(shared.root, 'llm');
  const accept = { type: 'accept', formats: ['gen9randombattle'], users: ['pokellmonllm'] } as const;
  const [{ code, stdout, stderr }] = await Promise.all([
    pokellmon([
      ...words(
        'challenge sparring --strategy direct --prompt compact --model-calls 1 --timeout 3 --json --gg',
      ),
      ...words(`--model test-model --base-url ${model.baseUrl} --server ${proxy.url}`),
      ...words(`--battles ${battles} --concurrency ${battles} --out ${folder}`),
      ...['--greeting', 'good luck'],
    ]),
    playSession(
      sessionOptions(shared.server.url, 'sparring', accept, {
        battles,
        concurrency: battles,
        room: { agent: maxPowerAgent },
      }),
    ),
  ]);
  await Promise.all([model.close(), proxy.close()]);

  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { agent, summary, faults, unknown } = JSON.parse(stdout);
  expect(agent).toBe('llm:local/test-model');
  expect(summary).toMatchObject({ battles, unfinished: 0 });
  const { unavailable, ...others } = faults;
  expect(others).toEqual({ invalid: 0, stale: 0, resyncs: 0, reconnects: 0, timeouts: 0 });
  expect(unknown).toEqual({});
  // The call that was never answered led to a fallback's decision, as did any calls queued behind it.
  const { of, own, instead } = summary.decided;
  expect(of - own).toBeGreaterThan(0);
  expect(own).toBeGreaterThan(of / 2);
  // On a busy machine time may run out before the call's own limit, and more than once.
  for (const each of instead) {
    expect(each).toEqual({
      agent: 'calc',
      reason: expect.stringMatching(/^(timeout|deadline)$/),
      count: each.count,
    });
  }
  expect(summary.usage.calls).toBeGreaterThan(20);
  expect(most).toBe(1);

  expectWholeLedgers(folder, battles);
  const [{ players }] = battleFolders(folder).map((battle) =>
    JSON.parse(readFileSync(join(folder, battle, 'battle.json'), 'utf8')),
  ) as [BattleMeta];
  expect([players.p1, players.p2]).toContainEqual({
    name: 'pokellmonllm',
    agent: 'llm:local/test-model',
    model: 'local/test-model',
    strategy: 'direct',
    promptStyle: 'compact',
    options: { server: new URL(model.baseUrl).host, votes: 3 },
  });
  const decisions = battleFolders(folder).flatMap((battle) => {
    const text = readFileSync(join(folder, battle, 'decisions.jsonl'), 'utf8');
    return parseDecisions(text.trimEnd().split('\n')).records;
  });
  expect(decisions.filter(({ votes }) => votes?.[0]?.text?.includes(reasoning)).length).toBeGreaterThan(20);

  const said = proxy.delivered.flatMap((text) => {
    const [room = '', ...rest] = text.split('|');
    const command = rest.join('|');
    return room.startsWith('battle-') && !command.startsWith('/choose ') ? [command] : [];
  });
  expect(said.sort()).toEqual(
    ['/timer on', 'gg', 'good luck'].flatMap((text) => Array.from({ length: battles }, () => text)),
  );
  expect(proxy.delivered.join('\n')).not.toContain(reasoning);
});

test('a model that does not answer ends the session: calc finishes the running battle, no other starts, none is won', async () => {
  const model = await startMisbehavingServer({
    answer: () => '{"choice": 1}',
    // The first request tries the model.
    plan: (index) => (index === 0 ? 'none' : 'empty'),
  });
  const folder = join(shared.root, 'absent');
  const [{ code, stdout, stderr }] = await Promise.all([
    pokellmon([
      ...words('challenge weakling --strategy direct --prompt compact --battles 3 --json --give-up-after 2'),
      ...words(`--model small --base-url ${model.baseUrl} --server 127.0.0.1:${shared.server.port}`),
      ...words(`--name absent --out ${folder}`),
    ]),
    playSession(
      sessionOptions(shared.server.url, 'weakling', {
        type: 'accept',
        formats: ['gen9randombattle'],
        users: ['absent'],
      }),
    ),
  ]);
  await model.close();
  expect(code).toBe(1);
  const reason =
    /^pokellmon: (llm:local\/small has made none of the last 2 decisions.*\(the last one: empty: .*\)); fix that/m;
  expect(stderr).toMatch(reason);
  const { whoDecided, gaveUp, summary, rating, battles } = JSON.parse(stdout);
  expect(whoDecided).toEqual([
    expect.stringMatching(/^the model decided 0 of \d+, calc \d+: \d+ after it was given up, 2 empty$/),
  ]);
  expect(gaveUp).toBe(reason.exec(stderr)?.[1]);
  const [{ winner, side, turns }] = battles;
  const outcome = winner === side ? 'wins' : 'losses';
  expect(summary).toMatchObject({ battles: 1, wins: 0, losses: 0, notOwn: { [outcome]: 1 } });
  expect(turns).toBeGreaterThan(3);
  expect(rating.trend).toEqual([]);
  const [log = ''] = readdirSync(join(folder, SESSIONS));
  const { records } = await readSession(join(folder, SESSIONS, log));
  expect(records[0]).toMatchObject({ player: { options: { votes: 3 } } });
  expect(records.find(({ type }) => type === 'battle-finished')).toMatchObject({
    result: { ended: 'played-out', decided: { [side]: { own: 0 } } },
  });
  expect(records.at(-1)).toMatchObject({ type: 'ended', how: 'failed', error: gaveUp, wins: 0, notOwn: 1 });
});

test('rated battles as JSON have our Elo, the trend, and in each replay the rating level', async () => {
  const folder = join(shared.root, 'rated');
  const battles = 3;
  // The server keeps ratings between runs, and once a climber's level has settled, the levels no longer differ.
  const [slider, climber] = [`slider${process.pid}`, `climber${process.pid}`];
  const ladder = { type: 'ladder', format: 'gen8randombattle' } as const;
  const [{ code, stdout }] = await Promise.all([
    pokellmon([
      ...words(`ladder --agent random --name ${slider} --json --format ${ladder.format}`),
      ...words(`--battles ${battles} --server 127.0.0.1:${shared.server.port} --out ${folder}`),
    ]),
    playSession(sessionOptions(shared.server.url, climber, ladder, { battles, room: { agent: calcAgent } })),
  ]);
  expect(code).toBe(0);
  const {
    rating,
    elo,
    battles: played,
  } = JSON.parse(stdout) as {
    rating: GlickoRating & { gxe: number; trend: { battles: number; gxe: number }[] };
    elo: { before: number; after: number };
    battles: (BattleResult & { side: SideId; folder: string })[];
  };
  const own = played.map(({ side, ratings }) => ratings?.[side]);
  expect(elo).toEqual({ before: own[0]?.before, after: own.at(-1)?.after });
  const games = played.map(({ side, winner, ratings }) => ({
    score: winner === side ? 1 : 0,
    opponent: { rating: 1000 + (ratings?.[side === 'p1' ? 'p2' : 'p1']?.before ?? 0) / 2, deviation: 130 },
  }));
  expect(new Set(games.map(({ opponent }) => opponent.rating)).size).toBeGreaterThan(1);
  const gxes = [1, 2, 3].map((count) => gxe(updateRating(NEW_RATING, games.slice(0, count))));
  expect(rating.trend).toEqual(
    gxes.map((each, index) => ({ battles: index + 1, gxe: Math.round(each * 10) / 10 })),
  );
  expect(rating.trend.at(-1)?.gxe).toBe(rating.gxe);
  for (const { folder: battle, ratings } of played) {
    const { rating: level } = JSON.parse(readFileSync(join(battle, 'replay.json'), 'utf8'));
    expect(level).toBe(Math.min(ratings?.p1?.before ?? 0, ratings?.p2?.before ?? 0));
    expect(level).toBeGreaterThanOrEqual(1000);
  }
});

test('two users with a server play each other from the command line', async () => {
  const address = `127.0.0.1:${shared.server.port}`;
  const [host, guest] = await Promise.all([
    pokellmon([
      ...words(`accept --agent max-power --from visitorone --battles 1 --server ${address}`),
      ...['--name', 'Host One', '--format', 'GEN9RandomBattle', '--out', join(shared.root, 'host')],
    ]),
    pokellmon([
      ...words(`challenge HostOne --agent calc --battles 1 --server ${address}`),
      ...['--name', 'Visitor One', '--format', '[Gen 9] Random Battle', '--out', join(shared.root, 'guest')],
    ]),
  ]);
  for (const { code, stderr } of [host, guest]) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(guest.stdout).toContain(`Visitor One plays calc on localhost:${shared.server.port}: HostOne\n`);
  expect(guest.stdout).toMatch(/^1\/1 {2}(win|loss|tie) +\d+ turns {2}\S+ {2}against Host One$/m);
  expect(guest.stdout).toMatch(/^calc won \d and lost \d against HostOne/m);
  expect(host.stdout).toMatch(/^max-power won \d and lost \d against visitorone/m);
  for (const name of ['host', 'guest']) expectWholeLedgers(join(shared.root, name), 1);
});

test.each([
  ['accept --from asking', 'challenge waiting'],
  ['ladder', 'ladder'],
])('%s and %s keep one line per battle when only results are wanted', async (first, second) => {
  const root = join(shared.root, `results-${first.slice(0, 6)}`);
  const server = `--battles 2 --server 127.0.0.1:${shared.server.port} --out ${root} --ledger results --json`;
  const runs = await Promise.all([
    pokellmon(words(`${first} --agent random --name waiting ${server}`)),
    pokellmon(words(`${second} --agent max-power --name asking ${server}`)),
  ]);
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(readdirSync(root).sort()).toEqual(['results.jsonl', SESSIONS]);
  const { records, notices } = await readResults(root);
  expect(notices).toEqual([]);
  const output = runs.flatMap(({ stdout }) => JSON.parse(stdout).battles);
  expect(records).toHaveLength(4);
  expect(records.map(({ result }) => Object.keys(result?.decided ?? {}))).toEqual(
    Array(4).fill([expect.any(String)]),
  );
  expect(records.map(({ id, result }) => `${id} ${result?.winner}`).sort()).toEqual(
    output.map(({ id, winner }) => `${id} ${winner}`).sort(),
  );
});

test('two players who keep their battles in one folder each have a complete ledger', async () => {
  const root = join(shared.root, 'both');
  const battles = 4;
  const server = `--battles ${battles} --concurrency 2 --server 127.0.0.1:${shared.server.port} --out ${root} --quiet`;
  const runs = await Promise.all([
    pokellmon(words(`accept --agent calc --name waiter ${server}`)),
    pokellmon(words(`challenge waiter --agent max-power --name caller ${server}`)),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(battleFolders(root)).toHaveLength(2 * battles);
  for (const folder of battleFolders(root)) {
    const { meta, decisions } = await readBattle(join(root, folder));
    const sides = (['p1', 'p2'] as const).filter((side) => meta.players[side].agent);
    expect(sides).toHaveLength(1);
    const [side = 'p1'] = sides;
    expect(new Set(decisions.map((decision) => decision.side))).toEqual(new Set([side]));
    const log = readFileSync(join(root, folder, `${side}.log`), 'utf8');
    const asked = log.split('\n').filter((line) => /^\|request\|\{(?!"wait")/.test(line));
    expect(decisions.length).toBeGreaterThan(asked.length - 3);
  }
  for (const name of readdirSync(join(root, SESSIONS))) {
    const { records } = await readSession(join(root, SESSIONS, name));
    const started = records.filter(({ type }) => type === 'battle-started');
    expect(started).toHaveLength(battles);
    expect(started.filter((event) => 'resumed' in event && event.resumed)).toEqual([]);
  }
});

test('the events of a session are recorded beside its battles', async () => {
  let isDropped = false;
  const proxy = await startFaultProxy(shared.server.url, {
    toClient(frame, connection) {
      if (!isDropped && frame.includes('\n|turn|3')) {
        isDropped = true;
        connection.drop();
      }
      return [frame];
    },
  });
  const root = join(shared.root, 'recorded');
  const early = pokellmon([
    ...words(`challenge latecomer --agent calc --battles 1 --seed 7 --quiet --server ${proxy.url}`),
    ...['--name', 'Early Bird', '--out', root, '--greeting', 'good luck', '--gg'],
  ]);
  const log = await until(async () => {
    const [name] = existsSync(join(root, SESSIONS)) ? readdirSync(join(root, SESSIONS)) : [];
    const path = join(root, SESSIONS, name ?? '');
    return name && readFileSync(path, 'utf8').includes('"waiting"') ? path : undefined;
  });
  const accept = { type: 'accept', formats: ['gen9randombattle'] } as const;
  await playSession(
    sessionOptions(shared.server.url, 'latecomer', accept, { room: { agent: maxPowerAgent } }),
  );
  const { code, stdout, stderr } = await early;
  await proxy.close();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toContain('The server says');

  const { records, notices } = await readSession(log);
  expect(notices).toEqual([]);
  const [folder = ''] = battleFolders(root);
  const { meta } = await readBattle(join(root, folder));
  const { faults, ...result } = meta.result ?? {};
  expect(faults).toMatchObject({ invalid: 0, stale: 0, resyncs: 0, reconnects: 1, timeouts: 0 });
  const side = toId(meta.players.p1.name) === 'earlybird' ? 'p1' : 'p2';
  const place = { battleId: meta.id, folder, side, opponent: 'latecomer' };
  const types = [...new Set(records.map(({ type }) => type))];
  const before = ['started', 'connected', 'challenging', 'message', 'waiting'];
  // Nobody is registered here, and the server lets only registered users chat in battles.
  const inOrder = [...before, 'battle-started', 'chat-refused', 'disconnected'];
  const refused = {
    type: 'chat-refused',
    battleId: meta.id,
    reason: 'You must be registered to chat in temporary rooms (like battles).',
  };
  expect(types.filter((type) => type !== 'choice-refused')).toEqual([
    ...inOrder,
    ...['reconnected', 'battle-finished', 'ended'],
  ]);
  expect(records).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        type: 'started',
        player: { name: 'Early Bird', agent: 'calc' },
        server: `localhost:${new URL(proxy.url).port}`,
        by: 'challenge',
        formats: ['gen9randombattle'],
        users: ['latecomer'],
        battles: 1,
        seed: '7',
      }),
      expect.objectContaining({ type: 'waiting', reason: 'latecomer is not on the server' }),
      expect.objectContaining({ type: 'battle-started', ...place, resumed: false }),
      expect.objectContaining({ ...refused, text: 'good luck' }),
      expect.objectContaining({ ...refused, text: 'gg' }),
      expect.objectContaining({ type: 'battle-finished', ...place, result, faults }),
      expect.objectContaining({ type: 'ended', how: 'finished', battles: 1, unfinished: 0, faults }),
    ]),
  );
});

test('the same command resumes the battle of a killed process, but none of another server', async () => {
  const folder = join(shared.root, 'killed');
  const foreign = openBattleLedger(folder, {
    id: 'battle-gen9randombattle-99999',
    format: 'gen9randombattle',
    server: 'localhost:1',
    players: { p1: { name: 'mortal' }, p2: { name: 'stranger' } },
    versions: {},
  });
  foreign.close();
  const proxy = await startFaultProxy(shared.server.url);
  const patient = playSession(
    sessionOptions(
      shared.server.url,
      'patient',
      { type: 'accept', formats: ['gen9randombattle'] },
      { room: { agent: slowed(randomAgent, 50) } },
    ),
  );
  const args = words(
    `challenge patient --agent random --name mortal --battles 1 --server ${proxy.url} --out ${folder}`,
  );
  const killed = startPokellmon(args);
  const own = () => battleFolders(folder).filter((battle) => !foreign.folder.endsWith(battle));
  const decisions = () =>
    own().flatMap((battle) => {
      const file = join(folder, battle, 'decisions.jsonl');
      return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    });
  await until(async () => decisions().length >= 4 || undefined);
  killed.child.kill('SIGKILL');
  await killed.finished;
  const before = decisions();
  const { code, stdout, stderr } = await pokellmon(args);
  await Promise.all([patient, proxy.close()]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^1\/1 {2}(win|loss|tie) /m);
  expect(proxy.delivered.filter((text) => text.includes('99999'))).toEqual([]);
  const [battle = ''] = own();
  expect((await readBattle(join(folder, battle))).meta.server).toMatch(/^localhost:\d+$/);
  rmSync(foreign.folder, { recursive: true });
  expectWholeLedgers(folder, 1);
  expect(decisions().slice(0, before.length)).toEqual(before);
  expect(decisions().length).toBeGreaterThan(before.length);
  // The killed process's decisions count.
  expect(stdout).toMatch(new RegExp(`^\\d+ turns, ${decisions().length} decisions\\b`, 'm'));
});

test('a second Ctrl-C exits at once, with the replay so far', async () => {
  const folder = join(shared.root, 'left');
  const stop = new AbortController();
  const patient = playSession({
    ...sessionOptions(
      shared.server.url,
      'lonely',
      { type: 'accept', formats: ['gen9randombattle'] },
      { room: { agent: slowed(randomAgent, 50) } },
    ),
    stop: stop.signal,
  });
  const { child, finished } = startPokellmon(
    words(
      `challenge lonely --agent random --name leaver --server localhost:${shared.server.port} --out ${folder}`,
    ),
  );
  const text = (name: string): string => {
    const [battle = ''] = existsSync(folder) ? battleFolders(folder) : [];
    const file = join(folder, battle, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  await until(async () => text('decisions.jsonl').split('\n').length > 4 || undefined);
  child.kill('SIGINT');
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (output: string) => output.includes('once more') && resolve());
  });
  child.kill('SIGINT');
  await finished;
  expect(child.signalCode).toBe('SIGINT');
  expect(JSON.parse(text('battle.json')).result).toBeUndefined();
  expect(text('battle.log')).toContain('|turn|2');
  expect(`${JSON.parse(text('replay.json')).log}\n`).toBe(text('battle.log'));
  expect(text('replay.html')).toContain('lonely');
  // The battle is still running on the server.
  stop.abort();
  await pokellmon(
    words(
      `challenge lonely --agent random --name leaver --server localhost:${shared.server.port} --out ${folder}`,
    ),
  );
  await patient;
  expectWholeLedgers(folder, 1);
});

test('accept reports that it is connected and which users it waits for, however lists and names are written', async () => {
  const root = join(shared.root, 'waiting');
  const { child, finished } = startPokellmon([
    ...words(`accept --agent random --name doorman --server localhost:${shared.server.port} --out ${root}`),
    ...['--battles', '2', '--from', 'Ann-One,, Bob Two', 'CARL'],
  ]);
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (output: string) => output.includes('Connected') && resolve());
  });
  for (const name of ['Bob Two', 'annone']) {
    const how = { type: 'challenge', format: 'gen9randombattle', user: 'doorman' } as const;
    await playSession(sessionOptions(shared.server.url, name, how));
  }
  const { code, stdout } = await finished;
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    `doorman plays random on localhost:${shared.server.port}: annone, bobtwo, carl`,
    'Connected; waiting for challenges of annone, bobtwo, carl in gen9randombattle. Ctrl-C ends this.',
  ]);
  expect(stdout).toMatch(/^2\/2 /m);
});

test('a session that fails has its reason on record', async () => {
  const root = join(shared.root, 'failed');
  const web = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const other = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  const args = words(`ladder --quiet --agent calc --name unlucky --server ${other} --out ${root}`);
  await expect(ladderCommand().parseAsync(args.slice(1), { from: 'user' })).rejects.toThrow(UserError);
  web.close();
  const [name = ''] = readdirSync(join(root, SESSIONS));
  const { records } = await readSession(join(root, SESSIONS, name));
  expect(records).toMatchObject([
    { type: 'started', player: { name: 'unlucky' } },
    {
      type: 'ended',
      how: 'failed',
      error: expect.stringContaining('No Showdown server answers'),
      battles: 0,
    },
  ]);
});

/** The agent with some time for each decision. */
function slowed(agent: Agent, ms: number): Agent {
  return {
    name: agent.name,
    async decide(turn, signal) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return agent.decide(turn, signal);
    },
  };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('refused before anything is sent, in one line:', () => {
  const elsewhere = ['--server', 'wss://play.example.org'];
  const ladder = (...args: string[]) =>
    ladderCommand().parseAsync(['--agent', 'calc', ...args], { from: 'user' });

  test('another server without permission', async () => {
    await expect(ladder(...elsewhere)).rejects.toThrow(
      'play.example.org is neither your own machine nor in a private network: add --i-have-permission',
    );
  });

  test('another server without a name', async () => {
    await expect(ladder(...elsewhere, '--i-have-permission')).rejects.toThrow('add --name');
  });

  test('an invalid name', async () => {
    await expect(ladder('--name', 'x'.repeat(19))).rejects.toThrow('cannot be a name');
    await expect(ladder('--name', 'a|b')).rejects.toThrow('cannot be a name');
  });

  test('a greeting that is a command', async () => {
    await expect(ladder('--greeting', '/forfeit')).rejects.toThrow('The greeting must be text');
  });

  test('formats and teams that do not go together', async () => {
    await expect(ladder('--format', 'gen9ou')).rejects.toThrow('needs a team');
    await expect(ladder('--team', 'x.txt')).rejects.toThrow('brings its own teams');
  });

  test.each(['gen9freeforallrandombattle', 'gen9multirandombattle'])(
    'a format that servers list but that cannot be played here: %s',
    async (format) => {
      await expect(ladder('--format', format)).rejects.toThrow(
        new RegExp(`^The format "${format}" .*only singles and doubles can be played`),
      );
    },
  );

  test('custom rules on a ladder', async () => {
    await expect(ladder('--format', 'gen9randombattle@@@Dynamax Clause')).rejects.toThrow(
      'Ladders play formats as they are',
    );
  });

  test('a password in an address, which is not repeated', async () => {
    const refusal = ladder('--server', 'ws://me:hunter2@localhost:8000').catch((error) => error.message);
    expect(await refusal).toMatch(/without a user or password/);
    expect(await refusal).not.toContain('hunter2');
  });

  test('invalid users', async () => {
    const accept = (from: string) => acceptCommand().parseAsync(['--from', from], { from: 'user' });
    await expect(accept('ann,!!')).rejects.toThrow('"!!" is not a user name');
    await expect(accept(' , ')).rejects.toThrow('--from is empty');
  });

  test('an unknown format, or unknown rules', async () => {
    await expect(ladder('--format', 'gen9oo')).rejects.toThrow('is unknown to this version');
    await expect(ladder('--format', 'gen9ou@@@Nonsense')).rejects.toThrow('Unrecognized rule "Nonsense"');
  });

  test('a challenge to oneself', async () => {
    const challenge = challengeCommand().parseAsync(['Me!', '--agent', 'calc', '--name', 'me'], {
      from: 'user',
    });
    await expect(challenge).rejects.toThrow('your own name');
  });
});

describe.each([ladderCommand, challengeCommand, acceptCommand])('the help of %o', (command) => {
  let help = '';
  command()
    .configureOutput({
      writeOut(text) {
        help += text;
      },
    })
    .outputHelp();

  test('has no option for a password', () => {
    expect(help).not.toMatch(/--pass/);
  });

  test.each([
    [
      'an own server, with a checkout and without',
      /npm run server.*pokemon-showdown start --skip-build --no-security/s,
    ],
    ['commands as they are typed', /\$ npx pokellmon \w+ /],
    ['the names of keys', /OPENAI_API_KEY.*OPENROUTER_API_KEY.*POKELLMON_API_KEY.*POKELLMON_PASSWORD/s],
    ['when a server is given up', /10 minutes/],
  ])('describes %s', (_what, words) => {
    expect(help).toMatch(words);
    expect(help).not.toMatch(/\$ pokellmon/);
  });
});
