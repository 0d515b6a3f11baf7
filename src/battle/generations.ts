import { type Generation, Generations } from '@pkmn/data';
import { memoize } from '../util/memoize.ts';
import { requirePackage } from '../util/require-package.ts';

/** The data of the package that all generations are built on. */
export const { Dex }: typeof import('@pkmn/dex') = requirePackage('@pkmn/dex');

type Data = Parameters<NonNullable<ConstructorParameters<typeof Generations>[1]>>[0];

function isReal(data: Data): boolean {
  return data.exists === true && (data.kind !== 'Ability' || data.id !== 'noability');
}

/** Data of unreleased or later things is still looked up when a battle contains them. */
const everything = new Generations(Dex, isReal);

interface Table extends Iterable<unknown> {
  get(name: string): unknown;
}

/** A table also answers for names that only another table has, but lists only its own. */
function extend(table: Table, others: Table): void {
  const own = Object.create(table, { get: { value: table.get.bind(table) } }) as Table;
  const list = table[Symbol.iterator];
  table.get = memoize((name) => own.get(name) ?? others.get(name));
  table[Symbol.iterator] = () => list.call(own);
}

/** The client looks up the same names in the same tables over and over, spelled as in the log. */
class RememberingGenerations extends Generations {
  private readonly prepared = new Set<Generation>();

  override get(gen: string | number): Generation {
    const data = super.get(gen);
    if (this.prepared.has(data)) return data;
    this.prepared.add(data);
    const rest = everything.get(gen);
    extend(data.abilities, rest.abilities);
    extend(data.items, rest.items);
    extend(data.moves, rest.moves);
    extend(data.species, rest.species);
    return data;
  }
}

/**
 * The data of all generations; one instance for the whole process, because building it is slow. A generation includes
 * everything up to it: random battles use formes that were never released (Floette-Eternal in gen 7), and National Dex
 * formats use what later games left out.
 */
export const generations = new RememberingGenerations(Dex, (data) => {
  return isReal(data) && !('isNonstandard' in data && data.isNonstandard === 'Future');
});

/** A Showdown id: lower case, letters and digits only. */
export function toId(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
