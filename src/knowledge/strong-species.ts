import { toId } from '../battle/generations.ts';
import { simulator } from './simulator.ts';

/** Fewer species than this make no pool to draw a team from. */
const ENOUGH = 12;
const caches = new Map<string, readonly string[]>();

/**
 * Species that teams of a format are likely to have: those of the tier it is named after (`gen4ou` → OU), otherwise the
 * upper half, by base stats, of all fully evolved ones. Never empty.
 */
export function strongSpecies(gen: number, format: string): readonly string[] {
  const key = `${gen}/${format}`;
  let names = caches.get(key);
  if (!names) {
    names = find(gen, format);
    caches.set(key, names);
  }
  return names;
}

function find(gen: number, format: string): readonly string[] {
  const all = simulator.Dex.forGen(gen)
    .species.all()
    .filter((species) => species.exists && !species.isNonstandard && !species.battleOnly && species.num > 0);
  const tier = format.replace(/^gen\d+/, '');
  const tiered = all.filter((species) => toId(species.tier) === tier);
  const grown = all.filter((species) => !species.nfe).sort((a, b) => b.bst - a.bst);
  const pool = tiered.length >= ENOUGH ? tiered : grown.slice(0, Math.ceil(grown.length / 2));
  return pool.map(({ name }) => name);
}
