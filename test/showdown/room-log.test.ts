import { expect, test } from 'vitest';
import { lineCleaner } from '../../src/ledger/redaction.ts';
import { RoomLog } from '../../src/showdown/room-log.ts';

test('what is sent again is told apart from what is new', () => {
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

test('what was garbled is forgotten from there on', () => {
  const log = new RoomLog(['|start', '|request|{"rqid":2}', '|mo', '|turn|2']);
  log.rewind();
  expect(log.take('|start')).toBe('seen');
  expect(log.take('|move|a')).toBe('diverged');
  expect(log.confirmed()).toEqual(['|start', '|request|{"rqid":2}']);
});

test('what the ledger has left out is no difference', () => {
  const asKept = lineCleaner(['Rival-12345']);
  const lines = ['|player|p1|Red', '|player|p2|Rival-12345', '|-message|sk-abcdefgh1234'];
  const log = new RoomLog(lines.map(asKept), asKept);
  log.rewind();
  expect(log.lines.join()).toContain('[redacted]');
  expect(lines.map((line) => log.take(line))).toEqual(['seen', 'seen', 'seen']);
});
