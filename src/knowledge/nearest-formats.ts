import { table } from '../util/table.ts';
import { formatsWithSets } from './set-files.ts';
import { simulator } from './simulator.ts';

/** Tiers from the strongest to the weakest. */
const TIERS = ['ubers', 'ou', 'uu', 'ru', 'nu', 'pu'];
const LIKE_TIERS: Readonly<Record<string, string>> = table({
  ag: 'ubers',
  anythinggoes: 'ubers',
  uubl: 'uu',
  zu: 'pu',
});

/** Sets of another generation are useful only if it is close. */
const MOST_GENERATIONS_APART = 2;
const OTHER_GENERATION = 1000;
const OTHER_KIND = 100;
const NO_VGC = 50;

interface Kind {
  readonly gen: number;
  readonly doubles: boolean;
  /** Of VGC formats. */
  readonly year?: number;
  /** Place in {@link TIERS} for other formats, or that of the most similar tier. */
  readonly tier: number;
}

/**
 * The formats whose sets say most about a format, nearest first: itself, then those of its generation with as many
 * Pokémon on the field (VGC: by year; singles: by tier), then the rest of its generation, then neighbouring
 * generations.
 */
export function nearestFormats(format: string): readonly string[] {
  const wanted = kindOf(format);
  return (
    formatsWithSets()
      // Generated teams say nothing about what people bring.
      .filter((id) => id === format || !id.includes('random'))
      .map((id) => ({ id, distance: id === format ? -1 : distance(wanted, kindOf(id)) }))
      .filter(({ distance }) => distance < (MOST_GENERATIONS_APART + 1) * OTHER_GENERATION)
      .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id)
  );
}

function distance(wanted: Kind, other: Kind): number {
  // A later generation's sets contain moves that do not exist in the wanted one.
  const apart = Math.abs(wanted.gen - other.gen) + (other.gen > wanted.gen ? 0.5 : 0);
  return (
    apart * OTHER_GENERATION + (wanted.doubles === other.doubles ? 0 : OTHER_KIND) + within(wanted, other)
  );
}

function within(wanted: Kind, other: Kind): number {
  if (wanted.year !== undefined && other.year !== undefined) {
    return Math.abs(wanted.year - other.year) + (other.year > wanted.year ? 0.5 : 0);
  }
  if (other.year !== undefined) return NO_VGC - (other.year - 2000) / 2;
  if (wanted.year !== undefined) return NO_VGC;
  // Of two neighbouring tiers the stronger one is nearer.
  return Math.abs(wanted.tier - other.tier) + (other.tier > wanted.tier ? 0.5 : 0);
}

function kindOf(format: string): Kind {
  const [, gen = '9', rest = ''] = /^gen(\d)(.*)$/.exec(format) ?? [];
  const year = /^vgc(\d{4})/.exec(rest)?.[1];
  const known = simulator.Dex.formats.get(format);
  const doubles = known.exists ? known.gameType === 'doubles' : /^vgc|doubles|2v2/.test(rest);
  const tier = rest.replace(/^(nationaldex|doubles)/, '');
  const place = TIERS.indexOf(LIKE_TIERS[tier] ?? tier);
  return {
    gen: Number(gen),
    doubles,
    tier: place < 0 ? TIERS.indexOf('ou') : place,
    ...(year === undefined ? {} : { year: Number(year) }),
  };
}
