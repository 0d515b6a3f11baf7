import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Liquid, LiquidError } from 'liquidjs';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import type { PromptView } from './view.ts';

const PROMPTS = fileURLToPath(new URL('../../prompts/', import.meta.url));
const SYSTEM = 'system.liquid';
const TURN = 'turn.liquid';

/** A prompt style: two templates. */
export interface PromptStyle {
  /** Fills in `system.liquid` or `turn.liquid`. Throws a {@link UserError} when a template cannot be filled in. */
  render(template: 'system' | 'turn', view: PromptView): string;
}

/** Names of the styles that come with the package. */
export function styleNames(): readonly string[] {
  return readdirSync(PROMPTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(PROMPTS, entry.name, TURN)))
    .map(({ name }) => name)
    .sort();
}

const opened = new Map<string, PromptStyle>();

/**
 * Opens a prompt style; its templates are read once per process.
 *
 * @param style name of a folder in `prompts/`, or path of a directory with `system.liquid` and `turn.liquid`
 * @throws {UserError} when there is no such style
 */
export function openStyle(style: string): PromptStyle {
  const known = opened.get(style);
  if (known) return known;
  const names = styleNames();
  const directory = names.includes(style) ? join(PROMPTS, style) : resolve(style);
  if (!existsSync(join(directory, SYSTEM)) || !existsSync(join(directory, TURN)))
    throw new UserError(
      `No prompt style "${safeLine(style, 80)}": expected ${names.join(', ')}, or a directory with ${SYSTEM} and ${TURN}.`,
    );
  const liquid = new Liquid({
    root: directory,
    partials: [directory, PROMPTS],
    extname: '.liquid',
    cache: true,
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
  });
  const opening: PromptStyle = {
    render(template, view) {
      try {
        return tidy(String(liquid.renderFileSync(template, view)));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const file = basename((error instanceof LiquidError && error.token?.file) || `${template}.liquid`);
        throw new UserError(`Prompt style "${safeLine(style, 80)}", ${file}: ${safeLine(reason, 300)}.`, {
          cause: error,
        });
      }
    },
  };
  opened.set(style, opening);
  return opening;
}

/** Removes the white space that tags leave in templates: spaces at line ends, and more than one empty line. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
