/** Counts of what should not happen in battle rooms. */
export interface RoomFaults {
  /** Choices the server refused as invalid: each is a fault of this package. */
  invalid: number;
  /** Choices that a hidden trap or a disabled move made impossible. */
  unavailable: number;
  /** Decisions and answers that came too late for their request. */
  stale: number;
  /** Times the room was entered anew because lines were missing. */
  resyncs: number;
  /** Battles lost on time. */
  timeouts: number;
}

/** No faults so far. */
export function noFaults(): RoomFaults {
  return { invalid: 0, unavailable: 0, stale: 0, resyncs: 0, timeouts: 0 };
}
