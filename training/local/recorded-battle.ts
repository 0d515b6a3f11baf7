import type { Agent, Decision } from '../../src/agent/agent.ts';
import { playMatch } from '../../src/arena/match.ts';
import { type Action, toChoice } from '../../src/battle/action.ts';
import { otherSide, type SideId } from '../../src/battle/state.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import type { BattleLedger } from '../../src/ledger/battle-ledger.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import { optionLines, promptText } from '../../src/observation/option-lines.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { createRandom } from '../../src/util/random.ts';
import { drawPlayer, type Player } from './players.ts';
import { actionText, isHeldOut, type PositionRecord } from './record.ts';
import type { Teacher } from './teachers.ts';

/** A battle whose decisions are recorded. */
export interface RecordedBattle {
  readonly id: string;
  readonly format: string;
  /** The same seed gives the same records. */
  readonly seed: string;
  readonly teacher: Teacher;
  /** @default writes nothing */
  readonly ledger?: BattleLedger;
}

/** There is no clock here. */
const TURN_MS = 3_600_000;

type Open = Omit<PositionRecord, 'foe' | 'result'>;

/** What a side chose on a turn, for the other side's records. */
interface Made {
  readonly side: SideId;
  readonly turn: number;
  readonly action: Action;
}

/** Plays a battle between two players drawn by its seed, and records each decision with more than one option. */
export async function recordBattle(battle: RecordedBattle): Promise<readonly PositionRecord[]> {
  // Which of the two sides finishes first depends on time.
  const open: Readonly<Record<SideId, Open[]>> = { p1: [], p2: [] };
  const made: Made[] = [];
  const random = createRandom(battle.seed);
  const seat = (side: SideId): { agent: Agent; name: string } => ({
    agent: recorder(battle, drawPlayer(random.stream(`player-${side}`)), open[side], made),
    name: side,
  });
  const { id: battleId, format, seed, ledger } = battle;
  const players = { p1: seat('p1'), p2: seat('p2') };
  const { result } = await playMatch({ battleId, format, seed, players, turnMs: TURN_MS, ledger });
  const winner = result?.winner ?? null;
  return [...open.p1, ...open.p2].map((record) => ({
    ...record,
    foe: foeAction(record, made),
    result: winner === null ? 0.5 : Number(winner === record.side),
  }));
}

/** An agent that plays as a player does, and records its prompt and the teacher's label. */
function recorder(battle: RecordedBattle, player: Player, open: Open[], made: Made[]): Agent {
  return {
    name: player.name,
    async decide(turn): Promise<Decision> {
      const action = await decide(battle, player, turn, open);
      const { side, turn: number } = turn.state;
      if (turn.request.type === 'move') made.push({ side, turn: number, action });
      return { action };
    },
  };
}

async function decide(
  { id: battle, teacher }: RecordedBattle,
  player: Player,
  turn: DecisionContext,
  open: Open[],
): Promise<Action> {
  const { state, request, actions, memory } = turn;
  const [first] = actions;
  if (!first) throw new RangeError('Expected at least one legal action, got none');
  if (actions.length === 1) return first;
  const judged = { state, request, actions, memory, assessment: assessTurn(state, memory.turns) };
  const prompt = renderPrompt('local', { ...judged, question: { kind: 'direct' } });
  const { candidates } = prompt;
  const label = candidates.length > 1 ? await teacher(turn, candidates) : undefined;
  if (!label) return candidates[0]?.action ?? first;
  const random = turn.random.stream('player');
  const action =
    random.next() < player.noise
      ? random.pick(candidates).action
      : await player.choose(turn, candidates, label, random);
  const lines = optionLines(
    promptText(prompt),
    candidates.map(({ number }) => number),
  );
  open.push({
    battle,
    heldOut: isHeldOut(battle),
    format: state.format,
    turn: state.turn,
    side: state.side,
    request: request.type,
    prompt: promptText(prompt),
    actions: candidates.map((candidate, index) => ({
      choice: toChoice(candidate.action),
      words: candidate.words,
      lines: lines[index] ?? [],
    })),
    ...label,
    chosen: candidates.findIndex((candidate) => toChoice(candidate.action) === toChoice(action)),
    player: player.name,
  });
  return action;
}

/** The other side's choice of the same turn; the last one if earlier ones were refused. */
function foeAction({ side, turn, request }: Open, made: readonly Made[]): string | null {
  const found = made.findLast((one) => one.side === otherSide(side) && one.turn === turn);
  return request === 'move' && found ? actionText(found.action) : null;
}
