import { type Generation, Generations } from '@pkmn/data';
import { Dex } from '@pkmn/dex';
import { remember } from '../util/remember.ts';

/** The client asks the same tables for the same names over and over, as they are spelled in the log. */
class RememberingGenerations extends Generations {
  private readonly prepared = new Set<Generation>();

  override get(gen: string | number): Generation {
    const data = super.get(gen);
    if (this.prepared.has(data)) return data;
    this.prepared.add(data);
    const tables: { get(name: string): unknown }[] = [data.abilities, data.items, data.moves, data.species];
    for (const table of tables) table.get = remember(table.get.bind(table));
    return data;
  }
}

/**
 * The data of all generations; one instance for the whole process, because building it is not free. Everything up to
 * a generation counts as part of it: random battles use formes that were never released (Floette-Eternal in gen 7),
 * and National Dex formats what later games left out.
 */
export const generations = new RememberingGenerations(Dex, (data) => {
  if (!data.exists || ('isNonstandard' in data && data.isNonstandard === 'Future')) return false;
  return data.kind !== 'Ability' || data.id !== 'noability';
});

/** A Showdown id: lower case, letters and digits only. */
export function toId(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
