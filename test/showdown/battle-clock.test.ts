import { expect, test } from 'vitest';
import { BattleClock } from '../../src/showdown/battle-clock.ts';

function clockAt(turnMs: number, timer = false): { clock: BattleClock; pass: (ms: number) => void } {
  let now = 1_000_000;
  return {
    clock: new BattleClock({ name: '[Ann]  ', turnMs, timer }, () => now),
    pass: (ms) => {
      now += ms;
    },
  };
}

test('without a timer only the limit counts', () => {
  const { clock } = clockAt(30_000);
  expect(clock.read()).toEqual({ turnMs: 30_000 });
  clock.message(
    "Battle timer is ON: inactive players will automatically lose when time's up. (requested by Ann)",
  );
  expect(clock.read()).toEqual({ turnMs: 30_000 });
});

test('a requested timer may run before the server reports it', () => {
  const { clock } = clockAt(200_000, true);
  expect(clock.read()).toEqual({ turnMs: 34_000 });
  clock.message('Time left: 150 sec this turn | 150 sec total | 60 sec grace');
  expect(clock.read().turnMs).toBe((210_000 - 6_000) / 2);
  expect(clockAt(20_000, true).clock.read()).toEqual({ turnMs: 20_000 });
});

test('messages to everybody count, too', () => {
  const { clock, pass } = clockAt(1_000_000);
  clock.message('Time left: 150 sec this turn | 150 sec total');
  pass(100_000);
  expect(clock.message('Bob has 10 seconds left.')).toBe(false);
  expect(clock.message('Ann has 30 seconds left.')).toBe(true);
  expect(clock.leftMs).toBe(50_000);
  expect(clock.read().turnMs).toBe(22_000);
  pass(20_000);
  clock.message('Ann reconnected and has 10 seconds left.');
  expect(clock.leftMs).toBe(30_000);
  expect(clock.read().turnMs).toBe(4_000);
});

test('the server reports the time left, and it runs while we think', () => {
  const { clock, pass } = clockAt(1_000_000);
  clock.message('Time left: 150 sec this turn | 150 sec total | 60 sec grace');
  expect(clock.leftMs).toBe(210_000);
  pass(50_000);
  expect(clock.read()).toEqual({ turnMs: (160_000 - 6_000) / 2, battleMs: 160_000 });
  clock.stop();
  pass(500_000);
  expect(clock.leftMs).toBe(160_000);
  clock.start();
  pass(10_000);
  expect(clock.leftMs).toBe(150_000);
  clock.off();
  expect(clock.leftMs).toBeUndefined();
});

test('another player cannot set it', () => {
  const { clock } = clockAt(30_000);
  clock.message('Ann2 reconnected and has 5 seconds left.');
  clock.message('x Time left: 5 sec this turn | 5 sec total');
  expect(clock.read()).toEqual({ turnMs: 30_000 });
  clock.message('Ann reconnected and has 95 seconds left.');
  expect(clock.leftMs).toBe(95_000);
});

test('an agent that uses all its time never runs out of it', () => {
  const { clock, pass } = clockAt(1_000_000);
  let bank = 210;
  const taken: number[] = [];
  for (let turn = 1; turn <= 300; turn++) {
    clock.message(
      `Time left: ${Math.min(150, Math.floor(bank))} sec this turn | ${Math.floor(bank)} sec total`,
    );
    const { turnMs } = clock.read();
    taken.push(turnMs / 1000);
    pass(turnMs);
    // The server counts in steps of 5 s and does not wait for the last one.
    bank -= Math.ceil(turnMs / 5_000) * 5;
    expect(bank).toBeGreaterThan(0);
    bank = Math.min(150, bank + (turn > 200 ? 5 : 10));
  }
  expect(Math.min(...taken)).toBeGreaterThan(1);
});
