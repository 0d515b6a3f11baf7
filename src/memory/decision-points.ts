import { type Action, slotActions, toChoice } from '../battle/action.ts';
import type { BattleEvent, TurnEvents } from '../battle/event.ts';
import { toId } from '../battle/generations.ts';
import { legalActions } from '../battle/legal-actions.ts';
import { requestsAfterLog } from '../battle/log-order.ts';
import type { ChoiceRequest } from '../battle/request.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { BattleTracker } from '../battle/tracker.ts';
import type { BattleMemory, ForeseenChoice, PastDecision } from './battle-memory.ts';

/** A moment of a recorded battle at which a side had to decide, with what it knew then. */
export interface DecisionPoint {
  readonly turn: number;
  readonly request: ChoiceRequest;
  readonly actions: readonly Action[];
  readonly state: BattleState;
  /** Built when it is read: a list of all turns for each decision of a long battle would fill the memory. */
  readonly memory: BattleMemory;
}

/** The record of a decision. */
export interface RecordedDecision {
  readonly rqid?: number | undefined;
  readonly turn: number;
  readonly request: ChoiceRequest['type'] | 'unknown';
  readonly choice: string;
  readonly foreseen?: readonly ForeseenChoice[] | undefined;
  readonly switching?: { readonly intoMoreDamage?: boolean | undefined } | undefined;
}

/** How much had happened: the number of turns, and of events in the last of them. */
interface Moment {
  readonly turns: number;
  readonly events: number;
}

function momentOf(turns: readonly TurnEvents[]): Moment {
  return { turns: turns.length, events: turns.at(-1)?.events.length ?? 0 };
}

/** What had happened before a moment. */
function before(all: readonly TurnEvents[], { turns, events }: Moment): readonly TurnEvents[] {
  return all.slice(0, turns).map((turn, index) => ({
    turn: turn.turn,
    events: index < turns - 1 ? turn.events : turn.events.slice(0, events),
  }));
}

/** What has happened since a moment, without turns in which nothing has. */
function since(all: readonly TurnEvents[], { turns, events }: Moment): readonly TurnEvents[] {
  const [running, ...later] = all.slice(Math.max(0, turns - 1));
  if (!running) return [];
  const rest = { turn: running.turn, events: running.events.slice(events) };
  return [rest, ...later].filter((turn) => turn.events.length > 0);
}

/** A request, and the moment at which its answer begins. */
interface Asked {
  readonly request: ChoiceRequest;
  readonly actions: readonly Action[];
  readonly record: RecordedDecision | undefined;
  readonly at: Moment;
}

/** Finds the record of a request: by its id, or if requests have none, the next decision of the turn. */
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

/** Stands for a choice that nothing shows: a switch would have been seen. */
const UNKNOWN: Action = { type: 'pass' };

/**
 * Goes through a player's view of a battle and stops at every request for a choice. The player's choice is taken from
 * the recorded decisions, otherwise from what then happened, if that shows it (a move that was never used does not
 * show).
 *
 * @param lines a player's own lines with requests, before or after their log; see `reconstructView` for a spectator's
 * @param recorded the player's decisions, if they are known
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
    const { turns } = tracker;
    const turn = turns.at(-1)?.turn ?? 0;
    if (open) {
      const { record } = open;
      const happened = since(turns, open.at);
      decisions.push({
        turn: happened[0]?.turn ?? turn,
        action:
          chosen(
            open,
            happened.flatMap(({ events }) => events),
            side,
          ) ?? UNKNOWN,
        forced: open.request.type === 'switch',
        ...(record?.switching?.intoMoreDamage && { intoMoreDamage: true }),
        ...(record?.foreseen && { foreseen: record.foreseen }),
      });
    }
    const actions = legalActions(request);
    const at = momentOf(turns);
    const decided = decisions.length;
    open = { request, actions, record: recordOf(request, turn), at };
    yield {
      turn,
      request,
      actions,
      state: tracker.state,
      get memory() {
        return { turns: before(turns, at), decisions: decisions.slice(0, decided) };
      },
    };
  }
}

function chosen(
  { actions, record }: Asked,
  events: readonly BattleEvent[],
  side: SideId,
): Action | undefined {
  // When the server chose, only what happened shows the choice.
  if (record && record.choice !== 'default')
    return actions.find((action) => toChoice(action) === record.choice);
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
    // Z-Moves and Max Moves are logged by their own names.
    if (slot.move !== first.move && toId(slot.name) !== first.move) return false;
    return tera === (slot.gimmick === 'terastallize');
  });
}
