import type { BattleFaults } from '../ledger/record.ts';

/** No faults so far. */
export function noFaults(): BattleFaults {
  return { invalid: 0, unavailable: 0, stale: 0, resyncs: 0, reconnects: 0, timeouts: 0 };
}
