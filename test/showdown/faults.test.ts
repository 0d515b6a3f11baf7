import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import type { BattleResult } from '../../src/ledger/record.ts';
import type { SessionEvent } from '../../src/ledger/session-record.ts';
import { playSession } from '../../src/showdown/session.ts';
import type { SessionOptions, SessionResult } from '../../src/showdown/session-options.ts';
import { type FaultProxy, type Faults, startFaultProxy, type Tamper } from '../support/fault-proxy.ts';
import { useShowdown } from '../support/use-showdown.ts';
import { ledgerIn } from './ledger-in.ts';
import { sessionOptions } from './play.ts';
import { expectWholeLedgers } from './whole-ledgers.ts';

const FORMAT = 'gen9randombattle';
const BATTLES = 2;

const shared = useShowdown();

/** A session's own view of its battles. */
interface Played {
  readonly session: SessionResult;
  readonly results: ReadonlyMap<string, BattleResult | undefined>;
  readonly events: readonly SessionEvent[];
}

async function play(options: SessionOptions): Promise<Played> {
  const results = new Map<string, BattleResult | undefined>();
  const events: SessionEvent[] = [];
  const session = await playSession({
    ...options,
    onEnd: (room, { result }) => void results.set(room.id.battle, result),
    onEvent: (event) => void events.push(event),
  });
  return { session, results, events };
}

/** Battles between a client behind a faulty network and one with a good connection. */
async function playThrough(
  name: string,
  faults: Faults,
  { client = {}, foe = maxPowerAgent }: { client?: Partial<SessionOptions['client']>; foe?: Agent } = {},
): Promise<{ faulty: Played; good: Played; proxy: FaultProxy; folder: string }> {
  const proxy = await startFaultProxy(shared.server.url, faults);
  const folder = join(shared.root, name);
  const count = { battles: BATTLES, concurrency: BATTLES };
  const [faulty, good] = await Promise.all([
    play(
      sessionOptions(
        proxy.url,
        name,
        { type: 'challenge', format: FORMAT, user: `${name}foe` },
        {
          ...count,
          client: { heartbeatMs: 1_000, ...client },
          room: { ...ledgerIn(folder), agent: maxPowerAgent },
        },
      ),
    ),
    play(
      sessionOptions(
        shared.server.url,
        `${name}foe`,
        { type: 'accept', formats: [FORMAT], users: [name] },
        { ...count, room: { agent: foe } },
      ),
    ),
  ]);
  await proxy.close();
  return { faulty, good, proxy, folder };
}

/** All battles ended, for both sides in the same way, and none of our choices was refused as invalid. */
function expectAllFinished({ faulty, good, folder }: Awaited<ReturnType<typeof playThrough>>): void {
  expect(faulty.results.size).toBe(BATTLES);
  expect([...faulty.results.values()]).not.toContain(undefined);
  for (const [id, result] of faulty.results) expect(good.results.get(id)?.winner).toBe(result?.winner);
  for (const { session } of [faulty, good]) {
    expect(session.faults).toMatchObject({ invalid: 0, timeouts: 0 });
  }
  expect([...good.session.unknownKinds]).toEqual([]);
  expectWholeLedgers(folder, BATTLES);
}

/**
 * The server has received exactly one choice for each request.
 *
 * @param turnedAway choices received but not accepted, which must be sent again
 */
function expectChosenOnce({ delivered }: FaultProxy, turnedAway: readonly string[] = []): void {
  const taken = delivered.filter(isChoice);
  for (const text of turnedAway) taken.splice(taken.indexOf(text), 1);
  const answered = taken.map((text) => `${roomOf(text)} ${rqidOf(text)}`);
  expect(new Set(answered).size).toBe(answered.length);
}

function isChoice(text: string): boolean {
  return text.includes('|/choose ');
}

/** The room that a message of the client is for. */
function roomOf(text: string): string {
  return text.split('|', 1)[0] ?? '';
}

/** Number of the request that a choice answers. */
function rqidOf(choice: string): number {
  return Number(choice.split('|').at(-1));
}

/** Returns true for the frames of some turns, once for each. */
function onceAt(...turns: number[]): (frame: string) => boolean {
  const left = new Set(turns);
  return (frame) => {
    const turn = Number(/\n\|turn\|(\d+)/.exec(frame)?.[1]);
    return left.delete(turn);
  };
}

/** Returns true for the first matching frame of each room. */
function onceARoom(says: (frame: string) => boolean): (frame: string) => boolean {
  const done = new Set<string | undefined>();
  return (frame) => {
    const room = /^>(\S+)/.exec(frame)?.[1];
    if (done.has(room) || !says(frame)) return false;
    done.add(room);
    return true;
  };
}

/** Collects what the server rejects because the player is not in its room. */
function hearTurnedAway(): { turnedAway: readonly string[]; toClient: Tamper } {
  const turnedAway: string[] = [];
  return {
    turnedAway,
    toClient(frame) {
      const [, text, room] = /^\|popup\|You tried to send "(.*)" to the room "(.*)" but /.exec(frame) ?? [];
      if (room !== undefined) turnedAway.push(`${room}|${text}`);
      return [frame];
    },
  };
}

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

/** Cuts a request in its first word. */
function behead(frame: string): string {
  return frame.slice(0, frame.indexOf('|request|') + '|requ'.length);
}

/** Returns true for some of the choices of a move, by their order: then the other player has to choose, too. */
function onMoves(...places: number[]): (text: string) => boolean {
  let count = 0;
  return (text) => text.includes('|/choose move ') && places.includes(++count);
}

describe.concurrent('every battle is finished when the network', () => {
  test('drops the socket', async () => {
    const isTime = onceAt(2, 5, 9);
    const played = await playThrough('dropped', {
      toClient(frame, connection) {
        if (isTime(frame)) setTimeout(() => connection.drop(), 3);
        return [frame];
      },
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  test('drops the socket before anything asks for a choice', async () => {
    const isTime = onceAt(3, 6);
    const played = await playThrough('unasked', {
      toClient(frame, connection) {
        if (!isTime(frame)) return [frame];
        connection.drop();
        return [];
      },
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  // Without the server's help the client cannot distinguish the next two cases; when it is back, the server's messages
  // do.
  test('drops the socket when a choice has arrived, which is not sent again', async () => {
    const isTime = onMoves(1, 4, 8, 12, 16);
    const away = new Set<string>();
    let confirmed = 0;
    // Chooses last, and not while the opponent is away: the turn is still open when it comes back.
    const patient: Agent = {
      name: 'patient',
      async decide(turn, signal) {
        do await new Promise((resolve) => setTimeout(resolve, 100));
        while (away.has(turn.battleId));
        return maxPowerAgent.decide(turn, signal);
      },
    };
    const played = await playThrough(
      'arrived',
      {
        toServer(text, connection) {
          if (isTime(text)) {
            away.add(roomOf(text));
            connection.drop();
          }
          return [text];
        },
        toClient(frame) {
          away.delete(/^>(\S+)/.exec(frame)?.[1] ?? '');
          if (frame.includes('\n|sentchoice|')) confirmed++;
          return [frame];
        },
      },
      { foe: patient },
    );
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    expect(confirmed).toBeGreaterThanOrEqual(3);
  });

  test('drops the socket and the choice with it, which is sent again unchanged', async () => {
    const isTime = onMoves(1, 4, 8, 12, 16);
    const lost: string[] = [];
    const played = await playThrough('lost', {
      toServer(text, connection) {
        if (!isTime(text)) return [text];
        lost.push(text);
        connection.drop();
        return [];
      },
    });
    expect(lost).toHaveLength(5);
    expect(played.proxy.delivered).toEqual(expect.arrayContaining(lost));
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  // A choice that the client considers lost and sends again may still be on its way. Nothing can rule that out; it does
  // no harm.
  test('delivers a choice twice, at once and after the next one', async () => {
    const last = new Map<string, string>();
    let late = 0;
    const refused: string[] = [];
    const played = await playThrough('twice', {
      toServer(text) {
        const room = roomOf(text);
        const before = last.get(room);
        // No battle of full teams is over so early, so each answer of the server can be counted.
        if (!isChoice(text) || rqidOf(text) > 14) return [text];
        last.set(room, text);
        if (before === undefined) return [text, text];
        late++;
        return [text, text, before];
      },
      toClient(frame) {
        const error = /\|error\|\[Invalid choice\] (.*)/.exec(frame)?.[1];
        if (error !== undefined) refused.push(error);
        return [frame];
      },
    });
    expect(late).toBeGreaterThanOrEqual(4);
    // The server refuses the late ones; of the others it takes the first, or both, which say the same.
    const tooLate = refused.filter((error) => /^Sorry, too late|^There's nothing to choose/.test(error));
    expect(tooLate.length).toBeGreaterThanOrEqual(late);
    expect(played.faulty.session.faults.stale).toBe(refused.length);
    expectAllFinished(played);
  });

  test('leaves the socket half open', async () => {
    const isTime = onceAt(3);
    const played = await playThrough('halfopen', {
      toClient(frame, connection) {
        if (isTime(frame)) connection.halfOpen(3_000);
        return [frame];
      },
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  test('stalls for 5 s', async () => {
    const isTime = onceAt(3);
    const played = await playThrough(
      'stalled',
      {
        toClient(frame, connection) {
          if (isTime(frame)) connection.stall(5_000);
          return [frame];
        },
      },
      { client: { heartbeatMs: 8_000 } },
    );
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  test('delivers each request before its log', async () => {
    const held = new Map<string, string>();
    const played = await playThrough('reordered', {
      toClient(frame) {
        const room = /^>(\S+)/.exec(frame)?.[1];
        if (room === undefined) return [frame];
        const log = held.get(room);
        held.delete(room);
        if (log !== undefined) return [frame, log];
        if (!/\n\|turn\|/.test(frame) || frame.includes('|init|')) return [frame];
        held.set(room, frame);
        return [];
      },
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    expect(played.faulty.session.faults.resyncs).toBe(0);
  });

  test('cuts frames short', async () => {
    const cutLog = onceAt(3);
    let requests = 0;
    const played = await playThrough('truncated', {
      toClient(frame) {
        const isCut = cutLog(frame) || (frame.includes('|request|{') && [8, 20].includes(++requests));
        return isCut ? [half(frame)] : [frame];
      },
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    expect(played.faulty.session.faults.resyncs).toBeGreaterThan(0);
  });

  test('cuts requests in their first word, which the clock reveals', async () => {
    const isTime = onceARoom((frame) => /\|request\|\{"active"/.test(frame) && !frame.endsWith('"rqid":2}'));
    const played = await playThrough('beheaded', {
      toClient: (frame) => [isTime(frame) ? behead(frame) : frame],
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    expect(played.faulty.session.faults.resyncs).toBeGreaterThanOrEqual(1);
  });

  test('cuts those after one without a choice, for which no time is reported', async () => {
    const hadNone = new Map<string | undefined, boolean>();
    const isTime = onceARoom((frame) => {
      const room = /^>(\S+)/.exec(frame)?.[1];
      if (!frame.includes('|request|{')) return false;
      const isAfter = hadNone.get(room) === true;
      hadNone.set(room, frame.includes('"wait":true'));
      return isAfter && !hadNone.get(room);
    });
    let cut = 0;
    const played = await playThrough('fainted', {
      toClient: (frame) => {
        if (!isTime(frame)) return [frame];
        cut++;
        return [behead(frame)];
      },
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    // A battle in which the opponent never has to choose alone has no such moment.
    expect(cut).toBeGreaterThan(0);
    expect(played.faulty.session.faults.resyncs).toBe(cut);
  });

  test('cuts a frame, and twice the log that is fetched for it', async () => {
    const isLog = onceARoom((frame) => frame.includes('\n|turn|3'));
    const isFetched = () => onceARoom((frame) => frame.includes('|init|') && frame.includes('|turn|2'));
    const [isFirst, isSecond] = [isFetched(), isFetched()];
    const played = await playThrough('overandover', {
      toClient: (frame) => [isLog(frame) || isFirst(frame) || isSecond(frame) ? half(frame) : frame],
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    expect(played.faulty.session.faults.resyncs).toBe(3 * BATTLES);
    expect(played.faulty.events.filter(({ type }) => type === 'room-reentered').length).toBe(3 * BATTLES);
  });

  test('cuts off the end, after which nothing more would come', async () => {
    const isEnd = onceARoom((frame) => frame.includes('\n|win|'));
    const played = await playThrough('endless', {
      toClient: (frame) => [isEnd(frame) ? frame.slice(0, frame.indexOf('\n|win|')) : frame],
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
    expect(played.faulty.session.faults.resyncs).toBe(BATTLES);
  });

  test('removes the player from the room, who comes back', async () => {
    const isTime = onMoves(1, 4, 8);
    const { turnedAway, toClient } = hearTurnedAway();
    const played = await playThrough('putout', {
      toServer: (text) => (isTime(text) ? [text, `|/noreply /leave ${roomOf(text)}`] : [text]),
      toClient,
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy, turnedAway);
    expect(played.proxy.delivered.filter((text) => text.startsWith('|/join '))).toHaveLength(3);
  });

  test('removes the player from the room before a choice has arrived, which is sent again', async () => {
    const isTime = onMoves(1, 4, 8);
    const { turnedAway, toClient } = hearTurnedAway();
    const played = await playThrough('outbefore', {
      toServer: (text) => (isTime(text) ? [`|/noreply /leave ${roomOf(text)}`, text] : [text]),
      toClient,
    });
    expect(turnedAway).toHaveLength(3);
    expectAllFinished(played);
    expectChosenOnce(played.proxy, turnedAway);
  });

  test('delivers a room without its beginning', async () => {
    const isFirst = onceARoom((frame) => frame.includes('\n|init|'));
    const played = await playThrough('midway', {
      toClient: (frame) => (isFirst(frame) ? [] : [frame]),
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  test('repeats requests', async () => {
    const played = await playThrough('repeated', {
      toClient: (frame) => (frame.includes('|request|{') ? [frame, frame] : [frame]),
    });
    expectAllFinished(played);
    expectChosenOnce(played.proxy);
  });

  test('garbles choices, which the server then refuses', async () => {
    let choices = 0;
    const { faulty } = await playThrough('garbled', {
      toServer: (text) => [
        isChoice(text) && ++choices % 10 === 0 ? text.replace(/choose [^|]*/, 'choose move 9') : text,
      ],
    });
    expect(faulty.results.size).toBe(BATTLES);
    expect([...faulty.results.values()]).not.toContain(undefined);
    expect(faulty.session.faults.invalid).toBe(Math.floor(choices / 10));
  });
});
