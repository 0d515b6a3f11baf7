import type { BattleState, FieldState, PokemonState, SideState } from '../../src/battle/state.ts';
import { findSpecies, statsOf } from '../../src/knowledge/dex.ts';
import type { CandidateSet } from '../../src/knowledge/likely-sets.ts';

const EVS = { hp: 84, atk: 84, def: 84, spa: 84, spd: 84, spe: 84 };
const IVS = { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 };

/** A Pokémon at level 80 with an even spread, at full HP on the field; `side` decides what is known of it. */
export function pokemon(
  side: 'p1' | 'p2',
  species: string,
  over: Partial<PokemonState> & { readonly moveIds?: readonly string[]; readonly gen?: number } = {},
): PokemonState {
  const { moveIds = [], gen = 9, ...rest } = over;
  const found = findSpecies(gen, species);
  if (!found) throw new Error(`no species ${species}`);
  const level = over.level ?? 80;
  const { hp, ...stats } = statsOf(gen, found, { level, nature: 'serious', evs: EVS, ivs: IVS });
  return {
    id: `${side}-${species}`,
    side,
    species: found.name,
    baseSpecies: found.name,
    level,
    gender: 'N',
    position: 0,
    hp: 1,
    fainted: false,
    statusTurns: 0,
    boosts: {},
    volatiles: {},
    types: found.types,
    terastallized: false,
    moves: moveIds.map((id) => ({ id, pp: 8, maxPp: 8 })),
    justSwitchedIn: false,
    ...(side === 'p1' ? { stats, maxHp: hp, item: '', ability: 'none' } : {}),
    ...rest,
  };
}

/** A side with the first of its Pokémon on the field and the others on the bench. */
export function side(team: readonly PokemonState[], over: Partial<SideState> = {}): SideState {
  return {
    id: team[0]?.side ?? 'p1',
    teamSize: team.length,
    pokemon: team,
    active: [team.find(({ position }) => position === 0) ?? null],
    conditions: {},
    fainted: 0,
    spent: [],
    ...over,
  };
}

/** A state of p1 in a custom game, where only the Pokémon themselves show what their sets are. */
export function state(
  own: SideState,
  foe: SideState,
  over: Partial<Omit<BattleState, 'field'>> & { readonly field?: Partial<FieldState> } = {},
): BattleState {
  return {
    gen: 9,
    gameType: 'singles',
    format: 'gen9customgame',
    turn: 5,
    side: 'p1',
    own,
    foe,
    ...over,
    field: { conditions: {}, ...over.field },
  };
}

/** A set with an even spread. */
export function set(over: Partial<CandidateSet> = {}): CandidateSet {
  return {
    moves: [],
    item: '',
    ability: 'none',
    level: 80,
    nature: 'serious',
    evs: EVS,
    ivs: IVS,
    weight: 1,
    ...over,
  };
}
