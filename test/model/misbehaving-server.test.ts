import { expect, test } from 'vitest';
import { FAULTS, seededPlan } from '../support/misbehaving-server.ts';

const requests = Array.from({ length: 200 }, (_, turn) => ({
  model: 'm',
  messages: [{ role: 'user', content: `turn ${turn}` }],
}));
const weights = { none: 3, stall: 1, reset: 1 };

test('a plan depends on the request and its repetition, not on the order of arrival', () => {
  const plan = seededPlan('seed', weights);
  const faults = requests.map((request, index) => plan(index, request, 0));
  expect(requests.map((request, index) => plan(999 - index, request, 0))).toEqual(faults);
  expect(requests.map((request, index) => plan(index, request, 1))).not.toEqual(faults);
  expect(requests.map((request, index) => seededPlan('other', weights)(index, request, 0))).not.toEqual(
    faults,
  );
});

test('a plan follows its weights', () => {
  const faults = requests.map((request, index) => seededPlan('seed', weights)(index, request, 0));
  const share = (wanted: string) => faults.filter((fault) => fault === wanted).length / faults.length;
  expect(share('none')).toBeGreaterThan(0.5);
  expect(share('none')).toBeLessThan(0.7);
  for (const fault of FAULTS) expect(share(fault) > 0).toBe(fault in weights);
});
