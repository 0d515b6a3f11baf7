import { createHash } from 'node:crypto';
import { numberChoices } from './candidates.ts';
import type { PromptInput, PromptMessage, RenderedPrompt } from './prompt.ts';
import { openStyle } from './styles.ts';
import { viewOf } from './view-of.ts';

/**
 * Renders a turn and a question about it into the messages for a language model. The same input gives the same
 * messages.
 *
 * @param style a style's name, or a directory with `system.liquid` and `turn.liquid`
 * @throws {UserError} when there is no such style, or a template names a variable that does not exist
 */
export function renderPrompt(style: string, input: PromptInput): RenderedPrompt {
  const choices = numberChoices(input.actions, input.state);
  const view = viewOf(input, choices);
  const templates = openStyle(style);
  const messages: readonly PromptMessage[] = [
    { role: 'system', content: templates.render('system', view) },
    { role: 'user', content: templates.render('turn', view) },
  ];
  const hash = createHash('sha256').update(JSON.stringify(messages)).digest('hex');
  return { style, hash, messages, candidates: choices.candidates };
}
