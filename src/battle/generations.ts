import { Generations } from '@pkmn/data';
import { Dex } from '@pkmn/dex';

/**
 * The data of all generations; one instance for the whole process, because building it is not free. Everything up to
 * a generation counts as part of it: random battles use formes that were never released (Floette-Eternal in gen 7),
 * and National Dex formats what later games left out.
 */
export const generations = new Generations(Dex, (data) => {
  if (!data.exists || ('isNonstandard' in data && data.isNonstandard === 'Future')) return false;
  return data.kind !== 'Ability' || data.id !== 'noability';
});

/** A Showdown id: lower case, letters and digits only. */
export function toId(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
