import { copiedPp, fullPp } from '../../battle/power-points.ts';
import type { BattleState, KnownMove, PokemonState } from '../../battle/state.ts';
import {
  assumedAbility,
  copiedAbility,
  defaultSpread,
  firstAbility,
  originalOf,
  speciesNow,
} from '../../knowledge/combatant.ts';
import { findMove, findSpecies, type Species, statsOf } from '../../knowledge/dex.ts';
import { learnable } from '../../knowledge/guessed-sets.ts';
import type { CandidateSet } from '../../knowledge/likely-sets.ts';

const MOVES = 4;

/** An opponent's Pokémon with this set, unless something else is known about it. */
export function completedFoe(state: BattleState, pokemon: PokemonState, set: CandidateSet): PokemonState {
  const { gen } = state;
  const species = speciesNow(gen, pokemon);
  const own = ownSpecies(gen, pokemon, species);
  const { hp, ...stats } = statsOf(gen, own, { ...set, level: pokemon.level });
  return {
    ...pokemon,
    maxHp: maxHpNow(pokemon, own, hp),
    stats,
    item: pokemon.item ?? set.item,
    moves:
      copiedMoves(state, pokemon) ??
      movesOurOwnHasCopied(state, pokemon) ??
      completedMoves(gen, pokemon, set),
    ...(gen >= 3
      ? {
          ability:
            pokemon.ability ??
            copiedAbility(state, pokemon, species) ??
            assumedAbility(species, pokemon, set),
          baseAbility: pokemon.baseAbility ?? set.ability,
        }
      : {}),
    ...(gen >= 9 ? { teraType: pokemon.teraType ?? set.teraType ?? own.types[0] } : {}),
  };
}

/** Requests leave little open about our team: the HP of fainted Pokémon, and abilities copied in early generations. */
export function completedOwn(state: BattleState, pokemon: PokemonState): PokemonState {
  const { gen } = state;
  const own = ownSpecies(gen, pokemon, speciesNow(gen, pokemon));
  const { hp, ...stats } = statsOf(gen, own, { ...defaultSpread(gen), level: pokemon.level });
  const { maxHp = maxHpNow(pokemon, own, hp), item = '', baseAbility = firstAbility(own) } = pokemon;
  const completed = { ...pokemon, maxHp, item, stats: pokemon.stats ?? stats };
  if (gen < 3) return completed;
  return {
    ...completed,
    baseAbility,
    ability: pokemon.ability ?? copiedAbility(state, pokemon, speciesNow(gen, pokemon)) ?? baseAbility,
    ...(gen >= 9 ? { teraType: pokemon.teraType ?? own.types[0] } : {}),
  };
}

/** The species that its own stats come from: under Transform the one before. */
function ownSpecies(gen: number, pokemon: PokemonState, species: Species): Species {
  if (!pokemon.volatiles.transform) return species;
  return findSpecies(gen, pokemon.baseSpecies) ?? species;
}

/** Dynamax doubles HP at the level (10) that everyone uses. */
function maxHpNow(pokemon: PokemonState, own: Species, hp: number): number {
  return pokemon.volatiles.dynamax && own.baseStats.hp !== 1 ? hp * 2 : hp;
}

function copiedMoves(state: BattleState, pokemon: PokemonState): readonly KnownMove[] | undefined {
  if (!pokemon.volatiles.transform) return undefined;
  const moves = originalOf(state, pokemon)?.moves ?? [];
  return moves.length > 0 ? moves.map(({ id, maxPp }) => ({ id, ...copiedPp(state.gen, maxPp) })) : undefined;
}

/** The moves of an opponent that one of our Pokémon has transformed into: our request lists them all. */
function movesOurOwnHasCopied(state: BattleState, pokemon: PokemonState): readonly KnownMove[] | undefined {
  const standing = state.own.active[0];
  if (!standing?.volatiles.transform || originalOf(state, standing)?.id !== pokemon.id) return undefined;
  return standing.moves.map(
    ({ id }) => pokemon.moves.find((move) => move.id === id) ?? unusedMove(state.gen, id),
  );
}

/** The moves seen and as many of the set's others as there are slots for. */
function completedMoves(gen: number, pokemon: PokemonState, set: CandidateSet): readonly KnownMove[] {
  const hiddenPower = set.moves.find((id) => id.startsWith('hiddenpower'));
  // An opponent's Hidden Power is shown without its type; the set knows it.
  const seen = pokemon.moves.map((move) =>
    move.id === 'hiddenpower' && hiddenPower ? { ...move, id: hiddenPower } : move,
  );
  const likely = seen.length + set.moves.length > 0 ? set.moves : anyMoves(gen, pokemon);
  const others = likely.filter((id) => !seen.some((move) => move.id === id));
  const room = Math.max(0, MOVES - seen.length);
  return [...seen, ...others.slice(0, room).map((id) => unusedMove(gen, id))];
}

/** For species that no set can be guessed for, such as Ditto and Wobbuffet. */
function anyMoves(gen: number, { baseSpecies }: PokemonState): readonly string[] {
  const species = findSpecies(gen, baseSpecies);
  const moves = species ? learnable(gen, species) : [];
  return moves.length > 0 ? moves.map(({ id }) => id) : ['tackle'];
}

function unusedMove(gen: number, id: string): KnownMove {
  const move = findMove(gen, id);
  const pp = move ? fullPp(gen, move) : 1;
  return { id, pp, maxPp: pp };
}
