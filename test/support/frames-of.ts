import type { SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { FrameRecorder } from '../../src/ledger/frame-recorder.ts';

/** The frames for a side's lines. */
export function framesOf(lines: readonly string[], side: SideId): FrameRecorder {
  const recorder = new FrameRecorder();
  const tracker: BattleTracker = new BattleTracker({
    side,
    onTurnEnd: (turn) => recorder.turnEnd(turn, tracker),
  });
  for (const line of lines) tracker.add(line);
  tracker.catchUp();
  return recorder;
}
