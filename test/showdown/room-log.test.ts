import { expect, test } from 'vitest';
import { lineCleaner } from '../../src/ledger/redaction.ts';
import { RoomLog } from '../../src/showdown/room-log.ts';

test('repeated lines are told apart from new ones', () => {
  const log = new RoomLog();
  for (const line of ['|start', '|turn|1']) expect(log.take(line)).toBe('new');
  log.request('|request|{"rqid":2}');
  expect(log.take('|move|a')).toBe('new');
  log.rewind();
  expect(log.isCaughtUp).toBe(false);
  expect(['|start', '|turn|1', '|move|a', '|turn|2'].map((line) => log.take(line))).toEqual([
    'seen',
    'seen',
    'seen',
    'new',
  ]);
  expect(log.lines).toEqual(['|start', '|turn|1', '|request|{"rqid":2}', '|move|a', '|turn|2']);
});

test('after a garbled line everything seen is forgotten', () => {
  const log = new RoomLog(['|start', '|request|{"rqid":2}', '|mo', '|turn|2']);
  log.rewind();
  expect(log.take('|start')).toBe('seen');
  expect(log.take('|move|a')).toBe('diverged');
  expect(log.confirmed()).toEqual(['|start', '|request|{"rqid":2}']);
});

test('redacted text makes no difference', () => {
  const asKept = lineCleaner(['Rival-12345']);
  const lines = ['|player|p1|Red', '|player|p2|Rival-12345', '|-message|sk-abcdefgh1234'];
  const log = new RoomLog(lines.map(asKept), asKept);
  log.rewind();
  expect(log.lines.join()).toContain('[redacted]');
  expect(lines.map((line) => log.take(line))).toEqual(['seen', 'seen', 'seen']);
});

test('players who come back or change their names do not make it another battle', () => {
  const [red, blue] = ['|player|p1|Red|1|', '|player|p2|Blue|2|'];
  const log = new RoomLog();
  for (const line of [red, blue, '|turn|1']) expect(log.take(line)).toBe('new');
  // The server announces the player at once in the room's log, and with the next turn to those who were there before.
  expect([red, '|turn|2', red].map((line) => log.take(line))).toEqual(['seen', 'new', 'seen']);
  log.rewind();
  const again = [red, blue, blue, '|player|p2|Azure|2|', '|turn|1', red, '|turn|2', red, '|turn|3'];
  expect(again.map((line) => log.take(line))).toEqual([
    ...['seen', 'seen', 'seen', 'aside', 'seen', 'seen', 'seen', 'seen', 'new'],
  ]);
  expect(new RoomLog(log.lines).battleLines).toEqual([red, blue, '|turn|1', '|turn|2', '|turn|3']);
  log.rewind();
  expect(log.take('|player|p1|Green|1|')).toBe('diverged');
});
