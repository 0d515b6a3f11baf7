import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reconstructView } from '../battle/reconstruct-view.ts';
import type { SideId } from '../battle/state.ts';
import { assessTurn } from '../knowledge/assess-turn.ts';
import { readDecisions } from '../ledger/read-decisions.ts';
import { readReplay } from '../ledger/read-replay.ts';
import { type DecisionPoint, decisionPoints, type RecordedDecision } from '../memory/decision-points.ts';
import type { PromptQuestion } from '../observation/prompt.ts';
import { renderPrompt } from '../observation/render-prompt.ts';
import { UserError } from '../util/errors.ts';
import { estimateTokens } from '../util/tokens.ts';
import { terminal } from './terminal.ts';

/** Options of `prompt`. */
export interface PromptOptions {
  readonly turn: number;
  readonly decision: number;
  readonly side?: SideId;
  readonly prompt: string;
  readonly question: Exclude<PromptQuestion['kind'], 'compare'>;
  readonly json?: true;
}

const QUESTIONS: Readonly<Record<PromptOptions['question'], PromptQuestion>> = {
  direct: { kind: 'direct' },
  reasoned: { kind: 'reasoned' },
  candidates: { kind: 'candidates', count: 3 },
  foe: { kind: 'foe' },
};

/**
 * Prints the prompt for a turn of a saved battle.
 *
 * @param path battle folder, replay.json, or a log in protocol lines
 * @throws {UserError} when there is no such file or turn
 */
export async function printPrompt(path: string, options: PromptOptions): Promise<void> {
  const { point, notices } = await findTurn(path, options);
  const rendered = renderPrompt(options.prompt, {
    ...point,
    assessment: assessTurn(point.state, point.memory.turns),
    question: QUESTIONS[options.question],
  });
  const out = terminal(process.stdout);
  const note = terminal(process.stderr);
  if (options.json) {
    const { style, hash, messages, candidates } = rendered;
    out.data(JSON.stringify({ style, hash, messages, candidates }, null, 2));
    return;
  }
  for (const notice of notices) note.line(notice);
  for (const { role, content } of rendered.messages) {
    out.line(out.style('bold', `── ${role} (about ${estimateTokens(content)} tokens)`));
    out.data(content);
    out.line();
  }
}

interface Found {
  readonly point: DecisionPoint;
  readonly notices: readonly string[];
}

/** The file with a player's own view in a battle folder, otherwise the path itself. */
function sourceOf(path: string, side: PromptOptions['side']): string {
  const logs = (side ? [side] : ['p1', 'p2']).map((player) => join(path, `${player}.log`));
  return logs.find((log) => existsSync(log)) ?? path;
}

const DECISIONS = 'decisions.jsonl';

/** The decisions of a side that a battle folder contains. */
async function recordedDecisions(path: string, side: SideId): Promise<readonly RecordedDecision[]> {
  const file = [path, dirname(path)]
    .map((folder) => join(folder, DECISIONS))
    .find((each) => existsSync(each));
  if (file === undefined) return [];
  const { records } = await readDecisions(file);
  return records.filter((record) => record.side === side);
}

async function findTurn(path: string, { turn, decision, side }: PromptOptions): Promise<Found> {
  const replay = await readReplay(sourceOf(path, side));
  const view = side ?? (replay.view === 'spectator' ? 'p1' : replay.view);
  if (replay.view !== 'spectator' && replay.view !== view) {
    throw new UserError(
      `${replay.source} is the view of ${replay.view}: leave --side out, or name the other log`,
    );
  }
  let last = 0;
  const found: DecisionPoint[] = [];
  const decisions = await recordedDecisions(path, view);
  for (const point of decisionPoints(reconstructView(replay.lines, view), view, decisions)) {
    last = point.turn;
    if (point.turn === turn) found.push(point);
  }
  if (found.length === 0) {
    throw new UserError(
      `${replay.source} has no decision of ${view} in turn ${turn}; the last is in turn ${last}`,
    );
  }
  const point = found[decision - 1];
  if (!point) {
    throw new UserError(
      `${replay.source} has no decision ${decision} of ${view} in turn ${turn}; the last is ${found.length}`,
    );
  }
  const more = `Turn ${turn} has ${found.length} decisions of ${view}; this is number ${decision}, see --decision.`;
  return { point, notices: found.length > 1 ? [...replay.notices, more] : replay.notices };
}
