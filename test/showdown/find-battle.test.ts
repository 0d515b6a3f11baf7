import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionEvent } from '../../src/ledger/session-record.ts';
import type { BattleRoom } from '../../src/showdown/battle-room.ts';
import { findBattle } from '../../src/showdown/find-battle.ts';
import { Lobby } from '../../src/showdown/lobby.ts';
import type { Matchmaking } from '../../src/showdown/matchmaking.ts';
import { SendQueue } from '../../src/showdown/send-queue.ts';
import { parseServerMessage } from '../../src/showdown/server-message.ts';
import { ServerError, UserError } from '../../src/util/errors.ts';

const FORMAT = 'gen9randombattle';
const WAIT = { type: 'accept', formats: [FORMAT] } as const;
const CHALLENGE = { type: 'challenge', format: FORMAT, user: 'banned1' } as const;
const ABSENT = "|popup|The user 'banned1' was not found.";
const BUSY = '|popup|Due to high load, you are limited to 12 battles and team validations every 3 minutes.';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A search by "host", with the given messages of the server; lines leave `spacingMs` apart. */
function search(how: Matchmaking, spacingMs = 0) {
  const lobby = new Lobby('host');
  const sent: string[] = [];
  const queue = new SendQueue((text) => void (text.startsWith('|/utm') || sent.push(text)), spacingMs);
  const events: SessionEvent[] = [];
  const stop = new AbortController();
  const isPlaying = vi.fn(() => false);
  const hasMet = vi.fn((_user: string) => false);
  const found = findBattle(how, {
    lobby,
    send: (message) => queue.add(message),
    teamFor: () => undefined,
    isPlaying,
    hasMet,
    signal: stop.signal,
    onEvent: (event) => void events.push(event),
  });
  found.catch(() => {});
  lobby.ready();
  const hear = async (...lines: string[]): Promise<void> => {
    for (const line of lines) lobby.receive(parseServerMessage(line));
    await vi.advanceTimersByTimeAsync(1);
  };
  return { lobby, sent, events, stop, isPlaying, hasMet, found, hear };
}

function challengeOf(user: string, format = FORMAT): string {
  return `|pm| ${user}| host|/challenge ${format}|${format}|||`;
}

function over(user: string): string {
  return `|pm| ${user}| host|/challenge`;
}

describe('a challenge', () => {
  test('that failed temporarily is accepted later', async () => {
    const { lobby, sent, hear, found } = search(WAIT);
    await hear(challengeOf('friend'));
    await hear(BUSY);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(sent).toEqual(['|/accept friend']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual(['|/accept friend', '|/accept friend']);
    const room = {} as BattleRoom;
    await hear(over('friend'));
    lobby.opened(room);
    expect(await found).toBe(room);
  });

  test('that failed lets the others go first', async () => {
    const { sent, hear } = search(WAIT);
    await hear(challengeOf('one'), challengeOf('two'));
    await hear(BUSY);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(sent).toEqual(['|/accept one', '|/accept two']);
  });

  test('that was taken back before it was accepted is forgotten, and the next one accepted', async () => {
    const { sent, hear } = search(WAIT);
    await hear(challengeOf('one'), challengeOf('two'));
    await hear(over('one'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual(['|/accept one']);
    await hear('|popup|one is not challenging you. Maybe they cancelled before you accepted?');
    expect(sent).toEqual(['|/accept one', '|/accept two']);
  });

  test('that was accepted is the only one, whatever was rejected too late', async () => {
    const { sent, hear } = search(WAIT);
    await hear(challengeOf('spam', 'gen8ou'));
    await hear(over('spam'), challengeOf('one'), challengeOf('two'));
    await hear(over('one'), '|popup|spam is not challenging you. Maybe they cancelled before you rejected?');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent).toEqual(['|/reject spam', '|/accept one']);
  });
});

test('a flood of challenges delays no real one, and fills neither the queue nor the log', async () => {
  const { sent, events, hear, stop, found } = search(WAIT, 600);
  const spam = ['spam1', 'spam2', 'spam3'];
  for (let times = 0; times < 50; times++) {
    await hear(...spam.map((name) => challengeOf(name, 'gen8ou')));
    await hear(...spam.map(over));
  }
  for (let number = 0; number < 30; number++) await hear(challengeOf(`crowd${number}`, 'gen8ou'));
  await hear(challengeOf('friend'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent.filter((text) => text === '|/accept friend')).toHaveLength(1);
  expect(sent.length).toBeLessThan(4);
  stop.abort();
  await found;
  const rejected = events.filter(({ type }) => type === 'challenge-rejected');
  expect(rejected.length).toBeLessThanOrEqual(2 * spam.length);
  expect(rejected.length).toBeGreaterThan(1);
  const again = rejected.map((event) => (event.type === 'challenge-rejected' ? (event.times ?? 0) : 0));
  expect(Math.max(...again)).toBeGreaterThan(10);
});

describe('a user to challenge who is not online', () => {
  test('is waited for, whatever the name, and then given up', async () => {
    const { sent, events, hear, found } = search(CHALLENGE);
    for (let seconds = 0; seconds <= 117; seconds += 3) {
      await hear(ABSENT);
      await vi.advanceTimersByTimeAsync(3_000);
    }
    expect(sent.length).toBeGreaterThan(30);
    // Reported once, however often it is tried.
    expect(events).toEqual([
      { type: 'waiting', reason: 'banned1 is not on the server', limitMs: 120_000 },
      { type: 'challenging', user: 'banned1', format: FORMAT },
    ]);
    await hear(ABSENT);
    await expect(found).rejects.toThrow(ServerError);
    await expect(found).rejects.toThrow('banned1 has not come to the server within 2 minutes');
  });

  test('who comes and goes is waited for again', async () => {
    const { lobby, sent, hear, found } = search(CHALLENGE);
    await hear(ABSENT);
    await vi.advanceTimersByTimeAsync(100_000);
    await hear(`|pm| host| banned1|/challenge ${FORMAT}|${FORMAT}|||`);
    await hear('|pm| host| banned1|/challenge');
    await vi.advanceTimersByTimeAsync(100_000);
    const before = sent.length;
    await hear(ABSENT);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent.length).toBeGreaterThan(before);
    const room = {} as BattleRoom;
    lobby.opened(room);
    expect(await found).toBe(room);
  });
});

describe('a user who is online but does not answer', () => {
  const open = `|pm| host| banned1|/challenge ${FORMAT}|${FORMAT}|||`;

  test('is given up, and the challenge taken back', async () => {
    const { sent, hear, found } = search(CHALLENGE);
    await hear('|updatesearch|{"searching":[],"games":null}');
    await hear(open);
    await vi.advanceTimersByTimeAsync(119_000);
    expect(sent).toEqual([`|/challenge banned1, ${FORMAT}`]);
    await vi.advanceTimersByTimeAsync(3_000);
    await expect(found).rejects.toThrow('banned1 has not answered the challenge for 2 minutes');
    expect(sent.at(-1)).toBe('|/cancelchallenge banned1');
  });

  test('has time while we play, and two minutes from then on', async () => {
    const { sent, hear, found, isPlaying } = search(CHALLENGE);
    isPlaying.mockReturnValue(true);
    await hear(open);
    await vi.advanceTimersByTimeAsync(600_000);
    isPlaying.mockReturnValue(false);
    await vi.advanceTimersByTimeAsync(119_000);
    expect(sent).not.toContain('|/cancelchallenge banned1');
    await vi.advanceTimersByTimeAsync(3_000);
    await expect(found).rejects.toThrow('banned1 has not answered');
  });

  test('has two minutes from the last time we were gone', async () => {
    const { lobby, sent, hear, found } = search(CHALLENGE);
    await hear(open);
    await vi.advanceTimersByTimeAsync(100_000);
    lobby.down();
    await vi.advanceTimersByTimeAsync(60_000);
    lobby.ready();
    await hear(open);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sent).not.toContain('|/cancelchallenge banned1');
    await vi.advanceTimersByTimeAsync(22_000);
    await expect(found).rejects.toThrow('banned1 has not answered');
  });
});

describe('a user who has battled us and needs a moment', () => {
  const open = `|pm| host| banned1|/challenge ${FORMAT}|${FORMAT}|||`;
  const declined = '|pm| banned1| host|/nonotify banned1 rejected the challenge.';
  const blocked = "|popup|The user 'banned1' is not accepting challenges right now.";
  const idle = '|updatesearch|{"searching":[],"games":null}';
  const closed = '|pm| host| banned1|/challenge';

  test.each([declined, blocked])(
    'is challenged again, which is reported once, and plays (%s)',
    async (no) => {
      const { lobby, sent, events, hear, hasMet, found } = search(CHALLENGE);
      hasMet.mockReturnValue(true);
      await hear(idle);
      for (let times = 0; times < 4; times++) {
        await hear(closed, no);
        await vi.advanceTimersByTimeAsync(9_000);
      }
      expect(sent.filter((text) => text.startsWith('|/challenge '))).toHaveLength(5);
      expect(events.filter(({ type }) => type === 'waiting')).toEqual([
        { type: 'waiting', reason: 'banned1 does not take another challenge yet', limitMs: 120_000 },
      ]);
      await hear(open);
      const room = {} as BattleRoom;
      lobby.opened(room);
      expect(await found).toBe(room);
    },
  );

  test('is not challenged while the battle runs, nor after two minutes of refusals', async () => {
    const { sent, events, hear, hasMet, isPlaying, found } = search(CHALLENGE);
    hasMet.mockReturnValue(true);
    await hear(idle);
    isPlaying.mockReturnValue(true);
    await hear(closed, declined);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sent).toHaveLength(1);
    isPlaying.mockReturnValue(false);
    for (let seconds = 0; seconds < 140; seconds++) {
      await hear(closed, declined);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    await expect(found).rejects.toThrow('banned1 does not want another battle');
    expect(sent.length).toBeLessThan(15);
    expect(events.at(-1)).toMatchObject({ type: 'challenge-rejected', reason: 'declined' });
  });

  test('and has not noticed the challenge gets another one', async () => {
    const { lobby, sent, events, hear, hasMet, found } = search(CHALLENGE);
    hasMet.mockReturnValue(true);
    await hear(idle);
    const ask = `|/challenge banned1, ${FORMAT}`;
    const takeBack = '|/cancelchallenge banned1';
    await hear(open);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(sent).toEqual([ask, takeBack]);
    await hear(closed);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([ask, takeBack, ask]);
    await hear(open);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sent).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'waiting')).toHaveLength(1);
    const room = {} as BattleRoom;
    lobby.opened(room);
    expect(await found).toBe(room);
  });

  test('but never does is given up after two minutes', async () => {
    const { sent, hear, hasMet, found } = search(CHALLENGE);
    hasMet.mockReturnValue(true);
    await hear(idle);
    await hear(open);
    for (let seconds = 0; seconds < 125; seconds++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (sent.at(-1)?.startsWith('|/cancel')) await hear(closed);
      else await hear(open);
    }
    await expect(found).rejects.toThrow('banned1 has not answered the challenge for 2 minutes');
  });
});

describe('a request that was open for long before it was answered', () => {
  test('is not searched for again', async () => {
    const { lobby, sent, events, hear, found } = search({ type: 'ladder', format: FORMAT });
    await hear('|updatesearch|{"searching":[],"games":null}');
    await hear(`|updatesearch|{"searching":["${FORMAT}"],"games":null}`);
    await vi.advanceTimersByTimeAsync(45_000);
    await hear('|updatesearch|{"searching":[],"games":null}');
    await vi.advanceTimersByTimeAsync(2_000);
    lobby.opened({} as BattleRoom);
    await found;
    expect(sent).toEqual([`|/search ${FORMAT}`]);
    expect(events.map(({ type }) => type)).toEqual(['searching']);
  });

  test('is not challenged again', async () => {
    const { lobby, sent, events, hear, found } = search(CHALLENGE);
    await hear('|updatesearch|{"searching":[],"games":null}');
    await hear(`|pm| host| banned1|/challenge ${FORMAT}|${FORMAT}|||`);
    await vi.advanceTimersByTimeAsync(45_000);
    await hear('|pm| host| banned1|/challenge');
    await vi.advanceTimersByTimeAsync(2_000);
    lobby.opened({} as BattleRoom);
    await found;
    expect(sent).toEqual([`|/challenge banned1, ${FORMAT}`]);
    expect(events.map(({ type }) => type)).toEqual(['challenging']);
  });
});

describe('a search made obsolete by a battle from elsewhere', () => {
  const ladder = { type: 'ladder', format: FORMAT } as const;

  test('is taken back', async () => {
    const { lobby, sent, hear, found } = search(ladder);
    await hear('|updatesearch|{"searching":[],"games":null}');
    await hear(`|updatesearch|{"searching":["${FORMAT}"],"games":null}`);
    lobby.opened({} as BattleRoom);
    await found;
    expect(sent).toEqual([`|/search ${FORMAT}`, '|/cancelsearch']);
  });

  test('is not sent any more if the server’s limits have held it back', async () => {
    const { lobby, sent, found } = search(ladder, 600);
    lobby.opened({} as BattleRoom);
    await found;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual([]);
  });
});

describe('a refusal is final', () => {
  test.each([
    'Your team was rejected for the following reasons:||||- Manaphy is banned.',
    "The user 'was not found.' is not accepting challenges right now.",
    'You are locked and cannot challenge unlocked users.',
    'You are barred from starting any new games until your battle ban expires.',
  ])('%s', async (text) => {
    const { hear, found } = search(CHALLENGE);
    await hear(`|popup|${text}`);
    await expect(found).rejects.toThrow(UserError);
  });

  test.each([
    "There's already a challenge (gen9ou) between you and not locked!",
    "The user 'banned1' was not found.",
    'The server is restarting. Battles will be available again in a few minutes.',
  ])('but not for good: %s', async (text) => {
    const { hear, found, stop } = search(CHALLENGE);
    await hear(`|popup|${text}`);
    stop.abort();
    expect(await found).toBeUndefined();
  });
});
