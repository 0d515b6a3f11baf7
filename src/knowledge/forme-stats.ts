import type { Species, Stats } from './dex.ts';

type TrainedStat = Exclude<keyof Stats, 'hp'>;
/** What IV and EVs together may add to twice the base stat, lowest and highest: 31 + 63 at most. */
type Training = readonly [least: number, most: number];
/** The stat that a nature raises and the one that it lowers; neither for a neutral one. */
type Nature = readonly [raised?: TrainedStat, lowered?: TrainedStat];

const STATS: readonly TrainedStat[] = ['atk', 'def', 'spa', 'spd', 'spe'];
/** Neutral natures come first: one is taken when others fit as well. */
const NATURES: readonly Nature[] = [
  [],
  ...STATS.flatMap((raised) =>
    STATS.filter((stat) => stat !== raised).map((lowered): Nature => [raised, lowered]),
  ),
];
const FULL_IV = 31;
const MOST_TRAINING = 94;
/** Full IVs with 0, 252, 84, 4 or 248 EVs. */
const USUAL_TRAININGS = [31, 94, 52, 32, 93];
/** An IV of 0 is usual for a weak Foul Play and a slow Trick Room. */
const WEAKENED: ReadonlySet<TrainedStat> = new Set(['atk', 'spe']);
/** All EVs that a Pokémon may have, as they add to stats on top of full IVs. */
const ALL_EVS = 127;

/**
 * Stats in points after a change of forme, from those before it. No request states a nature, so the one is assumed
 * under which the stats come from usual IVs and EVs, or nearly so; with unusual ones a stat may be off by a few
 * hundredths.
 */
export function statsInForme(level: number, stats: Stats, before: Species, after: Species): Stats {
  const nature = natureOf(level, stats, before);
  const inForme = (stat: TrainedStat): number => {
    const percent = percentOf(nature, stat);
    const training = likeliest(trainingOf(stats[stat], before.baseStats[stat], level, percent));
    const plain = Math.floor(((2 * after.baseStats[stat] + training) * level) / 100) + 5;
    return Math.floor((plain * percent) / 100);
  };
  return {
    hp: hpInForme(level, stats.hp, before, after),
    atk: inForme('atk'),
    def: inForme('def'),
    spa: inForme('spa'),
    spd: inForme('spd'),
    spe: inForme('spe'),
  };
}

function hpInForme(level: number, hp: number, before: Species, after: Species): number {
  const summed =
    Math.ceil(((hp - level - 10) * 100) / level) + 2 * (after.baseStats.hp - before.baseStats.hp);
  return Math.floor((summed * level) / 100) + level + 10;
}

function natureOf(level: number, stats: Stats, species: Species): Nature {
  let best: Nature = [];
  let least = Number.POSITIVE_INFINITY;
  for (const nature of NATURES) {
    const cost = unusualness(nature, level, stats, species);
    if (cost < least) [best, least] = [nature, cost];
  }
  return best;
}

/** How unusual a Pokémon's IVs and EVs would be under a nature; infinite when none fit. */
function unusualness(nature: Nature, level: number, stats: Stats, { baseStats }: Species): number {
  let distance = 0;
  let evs = 0;
  for (const stat of STATS) {
    const training = trainingOf(stats[stat], baseStats[stat], level, percentOf(nature, stat));
    const [least, most] = training;
    if (least > most || most < 0 || least > MOST_TRAINING) return Number.POSITIVE_INFINITY;
    const apart = USUAL_TRAININGS.map((usual) => Math.max(0, least - usual, usual - most));
    distance += Math.min(...apart, ...(WEAKENED.has(stat) ? [Math.max(0, least)] : []));
    evs += Math.max(0, likeliest(training) - FULL_IV);
  }
  return distance + Math.max(0, evs - ALL_EVS);
}

function percentOf([raised, lowered]: Nature, stat: TrainedStat): number {
  if (stat === raised) return 110;
  return stat === lowered ? 90 : 100;
}

/** Inverts the stat formula of generation 3 and later; empty when no IV and EVs give so many points. */
function trainingOf(points: number, base: number, level: number, percent: number): Training {
  const before = (value: number): number => Math.ceil((value * 100) / percent);
  const summed = (value: number): number => Math.ceil(((value - 5) * 100) / level) - 2 * base;
  return [summed(before(points)), summed(before(points + 1)) - 1];
}

function likeliest([least, most]: Training): number {
  const usual = [...USUAL_TRAININGS, 0].find((value) => least <= value && value <= most);
  return usual ?? Math.floor((least + most) / 2);
}
