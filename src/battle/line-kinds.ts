import type { ParsedLine } from './parse-event.ts';
import type { SideId } from './state.ts';

/** The last lines of a battle. */
export const LAST_LINES = new Set(['win', 'tie']);

/** Chat, timers and decoration: they say nothing about the battle. */
export const IDLE_LINES = new Set(
  ['t:', 'c', 'c:', 'chat', 'j', 'J', 'join', 'l', 'L', 'leave', 'n', 'N', 'name', 'inactive', 'inactiveoff']
    .concat([
      'error',
      'debug',
      'raw',
      'html',
      'uhtml',
      'uhtmlchange',
      'bigerror',
      'message',
      '-message',
      '-hint',
    ])
    .concat(['init', 'title', 'deinit', 'sentchoice', 'done', '']),
);

/** The field of a line that holds HP, by kind of line. */
const HEALTH_AT = new Map([
  ['switch', 3],
  ['drag', 3],
  ['replace', 3],
  ['-damage', 2],
  ['-heal', 2],
  ['-sethp', 2],
]);

/** HP such as `231/300 par`, `48/100`, `0 fnt`, or none at all; the client would also read `Infinity` as a number. */
const HEALTH = /^$|^\d{1,6}(?:\.\d{1,6})?%?(?:\/\d{1,6}|$| )/;

/** A Pokémon comes in. */
export const ENTRIES = new Set(['switch', 'drag', 'replace']);

const IDENT = /^p[12][a-f]?: /;

/** The side of the Pokémon that an ident such as `p1a: Gengar` names; undefined for anything else. */
export function sideOfIdent(ident: string | undefined): SideId | undefined {
  return ident !== undefined && IDENT.test(ident) ? (ident.slice(0, 2) as SideId) : undefined;
}

/** Whether a line lacks HP that it should have, or has invalid ones. */
export function hasBadHealth({ args }: ParsedLine): boolean {
  const at = HEALTH_AT.get(args[0] ?? '');
  return at !== undefined && !HEALTH.test(args[at] ?? '');
}
