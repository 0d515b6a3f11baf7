import { toId } from './generations.ts';

/** Id of the effect that a field of a line names, with or without its kind: `move: Future Sight`, `Safeguard`. */
export function effectId(field: string): string {
  return toId(field.replace(/^(?:move|ability|item): ?/, ''));
}
