import { type Action, slotActions, toChoice } from '../battle/action.ts';
import type { BattleEvent } from '../battle/event.ts';
import { toId } from '../battle/generations.ts';
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

/** What is on record of a decision. */
export interface RecordedDecision {
  readonly rqid?: number | undefined;
  readonly turn: number;
  readonly request: ChoiceRequest['type'];
  readonly choice: string;
  readonly switching?: { readonly intoMoreDamage?: boolean | undefined } | undefined;
}

/** A request, and where in what happened its answer begins. */
interface Asked {
  readonly request: ChoiceRequest;
  readonly actions: readonly Action[];
  readonly record: RecordedDecision | undefined;
  readonly from: number;
}

/** Finds what is on record of a request: by its id, or where requests have none, the next decision of the turn. */
function finder(
  recorded: readonly RecordedDecision[],
): (request: ChoiceRequest, turn: number) => RecordedDecision | undefined {
  const byId = new Map(recorded.map((record) => [record.rqid, record]));
  const inOrder = recorded.filter(({ rqid }) => rqid === undefined);
  let next = 0;
  return ({ rqid, type }, turn) => {
    if (rqid !== undefined) return byId.get(rqid);
    while ((inOrder[next]?.turn ?? turn) < turn) next++;
    const record = inOrder[next];
    if (record?.turn !== turn || record.request !== type) return undefined;
    next++;
    return record;
  };
}

/** In the place of a choice that nothing tells: a switch would have been seen. */
const UNKNOWN: Action = { type: 'pass' };

/**
 * Goes through a player's view of a battle and stops at every request that wanted a choice. What the player chose is
 * read from the records of its decisions, else from what then happened, as far as that tells it (a move that never came
 * to be used does not).
 *
 * @param lines a player's own lines with requests, before or after their log; see `reconstructView` for a spectator's
 * @param recorded the player's decisions, where they are known
 */
export function* decisionPoints(
  lines: readonly string[],
  side: SideId,
  recorded: readonly RecordedDecision[] = [],
): Generator<DecisionPoint> {
  const tracker = new BattleTracker({ side });
  const decisions: PastDecision[] = [];
  const recordOf = finder(recorded);
  let open: Asked | undefined;
  for (const line of requestsAfterLog(lines)) {
    tracker.add(line);
    const { request } = tracker;
    if (!line.startsWith('|request|') || !request || request.type === 'wait') continue;
    const turn = tracker.turns.at(-1)?.turn ?? 0;
    const happened = tracker.turns.flatMap(({ events }) => events);
    if (open) {
      const { record } = open;
      decisions.push({
        turn: turnOf(tracker, open.from),
        action: chosen(open, happened, side) ?? UNKNOWN,
        forced: open.request.type === 'switch',
        ...(record?.switching?.intoMoreDamage && { intoMoreDamage: true }),
      });
    }
    const actions = legalActions(request);
    open = { request, actions, record: recordOf(request, turn), from: happened.length };
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
  { actions, record, from }: Asked,
  happened: readonly BattleEvent[],
  side: SideId,
): Action | undefined {
  if (record) return actions.find((action) => toChoice(action) === record.choice);
  const events = happened.slice(from);
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
    if (first?.type !== 'move' || slot?.type !== 'move') return false;
    // Z-Moves and Max Moves go by their own names.
    if (slot.move !== first.move && toId(slot.name) !== first.move) return false;
    return tera === (slot.gimmick === 'terastallize');
  });
}
