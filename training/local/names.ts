// The names that may stand in a prompt, as JSON: species, moves, abilities and items of all generations, the current one's
// first. `tokenizer.py` asks for them.
import { simulator } from '../../src/knowledge/simulator.ts';

const { Dex } = simulator;

/** What exists in official games and may be met by a player; cosmetic formes share their species' sets. */
function namesOf(
  all: readonly { readonly name: string; readonly isNonstandard?: string | null; readonly gen: number }[],
): readonly string[] {
  const real = all.filter(({ isNonstandard: kind }) => kind !== 'CAP' && kind !== 'Custom');
  return [...real.filter((one) => !one.isNonstandard), ...real.filter((one) => one.isNonstandard)].map(
    ({ name }) => name,
  );
}

const names = [Dex.species.all(), Dex.moves.all(), Dex.abilities.all(), Dex.items.all()].map(namesOf);
console.log(JSON.stringify([...new Set(names.flat())]));
