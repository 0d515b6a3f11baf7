import { toId } from '../battle/generations.ts';
import type { PokemonState, SideState } from '../battle/state.ts';
import { findSpecies, type Species, type Stats, statsOf } from './dex.ts';
import { statsInForme } from './forme-stats.ts';
import type { CandidateSet } from './likely-sets.ts';
import type { Setting } from './setting.ts';
import { changedStats } from './stat-changes.ts';

/** A Pokémon with everything that the formulas need: one of ours as it is, or one hypothesis about an opponent's. */
export interface Combatant {
  readonly pokemon: PokemonState;
  readonly side: SideState;
  /** Current forme. */
  readonly species: Species;
  /** Ability in effect, `''` when there is none or it is suppressed. */
  readonly ability: string;
  /** Item held, `''` for none; it may still have no effect ({@link itemInEffect}). */
  readonly item: string;
  /** Stats at stage 0 in points; `hp` is the maximum without Dynamax. */
  readonly stats: Stats;
  /** It would come in now: effects on entry have not happened yet. */
  readonly entering: boolean;
  /** Its species and stats when it attacks, if it changes its forme to do so. */
  readonly attacking?: Pick<Combatant, 'species' | 'stats'>;
}

const DEFAULT_SPREAD = {
  nature: '',
  evs: { hp: 84, atk: 84, def: 84, spa: 84, spd: 84, spe: 84 },
  ivs: { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 },
};
// In generations 1 and 2 every stat has full EVs by default.
const OLD_SPREAD = {
  nature: '',
  evs: { hp: 255, atk: 255, def: 255, spa: 255, spd: 255, spe: 255 },
  ivs: { hp: 30, atk: 30, def: 30, spa: 30, spd: 30, spe: 30 },
};

/** EVs, IVs and nature to assume of a Pokémon nothing is known about: even, as in random battles. */
export function defaultSpread(
  gen: number,
): Omit<CandidateSet, 'moves' | 'item' | 'ability' | 'level' | 'weight'> {
  return gen <= 2 ? OLD_SPREAD : DEFAULT_SPREAD;
}

// Stands in for a species that this generation's data lack, so that the battle can go on with less precision.
const UNKNOWN_SPECIES = 'Ditto';

/** The current species of a Pokémon, or the nearest one known: its base species, then an average one. */
export function speciesNow(gen: number, pokemon: PokemonState): Species {
  const species =
    findSpecies(gen, pokemon.species) ??
    findSpecies(gen, pokemon.baseSpecies) ??
    findSpecies(gen, UNKNOWN_SPECIES);
  if (!species) throw new RangeError(`Expected the dex of generation ${gen} to hold ${UNKNOWN_SPECIES}`);
  return species;
}

const UNSUPPRESSABLE = ['neutralizinggas', 'asoneglastrier', 'asonespectrier'];

/** An ability unless it is suppressed: `''` under Gastro Acid and Neutralizing Gas. */
export function abilityInEffect(
  setting: Setting,
  pokemon: PokemonState,
  ability: string,
  item: string,
): string {
  if (setting.gen < 3 || pokemon.volatiles.gastroacid) return '';
  const gassed =
    setting.abilities.includes('neutralizinggas') &&
    !UNSUPPRESSABLE.includes(ability) &&
    item !== 'abilityshield';
  return gassed ? '' : ability;
}

/** HP points at full HP without Dynamax, which doubles them at the level (10) that everyone uses. */
function plainMaxHp(pokemon: PokemonState, fallback: number): number {
  if (pokemon.maxHp === undefined) return fallback;
  return pokemon.volatiles.dynamax ? Math.ceil(pokemon.maxHp / 2) : pokemon.maxHp;
}

/** HP points at full HP now, Dynamax included. */
export function maxHpOf(combatant: Combatant): number {
  const doubled = combatant.pokemon.volatiles.dynamax && combatant.species.baseStats.hp !== 1;
  return doubled ? combatant.stats.hp * 2 : combatant.stats.hp;
}

/** A Pokémon's known stats, with an even spread for those that are unknown. */
export function knownStats(gen: number, pokemon: PokemonState): Stats {
  const guess = statsOf(gen, speciesNow(gen, pokemon), { ...defaultSpread(gen), level: pokemon.level });
  return { ...guess, ...pokemon.stats, hp: plainMaxHp(pokemon, guess.hp) };
}

/** Stats after the changes since the Pokémon came in. */
function statsNow(setting: Setting, { statChanges }: PokemonState, stats: Stats): Stats {
  if (!statChanges) return stats;
  const everybody = [...setting.own.pokemon, ...setting.foe.pokemon];
  return changedStats(stats, statChanges, (id) => {
    const partner = everybody.find((candidate) => candidate.id === id);
    return partner && { ...knownStats(setting.gen, partner), ...copiedStats(setting, partner) };
  });
}

/** One of our Pokémon as it is. */
export function ownCombatant(setting: Setting, pokemon: PokemonState): Combatant {
  const { gen } = setting;
  const species = speciesNow(gen, pokemon);
  const item = pokemon.item ?? '';
  const ability = abilityInEffect(
    setting,
    pokemon,
    pokemon.ability ??
      copiedAbility(setting, pokemon, species) ??
      pokemon.baseAbility ??
      firstAbility(species),
    item,
  );
  const known = knownStats(gen, pokemon);
  return {
    pokemon,
    side: setting.own,
    species,
    ability,
    item,
    stats: statsNow(setting, pokemon, { ...known, ...copiedStats(setting, pokemon) }),
    entering: pokemon.position === undefined,
    ...drawnBlade(gen, { pokemon, species, ability }, (blade) =>
      statsInForme(pokemon.level, known, species, blade),
    ),
  };
}

/** An opponent's Pokémon if it has this set, unless something else is known about it. */
export function foeCombatant(setting: Setting, pokemon: PokemonState, set: CandidateSet): Combatant {
  const { gen } = setting;
  const species = speciesNow(gen, pokemon);
  const item = pokemon.item ?? set.item;
  const spread = { ...set, level: pokemon.level };
  const hpSpecies = pokemon.volatiles.transform ? findSpecies(gen, pokemon.baseSpecies) : species;
  const { hp } = statsOf(gen, hpSpecies ?? species, spread);
  const assumed =
    pokemon.ability ?? copiedAbility(setting, pokemon, species) ?? assumedAbility(species, pokemon, set);
  const ability = abilityInEffect(setting, pokemon, assumed, item);
  return {
    pokemon,
    side: setting.foe,
    species,
    ability,
    item,
    stats: statsNow(setting, pokemon, {
      ...statsOf(gen, species, spread),
      ...copiedStats(setting, pokemon),
      hp,
    }),
    entering: pokemon.position === undefined,
    ...drawnBlade(gen, { pokemon, species, ability }, (blade) => statsOf(gen, blade, spread)),
  };
}

/** Aegislash changes to its Blade Forme before it attacks. */
function drawnBlade(
  gen: number,
  { pokemon, species, ability }: Pick<Combatant, 'pokemon' | 'species' | 'ability'>,
  statsIn: (blade: Species) => Stats,
): Pick<Combatant, 'attacking'> {
  const blade = findSpecies(gen, 'Aegislash-Blade');
  const canDraw = species.name === 'Aegislash' && ability === 'stancechange';
  if (!canDraw || pokemon.volatiles.transform || !blade) return {};
  return { attacking: { species: blade, stats: statsIn(blade) } };
}

/** A Pokémon as it is when it attacks, in another forme if it changes for that. */
export function asItAttacks(combatant: Combatant): Combatant {
  const { attacking, ...others } = combatant;
  if (!attacking) return combatant;
  let changed = attackers.get(combatant);
  if (!changed) {
    changed = { ...others, ...attacking };
    attackers.set(combatant, changed);
  }
  return changed;
}

// Results are cached by the Pokémon's object.
const attackers = new WeakMap<Combatant, Combatant>();

/** The current ability of an opponent's Pokémon if it has this set: that of its forme, if the forme decides. */
export function assumedAbility(species: Species, pokemon: PokemonState, set: CandidateSet): string {
  if (pokemon.ability !== undefined) return pokemon.ability;
  return species.isMega || species.isPrimal ? firstAbility(species) : set.ability;
}

/** Stats copied by Transform: all but HP, from the copied Pokémon. Undefined when it is not transformed. */
function copiedStats(setting: Setting, pokemon: PokemonState): Omit<Stats, 'hp'> | undefined {
  if (!pokemon.volatiles.transform) return undefined;
  const { gen } = setting;
  const original = originalOf(setting, pokemon);
  const species = speciesNow(gen, pokemon);
  const level = original?.level ?? pokemon.level;
  if (!original?.stats) return statsOf(gen, species, { ...defaultSpread(gen), level });
  const now = speciesNow(gen, original);
  // The original may have changed its forme since.
  const isAsCopied = now.name === species.name || now.baseSpecies !== species.baseSpecies;
  return isAsCopied ? original.stats : statsInForme(level, knownStats(gen, original), now, species);
}

/** The ability that a transformed Pokémon has from its original, or the species' first one; undefined for others. */
export function copiedAbility(
  sides: Pick<Setting, 'own' | 'foe'>,
  pokemon: PokemonState,
  species: Species,
): string | undefined {
  if (!pokemon.volatiles.transform) return undefined;
  return originalOf(sides, pokemon)?.ability ?? firstAbility(species);
}

/** The Pokémon that a transformed one copies, if that can be known. */
export function originalOf(
  { own, foe }: Pick<Setting, 'own' | 'foe'>,
  { copyOf, side, species }: PokemonState,
): PokemonState | undefined {
  if (copyOf !== undefined) return [...own.pokemon, ...foe.pokemon].find(({ id }) => id === copyOf);
  const other = side === own.id ? foe : own;
  return other.pokemon.find((candidate) => candidate.species === species);
}

/** Id of a species' first regular ability, `''` where abilities do not exist. */
export function firstAbility(species: Species): string {
  return toId(species.abilities[0] ?? '');
}

/** The item unless it has no effect: `''` under Klutz, Embargo or Magic Room. */
export function itemInEffect(setting: Setting, combatant: Combatant): string {
  const useless =
    combatant.ability === 'klutz' || combatant.pokemon.volatiles.embargo || setting.conditions.magicroom;
  return useless ? '' : combatant.item;
}

/** Whether a Pokémon is on the ground: affected by Ground moves, hazards and terrains. */
export function isGrounded(setting: Setting, combatant: Combatant): boolean {
  const { pokemon, ability } = combatant;
  const item = itemInEffect(setting, combatant);
  const { volatiles } = pokemon;
  if (setting.conditions.gravity || volatiles.smackdown || volatiles.ingrain || item === 'ironball') {
    return true;
  }
  const floats =
    pokemon.types.includes('Flying') ||
    ability === 'levitate' ||
    item === 'airballoon' ||
    volatiles.magnetrise ||
    volatiles.telekinesis;
  return !floats;
}
