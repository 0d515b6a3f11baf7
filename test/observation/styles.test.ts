import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_STYLE } from '../../src/observation/default-style.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { styleNames } from '../../src/observation/styles.ts';
import { UserError } from '../../src/util/errors.ts';
import { BATTLE_01, inputOf, recordedTurn } from './recorded-turn.ts';

const input = inputOf(recordedTurn(BATTLE_01, 3));

describe('prompt styles', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'style-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const style = (system: string, turn: string): string => {
    writeFileSync(join(directory, 'system.liquid'), system);
    writeFileSync(join(directory, 'turn.liquid'), turn);
    return directory;
  };

  it('that are included are found by name', () => {
    expect(styleNames()).toEqual(['compact', 'grounded', 'local', 'pokellmon']);
    expect(styleNames()).toContain(DEFAULT_STYLE);
  });

  it('can be a directory, which may use the shared partials', () => {
    const path = style(
      'Generation {{ gen }}.',
      "{{ you.active[0].species }}\n\n\n\n{% render 'shared/question', question: question %}",
    );
    const { messages } = renderPrompt(path, input);
    expect(messages[0]).toEqual({ role: 'system', content: 'Generation 9.' });
    expect(messages[1]?.content).toMatch(/^Milotic\n\nAnswer with the number/);
  });

  it('that do not exist are refused with the names of those that do', () => {
    expect(() => renderPrompt('groundled', input)).toThrow(UserError);
    expect(() => renderPrompt('groundled', input)).toThrow(
      /expected compact, grounded, local, pokellmon, or/,
    );
    expect(() => renderPrompt(directory, input)).toThrow(UserError);
  });

  it('must not name variables or filters that do not exist', () => {
    expect(() => renderPrompt(style('x', '{{ you.activ }}'), input)).toThrow(
      /undefined variable: you\.activ/,
    );
    rmSync(directory, { recursive: true });
    directory = mkdtempSync(join(tmpdir(), 'style-'));
    expect(() => renderPrompt(style('x', '{{ turn | shout }}'), input)).toThrow(UserError);
  });
});
