import { type Action, slotActions } from '../battle/action.ts';
import type { BattleEvent } from '../battle/event.ts';
import { legalActions } from '../battle/legal-actions.ts';
import { requestsAfterLog } from '../battle/log-order.ts';
import type { ChoiceRequest } from '../battle/request.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { BattleTracker } from '../battle/tracker.ts';
import type { BattleMemory, PastDecision } from './battle-memory.ts';

/** A moment of a recorded battle at which a side had to decide, with what it knew then. */
export interface DecisionPoint {
  readonly turn: number;
  readonly request: ChoiceRequest;
  readonly actions: readonly Action[];
  readonly state: BattleState;
  readonly memory: BattleMemory;
}

/**
 * Goes through a player's view of a battle and stops at every request that wanted a choice. What the player chose is
 * read from what then happened, where that tells it (a move that never came to be used does not).
 *
 * @param lines a player's own lines with requests, before or after their log; see `reconstructView` for a spectator's
 */
export function* decisionPoints(lines: readonly string[], side: SideId): Generator<DecisionPoint> {
  const tracker = new BattleTracker({ side });
  const decisions: PastDecision[] = [];
  let open:
    | { readonly request: ChoiceRequest; readonly actions: readonly Action[]; readonly from: number }
    | undefined;
  for (const line of requestsAfterLog(lines)) {
    tracker.add(line);
    const { request } = tracker;
    if (!line.startsWith('|request|') || !request || request.type === 'wait') continue;
    const turn = tracker.turns.at(-1)?.turn ?? 0;
    const happened = tracker.turns.flatMap(({ events }) => events);
    if (open) {
      const action = chosen(open.actions, happened.slice(open.from), side);
      if (action)
        decisions.push({ turn: turnOf(tracker, open.from), action, forced: open.request.type === 'switch' });
    }
    const actions = legalActions(request);
    open = { request, actions, from: happened.length };
    yield {
      turn,
      request,
      actions,
      state: tracker.state,
      memory: {
        turns: tracker.turns.map(({ turn, events }) => ({ turn, events: [...events] })),
        decisions: [...decisions],
      },
    };
  }
}

/** The turn in which the event with a running number happened. */
function turnOf(tracker: BattleTracker, index: number): number {
  let left = index;
  for (const { turn, events } of tracker.turns) {
    if (left < events.length) return turn;
    left -= events.length;
  }
  return tracker.turns.at(-1)?.turn ?? 0;
}

function chosen(
  actions: readonly Action[],
  events: readonly BattleEvent[],
  side: SideId,
): Action | undefined {
  const tera = events.some(
    (event) => event.type === 'forme' && event.how === 'tera' && event.pokemon.side === side,
  );
  const first = events.find(
    (event) =>
      (event.type === 'move' || (event.type === 'switch' && event.how === 'switch')) &&
      event.pokemon.side === side,
  );
  return actions.find((action) => {
    const [slot] = slotActions(action);
    if (first?.type === 'switch') return slot?.type === 'switch' && slot.species === first.pokemon.species;
    if (first?.type !== 'move' || slot?.type !== 'move' || slot.move !== first.move) return false;
    return tera === (slot.gimmick === 'terastallize');
  });
}
