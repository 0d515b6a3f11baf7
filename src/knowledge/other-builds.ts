import type { CandidateSet, LikelySets, SetOrigin } from './likely-sets.ts';

/** How often a brought Pokémon has maximum or minimum Speed although no likely set has. */
const EXTREME: Readonly<Record<SetOrigin['basis'], number>> = {
  generator: 0,
  own: 0.04,
  statistics: 0.04,
  analysed: 0.05,
  guess: 0.12,
};
const SCARF = 'choicescarf';
/** A Choice Scarf less likely than this is ignored. */
const LEAST_SCARF = 0.02;

/**
 * Builds outside of the likely sets that would change who acts first: the fastest and the slowest possible, and the
 * fastest with a Choice Scarf. None when the format itself makes the teams, and in generations 1 and 2, where all EVs
 * are full.
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
