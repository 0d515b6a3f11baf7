import type { CandidateSet, LikelySets, SetOrigin } from './likely-sets.ts';

/** How often a Pokémon that people bring is trained for all the Speed there is, or none, where no likely set is. */
const EXTREME: Readonly<Record<SetOrigin['basis'], number>> = {
  generator: 0,
  own: 0.04,
  statistics: 0.04,
  analysed: 0.05,
  guess: 0.12,
};
const SCARF = 'choicescarf';
/** A Choice Scarf that is less likely is not reckoned with. */
const LEAST_SCARF = 0.02;

/**
 * Builds that the likely sets leave out and that would change who acts first: the fastest and the slowest there are, and
 * the fastest with a Choice Scarf. None where teams are made by the format itself, and in generations 1 and 2, where
 * everybody is trained to the full.
 */
export function otherBuilds(
  gen: number,
  { sets, items, source, doubt }: LikelySets,
): readonly CandidateSet[] {
  const [likeliest] = sets;
  const weight = EXTREME[source.basis];
  if (!likeliest || !doubt || weight === 0 || gen <= 2) return [];
  const fast = {
    ...likeliest,
    nature: 'jolly',
    evs: { ...likeliest.evs, spe: 252 },
    ivs: { ...likeliest.ivs, spe: 31 },
    weight,
  };
  const slow = { ...likeliest, nature: 'serious', evs: { ...likeliest.evs, spe: 0 }, weight };
  const listed = sets.reduce((sum, { item, weight: share }) => sum + (item === SCARF ? share : 0), 0);
  const scarf = (items.find(([id]) => id === SCARF)?.[1] ?? 0) - listed;
  const scarved = scarf >= LEAST_SCARF ? [{ ...fast, item: SCARF, weight: scarf }] : [];
  return [fast, slow, ...scarved];
}
