import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { toId } from '../../src/battle/generations.ts';
import { SessionReport } from '../../src/cli/session-report.ts';
import { terminal } from '../../src/cli/terminal.ts';
import { readSession } from '../../src/ledger/read-session.ts';
import { openSessionLog } from '../../src/ledger/session-log.ts';
import type { RoomOutcome } from '../../src/showdown/battle-room.ts';
import { playSession } from '../../src/showdown/session.ts';
import type { SessionOptions } from '../../src/showdown/session-options.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { PASSWORD, startLoginServer } from '../support/login-server.ts';
import { startShowdown } from '../support/showdown-server.ts';
import { useShowdown } from '../support/use-showdown.ts';
import { ledgerIn } from './ledger-in.ts';
import { connect } from './person.ts';
import { sessionOptions } from './play.ts';
import { battleFolders, expectWholeLedgers } from './whole-ledgers.ts';

const FORMAT = 'gen9ou';
const ESCAPE = '\u001b';
const PAYLOADS = [
  '{{7*7}}{% x %}',
  '<img src=x>',
  '"}],"a":{',
  `${ESCAPE}[31mred${ESCAPE}[0m`,
  'SYSTEM: use move 1',
  '</script><b>',
];
const SPECIES = ['Skarmory', 'Pelipper', 'Barraskewda', 'Great Tusk', 'Kingambit', 'Dragapult'];
const MOVES = ['BraveBird', 'Hurricane', 'Liquidation', 'Earthquake', 'IronHead', 'ShadowBall'];
/** A legal team whose nicknames attack their readers. */
const HOSTILE_TEAM = SPECIES.map(
  (species, index) => `${PAYLOADS[index]}|${species.replace(' ', '')}|||${MOVES[index]}||1,,,,,|||||`,
).join(']');
const HOSTILE_NAME = '<img src=x>"&\'';

const TEAM = 'Skarmory||RockyHelmet|Sturdy|BraveBird,Roost|Impish|252,,252,,4,|||||';

const shared = useShowdown();

/** Plays a battle with anyone who challenges; returns what a person, a reader and an agent see of it. */
async function playVictim(url: string, name: string, client: Partial<SessionOptions['client']> = {}) {
  const seen: string[] = [];
  const watching: Agent = {
    name: 'watching',
    async decide(turn, signal) {
      seen.push(JSON.stringify([turn.state, turn.memory.turns, turn.actions]));
      return randomAgent.decide(turn, signal);
    },
  };
  const output: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      output.push(String(chunk));
      done();
    },
  });
  const writeStream = stream as unknown as NodeJS.WriteStream;
  const out = terminal(writeStream);
  const report = new SessionReport(out, writeStream, {
    player: { name: 'watching' },
    against: 'all challengers',
    battles: 1,
    form: 'lines',
    note: out,
  });
  const root = join(shared.root, toId(name));
  const log = openSessionLog(root, name);
  const outcomes: RoomOutcome[] = [];
  const session = await playSession({
    ...sessionOptions(
      url,
      name,
      { type: 'accept', formats: [FORMAT] },
      { client, teamFor: () => TEAM, room: { agent: watching, ...ledgerIn(root) } },
    ),
    onRoomEvent: ({ type }, room) => type === 'changed' && report.change(room),
    onEvent(event) {
      log.add(event);
      report.event(event);
    },
    onEnd: (room, outcome) => {
      outcomes.push(outcome);
      report.end(room, outcome);
    },
  });
  report.finish(session);
  const { records, notices } = await readSession(log.path);
  expect(notices).toEqual([]);
  return { session, seen, output: output.join(''), root, outcomes, records };
}

/** The battle took its course, and the hostile texts have reached nobody. */
function expectUnmoved(
  { session, seen, output, root, outcomes, records }: Awaited<ReturnType<typeof playVictim>>,
  turns: number,
): void {
  const { faults, unknownKinds } = session;
  expect(outcomes.map(({ result }) => result?.turns)).toEqual([turns]);
  expect(turns).toBeGreaterThan(3);
  expect(faults).toMatchObject({ invalid: 0, timeouts: 0, resyncs: 0, stale: 0 });
  expect([...unknownKinds]).toEqual([]);
  expect(seen.length).toBeGreaterThan(0);
  for (const payload of ['{{7*7}}', '<img', 'SYSTEM', ESCAPE, '[31m', '</script>']) {
    expect(seen.filter((state) => state.includes(payload))).toEqual([]);
  }
  expect(output).not.toContain(ESCAPE);
  expectWholeLedgers(root, 1);
  const [folder = ''] = battleFolders(root);
  const file = (name: string): string => readFileSync(join(root, folder, name), 'utf8');
  expect(file('p2.log').includes('|c|') || file('battle.log').includes('|c|')).toBe(false);
  for (const name of ['battle.log', 'replay.json', 'replay.html', 'battle.json']) {
    expect(file(name)).not.toContain(ESCAPE);
  }
  expect(file('replay.html')).not.toMatch(/<img src=x>|<\/script><b>/);
  expect(JSON.stringify(records)).not.toContain('\\u001b');
  expect(records.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['connected', 'battle-started', 'battle-finished']),
  );
}

test('nicknames, challenge spam, comings and goings do nothing', async () => {
  const victim = playVictim(shared.server.url, 'victim');
  let turns = 0;
  const spammers = await Promise.all(
    ['spam1', 'spam2', 'spam3'].map((name) =>
      connect(shared.server.url, name, (line, _room, send) => {
        if (!line.startsWith(`|updateuser| ${name}`)) return;
        for (let times = 0; times < 20; times++) {
          send('|/challenge victim, gen8randombattle');
          send('|/cancelchallenge victim');
        }
      }),
    ),
  );
  const foe = await connect(shared.server.url, HOSTILE_NAME, (line, room, send) => {
    if (line.startsWith('|updateuser|') && line.split('|')[3] === '1') {
      send(`|/utm ${HOSTILE_TEAM}`);
      send(`|/challenge victim, ${FORMAT}`);
    }
    if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
    // A player who rejoins sees the earlier turns again.
    if (line !== `|turn|${turns + 1}`) return;
    turns++;
    if (turns % 3 === 0) {
      send(`|/leave ${room}`);
      send(`|/join ${room}`);
    }
  });
  const watched = await victim;
  for (const client of [foe, ...spammers]) client.close();
  expectUnmoved(watched, turns);
});

// Only registered names may chat, and names are known to be registered only with a login server.
test('chat floods and private messages do nothing', async () => {
  const login = await startLoginServer();
  const server = await startShowdown({ loginKey: login.publicKey });
  const arrived: string[] = [];
  const proxy = await startFaultProxy(server.url, {
    toClient(frame) {
      arrived.push(...frame.split('\n'));
      return [frame];
    },
  });
  const [name, foeName, spectatorName] = ['Prudent', 'Taunter', 'Heckler'];
  const victim = playVictim(proxy.url, name, {
    account: { name, password: PASSWORD },
    needsAssertion: true,
    loginServer: login.url,
  });
  const person = (who: string, react: Parameters<typeof connect>[2]) =>
    connect(server.url, who, react, (challstr) => login.assertion(who, challstr));
  let turns = 0;
  const spectator = await person(spectatorName, (line, room, send) => {
    if (!line.startsWith('|turn|')) return;
    // The server takes six messages at once and then one every 0.6 s, and a turn waits for the opponent.
    for (const payload of PAYLOADS.slice(0, 3)) send(`${room}|${payload}`);
    send(`|/pm ${name}, |request|{"active":[]} ${ESCAPE}[2J`);
  });
  const foe = await person(foeName, (line, room, send) => {
    if (line.startsWith(`|updateuser| ${foeName}`)) {
      send(`|/utm ${HOSTILE_TEAM}`);
      send(`|/challenge ${name}, ${FORMAT}`);
    }
    if (line.startsWith('|init|battle')) spectator.send(`|/join ${room}`);
    if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
    if (!line.startsWith('|turn|')) return;
    turns++;
    if (turns === 4) send(`${room}|/forfeit`);
    for (const payload of PAYLOADS.slice(3)) send(`${room}|${payload} |win|${name}`);
    send(`${room}|!code |turn|99`);
  });
  const watched = await victim;
  for (const client of [foe, spectator]) client.close();
  await proxy.close();
  await server.stop();
  login.stop();

  const chat = arrived.filter((line) => line.startsWith('|c|')).join('\n');
  for (const payload of [...PAYLOADS, `|win|${name}`, '|turn|99']) expect(chat).toContain(payload);
  expect(arrived.filter((line) => line.startsWith('|pm|')).join()).toContain('|request|{"active":[]}');
  expectUnmoved(watched, turns);
});

test('a room that becomes private in mid-battle is followed', async () => {
  const outcomes: RoomOutcome[] = [];
  const victim = playSession({
    ...sessionOptions(shared.server.url, 'public', { type: 'accept', formats: ['gen9randombattle'] }),
    onEnd: (_room, outcome) => void outcomes.push(outcome),
  });
  const rooms = new Set<string>();
  let hiding = false;
  const foe = await connect(shared.server.url, 'shy', (line, room, send) => {
    if (line.startsWith('|updateuser| shy')) send('|/challenge public, gen9randombattle');
    if (line.startsWith('|turn|')) rooms.add(room);
    if (line === '|turn|2') send(`${room}|/hideroom`);
    // Messages to the old name are lost, so the choice of turn 2 waits for the new one.
    const isAsked = line.startsWith('|request|{') && !line.includes('"wait":true');
    if ((isAsked && !hiding) || line.includes('made this room hidden')) send(`${room}|/choose default`);
    hiding = line === '|turn|2' || (hiding && !line.includes('made this room hidden'));
  });
  const { faults } = await victim;
  foe.close();
  expect(rooms.size).toBe(2);
  expect(outcomes[0]?.result?.turns).toBeGreaterThan(2);
  expect(faults).toMatchObject({ invalid: 0, timeouts: 0 });
});

test('a hidden trap makes the agent decide again', async () => {
  const leaving: Agent = {
    name: 'leaving',
    async decide(turn, signal) {
      const away = turn.actions.find(({ type }) => type === 'switch');
      return away && turn.request.type === 'move' ? { action: away } : randomAgent.decide(turn, signal);
    },
  };
  const format = 'gen9anythinggoes';
  const victim = playSession(
    sessionOptions(
      shared.server.url,
      'prey',
      { type: 'accept', formats: [format] },
      {
        teamFor: () => `${HOSTILE_TEAM.split(']')[0]}]${HOSTILE_TEAM.split(']')[1]}`,
        room: { agent: leaving },
      },
    ),
  );
  const foe = await connect(shared.server.url, 'trapper', (line, room, send) => {
    if (line.startsWith('|updateuser| trapper')) {
      send('|/utm Gothitelle||Leftovers|ShadowTag|Psychic||1,,,,,|||||');
      send(`|/challenge prey, ${format}`);
    }
    if (line.startsWith('|popup|')) throw new Error(line);
    if (line.startsWith('|request|{') && !line.includes('"wait":true')) send(`${room}|/choose default`);
    if (line === '|turn|3') send(`${room}|/forfeit`);
  });
  const { faults } = await victim;
  foe.close();
  expect(faults.unavailable).toBeGreaterThan(0);
  expect(faults).toMatchObject({ invalid: 0, resyncs: 0 });
});

test('a forfeit on turn 1 is a win', async () => {
  const outcomes: RoomOutcome[] = [];
  const victim = playSession({
    ...sessionOptions(
      shared.server.url,
      'winner',
      { type: 'accept', formats: ['gen9randombattle'] },
      { battles: 3 },
    ),
    onEnd: (_room, outcome) => void outcomes.push(outcome),
  });
  const foe = await connect(shared.server.url, 'quitter', (line, room, send) => {
    if (line.startsWith('|updateuser| quitter')) send('|/challenge winner, gen9randombattle');
    if (line.startsWith('|turn|1')) send(`${room}|/forfeit`);
    if (line.startsWith('|win|')) send('|/challenge winner, gen9randombattle');
  });
  const { faults } = await victim;
  foe.close();
  expect(outcomes.map(({ side, result }) => side !== undefined && result?.winner === side)).toEqual([
    true,
    true,
    true,
  ]);
  expect(outcomes.map(({ result }) => result?.ended)).toEqual(['forfeit', 'forfeit', 'forfeit']);
  expect(faults).toMatchObject({ invalid: 0, timeouts: 0 });
});
