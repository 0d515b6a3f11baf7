import { type Generation, Generations } from '@pkmn/data';
import { Dex } from '@pkmn/dex';

/** Spellings beyond so many are looked up each time: they are not the game's. */
const MAX_SPELLINGS = 20_000;

interface Table<T> {
  get(name: string): T | undefined;
}

/** Makes a table remember its answers by the name as it is spelled, which the client asks for over and over. */
function rememberNames<T>(table: Table<T>): void {
  const answers = new Map<string, T | undefined>();
  const look = table.get.bind(table);
  table.get = (name) => {
    const known = answers.get(name);
    if (known !== undefined || answers.has(name)) return known;
    const answer = look(name);
    if (answers.size < MAX_SPELLINGS) answers.set(name, answer);
    return answer;
  };
}

class RememberingGenerations extends Generations {
  private readonly prepared = new Set<Generation>();

  override get(gen: string | number): Generation {
    const data = super.get(gen);
    if (this.prepared.has(data)) return data;
    this.prepared.add(data);
    for (const table of [data.abilities, data.items, data.moves, data.species]) {
      rememberNames<unknown>(table as Table<unknown>);
    }
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
