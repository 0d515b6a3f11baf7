import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SendQueue } from '../../src/showdown/send-queue.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('without a limit everything is sent at once', () => {
  const sent: string[] = [];
  const queue = new SendQueue((text) => sent.push(text), 0);
  for (const text of ['a', 'b', 'c']) queue.add({ text });
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('the pace is kept, choices overtake, and unwanted messages are dropped', () => {
  const sent: [string, number][] = [];
  const start = performance.now();
  const queue = new SendQueue((text) => sent.push([text, performance.now() - start]), 600);
  let isOpen = true;
  queue.add({ text: 'search' });
  queue.add({ text: 'gg' });
  queue.add({ text: 'stale choice', urgent: true, isWanted: () => isOpen });
  queue.add({ text: 'choice', urgent: true });
  isOpen = false;
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([
    ['search', 0],
    ['choice', 600],
    ['gg', 1200],
  ]);
});

test('reports when everything has been sent', async () => {
  const sent: string[] = [];
  const queue = new SendQueue((text) => sent.push(text), 600);
  await queue.drained();
  for (const text of ['last choice', 'gg', '/savereplay']) queue.add({ text });
  let isDrained = false;
  const drained = queue.drained().then(() => {
    isDrained = true;
  });
  await vi.advanceTimersByTimeAsync(1_199);
  expect(isDrained).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await drained;
  expect(sent).toEqual(['last choice', 'gg', '/savereplay']);
});

test('a lost connection does not leave anyone waiting for its messages', async () => {
  const queue = new SendQueue(() => {}, 600);
  queue.add({ text: 'a' });
  queue.add({ text: 'b' });
  const drained = queue.drained();
  queue.clear();
  await drained;
});

test('nothing is sent after a lost connection', () => {
  const sent: string[] = [];
  const queue = new SendQueue((text) => sent.push(text), 600);
  queue.add({ text: 'a' });
  queue.add({ text: 'b' });
  queue.clear();
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual(['a']);
});
