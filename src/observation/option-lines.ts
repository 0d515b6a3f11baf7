import { LEFT_FACTOR } from './candidates.ts';
import type { RenderedPrompt } from './prompt.ts';

/** A prompt as one text, for models without roles: its messages, one below the other. */
export function promptText({ messages }: Pick<RenderedPrompt, 'messages'>): string {
  return messages.map(({ content }) => content).join('\n');
}

/**
 * The lines on which each candidate stands in a prompt of the style `local`, one for each option it consists of. An
 * option's line begins with a space, and no other line does.
 *
 * @param text {@link promptText} of the prompt
 * @param numbers of its candidates
 * @returns for each candidate the numbers of its lines, counted from 0
 * @throws {RangeError} when the text does not list the options so
 */
export function optionLines(text: string, numbers: readonly number[]): readonly (readonly number[])[] {
  const indented = text.split('\n').flatMap((line, number) => (line.startsWith(' ') ? [number] : []));
  const left = Math.floor(Math.max(...numbers) / LEFT_FACTOR);
  const lineOf = (option: number): number => {
    const line = indented[option];
    if (line === undefined) throw new RangeError(`Expected an indented line for option ${option + 1}`);
    return line;
  };
  return numbers.map((number) =>
    left === 0
      ? [lineOf(number - 1)]
      : [lineOf(Math.floor(number / LEFT_FACTOR) - 1), lineOf(left + (number % LEFT_FACTOR) - 1)],
  );
}
