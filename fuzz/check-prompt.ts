import { assessTurn } from '../src/knowledge/assess-turn.ts';
import { renderPrompt } from '../src/observation/render-prompt.ts';
import type { Moment } from '../test/support/simulated-battle.ts';
import type { Finding } from './finding.ts';
import { MARK } from './hostile-names.ts';

const STYLES = ['grounded', 'compact', 'pokellmon'];

/** Values that are not words, each matched only where it cannot be part of one. */
const LEAKS = /\bNaN\b|\bundefined\b|\[object|\bnull\b|\bInfinity\b|(?<![A-Za-z])function\s*\(/;

/** Far more than any turn needs, in characters. */
const LONGEST = 24_000;

/** Renders the turn in one of the prompt styles and looks for text that no prompt may contain. */
export function checkPrompt({
  trackers,
  side,
  request,
  actions,
  random,
}: Moment): Omit<Finding, 'turn' | 'side'>[] {
  const tracker = trackers[side];
  const { state, turns } = tracker;
  const style = random.pick(STYLES);
  const { messages } = renderPrompt(style, {
    state,
    request,
    actions,
    memory: { turns, decisions: [] },
    assessment: assessTurn(state, turns),
    question: { kind: 'reasoned' },
  });
  const text = messages.map(({ content }) => content).join('\n');
  const lines = text.split('\n');
  const leaking = lines.find((line) => LEAKS.test(line));
  const named = lines.find((line) => line.includes(MARK));
  const found: Omit<Finding, 'turn' | 'side'>[] = [];
  const add = (kind: string, detail: string): void => void found.push({ check: 'prompt', kind, detail });
  if (leaking) add(`${style}: ${LEAKS.exec(leaking)?.[0]}`, leaking);
  if (named) add(`${style}: a nickname`, named);
  if (text.length > LONGEST) add(`${style}: too long`, `${text.length} characters`);
  return found;
}
