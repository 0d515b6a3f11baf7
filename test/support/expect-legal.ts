import { expect } from 'vitest';
import { legalityFaults, refusalFaults } from './choice-checker.ts';
import type { Moment, Refusal } from './simulated-battle.ts';

/** Fails the test unless exactly the legal actions are offered. */
export function expectExactlyLegal(moment: Moment): void {
  expect(legalityFaults(moment)).toEqual([]);
}

/** Fails the test unless an action was refused for what the request could not tell. */
export function expectHiddenReason(refusal: Refusal): void {
  expect(refusalFaults(refusal)).toEqual([]);
}
