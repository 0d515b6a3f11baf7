import { Pokemon as CalcPokemon, Generations } from '@smogon/calc';
import { toId } from '../battle/generations.ts';
import type { PokemonState } from '../battle/state.ts';
import { type Combatant, maxHpOf } from './combatant.ts';
import { abilityName, itemName, type Species } from './dex.ts';
import { hpPoints } from './fixed-damage.ts';
import type { Setting } from './setting.ts';

type CalcGeneration = ReturnType<typeof Generations.get>;
/** Values to use for a Pokémon instead of its real ones. */
export interface CalcOverrides {
  readonly types: readonly string[];
  readonly ability: string;
}

type PokemonOptions = NonNullable<ConstructorParameters<typeof CalcPokemon>[2]>;

/** The calculator applies these as if the Pokémon had just come in; for one on the field that is long past. */
const ENTRY_ABILITIES = new Set([
  'download',
  'dauntlessshield',
  'intrepidsword',
  'embodyaspectcornerstone',
  'embodyaspecthearthflame',
  'embodyaspectteal',
  'embodyaspectwellspring',
  'windrider',
]);

/** Volatile conditions that change damage. */
const DAMAGE_VOLATILES =
  /^(autotomize|charge|dynamax|fallen\d|flashfire|foresight|odorsleuth|powertrick|protosynthesis|quarkdrive|slowstart|typechange|itemremoved)/;

/**
 * The calculator copies its arguments before use; copying the fields instead of rebuilding the Pokémon keeps its exact
 * stats.
 */
class ExactPokemon extends CalcPokemon {
  override clone(): ExactPokemon {
    const copy = Object.assign(Object.create(ExactPokemon.prototype) as ExactPokemon, this);
    copy.boosts = { ...this.boosts };
    copy.rawStats = { ...this.rawStats };
    copy.stats = { ...this.stats };
    return copy;
  }
}

const calcGenerations = new Map<number, CalcGeneration>();

/** The calculator's own data of a generation, which it reads several times faster than the dex's. */
export function calcGeneration(gen: number): CalcGeneration {
  let found = calcGenerations.get(gen);
  if (!found) {
    found = Generations.get(gen as Parameters<typeof Generations.get>[0]);
    calcGenerations.set(gen, found);
  }
  return found;
}

type CalcId = Parameters<CalcGeneration['species']['get']>[0];

/** The calculator's name for a species: formes that it lacks go by their base species. */
function calcName(gen: CalcGeneration, species: Species): string {
  const known = (name: string | undefined): name is string =>
    name !== undefined && gen.species.get(toId(name) as CalcId) !== undefined;
  if (known(species.name)) return species.name;
  return known(species.baseSpecies) ? species.baseSpecies : species.name;
}

/** Full HP, and the thresholds at which abilities and moves change. */
function hpClass(combatant: Combatant): string {
  if (combatant.pokemon.hp >= 1) return 'full';
  const hp = hpPoints(combatant) / maxHpOf(combatant);
  if (hp > 1 / 2) return 'high';
  return hp > 1 / 3 ? 'low' : 'pinch';
}

const combatantKeys = new WeakMap<Combatant, string>();

/** Everything about a Pokémon that the calculator looks at, except its item and exact HP. */
export function combatantKey(combatant: Combatant): string {
  const cached = combatantKeys.get(combatant);
  if (cached !== undefined) return cached;
  const { pokemon, species, ability, stats, entering } = combatant;
  const volatiles = Object.entries(pokemon.volatiles)
    .filter(([id]) => DAMAGE_VOLATILES.test(id))
    .map(([id, level]) => id + level);
  const key = [
    species.id,
    pokemon.level,
    pokemon.gender,
    ability,
    Object.values(stats).join('.'),
    Object.entries(pokemon.boosts)
      .filter(([, stage]) => stage !== 0)
      .join('.'),
    pokemon.status ?? '',
    pokemon.types.join('.'),
    pokemon.terastallized ? `${pokemon.teraType}/${pokemon.typesUnderTera?.join('.')}` : '',
    volatiles.join('.'),
    hpClass(combatant),
    ability === 'supremeoverlord' ? combatant.side.fainted : '',
    entering ? 'e' : '',
  ].join(',');
  combatantKeys.set(combatant, key);
  return key;
}

/** The stat that Protosynthesis or Quark Drive raises, if it is known to be active. */
function boostedStat({ pokemon, ability, entering }: Combatant): PokemonOptions['boostedStat'] {
  // Neutralizing Gas and Gastro Acid suspend an active boost.
  if (ability === '') return undefined;
  for (const id of Object.keys(pokemon.volatiles)) {
    const stat = /^(?:protosynthesis|quarkdrive)(atk|def|spa|spd|spe)?$/.exec(id);
    if (stat) return (stat[1] ?? 'auto') as PokemonOptions['boostedStat'];
  }
  return entering ? 'auto' : undefined;
}

function build(
  setting: Setting,
  combatant: Combatant,
  item: string,
  overrides: CalcOverrides | undefined,
): ExactPokemon {
  const { pokemon, species, stats, entering } = combatant;
  const { ability } = overrides ?? combatant;
  const gen = calcGeneration(setting.gen);
  const { volatiles, boosts } = pokemon;
  const fallen = Object.keys(volatiles).find((id) => /^fallen\d$/.test(id));
  const built = new ExactPokemon(gen, calcName(gen, species), {
    level: pokemon.level,
    gender: pokemon.gender,
    item: item === '' ? undefined : itemName(setting.gen, item),
    boosts: {
      atk: boosts.atk ?? 0,
      def: boosts.def ?? 0,
      spa: boosts.spa ?? 0,
      spd: boosts.spd ?? 0,
      spe: boosts.spe ?? 0,
    },
    status: pokemon.status ?? '',
    teraType:
      pokemon.terastallized && !overrides ? (pokemon.teraType as PokemonOptions['teraType']) : undefined,
    boostedStat: boostedStat(combatant),
    isDynamaxed: Boolean(volatiles.dynamax),
    dynamaxLevel: 10,
    alliesFainted: fallen ? Number(fallen.at(-1)) : entering ? combatant.side.fainted : 0,
    abilityOn: abilityIsOn(combatant),
    overrides: { baseStats: species.baseStats, weightkg: weightNow(pokemon, species) },
  });
  built.types = (overrides?.types ?? calcTypes(pokemon, species)) as typeof built.types;
  built.ability =
    ability === '' || isWithoutAbility(setting, combatant, ability)
      ? undefined
      : (abilityName(setting.gen, ability) as typeof built.ability);
  // Knock Off also removes, and is strengthened by, an item without effect.
  if (item === '' && combatant.item !== '')
    built.disabledItem = itemName(setting.gen, combatant.item) as typeof built.disabledItem;
  built.rawStats = { ...stats };
  built.stats = { ...stats };
  // A combatant's HP includes Dynamax, the calculator's does not.
  const dynamaxed = maxHpOf(combatant) / stats.hp;
  built.originalCurHP = Math.max(1, Math.ceil(hpPoints(combatant) / dynamaxed));
  return built;
}

/** Whether an ability no longer affects the damage, or is accounted for elsewhere. */
function isWithoutAbility({ gen }: Setting, combatant: Combatant, ability: string): boolean {
  const { entering, pokemon, species } = combatant;
  // Analytic depends on the order of the turn, which is known more exactly elsewhere.
  if (ability === 'analytic' || (!entering && ENTRY_ABILITIES.has(ability))) return true;
  // Tera Shell has no effect for other species.
  if (ability === 'terashell') return species.name !== 'Terapagos-Terastal';
  return gen >= 9 && Boolean(pokemon.volatiles.typechange) && /^(protean|libero)$/.test(ability);
}

/** Types for the damage formula, which needs the original ones of a terastallized Pokémon. */
function calcTypes(pokemon: PokemonState, species: Species): readonly string[] {
  if (pokemon.terastallized) return pokemon.typesUnderTera ?? species.types;
  return pokemon.types.length === 0 ? species.types : pokemon.types;
}

/** Weight in kilograms; each Autotomize subtracts 100. */
export function weightNow({ volatiles }: PokemonState, { weightkg }: Species): number {
  return Math.max(0.1, weightkg - 100 * (volatiles.autotomize ?? 0));
}

function abilityIsOn({ ability, entering, item, pokemon: { volatiles } }: Combatant): boolean {
  switch (ability) {
    case 'dauntlessshield':
    case 'intimidate':
    case 'intrepidsword':
      return entering;
    case 'electromorphosis':
      return Boolean(volatiles.charge);
    case 'flashfire':
    case 'slowstart':
      return Boolean(volatiles[ability]);
    case 'unburden':
      return item === '' && Boolean(volatiles.itemremoved);
    default:
      return false;
  }
}

const built = new WeakMap<Combatant, Map<string, ExactPokemon>>();

/**
 * A Pokémon in the calculator's terms, with its exact stats and HP. Built once for each item.
 *
 * @param item id of the item to calculate with
 */
export function calcPokemon(
  setting: Setting,
  combatant: Combatant,
  item: string,
  overrides?: CalcOverrides,
): CalcPokemon {
  if (overrides) return build(setting, combatant, item, overrides);
  let byItem = built.get(combatant);
  if (!byItem) {
    byItem = new Map();
    built.set(combatant, byItem);
  }
  let pokemon = byItem.get(item);
  if (!pokemon) {
    pokemon = build(setting, combatant, item, undefined);
    byItem.set(item, pokemon);
  }
  return pokemon;
}
