import type { Battle, Pokemon, PokemonSet, Side } from '@pkmn/sim';
import type {
  BattleState,
  BoostId,
  ConditionState,
  FieldState,
  KnownMove,
  PokemonState,
  SideState,
  StatusId,
} from '../../battle/state.ts';
import { inOrder } from './simulator-world.ts';

/** Identifies Pokémon: the set of each Pokémon of a world, by its id. Copies of a battle share sets. */
export type Roster = ReadonlyMap<string, PokemonSet>;

/** The roster of a battle that `simulatorWorld` has just made. */
export function rosterOf(battle: Battle, world: BattleState): Roster {
  const roster = new Map<string, PokemonSet>();
  for (const half of [world.own, world.foe]) {
    const { pokemon } = battle.getSide(half.id);
    for (const [index, { id }] of inOrder(half).entries()) {
      const made = pokemon[index];
      if (made) roster.set(id, made.set);
    }
  }
  return roster;
}

/** The Pokémon of a side with an id of the world. */
export function pokemonOf(side: Side, roster: Roster, id: string): Pokemon | undefined {
  const set = roster.get(id);
  return side.pokemon.find((pokemon) => pokemon.set === set);
}

/**
 * The world as a battle in the simulator has changed it: the inverse of `simulatorWorld`. Nothing in it is unknown,
 * turns left included.
 *
 * @param world what the battle was made from
 */
export function worldAfter(battle: Battle, world: BattleState, roster: Roster): BattleState {
  return {
    ...world,
    turn: battle.turn,
    own: sideAfter(battle.getSide(world.own.id), world.own, roster),
    foe: sideAfter(battle.getSide(world.foe.id), world.foe, roster),
    field: fieldAfter(battle),
  };
}

function sideAfter(side: Side, state: SideState, roster: Roster): SideState {
  const pokemon = state.pokemon.map((known) => {
    const now = pokemonOf(side, roster, known.id);
    return now ? pokemonAfter(now, known) : known;
  });
  const active = side.active.map((standing) => {
    const index = state.pokemon.findIndex(({ id }) => roster.get(id) === standing?.set);
    return pokemon[index] ?? null;
  });
  return {
    ...state,
    pokemon,
    active,
    conditions: conditionsAfter(side.sideConditions),
    fainted: pokemon.filter(({ fainted }) => fainted).length,
    spent: [...new Set([...state.spent, ...spentBy(side)])],
  };
}

function spentBy(side: Side): string[] {
  const { battle, pokemon } = side;
  const spent: string[] = [];
  if (side.zMoveUsed) spent.push('zmove');
  if (battle.gen === 8 && side.dynamaxUsed) spent.push('dynamax');
  if (battle.gen >= 9 && pokemon.every(({ canTerastallize }) => !canTerastallize)) spent.push('terastallize');
  if (pokemon.some(({ species }) => species.isMega)) spent.push('mega');
  if (pokemon.some(({ species }) => species.forme === 'Ultra')) spent.push('ultra');
  return spent;
}

function pokemonAfter(pokemon: Pokemon, known: PokemonState): PokemonState {
  const { hp, maxhp, fainted, status, statusState, species, isActive } = pokemon;
  const turns = status === 'tox' ? statusState.stage : statusState.startTime - statusState.time;
  return {
    ...known,
    species: fainted ? known.species : species.name,
    position: isActive && !fainted ? pokemon.position : undefined,
    hp: hp / maxhp,
    maxHp: maxhp,
    fainted,
    status: status && !fainted ? (status as StatusId) : undefined,
    statusTurns: Number.isFinite(turns) ? turns : 0,
    boosts: stagesOf(pokemon),
    volatiles: fainted ? {} : volatilesAfter(pokemon),
    types: pokemon.getTypes(),
    terastallized: Boolean(pokemon.terastallized),
    ability: pokemon.ability,
    baseAbility: pokemon.baseAbility,
    item: pokemon.item,
    lastItem: pokemon.lastItem || undefined,
    // Under Transform a world keeps the stats of its own species.
    stats: pokemon.transformed ? known.stats : { ...pokemon.storedStats },
    moves: movesAfter(pokemon, known),
    lastMove: isActive ? pokemon.lastMove?.id : undefined,
    justSwitchedIn: isActive && pokemon.activeMoveActions === 0,
  };
}

function stagesOf({ boosts }: Pokemon): Partial<Record<BoostId, number>> {
  return Object.fromEntries(Object.entries(boosts).filter(([, stage]) => stage !== 0));
}

/** Moves with their remaining PP; those of another after Transform or Mimic. */
function movesAfter({ moveSlots }: Pokemon, { moves }: PokemonState): KnownMove[] {
  return moveSlots.map(({ id, pp, maxpp }, slot) => {
    const known = moves[slot];
    // The simulator leaves the type of Hidden Power out of its id.
    const same = known && (known.id === id || (id === 'hiddenpower' && known.id.startsWith(id)));
    return { id: same ? known.id : id, pp, maxPp: maxpp };
  });
}

function volatilesAfter(pokemon: Pokemon): Record<string, number> {
  const volatiles: Record<string, number> = {};
  for (const [id, state] of Object.entries(pokemon.volatiles)) {
    if (id === 'protosynthesis' || id === 'quarkdrive') volatiles[id + state.bestStat] = 1;
    else if (id === 'perishsong') volatiles.perishsong = state.duration ?? 3;
    else if (id === 'unburden') volatiles.itemremoved = 1;
    else volatiles[id] = 1;
  }
  if (pokemon.transformed) volatiles.transform = 1;
  if (pokemon.types.join() !== pokemon.species.types.join()) volatiles.typechange = 1;
  return volatiles;
}

type EffectStates = Side['sideConditions'];

function conditionsAfter(conditions: EffectStates): Record<string, ConditionState> {
  return Object.fromEntries(
    Object.entries(conditions).map(([id, { layers = 1, duration }]) => [
      id,
      { layers, turnsLeft: turnsLeft(duration) },
    ]),
  );
}

const turnsLeft = (duration: number | undefined): readonly [number, number] | undefined =>
  duration ? [duration, duration] : undefined;

function fieldAfter({ field }: Battle): FieldState {
  return {
    weather: field.weather || undefined,
    weatherTurnsLeft: turnsLeft(field.weatherState.duration),
    terrain: field.terrain || undefined,
    terrainTurnsLeft: turnsLeft(field.terrainState.duration),
    conditions: conditionsAfter(field.pseudoWeather),
  };
}
