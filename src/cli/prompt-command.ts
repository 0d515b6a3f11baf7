import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { reconstructView } from '../battle/reconstruct-view.ts';
import type { SideId } from '../battle/state.ts';
import { assessTurn } from '../knowledge/assess-turn.ts';
import { readReplay } from '../ledger/read-replay.ts';
import { type DecisionPoint, decisionPoints } from '../memory/decision-points.ts';
import type { PromptQuestion } from '../observation/prompt.ts';
import { renderPrompt } from '../observation/render-prompt.ts';
import { DEFAULT_STYLE } from '../observation/styles.ts';
import { estimateTokens } from '../observation/tokens.ts';
import { UserError } from '../util/errors.ts';
import { positiveInteger } from './option-values.ts';
import { terminal } from './terminal.ts';

const QUESTIONS: Record<'direct' | 'reasoned' | 'candidates' | 'foe', PromptQuestion> = {
  direct: { kind: 'direct' },
  reasoned: { kind: 'reasoned' },
  candidates: { kind: 'candidates', count: 3 },
  foe: { kind: 'foe' },
};

interface PromptOptions {
  readonly turn: number;
  readonly side?: SideId;
  readonly prompt: string;
  readonly question: keyof typeof QUESTIONS;
  readonly json?: true;
}

/** `pokellmon prompt` */
export function promptCommand(): Command {
  return new Command('prompt')
    .description(
      'Print the prompt for a turn of a saved battle, to see what a model sees and to work on templates.',
    )
    .argument('<replay>', 'battle folder, replay.json, or a log in protocol lines')
    .option('--turn <number>', 'which turn', positiveInteger, 1)
    .addOption(new Option('--side <side>', 'whose (default: the log’s own, else p1)').choices(['p1', 'p2']))
    .option(
      '--prompt <style>',
      'prompt style: grounded, pokellmon, compact, or the path of your own',
      DEFAULT_STYLE,
    )
    .addOption(
      new Option('--question <kind>', 'what is asked').choices(Object.keys(QUESTIONS)).default('reasoned'),
    )
    .option('--json', 'print messages, hash and candidates as JSON')
    .addHelpText(
      'after',
      `
A public replay does not say which moves a side had: the prompt then shows what the whole battle revealed.

Examples:
  $ pokellmon prompt replays/gen9randombattle-7-1 --turn 5 --side p2
  $ pokellmon prompt replays/samples/calc-heuristics/replay.json --turn 12 --prompt compact
  $ pokellmon prompt replays/gen9randombattle-7-1 --turn 5 --prompt ./my-style`,
    )
    .action(prompt);
}

async function prompt(path: string, options: PromptOptions): Promise<void> {
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
    out.line(JSON.stringify({ style, hash, messages, candidates }, null, 2));
    return;
  }
  for (const notice of notices) note.line(notice);
  for (const { role, content } of rendered.messages) {
    out.line(out.style('bold', `── ${role} (about ${estimateTokens(content)} tokens)`));
    out.line(content);
    out.line();
  }
}

interface Found {
  readonly point: DecisionPoint;
  readonly notices: readonly string[];
}

async function findTurn(path: string, { turn, side }: PromptOptions): Promise<Found> {
  const own = join(path, `${side ?? 'p1'}.log`);
  const replay = await readReplay(existsSync(own) ? own : path);
  const view = side ?? (replay.view === 'spectator' ? 'p1' : replay.view);
  if (replay.view !== 'spectator' && replay.view !== view) {
    throw new UserError(
      `${replay.source} is the view of ${replay.view}: leave --side out, or name the other log`,
    );
  }
  let last = 0;
  for (const point of decisionPoints(reconstructView(replay.lines, view), view)) {
    if (point.turn === turn) return { point, notices: replay.notices };
    last = point.turn;
  }
  throw new UserError(
    `${replay.source} has no decision of ${view} in turn ${turn}; the last is in turn ${last}`,
  );
}
