import { describe, expect, it } from 'vitest';
import { slotActions } from '../../src/battle/action.ts';
import { optionLines, promptText } from '../../src/observation/option-lines.ts';
import type { RenderedPrompt } from '../../src/observation/prompt.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { simulate } from '../support/simulated-battle.ts';
import { inputOf } from './recorded-turn.ts';

/** The text of each candidate's lines. */
function linesOf(prompt: RenderedPrompt): readonly (readonly string[])[] {
  const text = promptText(prompt).split('\n');
  return optionLines(
    promptText(prompt),
    prompt.candidates.map(({ number }) => number),
  ).map((numbers) => numbers.map((number) => text[number] ?? ''));
}

describe('the lines of the style `local`', () => {
  it.each([
    'gen9randombattle',
    'gen7randombattle',
    'gen8randomdoublesbattle',
    'gen9randombattle@@@Team Preview',
    'gen9randomdoublesbattle@@@Team Preview,Picked Team Size = 4',
  ])('identify each legal action, in every kind of decision (%s)', (format) => {
    const kinds = new Set<string>();
    let asked = 0;
    simulate({
      format,
      seed: 'lines',
      maxTurns: 8,
      onMoment: ({ side, request, actions, trackers }) => {
        // Each prompt of doubles takes long.
        if (request.type === 'move' && asked++ % 4 !== 0) return;
        const { state, turns } = trackers[side];
        const prompt = renderPrompt(
          'local',
          inputOf({ state, request, actions, memory: { turns, decisions: [] } }),
        );
        const lines = linesOf(prompt);
        kinds.add(request.type);
        expect(lines.length).toBe(prompt.candidates.length);
        for (const [index, { action }] of prompt.candidates.entries()) {
          const own = lines[index] ?? [];
          const named = slotActions(action).flatMap((part) => {
            if (part.type === 'move') return [part.name.replace(/^Z-/, '')];
            return part.type === 'switch' ? [part.species] : part.type === 'team' ? part.leads : [];
          });
          for (const name of named) expect(own.join('\n')).toContain(name);
          const isTera = slotActions(action).some(
            (part) => part.type === 'move' && part.gimmick === 'terastallize',
          );
          if (format === 'gen9randombattle') expect(/^ Tera /.test(own[0] ?? '')).toBe(isTera);
        }
        // No two candidates share all of their lines: the sum of the lines' scores can tell them apart.
        const keys = optionLines(
          promptText(prompt),
          prompt.candidates.map(({ number }) => number),
        ).map((numbers) => numbers.join());
        expect(new Set(keys).size).toBe(keys.length);
        expect(promptText(prompt)).toMatch(/\nodds foe$/);
      },
    });
    expect(kinds.has('move')).toBe(true);
    if (format.includes('Team Preview')) expect(kinds.has('team')).toBe(true);
  });

  it('are short: at most about 40 per turn of singles, of numbers and names', () => {
    const words: number[] = [];
    simulate({
      format: 'gen9randombattle',
      seed: 'short',
      maxTurns: 5,
      onMoment: ({ side, request, actions, trackers }) => {
        const { state, turns } = trackers[side];
        const input = inputOf({ state, request, actions, memory: { turns, decisions: [] } });
        const text = promptText(renderPrompt('local', input));
        expect(text.split('\n').length).toBeLessThan(40);
        words.push(text.split(/\s+/).length);
      },
    });
    expect(words.reduce((sum, count) => sum + count, 0) / words.length).toBeLessThan(140);
  });
});
