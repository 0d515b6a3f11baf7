import { Generations } from '@pkmn/data';
import { Dex } from '@pkmn/dex';

/** The data of all generations; one instance for the whole process, because building it is not free. */
export const generations = new Generations(Dex);

/** A Showdown id: lower case, letters and digits only. */
export function toId(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
