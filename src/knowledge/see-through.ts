import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, PokemonState, SideState } from '../battle/state.ts';
import { appearances } from './appearance.ts';
import { findSpecies } from './dex.ts';
import type { Suspicion } from './illusion-signs.ts';
import { randomSets } from './random-sets.ts';

/**
 * The state with certain disguises removed: the disguised Pokémon are what they must be, and the ones they look like
 * wait on the bench. A Pokémon on the field keeps its id.
 */
export function seeThrough(
  state: BattleState,
  turns: readonly TurnEvents[],
  suspicions: ReadonlyMap<string, Suspicion>,
): BattleState {
  const sure = [...suspicions].filter(([, { certain }]) => certain);
  if (sure.length === 0) return state;
  const seen = appearances(turns, state.side);
  const foe = sure.reduce((side, [id, { species }]) => {
    const { moves, lastHp } = seen.get(id) ?? { moves: [], lastHp: 1 };
    return unmasked(state, side, id, { species, moves, lastHp });
  }, state.foe);
  return { ...state, foe };
}

interface Disguise {
  readonly species: string;
  /** Moves used while disguised. */
  readonly moves: readonly string[];
  /** HP of the Pokémon it looks like. */
  readonly lastHp: number;
}

function unmasked(state: BattleState, side: SideState, id: string, disguise: Disguise): SideState {
  const shown = side.pokemon.find((pokemon) => pokemon.id === id);
  if (!shown) return side;
  const others = side.pokemon.filter((pokemon) => pokemon !== shown);
  const known = others.find(({ baseSpecies }) => baseSpecies === disguise.species);
  const masked = maskedOne(state, shown, known, disguise);
  const hasTwin = others.some(({ baseSpecies }) => baseSpecies === shown.baseSpecies);
  const next = 1 + Math.max(...side.pokemon.map((pokemon) => Number(pokemon.id.slice(3))));
  const imitated = imitatedOne(state, shown, known?.id ?? `${side.id}-${next}`, disguise);
  return {
    ...side,
    pokemon: [
      ...side.pokemon
        .filter((pokemon) => pokemon !== known)
        .map((pokemon) => (pokemon === shown ? masked : pokemon)),
      ...(hasTwin ? [] : [imitated]),
    ],
    active: side.active.map((pokemon) => (pokemon?.id === id ? masked : pokemon)),
  };
}

/** @param known the disguised Pokémon as last seen, if it was seen */
function maskedOne(
  { gen, format }: BattleState,
  shown: PokemonState,
  known: PokemonState | undefined,
  { species, moves }: Disguise,
): PokemonState {
  const [usual] = randomSets(gen, format, species) ?? [];
  const used = shown.moves.filter(({ id }) => moves.includes(id));
  const earlier = known?.moves.filter(({ id }) => !moves.includes(id)) ?? [];
  return {
    ...shown,
    species,
    baseSpecies: species,
    level: known?.level ?? usual?.level ?? shown.level,
    types: shown.terastallized ? shown.types : typesOf(gen, species),
    ability: 'illusion',
    baseAbility: 'illusion',
    item: known?.item,
    lastItem: known?.lastItem,
    moves: [...earlier, ...used],
  };
}

function imitatedOne(
  { gen }: BattleState,
  shown: PokemonState,
  id: string,
  { moves, lastHp }: Disguise,
): PokemonState {
  return {
    id,
    side: shown.side,
    species: shown.baseSpecies,
    baseSpecies: shown.baseSpecies,
    level: shown.level,
    gender: shown.gender,
    hp: lastHp > 0 ? lastHp : 1,
    fainted: false,
    statusTurns: 0,
    boosts: {},
    volatiles: {},
    types: typesOf(gen, shown.baseSpecies),
    terastallized: false,
    moves: shown.moves.filter((move) => !moves.includes(move.id)),
    justSwitchedIn: false,
  };
}

function typesOf(gen: number, species: string): readonly string[] {
  return findSpecies(gen, species)?.types ?? [];
}
