import type { TurnEvents } from '../battle/event.ts';
import { type BattleState, type PokemonState, standing } from '../battle/state.ts';
import { percent } from '../util/percent.ts';
import { type Appearance, appearances, type SeenHarm, type SeenHit } from './appearance.ts';
import { findMove, findSpecies, isOfGeneration, itemName, type Species } from './dex.ts';
import { chart, hasFixedDamage } from './effectiveness.ts';
import { hasRule } from './format-rules.ts';
import { isAnythingAllowed } from './off-meta.ts';
import { isRandomFormat, randomSets } from './random-sets.ts';
import { simulator } from './simulator.ts';

/** The suspicion that an opponent's Pokémon is not what it looks like. */
export interface Suspicion {
  /** Species of the most likely Pokémon with Illusion. */
  readonly species: string;
  /** The evidence, for people, e.g. `used Nasty Plot, which Skarmory never has`. */
  readonly signs: readonly string[];
  /** Nothing else explains what was seen. */
  readonly certain: boolean;
}

interface Sign {
  readonly words: string;
  readonly certain: boolean;
}

const ILLUSIONISTS = ['Zoroark', 'Zoroark-Hisui', 'Zorua', 'Zorua-Hisui'];
/** The first generation with Illusion. */
const FIRST_GENERATION = 5;
/** Rules under which species do not have their own types, or the type chart differs. */
const OTHER_TYPES = ['camomonsmod', 'inversemod', 'crossevolutionmod'];
/** Shown HP may differ by this much without having changed. */
const HP_ROUNDING = 0.015;

/**
 * The opponent's Pokémon on the field that may be a Zoroark (or Zorua) in disguise: what they have shown since they
 * came in does not fit what they look like, and fits a Pokémon with Illusion that may be on the team. By {@link
 * PokemonState.id}.
 */
export function illusionSigns(
  state: BattleState,
  turns: readonly TurnEvents[],
): ReadonlyMap<string, Suspicion> {
  const suspicions = new Map<string, Suspicion>();
  if (state.gen < FIRST_GENERATION || turns[0]?.turn !== 0 || isAnythingAllowed(state.format))
    return suspicions;
  const seen = appearances(turns, state.side);
  for (const foe of standing(state.foe)) {
    const appearance = seen.get(foe.id);
    const shown = appearance && foe.terastallized ? { ...appearance, hits: [], harms: [] } : appearance;
    const suspicion = shown && suspicionOf(state, foe, shown, new Set(seen.keys()));
    if (suspicion) suspicions.set(foe.id, suspicion);
  }
  return suspicions;
}

function suspicionOf(
  state: BattleState,
  foe: PokemonState,
  appearance: Appearance,
  met: ReadonlySet<string>,
): Suspicion | undefined {
  const likeness = findSpecies(state.gen, foe.species);
  if (!likeness || appearance.isReal || isIllusionist(foe) || foe.volatiles.transform) return undefined;
  const twin = twinOf(state, foe);
  for (const name of possible(state, foe, twin !== undefined)) {
    const species = findSpecies(state.gen, name);
    if (!species) continue;
    const fits =
      appearance.moves.every((move) => mayHave(state, species, move)) &&
      appearance.hits.every((hit) => fitsTypes(state, species, hit)) &&
      appearance.harms.every((harm) => mayBefall(state, species, harm));
    if (!fits) continue;
    // Signs of one kind count once: in formats that do not check moves, many odd moves prove no more than one.
    const kinds = [
      moveSigns(state, likeness, appearance),
      hitSigns(state, likeness, appearance),
      harmSigns(state, likeness, appearance),
      itemSigns(state, likeness, appearance),
      twinSigns(likeness, twin, met),
      hpSigns(state, likeness, appearance),
    ].filter((kind) => kind.length > 0);
    if (kinds.length === 0) return undefined;
    const signs = kinds.flat();
    const certain = kinds.length > 1 || signs.some((sign) => sign.certain);
    return { species: species.name, signs: signs.map(({ words }) => words), certain };
  }
  return undefined;
}

function isIllusionist({ baseSpecies }: PokemonState): boolean {
  return ILLUSIONISTS.includes(baseSpecies);
}

/** Pokémon with Illusion that may be behind a disguise: on the bench or not seen yet, the seen ones first. */
function possible(state: BattleState, foe: PokemonState, hasTwin: boolean): readonly string[] {
  const { pokemon, teamSize, fainted } = state.foe;
  const met = pokemon.filter(isIllusionist);
  const waiting = met.filter((one) => !one.fainted && one.position === undefined);
  const unseen = teamSize - pokemon.length + (hasTwin ? 1 : 0);
  // If one fainted in disguise, there is no other.
  const hasLost = fainted > pokemon.filter((one) => one.fainted).length;
  const others = ILLUSIONISTS.filter(
    (name) => unseen > 0 && !hasLost && met.length === 0 && exists(state, name),
  );
  return [...waiting.map(({ baseSpecies }) => baseSpecies), ...others].filter((name) => name !== foe.species);
}

function exists({ gen, format }: BattleState, name: string): boolean {
  if (!isOfGeneration(gen, findSpecies(gen, name))) return false;
  return !isRandomFormat(format) || randomSets(gen, format, name) !== undefined;
}

/** Whether a species may have a move in this format. */
function mayHave({ gen, format }: BattleState, species: Species, id: string): boolean {
  const move = findMove(gen, id);
  if (!move || move.isMax || move.id === 'struggle') return true;
  if (!isRandomFormat(format)) return canLearn(gen, species, move.id);
  const sets = randomSets(gen, format, species.name);
  return (
    sets?.some(({ moves }) => moves.some((one) => one.replace(/^(hiddenpower)\w+$/, '$1') === move.id)) ??
    true
  );
}

/** Whether a species can learn a move, in this generation or transferred from an earlier one. */
function canLearn(gen: number, species: Species, id: string): boolean {
  const { species: table } = simulator.Dex.forGen(gen);
  const names = [species.name, species.baseSpecies, species.changesFrom, species.battleOnly].flat();
  const pools = names.flatMap((name) => {
    const known = name ? table.get(name).id : undefined;
    return known ? [table.getMovePool(known), table.getMovePool(known, true)] : [];
  });
  return (
    pools.every(({ size }) => size === 0) || pools.some((pool) => [...pool].some((known) => known === id))
  );
}

function moveSigns(state: BattleState, likeness: Species, { moves }: Appearance): readonly Sign[] {
  return moves
    .filter((id) => !mayHave(state, likeness, id))
    .map((id) => ({
      words: `used ${findMove(state.gen, id)?.name ?? id}, which ${likeness.name} never has`,
      certain: hasRule(state.format, 'obtainablemoves') && !canLearn(state.gen, likeness, id),
    }));
}

const MET: Readonly<Record<SeenHit['how'], string>> = {
  supereffective: 'was super effective on it',
  resisted: 'was not very effective on it',
  immune: 'had no effect on it',
};

function hitSigns(state: BattleState, likeness: Species, { hits }: Appearance): readonly Sign[] {
  const words = hits
    .filter((hit) => !fitsTypes(state, likeness, hit))
    .map(
      ({ move, how }) => `${findMove(state.gen, move)?.name ?? move} ${MET[how]}, unlike on ${likeness.name}`,
    );
  return [...new Set(words)].map((text) => ({ words: text, certain: true }));
}

const BEFELL: Readonly<Record<Exclude<SeenHarm['what'], 'stealthrock'>, string>> = {
  sandstorm: 'was hurt by the sandstorm, unlike',
  hail: 'was hurt by the hail, unlike',
  psn: 'was poisoned, unlike',
  tox: 'was badly poisoned, unlike',
  brn: 'was burned, unlike',
  frz: 'was frozen, unlike',
  par: 'was paralyzed, unlike',
  slp: 'fell asleep, unlike',
};

/** Share of HP that Stealth Rock takes from a Pokémon that is neutral to it. */
const STEALTH_ROCK = 1 / 8;

function rocksOn(gen: number, { types }: Species): number {
  return types.reduce((product, defending) => product * chart(gen, 'Rock', defending), STEALTH_ROCK);
}

function harmSigns(state: BattleState, likeness: Species, { harms }: Appearance): readonly Sign[] {
  const words = harms
    .filter((harm) => !mayBefall(state, likeness, harm))
    .map(({ what, lost }) =>
      what === 'stealthrock'
        ? `lost ${percent(lost)} to Stealth Rock, where ${likeness.name} loses ${percent(rocksOn(state.gen, likeness))}`
        : `${BEFELL[what]} ${likeness.name}`,
    );
  return [...new Set(words)].map((text) => ({ words: text, certain: true }));
}

/** Whether an effect is possible on a species with its own types. */
function mayBefall({ gen, format, own }: BattleState, species: Species, { what, lost }: SeenHarm): boolean {
  if (OTHER_TYPES.some((rule) => hasRule(format, rule)) || changesEffectiveness(gen, species)) return true;
  if (what === 'stealthrock') return Math.abs(lost - rocksOn(gen, species)) <= 2 * HP_ROUNDING;
  const isPoison = what === 'psn' || what === 'tox';
  if (isPoison && own.pokemon.some(({ baseAbility }) => baseAbility === 'corrosion')) return true;
  return simulator.Dex.forGen(gen).getImmunity(what, { types: [...species.types] });
}

/** Items do not change on the bench; but a look-alike that has shown another item may have been the disguised one. */
function itemSigns({ gen }: BattleState, likeness: Species, { item: seen }: Appearance): readonly Sign[] {
  if (!seen || seen.before.includes(seen.item)) return [];
  const last = seen.before.at(-1);
  const had = last ? `had ${itemName(gen, last)}` : 'has lost its item';
  return [{ words: `shows ${itemName(gen, seen.item)}, where ${likeness.name} ${had}`, certain: false }];
}

/** Whether a hit went as a species' own types predict, or says nothing about them for another reason. */
function fitsTypes(state: BattleState, species: Species, hit: SeenHit): boolean {
  const { gen, format } = state;
  const type = plainType(state, hit);
  if (type === undefined || OTHER_TYPES.some((rule) => hasRule(format, rule))) return true;
  if (changesEffectiveness(gen, species)) return true;
  if (type === 'Ground' && (hit.how === 'immune' || species.types.includes('Flying'))) return true;
  const multiplier = species.types.reduce((product, defending) => product * chart(gen, type, defending), 1);
  if (isFixed(gen, hit.move)) return (hit.how === 'immune') === (multiplier === 0);
  if (hit.how === 'immune') return multiplier === 0;
  if (hit.how === 'supereffective') return multiplier > 1;
  return multiplier > 0 && multiplier < 1;
}

function isFixed(gen: number, id: string): boolean {
  const move = findMove(gen, id);
  return move !== undefined && hasFixedDamage(move);
}

/** The type of an attack when only types decide its effect on the target. */
function plainType({ gen, own }: BattleState, { attackerId, move: id }: SeenHit): string | undefined {
  const move = simulator.Dex.forGen(gen).moves.get(id);
  const changes = move.onModifyType ?? move.onEffectiveness ?? move.onTryImmunity ?? move.ohko;
  if (!move.exists || move.category === 'Status' || changes || /^(struggle|\w+pledge)$/.test(id))
    return undefined;
  const attacker = own.pokemon.find((pokemon) => pokemon.id === attackerId);
  for (const name of [attacker?.ability, attacker?.baseAbility]) {
    const ability = simulator.Dex.forGen(gen).abilities.get(name ?? '');
    if ('onModifyType' in ability || ability.id === 'scrappy' || ability.id === 'mindseye') return undefined;
  }
  return move.type;
}

/** Whether one of a species' abilities affects type effectiveness (Disguise, Tera Shell). */
function changesEffectiveness(gen: number, { abilities }: Species): boolean {
  const { abilities: table } = simulator.Dex.forGen(gen);
  return Object.values(abilities).some((name) => 'onEffectiveness' in table.get(name));
}

/** Another Pokémon of its species on the team, when the rules allow only one. */
function twinOf({ foe: { pokemon }, format }: BattleState, foe: PokemonState): PokemonState | undefined {
  if (!hasRule(format, 'speciesclause')) return undefined;
  return pokemon.find((other) => other.id !== foe.id && other.baseSpecies === foe.baseSpecies);
}

function twinSigns(
  likeness: Species,
  twin: PokemonState | undefined,
  met: ReadonlySet<string>,
): readonly Sign[] {
  if (!twin) return [];
  // A Pokémon that team preview showed and that never came in is real.
  const certain = twin.fainted || !met.has(twin.id);
  return [{ words: `another ${likeness.name} (level ${twin.level}) is on its team`, certain }];
}

/** HP do not change on the bench, except with Regenerator. */
function hpSigns(
  { gen }: BattleState,
  likeness: Species,
  { hp, lastHp, leftWith }: Appearance,
): readonly Sign[] {
  const names = Object.values(findSpecies(gen, likeness.name)?.abilities ?? {});
  // If it left with these HP earlier, the disguised one may have come in in between.
  const isKnown = [lastHp, ...leftWith].some((known) => Math.abs(hp - known) < HP_ROUNDING);
  if (lastHp === 0 || isKnown || names.some((name) => name === 'Regenerator')) return [];
  const words = `came in with ${percent(hp)} HP, where ${likeness.name} has ${percent(lastHp)}`;
  return [{ words, certain: false }];
}
