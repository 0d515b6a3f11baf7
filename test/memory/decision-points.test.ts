import { expect, test } from 'vitest';
import { decisionPoints } from '../../src/memory/decision-points.ts';
import { inOldOrder, RECORDED_VIEWS, recordedView } from '../battle/recorded-view.ts';

test.each(RECORDED_VIEWS.filter((_, index) => index % 8 === 0))(
  '%s: has the same decisions when each request comes before its log, as on older servers',
  (file) => {
    const { lines, side } = recordedView(file);
    const now = [...decisionPoints(lines, side)];
    const before = [...decisionPoints(inOldOrder(lines), side)];
    expect(now.length).toBeGreaterThan(5);
    // After the last request follows the end of the game, which only then belongs to its log.
    expect(before.slice(0, -1)).toEqual(now.slice(0, -1));
  },
);
