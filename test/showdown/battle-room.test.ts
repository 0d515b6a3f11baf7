import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { type BattleFolder, NO_LEDGER } from '../../src/ledger/battle-ledger.ts';
import { decidedIn, decidedWords } from '../../src/ledger/decided.ts';
import type { BattleResult, DecisionRecord } from '../../src/ledger/record.ts';
import type { SavedBattle } from '../../src/ledger/resume.ts';
import { BattleRoom, type RoomObserver } from '../../src/showdown/battle-room.ts';
import type { BattleRoomConfig } from '../../src/showdown/battle-room-config.ts';
import type { RoomEvent } from '../../src/showdown/room-events.ts';
import { noFaults } from '../../src/showdown/room-faults.ts';
import { readRoomLine } from '../../src/showdown/room-line.ts';
import { UserError } from '../../src/util/errors.ts';
import { createRandom } from '../../src/util/random.ts';

const ADDRESS = 'battle-gen9randombattle-426';
const recorded = readFileSync(new URL('../fixtures/battles/battle-01/fpr100a.log', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '');
const firstRequest = recorded.findIndex((line) => line.startsWith('|request|{'));
const opening = recorded.slice(0, firstRequest).filter((line) => !line.startsWith('|init|'));
const request = recorded[firstRequest] ?? '';
const rqid = /"rqid":(\d+)/.exec(request)?.[1];

/** Enters a room; `events` are all its events except changes. */
function enter(
  saved?: SavedBattle,
  config: Partial<BattleRoomConfig> = {},
  observe: RoomObserver = () => {},
) {
  const events: RoomEvent[] = [];
  const sent: string[] = [];
  const opened: (SavedBattle | undefined)[] = [];
  const results: BattleResult[] = [];
  const room = new BattleRoom(
    {
      id: { battle: ADDRESS, format: 'gen9randombattle' },
      name: 'fpr100a',
      agent: randomAgent,
      fallback: randomAgent,
      random: createRandom('room'),
      turnMs: 5_000,
      timer: false,
      saveReplay: false,
      findSaved: () => saved,
      openLedger(_side, _players, _id, resume) {
        opened.push(resume);
        return { ...NO_LEDGER, folder: '', finish: async (result) => void results.push(result) };
      },
      send: ({ text }) => void sent.push(text),
      ...config,
    },
    ADDRESS,
    (event, place) => {
      if (event.type !== 'changed') events.push(event);
      observe(event, place);
    },
  );
  const choices = () => sent.filter((text) => text.includes('/choose'));
  const eventsOf = <T extends RoomEvent['type']>(type: T) =>
    events.filter((event): event is Extract<RoomEvent, { type: T }> => event.type === type);
  return { room, sent, opened, results, choices, eventsOf };
}

/** Keeps the decisions of a battle's ledger. */
function keeping(records: DecisionRecord[]): Pick<BattleRoomConfig, 'openLedger'> {
  return {
    openLedger: () => ({ ...NO_LEDGER, folder: '', decision: (record) => void records.push(record) }),
  };
}

async function soon(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50));
}

function saved(lines: readonly string[]): SavedBattle {
  return { folder: '', startedAt: new Date(0).toISOString(), side: 'p1', lines, decisions: [] };
}

/** The same request for a Pokémon that has one move left and cannot switch. */
function onlyOneMove(line: string): string {
  const asked = JSON.parse(line.slice('|request|'.length));
  const { moves } = asked.active[0];
  return `|request|${JSON.stringify({ ...asked, active: [{ moves: moves.slice(0, 1), trapped: true }] })}`;
}

describe('a battle room', () => {
  test.each(['triples', 'multi', 'freeforall', 'rotation', 'unknown', '', 'Singles', 'constructor'])(
    'forfeits a battle of the type "%s", reported by name and once, and does not end the session',
    async (type) => {
      const { room, sent, opened, eventsOf } = enter();
      const lines = opening.map((line) => (line.startsWith('|gametype|') ? `|gametype|${type}` : line));
      room.receive(ADDRESS, ['|init|battle', ...lines]);
      room.receive(ADDRESS, [request]);
      expect(await room.finished).toEqual({ side: undefined, result: undefined, endedBy: 'player' });
      const reason = `it is a battle of the type "${type}", and only singles and doubles can be played`;
      expect([...eventsOf('failed'), ...eventsOf('given-up')]).toEqual([{ type: 'given-up', reason }]);
      expect(opened).toEqual([]);
      expect(sent).toEqual([`${ADDRESS}|/forfeit`, `|/noreply /leave ${ADDRESS}`]);
    },
  );

  test('that turns out to be unplayable is closed for good', async () => {
    const close = vi.fn();
    const { room, choices } = enter(undefined, {
      openLedger: () => ({ ...NO_LEDGER, folder: '', close }),
    });
    room.receive(ADDRESS, ['|init|battle', ...opening, '|gametype|multi', '|turn|2']);
    room.receive(ADDRESS, [request]);
    expect(await room.finished).toEqual({ side: 'p1', result: undefined, endedBy: 'player' });
    expect(close.mock.calls).toEqual([['player']]);
    expect(choices()).toEqual([]);
  });

  test('answers each request once, with its number', async () => {
    const { room, choices } = enter();
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, [request]);
    room.receive(ADDRESS, [request]);
    await soon();
    room.receive(ADDRESS, [request]);
    await soon();
    expect(choices()).toEqual([expect.stringMatching(new RegExp(`^${ADDRESS}\\|/choose .+\\|${rqid}$`))]);
    room.abandon();
  });

  describe('reports when it leaves the choice to the server:', () => {
    test('the request cannot be read', async () => {
      const records: DecisionRecord[] = [];
      const { room, choices, eventsOf } = enter(undefined, keeping(records));
      const garbled = '|request|{"active":[],"rqid":7}';
      for (let times = 0; times < 2; times++) {
        room.receive(ADDRESS, ['|init|battle', ...opening]);
        room.receive(ADDRESS, [garbled]);
      }
      await soon();
      expect(choices()).toEqual([`${ADDRESS}|/choose default|7`]);
      expect(eventsOf('default')).toEqual([
        { type: 'default', reason: 'the request cannot be read', rqid: 7 },
      ]);
      expect(records).toMatchObject([{ request: 'unknown', choice: 'default', rqid: 7, legalActions: 0 }]);
      expect(decidedWords('random', decidedIn(records))).toBe(
        "random decided 0 of 1, server's default 1: 1 no usable choice",
      );
      room.abandon();
    });

    test('the decision has failed, reported once however often it is sent', async () => {
      const { room, choices, eventsOf } = enter(undefined, {
        openLedger: () => ({
          ...NO_LEDGER,
          folder: '',
          decision() {
            throw new TypeError('broken');
          },
        }),
      });
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      await soon();
      room.down();
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      await soon();
      expect(choices()).toHaveLength(2);
      const reason = 'the decision has failed';
      expect(eventsOf('default')).toEqual([{ type: 'default', reason, rqid: Number(rqid) }]);
      room.abandon();
    });

    test.each([
      ['no action is left', 1, onlyOneMove(request)],
      ['too many choices were refused', 13, request],
    ])('%s', async (reason, refusals, asked) => {
      const records: DecisionRecord[] = [];
      const { room, choices, eventsOf } = enter(undefined, keeping(records));
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [asked]);
      await soon();
      for (let times = 1; times <= refusals; times++) {
        expect(eventsOf('default')).toEqual([]);
        room.receive(ADDRESS, ["|error|[Invalid choice] Can't move: not now"]);
      }
      expect(eventsOf('default')).toEqual([{ type: 'default', reason, rqid: Number(rqid) }]);
      expect(choices().at(-1)).toMatch(/choose default/);
      expect(records).toHaveLength(refusals + 1);
      expect(records.at(-1)).toMatchObject({ turn: 1, rqid: Number(rqid), fallback: { detail: reason } });
      // Refused choices do not count as played.
      expect(decidedIn(records)).toMatchObject({ of: 1, own: 0, instead: [{ agent: "server's default" }] });
      room.abandon();
    });

    test('no answer came in time, as when the server chooses because the time is up', async () => {
      const records: DecisionRecord[] = [];
      let isFirst = true;
      const late: Agent = {
        name: 'late',
        decide(turn, signal) {
          if (!isFirst) return randomAgent.decide(turn, signal);
          isFirst = false;
          return new Promise(() => {});
        },
      };
      const { room, eventsOf } = enter(undefined, { agent: late, turnMs: 60_000, ...keeping(records) });
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      await soon();
      room.receive(ADDRESS, ['|', '|move|p1a: Appletun|Draco Meteor|p2a: Dragalge', '|upkeep', '|turn|2']);
      room.receive(ADDRESS, [request.replace(`"rqid":${rqid}`, '"rqid":99')]);
      await soon();
      const reason = 'no answer came in time';
      expect(eventsOf('default')).toEqual([{ type: 'default', reason, rqid: Number(rqid) }]);
      expect(records.map(({ choice, rqid, request }) => [choice, rqid, request])).toEqual([
        ['default', Number(rqid), 'move'],
        [expect.stringMatching(/^(move|switch) /), 99, 'move'],
      ]);
      expect(decidedIn(records)).toMatchObject({ of: 2, own: 1 });
      room.abandon();
    });
  });

  test('waits for the request again when its log is sent again and differs', async () => {
    const { room, choices } = enter();
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, [request]);
    await soon();
    // A line is missing, and the next request is on its way while the room is re-entered.
    room.receive(ADDRESS, ['|', '|turn|3']);
    room.receive(ADDRESS, [request.replace(`"rqid":${rqid}`, '"rqid":99')]);
    room.receive(ADDRESS, ['|init|battle', ...opening, '|upkeep', '|turn|2', '|turn|3']);
    await soon();
    expect(choices()).toHaveLength(1);
    room.receive(ADDRESS, [request.replace(`"rqid":${rqid}`, '"rqid":99')]);
    await soon();
    expect(choices().at(-1)).toMatch(/\|99$/);
    room.abandon();
  });

  test.each(['Time left: 6 sec this turn | 6 sec total', 'fpr100a has 6 seconds left.'])(
    'follows the clock while it decides (%s): the fallback answers in time',
    async (line) => {
      const endless: Agent = { name: 'endless', decide: () => new Promise(() => {}) };
      const { room, choices, eventsOf } = enter(undefined, { agent: endless, turnMs: 60_000 });
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      await soon();
      expect(choices()).toEqual([]);
      room.receive(ADDRESS, [`|inactive|${line}`]);
      await vi.waitFor(() => expect(choices()).toHaveLength(1), 3_000);
      expect(eventsOf('decision').map(({ record }) => record.fallback)).toEqual([
        { reason: 'deadline', detail: "the server's clock runs out", agent: 'random' },
      ]);
      room.abandon();
    },
  );

  test('does not mistake times in the past for its own', () => {
    const { room } = enter();
    const past = ['|inactive|fpr100a reconnected and has 10 seconds left.'];
    room.receive(ADDRESS, ['|init|battle', ...opening, ...past]);
    expect(room.clockMs).toBeUndefined();
    room.receive(ADDRESS, ['|inactive|Time left: 150 sec this turn | 150 sec total']);
    room.down();
    room.receive(ADDRESS, ['|init|battle', ...opening, ...past]);
    expect(Math.round((room.clockMs ?? 0) / 1000)).toBe(150);
    room.abandon();
  });

  test('reports when the clock has changed', () => {
    const clocks: (number | undefined)[] = [];
    const { room } = enter(undefined, {}, ({ type }, { clockMs }) => {
      if (type === 'changed') clocks.push(clockMs && Math.round(clockMs / 1000));
    });
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    clocks.length = 0;
    room.receive(ADDRESS, ['|inactive|fpr100b has 30 seconds left.']);
    expect(clocks).toEqual([]);
    room.receive(ADDRESS, ['|inactive|Time left: 150 sec this turn | 150 sec total | 60 sec grace']);
    room.receive(ADDRESS, ['|inactive|fpr100a has 60 seconds left.']);
    room.receive(ADDRESS, ['|inactiveoff|Battle timer is now OFF.']);
    expect(clocks).toEqual([210, 210, undefined]);
    room.abandon();
  });

  test('resumes a saved battle and does not repeat a choice that the server has', async () => {
    const before = saved([...opening.filter((line) => !/^\|(title|t:|j)\|/.test(line)), request]);
    const { room, opened, choices } = enter(before);
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, [request, '|sentchoice|move 1']);
    await soon();
    expect(opened).toEqual([before]);
    expect(choices()).toEqual([]);
    room.abandon();
  });

  test('that was decided while we were away gets its result', async () => {
    const kept = recorded.filter((line) => ['log', 'request'].includes(readRoomLine(line).type));
    const before = saved(kept.slice(0, kept.length / 2));
    const { room, opened, results, choices } = enter(before);
    room.receive(ADDRESS, ['|init|battle', ...recorded.filter((line) => !/^\|(init|request)\|/.test(line))]);
    const { side, result } = await room.finished;
    expect(opened).toEqual([before]);
    expect({ side, result }).toEqual({
      side: 'p1',
      result: { winner: 'p1', turns: 31, ended: 'played-out' },
    });
    expect(results).toEqual([{ ...result, faults: noFaults() }]);
    expect(choices()).toEqual([]);
  });

  test('is not confused by a saved battle with the same number', async () => {
    const other = opening.filter((line) => /^\|(gametype|player)\|/.test(line));
    const { room, opened, choices } = enter(saved([...other, '|gen|9', '|switch|p1a: Ditto|Ditto, L50|9/9']));
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, [request]);
    await soon();
    expect(opened.map((resume) => resume !== undefined)).toEqual([true, false]);
    expect(choices()).toHaveLength(1);
    expect(room.state?.own.active[0]?.species).toBe('Appletun');
    room.abandon();
  });

  test('asks for the default when it cannot read a request, even after re-entering', async () => {
    const { room, sent, choices } = enter();
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, ['|request|{"sideways":true,"rqid":7}']);
    expect(sent).toEqual([`|/noreply /leave ${ADDRESS}`, `|/join ${ADDRESS}`]);
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, ['|request|{"sideways":true,"rqid":7}']);
    await soon();
    expect(choices()).toEqual([`${ADDRESS}|/choose default|7`]);
    room.abandon();
  });

  test('leaves a battle that it has no part in', async () => {
    const { room, sent } = enter();
    const strangers = opening.map((line) => line.replaceAll('fpr100a', 'stranger'));
    room.receive(ADDRESS, ['|init|battle', ...strangers]);
    expect((await room.finished).side).toBeUndefined();
    expect(sent).toEqual([`|/noreply /leave ${ADDRESS}`]);
  });

  test('asks for the timer again whenever it comes back', () => {
    const { room, sent } = enter(undefined, { timer: true });
    const asked = () => sent.filter((text) => text === `${ADDRESS}|/timer on`).length;
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    expect(asked()).toBe(1);
    room.down();
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    expect(asked()).toBe(2);
    room.abandon();
  });

  test('comes back when it is removed, and ends when the room is gone', async () => {
    for (const line of ['|deinit', '|expire|']) {
      const { room, sent } = enter();
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [line]);
      expect(sent).toEqual([`|/join ${ADDRESS}`]);
      room.receive(ADDRESS, ['|noinit|nonexistent|The room does not exist.']);
      expect(await room.finished).toEqual({ side: 'p1', result: undefined, endedBy: 'server' });
    }
  });

  test.each([
    [['|-message|per100a lost due to inactivity.', '|win|fpr100a'], { winner: 'p1', ended: 'inactivity' }],
    [['|-message|fpr100a forfeited.', '|win|per100a'], { winner: 'p2', ended: 'forfeit' }],
    [['|win|per100a'], { winner: 'p2', ended: 'played-out' }],
    [['|tie'], { winner: null, ended: 'tie' }],
  ])('reports how the battle ended: %j', async (lines, result) => {
    const { room, results } = enter();
    room.receive(ADDRESS, ['|init|battle', ...opening, ...lines]);
    await room.finished;
    expect(results).toEqual([expect.objectContaining(result)]);
  });

  test('recognizes itself and its time under the server’s spelling of its name', () => {
    const { room } = enter(undefined, { name: '[FPR]  100a' });
    room.receive(ADDRESS, ['|init|battle', ...opening]);
    room.receive(ADDRESS, ['|inactive|fpr100a reconnected and has 95 seconds left.']);
    expect(Math.round((room.clockMs ?? 0) / 1000)).toBe(95);
    room.receive(ADDRESS, ['|-message|fpr100b lost due to inactivity.']);
    expect(room.faults.timeouts).toBe(0);
    room.receive(ADDRESS, ['|-message|fpr100a lost due to inactivity.']);
    expect(room.faults.timeouts).toBe(1);
    room.abandon();
  });

  describe('goes on when something of ours fails:', () => {
    const broken = (): never => {
      throw new TypeError('broken');
    };
    const ledger = (part: Partial<BattleFolder>): Partial<BattleRoomConfig> => ({
      openLedger: () => ({ ...NO_LEDGER, folder: '', ...part }),
    });
    const agent = (part: Partial<Agent>): Partial<BattleRoomConfig> => ({
      agent: { ...randomAgent, ...part },
    });
    const battle = recorded.filter((line) => !/^\|(init|request)\|/.test(line));

    test.each([
      ['its observer', {}, /choose (move|switch|team)/],
      ['the agent at the start', agent({ onBattleStart: broken }), /choose (move|switch|team)/],
      ['the agent at the end', agent({ onBattleEnd: broken }), /choose (move|switch|team)/],
      [
        'the agent a little after the end',
        agent({ onBattleEnd: async () => broken() }),
        /choose (move|switch|team)/,
      ],
      ['the record of decisions', ledger({ decision: broken }), /choose default/],
      ['the record of turns', ledger({ turnEnd: broken }), /choose (move|switch|team)/],
      ['the end of the record', ledger({ finish: broken }), /choose (move|switch|team)/],
    ])('%s', async (what, config, answer) => {
      const { room, choices, eventsOf } = enter(undefined, config, ({ type }) => {
        if (what === 'its observer' && type !== 'problem') broken();
      });
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      await soon();
      expect(choices()).toEqual([expect.stringMatching(answer)]);
      room.receive(ADDRESS, battle.slice(opening.length));
      expect((await room.finished).result).toEqual({ winner: 'p1', turns: 31, ended: 'played-out' });
      await soon();
      expect(new Set(eventsOf('problem').map(({ error }) => String(error)))).toEqual(
        new Set(['TypeError: broken']),
      );
    });

    test('only a failed write ends it', async () => {
      const full = ledger({
        decision() {
          throw new UserError('disk full');
        },
      });
      const { room, choices, eventsOf } = enter(undefined, full);
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      await soon();
      expect(eventsOf('failed').map(({ error }) => (error as Error).message)).toEqual(['disk full']);
      expect(choices()).toEqual([]);
      room.abandon();
    });
  });

  describe('in time', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    test('answers without the log when fetching it does not help', async () => {
      const { room, sent, choices } = enter();
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      const entered = () => sent.filter((text) => text.startsWith('|/join ')).length;
      for (let times = 1; times <= 3; times++) {
        room.receive(ADDRESS, ['|init|battle', ...opening.slice(0, -1)]);
        room.receive(ADDRESS, [request]);
        await vi.advanceTimersByTimeAsync(6_000);
        expect(entered()).toBe(times);
      }
      room.receive(ADDRESS, ['|init|battle', ...opening.slice(0, -1)]);
      room.receive(ADDRESS, [request]);
      await vi.advanceTimersByTimeAsync(6_000);
      expect(choices()).toHaveLength(1);
      // Some time later there is another attempt.
      await vi.advanceTimersByTimeAsync(15_000);
      expect(entered()).toBe(4);
      room.abandon();
    });

    describe('notices a missing request', () => {
      const TIME = '|inactive|Time left: 150 sec this turn | 150 sec total';
      const WAITED_FOR = '|inactive|fpr100a has 60 seconds left.';

      /** A room whose first request has been answered, and how often it has been re-entered. */
      async function answered() {
        const { room, sent, choices } = enter(undefined, { turnMs: 60_000 });
        room.receive(ADDRESS, ['|init|battle', ...opening]);
        room.receive(ADDRESS, [request]);
        await vi.advanceTimersByTimeAsync(100);
        expect(choices()).toHaveLength(1);
        room.receive(ADDRESS, [TIME]);
        const entered = () => sent.filter((text) => text.startsWith('|/join ')).length;
        return { room, entered };
      }

      test('that does not come with the report of our time for it', async () => {
        const { room, entered } = await answered();
        await vi.advanceTimersByTimeAsync(20_000);
        expect(entered()).toBe(0);
        room.receive(ADDRESS, [TIME]);
        await vi.advanceTimersByTimeAsync(1_900);
        expect(entered()).toBe(0);
        await vi.advanceTimersByTimeAsync(200);
        expect(entered()).toBe(1);
        room.abandon();
      });

      test('after one without a choice, for which no time is reported', async () => {
        const { room, entered } = await answered();
        const { side } = JSON.parse(request.slice('|request|'.length));
        room.receive(ADDRESS, [`|request|${JSON.stringify({ wait: true, side, rqid: 98 })}`]);
        await vi.advanceTimersByTimeAsync(20_000);
        expect(entered()).toBe(0);
        room.receive(ADDRESS, [TIME]);
        await vi.advanceTimersByTimeAsync(2_100);
        expect(entered()).toBe(1);
        room.abandon();
      });

      test('when the server reports that it is waiting for us, which may cross our answer', async () => {
        const { room, entered } = await answered();
        room.receive(ADDRESS, [WAITED_FOR]);
        await vi.advanceTimersByTimeAsync(10_000);
        expect(entered()).toBe(0);
        room.receive(ADDRESS, [WAITED_FOR.replace('fpr100a', 'fpr100b')]);
        await vi.advanceTimersByTimeAsync(10_000);
        expect(entered()).toBe(0);
        room.receive(ADDRESS, [WAITED_FOR]);
        await vi.advanceTimersByTimeAsync(2_100);
        expect(entered()).toBe(1);
        room.abandon();
      });

      test('but not one that it is answering', async () => {
        const endless: Agent = { name: 'endless', decide: () => new Promise(() => {}) };
        const { room, sent } = enter(undefined, { turnMs: 20_000, agent: endless });
        room.receive(ADDRESS, ['|init|battle', ...opening]);
        room.receive(ADDRESS, [request, TIME]);
        room.receive(ADDRESS, [WAITED_FOR]);
        await vi.advanceTimersByTimeAsync(30_000);
        expect(sent.filter((text) => text.startsWith('|/join '))).toEqual([]);
        room.abandon();
      });
    });

    test('asks again when it is not let in', async () => {
      const { room, sent } = enter();
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, ['|deinit']);
      await vi.advanceTimersByTimeAsync(35_000);
      expect(sent.filter((text) => text === `|/join ${ADDRESS}`)).toHaveLength(4);
      room.abandon();
    });

    test('gives up a battle that is over without an end, as after a crash of the simulator', async () => {
      const { room, sent } = enter();
      room.receive(ADDRESS, ['|init|battle', ...opening]);
      room.receive(ADDRESS, [request]);
      room.noteOver();
      // It is running after all.
      room.receive(ADDRESS, [request]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(sent).not.toContain(`|/join ${ADDRESS}`);
      room.noteOver();
      for (let seconds = 0; seconds < 60; seconds++) {
        if (sent.at(-1) === `|/join ${ADDRESS}`) room.receive(ADDRESS, ['|init|battle', ...opening]);
        await vi.advanceTimersByTimeAsync(1_000);
      }
      expect(await room.finished).toEqual({ side: 'p1', result: undefined, endedBy: 'server' });
    });
  });
});
