import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, parse } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { readTeam } from '../../src/arena/team.ts';
import { readSession } from '../../src/ledger/read-session.ts';
import { battleMetaSchema } from '../../src/ledger/record.ts';
import { unfinishedBattles } from '../../src/ledger/resume.ts';
import { SESSIONS } from '../../src/ledger/session-log.ts';
import type { SessionEvent } from '../../src/ledger/session-record.ts';
import type { RoomOutcome } from '../../src/showdown/battle-room.ts';
import { playSession } from '../../src/showdown/session.ts';
import type { SessionOptions, SessionResult } from '../../src/showdown/session-options.ts';
import { UserError } from '../../src/util/errors.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { freePort, startShowdown } from '../support/showdown-server.ts';
import { useShowdown } from '../support/use-showdown.ts';
import { ledgerIn } from './ledger-in.ts';
import { connect } from './person.ts';
import { sessionOptions } from './play.ts';
import { battleFolders, expectWholeLedgers } from './whole-ledgers.ts';

const shared = useShowdown();

const NO_FAULTS = { invalid: 0, timeouts: 0, stale: 0, resyncs: 0 };

interface Played extends SessionResult {
  readonly outcomes: readonly RoomOutcome[];
  readonly events: readonly SessionEvent[];
}

async function play(options: SessionOptions): Promise<Played> {
  const outcomes: RoomOutcome[] = [];
  const events: SessionEvent[] = [];
  const result = await playSession({
    ...options,
    onEnd: (_room, outcome) => void outcomes.push(outcome),
    onEvent: (event) => void events.push(event),
  });
  return { ...result, outcomes, events };
}

function team(name: string): string {
  const file = new URL(`../fixtures/teams/${name}.txt`, import.meta.url);
  return readTeam(readFileSync(file, 'utf8'), 'gen9ou', name);
}

describe('on the ladder', () => {
  test.each(['gen9randombattle', 'gen9randomdoublesbattle', 'gen9ou'])(
    '%s is played to the end',
    async (format) => {
      const ladder = { type: 'ladder', format } as const;
      const options = (name: string, file: string): SessionOptions =>
        sessionOptions(shared.server.url, `${name}${format}`.slice(0, 18), ladder, {
          battles: 2,
          concurrency: 2,
          teamFor: (id) => (id === 'gen9ou' ? team(file) : undefined),
          room: { ...ledgerIn(join(shared.root, name, format)), greeting: 'hello', farewell: 'gg' },
        });
      const players = await Promise.all([
        play(options('a', 'gen9ou-balance')),
        play(options('b', 'gen9ou-rain')),
      ]);
      for (const [index, { faults, unknownKinds, outcomes }] of players.entries()) {
        expect(faults).toMatchObject(NO_FAULTS);
        expect([...unknownKinds]).toEqual([]);
        expect(outcomes.length).toBe(2);
        for (const { side, result } of outcomes) {
          expect(side && result?.ratings?.[side]?.before).toBeGreaterThanOrEqual(1000);
        }
        expectWholeLedgers(join(shared.root, 'ab'.charAt(index), format), 2);
      }
    },
  );
});

test('a session that fails reports its battles first', async () => {
  const ladder = { type: 'ladder', format: 'gen9randombattle' } as const;
  const fail = async (name: string): Promise<string[]> => {
    const seen: string[] = [];
    const session = playSession({
      ...sessionOptions(shared.server.url, name, ladder),
      onEvent: ({ type }) => {
        seen.push(type);
        if (type === 'battle-started') throw new UserError('the disk is full');
      },
      onEnd: () => void seen.push('end'),
    });
    await session.catch((error) => seen.push(error.message));
    return seen;
  };
  for (const seen of await Promise.all([fail('failing'), fail('failingtoo')])) {
    expect(seen.slice(-3)).toEqual(['battle-finished', 'end', 'the disk is full']);
  }
});

test('a stop finishes the running battles and looks for no more', async () => {
  const ladder = { type: 'ladder', format: 'gen9randombattle' } as const;
  const stop = new AbortController();
  const [endless, foe] = await Promise.all([
    play({
      ...sessionOptions(shared.server.url, 'endless', ladder, {
        battles: Number.POSITIVE_INFINITY,
        concurrency: 2,
        stop: stop.signal,
      }),
      onStart: () => stop.abort(),
    }),
    play(sessionOptions(shared.server.url, 'once', ladder)),
  ]);
  for (const { outcomes } of [endless, foe]) {
    expect(outcomes.map(({ result }) => result !== undefined)).toEqual([true]);
  }
});

test('a stop that crosses a match leaves nobody alone: the battle is played', async () => {
  const ladder = { type: 'ladder', format: 'gen9randombattle' } as const;
  const stop = new AbortController();
  const won = vi.fn();
  // Logged in beforehand, so that it takes no time.
  const foe = await connect(shared.server.url, 'crossed', (line, room, send) => {
    if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
    if (line.startsWith('|win|')) won();
  });
  let cancelled = 0;
  const proxy = await startFaultProxy(shared.server.url, {
    toClient(frame) {
      if (frame.includes('|updatesearch|{"searching":["')) stop.abort();
      return [frame];
    },
    toServer(text) {
      if (text !== '|/cancelsearch') return [text];
      if (cancelled++ === 0) foe.send('|/search gen9randombattle');
      return [];
    },
  });
  const late = await play(sessionOptions(proxy.url, 'crossing', ladder, { stop: stop.signal }));
  await proxy.close();
  foe.close();
  expect(late.outcomes.map(({ result }) => result !== undefined)).toEqual([true]);
  expect(won).toHaveBeenCalledOnce();
});

test('a search that the server confirms only after the stop is taken back', async () => {
  const ladder = { type: 'ladder', format: 'gen9randombattle' } as const;
  const stop = new AbortController();
  const held: string[] = [];
  const proxy = await startFaultProxy(shared.server.url, {
    // The search reaches the server after the command that cancels it.
    toServer(text) {
      if (text === `|/search ${ladder.format}`) {
        held.push(text);
        stop.abort();
        return [];
      }
      return text === '|/cancelsearch' ? [text, ...held.splice(0)] : [text];
    },
  });
  const { outcomes } = await play(sessionOptions(proxy.url, 'hasty', ladder, { stop: stop.signal }));
  await proxy.close();
  expect(outcomes).toEqual([]);
  const asked = proxy.delivered.filter((text) => /^\|\/(cancel)?search/.test(text));
  expect(asked).toEqual(['|/cancelsearch', `|/search ${ladder.format}`, '|/cancelsearch']);
});

test('a battle that has ended in the meantime counts, and no other starts in its place', async () => {
  const format = 'gen9randombattle';
  const ladder = { type: 'ladder', format } as const;
  const [before] = await Promise.all([
    play(sessionOptions(shared.server.url, 'again1', ladder)),
    play(sessionOptions(shared.server.url, 'again2', ladder)),
  ]);
  const started = before.events.find(({ type }) => type === 'battle-started');
  const unfinished = started?.type === 'battle-started' ? [started.battleId] : [];
  let hunted = 0;
  const hunter = await connect(shared.server.url, 'hunter', (line, room, send) => {
    if (line.startsWith('|updateuser| hunter|')) send(`|/search ${format}`);
    if (room.startsWith('battle-') && line.startsWith('|init|')) hunted++;
  });
  const { outcomes, events } = await play(
    sessionOptions(shared.server.url, 'again1', ladder, {
      unfinished: [...unfinished, 'battle-gen9ou-999999'],
    }),
  );
  hunter.close();
  expect(outcomes).toEqual([{ side: expect.any(String), result: before.outcomes[0]?.result }]);
  expect(events.map(({ type }) => type)).not.toContain('searching');
  expect(hunted).toBe(0);
});

test('a search overtaken by a running battle is taken back, and ends with the session', async () => {
  const format = 'gen9randombattle';
  const foe = play(sessionOptions(shared.server.url, 'patron', { type: 'accept', formats: [format] }));
  const before = await connect(shared.server.url, 'orphan', (line, room, send) => {
    if (line.startsWith('|updateuser| orphan|')) send(`|/challenge patron, ${format}`);
    if (room.startsWith('battle-') && line.startsWith('|request|{')) before.close();
  });
  // The battle is announced only once the search is running, and the search confirmed only after that.
  const held: string[] = [];
  let isSearching = false;
  const proxy = await startFaultProxy(shared.server.url, {
    toServer(text) {
      isSearching ||= text === `|/search ${format}`;
      return [text];
    },
    toClient(frame) {
      if (isSearching) return [...held.splice(0), frame];
      if (!frame.startsWith('>battle-')) return [frame];
      held.push(frame);
      return [];
    },
  });
  const { outcomes } = await play(sessionOptions(proxy.url, 'orphan', { type: 'ladder', format }));
  await foe;
  await proxy.close();
  expect(outcomes.map(({ result }) => result !== undefined)).toEqual([true]);
  const asked = proxy.delivered.filter((text) => /^\|\/(cancel)?search/.test(text));
  expect(asked).toEqual([`|/search ${format}`, '|/cancelsearch']);
});

test('a battle of others does not count, and its end is reported', async () => {
  const format = 'gen9randombattle';
  let isLeft = false;
  const patient: Agent = {
    name: 'patient',
    async decide(turn, signal) {
      if (turn.state.turn > 1) await until(() => isLeft);
      return randomAgent.decide(turn, signal);
    },
  };
  let entered: (id: string) => void = () => {};
  const theirs = new Promise<string>((resolve) => {
    entered = resolve;
  });
  const room = { agent: patient };
  const others = [
    play(sessionOptions(shared.server.url, 'other1', { type: 'accept', formats: [format] }, { room })),
    play({
      ...sessionOptions(shared.server.url, 'other2', { type: 'challenge', format, user: 'other1' }, { room }),
      onRoomEvent: (_event, { id, state }) => state?.turn === 1 && entered(id.battle),
    }),
  ];
  const unfinished = [await theirs];
  const ladder = { type: 'ladder', format } as const;
  const seen: RoomOutcome[] = [];
  const players = [
    playSession({
      ...sessionOptions(shared.server.url, 'looker', ladder, { unfinished }),
      onEnd(_room, outcome) {
        seen.push(outcome);
        isLeft = true;
      },
    }),
    play(sessionOptions(shared.server.url, 'looked', ladder)),
  ];
  await Promise.all([...others, ...players]);
  expect(seen.map(({ side, result }) => [side, result].map((each) => each !== undefined))).toEqual([
    [false, false],
    [true, true],
  ]);
});

test('a battle that cannot be played is forfeited, and the session plays on', async () => {
  const format = 'gen9randombattle';
  const rooms = new Set<string>();
  const proxy = await startFaultProxy(shared.server.url, {
    toClient(frame) {
      const room = /^>(battle-\S+)/.exec(frame)?.[1];
      if (room) rooms.add(room);
      return [room === [...rooms][0] ? frame.replace('|gametype|singles', '|gametype|unknown') : frame];
    },
  });
  const wins: string[] = [];
  const foe = await connect(shared.server.url, 'waiting', (line, room, send) => {
    if (line.startsWith('|updateuser| waiting|')) send(`|/challenge surprised, ${format}`);
    if (line.startsWith('|win|')) {
      wins.push(line);
      if (wins.length < 2) send(`|/challenge surprised, ${format}`);
    }
    if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
  });
  const { outcomes, events } = await play(
    sessionOptions(proxy.url, 'surprised', { type: 'accept', formats: [format] }, { battles: 2 }),
  );
  foe.close();
  await proxy.close();
  expect(wins[0]).toBe('|win|waiting');
  expect(outcomes.map(({ result, endedBy }) => (result ? 'result' : endedBy))).toEqual(['player', 'result']);
  expect(events.filter(({ type }) => type === 'battle-given-up')).toEqual([
    {
      type: 'battle-given-up',
      battleId: [...rooms][0],
      format,
      reason: 'it is a battle of the type "unknown", and only singles and doubles can be played',
    },
  ]);
});

describe('challenges', () => {
  test('are accepted by format and user only', async () => {
    const accept = { type: 'accept', formats: ['gen9randombattle'], users: ['friend'] } as const;
    const challenge = (name: string, format = 'gen9randombattle') =>
      play(sessionOptions(shared.server.url, name, { type: 'challenge', format, user: 'host' }));
    const host = play(sessionOptions(shared.server.url, 'host', accept));
    await expect(challenge('stranger')).rejects.toThrow('host does not want to battle');
    await expect(challenge('friend', 'gen8randombattle')).rejects.toThrow('does not want to battle');
    const friend = await challenge('friend');
    expect(friend.outcomes[0]?.result).toBeDefined();
    const { outcomes, events } = await host;
    expect(outcomes).toHaveLength(1);
    const rejected = { type: 'challenge-rejected', to: 'host' };
    expect(events.filter(({ type }) => type === 'challenge-rejected')).toEqual([
      { ...rejected, from: 'stranger', format: 'gen9randombattle', reason: 'user' },
      { ...rejected, from: 'friend', format: 'gen8randombattle', reason: 'format' },
    ]);
  });

  test('are made again to a player who needs a moment after each battle', async () => {
    const format = 'gen9randombattle';
    let offers = 0;
    // Declines two challenges after each battle, like a program that has not finished with the last one.
    const host = await connect(shared.server.url, 'slowbot', (line, room, send) => {
      if (line.startsWith('|pm| eager| slowbot|/challenge gen9')) {
        send(offers++ % 3 === 0 ? '|/accept eager' : '|/reject eager');
      }
      if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
    });
    const how = { type: 'challenge', format, user: 'slowbot' } as const;
    const { outcomes, events } = await play(sessionOptions(shared.server.url, 'eager', how, { battles: 3 }));
    host.close();
    expect(outcomes.map(({ result }) => result !== undefined)).toEqual([true, true, true]);
    expect(events.filter(({ type }) => type === 'waiting')).toEqual(
      Array.from({ length: 2 }, () => ({
        type: 'waiting',
        reason: 'slowbot does not take another challenge yet',
        limitMs: 120_000,
      })),
    );
  });

  test('that are declined end the session when the running battle is finished', async () => {
    let accepted = 0;
    const host = await connect(shared.server.url, 'moody', (line, room, send) => {
      if (line.startsWith('|pm| bold| moody|/challenge gen9')) {
        send(accepted++ === 0 ? '|/accept bold' : '|/reject bold');
      }
      // The battle goes on for some time after the answer to the second challenge.
      if (line.startsWith('|request|{') && !line.includes('"wait":true')) {
        setTimeout(() => send(`${room}|/choose default`), 50);
      }
    });
    const outcomes: RoomOutcome[] = [];
    const events: SessionEvent[] = [];
    // The clock of this process jumps two minutes ahead when the battle is over.
    const now = performance.now.bind(performance);
    let ahead = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
    const how = { type: 'challenge', format: 'gen9randombattle', user: 'moody' } as const;
    const session = playSession({
      ...sessionOptions(shared.server.url, 'bold', how, { battles: 5, concurrency: 2 }),
      onEnd(_room, outcome) {
        outcomes.push(outcome);
        setTimeout(() => (ahead = 121_000), 2_000);
      },
      onEvent: (event) => void events.push(event),
    });
    await expect(session).rejects.toThrow('moody does not want another battle');
    clock.mockRestore();
    host.close();
    expect(outcomes.map(({ result }) => result !== undefined)).toEqual([true]);
    expect(accepted).toBeGreaterThan(2);
    const types = events.map(({ type }) => type);
    expect(types.indexOf('battle-finished')).toBeLessThan(types.indexOf('challenge-rejected'));
  });

  test('that are answered when they are given up are played', async () => {
    const format = 'gen9randombattle';
    const host = await connect(shared.server.url, 'dreamer', (line, room, send) => {
      if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
    });
    // The clock of this process jumps two minutes ahead when the challenge is open.
    const now = performance.now.bind(performance);
    let ahead = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
    const proxy = await startFaultProxy(shared.server.url, {
      toClient(frame) {
        if (frame.startsWith('|pm| hasty| dreamer|/challenge gen9'))
          setTimeout(() => (ahead = 121_000), 1_500);
        return [frame];
      },
      toServer(text) {
        if (text !== '|/cancelchallenge dreamer') return [text];
        host.send('|/accept hasty');
        return [];
      },
    });
    const outcomes: RoomOutcome[] = [];
    const how = { type: 'challenge', format, user: 'dreamer' } as const;
    const session = playSession({
      ...sessionOptions(proxy.url, 'hasty', how),
      onEnd: (_room, outcome) => void outcomes.push(outcome),
    });
    try {
      await expect(session).rejects.toThrow('dreamer has not answered the challenge');
    } finally {
      clock.mockRestore();
      host.close();
      await proxy.close();
    }
    expect(outcomes.map(({ result }) => result !== undefined)).toEqual([true]);
  });

  test('with a team that the server rejects end with its reason', async () => {
    const options = sessionOptions(
      shared.server.url,
      'cheater',
      { type: 'ladder', format: 'gen9ou' },
      { teamFor: () => team('gen9ou-rain').replace('TailGlow', 'Spore') },
    );
    await expect(play(options)).rejects.toThrow(/The server refuses: .*Manaphy/);
  });
});

describe('the server', () => {
  test('that is missing is named', async () => {
    const url = `ws://127.0.0.1:${await freePort()}/showdown/websocket`;
    const client = { firstPatienceMs: 1_000 };
    const options = sessionOptions(url, 'nobody', { type: 'ladder', format: 'gen9ou' }, { client });
    await expect(play(options)).rejects.toThrow(/within 1 s .*npm run server/);
  });

  test('that is not there yet is waited for, with a note, and a stop ends the wait', async () => {
    const accept = { type: 'accept', formats: ['gen9randombattle'] } as const;
    const own = await startShowdown();
    await own.stop();
    const stop = new AbortController();
    const early = play(sessionOptions(own.url, 'early', accept, { stop: stop.signal }));
    const gone = new AbortController();
    const impatient = play(sessionOptions(own.url, 'impatient', accept, { stop: gone.signal }));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    gone.abort();
    expect((await impatient).events.map(({ type }) => type)).toEqual(['connecting']);
    await own.restart();
    await play(
      sessionOptions(own.url, 'punctual', { type: 'challenge', format: accept.formats[0], user: 'early' }),
    );
    const { events, outcomes } = await early;
    expect(events.slice(0, 2)).toEqual([
      { type: 'connecting', cause: expect.stringContaining('ECONNREFUSED'), limitMs: 120_000 },
      { type: 'connected' },
    ]);
    expect(outcomes.map(({ result }) => result !== undefined)).toEqual([true]);
    await own.stop();
  });

  test('that answers with something else is not a Showdown server, and is not waited for', async () => {
    const web = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    const url = `ws://127.0.0.1:${port}/showdown/websocket`;
    const options = sessionOptions(url, 'nobody', { type: 'ladder', format: 'gen9ou' });
    await expect(play(options)).rejects.toThrow(/No Showdown server answers .*404/);
    web.close();
  });

  test('forgets its battles when it restarts, and the session goes on', async () => {
    const own = await startShowdown();
    let begun = () => {};
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow: Agent = {
      name: 'slow',
      async decide(turn, signal) {
        if (turn.state.turn === 3) begun();
        await new Promise((resolve) => setTimeout(resolve, 20));
        return randomAgent.decide(turn, signal);
      },
    };
    const ladder = { type: 'ladder', format: 'gen9randombattle' } as const;
    const folder = (name: string): string => join(shared.root, 'restarted', name);
    const session = (name: string) =>
      play(
        sessionOptions(own.url, name, ladder, {
          battles: 2,
          room: { ...ledgerIn(folder(name)), agent: slow },
        }),
      );
    const names = ['phoenix', 'ash'];
    const both = Promise.all(names.map(session));
    await first;
    await own.restart();
    for (const [index, { outcomes, events }] of (await both).entries()) {
      const ends = outcomes.map(({ result, endedBy }) => (result ? 'result' : endedBy));
      expect(ends).toEqual(['server', 'result']);
      expect(events.flatMap((event) => (event.type === 'battle-finished' ? [event] : []))).toMatchObject([
        { endedBy: 'server', result: undefined },
        { result: { winner: expect.anything() } },
      ]);
      expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['disconnected', 'reconnected']));
      // Without a result, but over all the same: it is no longer looked for.
      const root = folder(names[index] ?? '');
      const metas = battleFolders(root).map((name) =>
        battleMetaSchema.parse(JSON.parse(readFileSync(join(root, name, 'battle.json'), 'utf8'))),
      );
      expect(metas.map(({ endedBy, result }) => [endedBy, result?.turns !== undefined]).sort()).toEqual(
        [
          ['server', false],
          [undefined, true],
        ].sort(),
      );
      expect(unfinishedBattles(root, () => true, Date.now())).toEqual([]);
    }
    await own.stop();
  });
});

test('a battle continues after kill -9, in the same ledger', async () => {
  const folder = join(shared.root, 'killed');
  const slow: Agent = {
    name: 'slow',
    async decide(turn, signal) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return randomAgent.decide(turn, signal);
    },
  };
  const stop = new AbortController();
  const foe = play(
    sessionOptions(
      shared.server.url,
      'patient',
      { type: 'accept', formats: ['gen9randombattle'] },
      { room: { agent: slow }, stop: stop.signal },
    ),
  );
  const command = (): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', 'test/showdown/mortal.ts', shared.server.url, folder], {
      stdio: 'ignore',
    });
  const killed = command();
  await until(() => decisionsIn(folder) >= 4);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const made = decisionsIn(folder);
  const again = command();
  const [code] = await once(again, 'exit');
  expect(code).toBe(0);
  expect((await foe).outcomes[0]?.result).toBeDefined();
  expectWholeLedgers(folder, 1);
  expect(decisionsIn(folder)).toBeGreaterThan(made);
  // Of two that began within one second the later has a number: `X.jsonl`, `X-2.jsonl`.
  const inOrder = (a: string, b: string): number => (parse(a).name < parse(b).name ? -1 : 1);
  const sessions = readdirSync(join(folder, SESSIONS)).sort(inOrder);
  const logs = await Promise.all(sessions.map((name) => readSession(join(folder, SESSIONS, name))));
  const types = logs.map(({ records }) => records.map(({ type }) => type));
  expect(types[0]).toContain('battle-started');
  expect(types[0]).not.toContain('battle-finished');
  expect(types[1]).toEqual(expect.arrayContaining(['connected', 'battle-started', 'battle-finished']));
  expect(logs[1]?.records).toContainEqual(
    expect.objectContaining({ type: 'battle-started', side: 'p1', opponent: 'patient', resumed: true }),
  );
});

function decisionsIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return battleFolders(folder).reduce((sum, battle) => {
    const file = join(folder, battle, 'decisions.jsonl');
    return sum + (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0);
  }, 0);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
