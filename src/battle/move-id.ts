import { generations } from './generations.ts';

const HIDDEN_POWER = 'hiddenpower';

/**
 * The id under which the dex lists a move. Requests append to some moves their power or type: `hiddenpowerfire60`,
 * `return102`, `frustrationnull`.
 */
export function plainMoveId(id: string): string {
  const [, base] = /^(return|frustration)(?:\d+|null|nan|undefined)$/.exec(id) ?? [];
  if (base) return base;
  if (!id.startsWith(HIDDEN_POWER)) return id;
  const typed = id.replace(/\d+$/, '');
  return generations.dex.moves.get(typed).exists ? typed : HIDDEN_POWER;
}

/** The id by which a log names a move: it does not show the type of Hidden Power. */
export function loggedMoveId(id: string): string {
  return id.startsWith(HIDDEN_POWER) ? HIDDEN_POWER : id;
}

/** A move's name as in a request, without an invalid power. */
export function plainMoveName(name: string): string {
  return name.replace(
    /^((?:Return|Frustration|Hidden Power)(?: [A-Z][a-z]+)?) (?:null|NaN|undefined)$/,
    '$1',
  );
}
