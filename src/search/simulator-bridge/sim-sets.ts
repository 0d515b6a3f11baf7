import type { Battle, PokemonSet } from '@pkmn/sim';
import type { PokemonState, StatId } from '../../battle/state.ts';
import { speciesNow } from '../../knowledge/combatant.ts';

const STATS = ['hp', 'atk', 'def', 'spa', 'spd', 'spe'] as const;
/** The usual values first: random battles give all stats equal EVs. */
const EFFORT = [84, 252, ...Array.from({ length: 64 }, (_, step) => step * 4)];
const INDIVIDUAL = [31, 30, 0, ...Array.from({ length: 29 }, (_, step) => step + 1)];

type Points = Readonly<Record<StatId, number>>;
type Spread = Pick<PokemonSet, 'nature' | 'evs' | 'ivs'>;

/**
 * A Pokémon of a world as a team brings it. The simulator computes stats from the set again when a Pokémon leaves the
 * field or changes its forme, so the set gets a nature, EVs and IVs that lead to exactly the world's stats.
 */
export function setOf(battle: Battle, pokemon: PokemonState): PokemonSet {
  const { baseSpecies, gender, level, moves, item = '', baseAbility = '', teraType } = pokemon;
  const species = battle.dex.species.get(baseSpecies);
  const known = species.exists ? species.name : speciesNow(battle.gen, pokemon).name;
  // A fainted Pokémon returns to the forme it was brought in.
  const name = species.isMega || species.isPrimal ? species.baseSpecies : known;
  return {
    name,
    species: name,
    level,
    gender,
    item,
    ability: baseAbility,
    // Under Transform the moves are another Pokémon's.
    moves: pokemon.volatiles.transform ? ['transform'] : moves.map(({ id }) => id),
    ...(teraType ? { teraType } : {}),
    ...(pokemon.species.endsWith('-Gmax') ? { gigantamax: true } : {}),
    ...spreadOf(battle, pokemon),
  };
}

function spreadOf(battle: Battle, pokemon: PokemonState): Spread {
  const { level, maxHp = 0, stats, volatiles } = pokemon;
  const body = battle.dex.species.get(volatiles.transform ? pokemon.baseSpecies : pokemon.species);
  const base: Points = body.exists ? body.baseStats : speciesNow(battle.gen, pokemon).baseStats;
  const hp = volatiles.dynamax && base.hp !== 1 ? Math.ceil(maxHp / 2) : maxHp;
  const wanted: Points = { hp, ...(stats ?? { atk: 0, def: 0, spa: 0, spd: 0, spe: 0 }) };
  const point = (stat: StatId, nature: string, ev: number, iv: number): number => {
    // No other stat matters here.
    const set = { level, nature, evs: { [stat]: ev }, ivs: { [stat]: iv } } as unknown as PokemonSet;
    return battle.statModify(base, set, stat);
  };
  const nature = natureOf(battle, wanted, point);
  const [evs, ivs] = [{ ...ZERO }, { ...ZERO }];
  for (const stat of STATS) {
    const [ev, iv] = trainingFor(wanted[stat], (ev, iv) => point(stat, nature, ev, iv));
    evs[stat] = ev;
    ivs[stat] = iv;
  }
  return { nature, evs, ivs };
}

const ZERO = { hp: 0, atk: 0, def: 0, spa: 0, spd: 0, spe: 0 };

/** A nature is only needed for a stat that is higher, or lower, than EVs and IVs alone can make it. */
function natureOf(
  battle: Battle,
  wanted: Points,
  point: (stat: StatId, nature: string, ev: number, iv: number) => number,
): string {
  const others = STATS.filter((stat) => stat !== 'hp');
  const plus = others.find((stat) => wanted[stat] > point(stat, 'serious', 252, 31));
  const minus = others.find((stat) => wanted[stat] < point(stat, 'serious', 0, 0));
  if (!plus && !minus) return 'serious';
  const fits = battle.dex.natures.all().filter((nature) => {
    if (plus ? nature.plus !== plus : !nature.plus) return false;
    if (minus) return nature.minus === minus;
    const lowered = nature.minus as StatId | undefined;
    return lowered !== undefined && wanted[lowered] <= point(lowered, nature.id, 252, 31);
  });
  return fits[0]?.id ?? 'serious';
}

/** EVs and IVs that give a stat; the usual ones when none do. */
function trainingFor(
  wanted: number,
  point: (ev: number, iv: number) => number,
): readonly [ev: number, iv: number] {
  for (const iv of INDIVIDUAL) {
    const ev = EFFORT.find((effort) => point(effort, iv) === wanted);
    if (ev !== undefined) return [ev, iv];
  }
  return [84, 31];
}
