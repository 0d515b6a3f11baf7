import type { SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { FrameRecorder, type PackedFrames } from '../../src/ledger/frame-recorder.ts';
import type { BattleInfo } from '../../src/ledger/record.ts';

/** The frames that a side's lines give. */
export function framesOf(
  lines: readonly string[],
  { side, players }: { readonly side: SideId; readonly players: BattleInfo['players'] },
): PackedFrames {
  const frames = new FrameRecorder(players);
  const tracker: BattleTracker = new BattleTracker({
    side,
    onTurnEnd: (turn) => frames.turnEnd(turn, tracker),
  });
  for (const line of lines) tracker.add(line);
  return frames;
}
