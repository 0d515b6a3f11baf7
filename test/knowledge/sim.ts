import { TeamGenerators } from '@pkmn/randoms';
import { Battle, type ID, type Pokemon, type PRNGSeed, Teams } from '@pkmn/sim';
import type {
  BattleState,
  ConditionState,
  PokemonState,
  SideId,
  SideState,
  StatusId,
} from '../../src/battle/state.ts';
import type { CandidateSet, LikelySets } from '../../src/knowledge/likely-sets.ts';
import { createRandom, type Random } from '../../src/util/random.ts';

Teams.setGeneratorFactory(TeamGenerators);

const toId = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** A simulator battle between two teams, random or given. */
export function newBattle(format: string, seed: string): Battle {
  const random = createRandom(seed);
  const battle = new Battle({ formatid: format as ID, seed: random.simSeed() as PRNGSeed });
  for (const side of ['p1', 'p2'] as const) {
    const team = Teams.generate(format, { seed: random.simSeed() as PRNGSeed });
    battle.setPlayer(side, { name: side, team });
  }
  return battle;
}

/** A random choice for a side's request; `default` where a random one is not accepted. */
function chooseRandomly(battle: Battle, side: SideId, random: Random): void {
  const player = battle[side];
  const request = player.activeRequest;
  if (!request || 'wait' in request) return;
  for (let attempt = 0; attempt < 8; attempt++) {
    const parts = player.active.map((_, index) => slotChoice(player, index, random));
    if (battle.choose(side, parts.join(', '))) return;
  }
  battle.choose(side, 'default');
}

function slotChoice(side: Battle['p1'], index: number, random: Random): string {
  const request = side.activeRequest;
  const bench = side.pokemon.flatMap((pokemon, position) =>
    pokemon.fainted || pokemon.isActive ? [] : [position + 1],
  );
  if (request && 'forceSwitch' in request) {
    return request.forceSwitch?.[index] && bench.length > 0 ? `switch ${random.pick(bench)}` : 'pass';
  }
  if (!request || !('active' in request)) return 'default';
  if (bench.length > 0 && random.next() < 0.15) return `switch ${random.pick(bench)}`;
  const count = request.active[index]?.moves.length ?? 1;
  const gimmick = random.next() < 0.1 ? ' terastallize' : '';
  const target = side.active.length > 1 ? ` ${random.pick([1, 2])}` : '';
  return `move ${1 + random.below(count)}${random.next() < 0.5 ? target : ''}${gimmick}`;
}

/** Plays a battle to its end, or to a turn limit, with random choices. */
export function playOut(battle: Battle, seed: string, onTurn: () => void = () => {}, limit = 200): void {
  const random = createRandom(seed);
  while (!battle.ended && battle.turn < limit) {
    onTurn();
    for (const side of ['p1', 'p2'] as const) chooseRandomly(battle, side, random);
  }
}

/** The id that {@link stateFromSim} gives a Pokémon. */
function simId(pokemon: Pokemon): string {
  return `${pokemon.side.id}-${pokemon.side.team.indexOf(pokemon.set)}`;
}

/** One Pokémon as it truly is in the simulator now. */
export function pokemonFromSim(pokemon: Pokemon): PokemonState {
  const battle = pokemon.battle;
  const volatiles: Record<string, number> = {};
  for (const [id, state] of Object.entries(pokemon.volatiles)) {
    const known = id === 'unburden' ? 'itemremoved' : `${id}${state.bestStat ?? ''}`;
    volatiles[known] = state.layers ?? 1;
  }
  const fallen = pokemon.abilityState.fallen;
  if (fallen) volatiles[`fallen${fallen}`] = 1;
  // The protocol announces these as conditions.
  if (pokemon.transformed) volatiles.transform = 1;
  if (pokemon.abilityState.counter && pokemon.ability === 'slowstart') volatiles.slowstart = 1;
  if (pokemon.abilityState.protean || pokemon.abilityState.libero) volatiles.typechange = 1;
  return {
    id: simId(pokemon),
    side: pokemon.side.id as SideId,
    species: pokemon.species.name,
    baseSpecies: pokemon.baseSpecies.name,
    level: pokemon.level,
    gender: (pokemon.gender || 'N') as PokemonState['gender'],
    ...(pokemon.isActive ? { position: pokemon.position } : {}),
    hp: pokemon.hp / pokemon.maxhp,
    maxHp: pokemon.maxhp,
    fainted: pokemon.fainted,
    ...(pokemon.status ? { status: pokemon.status as StatusId } : {}),
    statusTurns: 0,
    boosts: { ...pokemon.boosts },
    volatiles,
    types: pokemon.getTypes(),
    ...(battle.gen >= 9 ? { teraType: pokemon.teraType } : {}),
    terastallized: Boolean(pokemon.terastallized),
    ability: pokemon.ability,
    baseAbility: pokemon.baseAbility,
    item: pokemon.item,
    ...(pokemon.lastItem ? { lastItem: pokemon.lastItem } : {}),
    moves: pokemon.moveSlots.map(({ id, pp, maxpp }) => ({ id: requestId(pokemon, id), pp, maxPp: maxpp })),
    stats: pokemon.storedStats,
    justSwitchedIn: pokemon.activeMoveActions === 0,
  };
}

/** Hidden Power's id with its type and power, as in requests. */
export function requestId(pokemon: Pokemon, id: string): string {
  if (id !== 'hiddenpower') return id;
  return `hiddenpower${toId(pokemon.hpType)}${pokemon.hpPower}`;
}

function sideFromSim(battle: Battle, id: SideId): SideState {
  const side = battle[id];
  const conditions: Record<string, ConditionState> = {};
  for (const [key, state] of Object.entries(side.sideConditions)) {
    conditions[key] = { layers: state.layers ?? 1 };
  }
  const pokemon = side.pokemon.map(pokemonFromSim);
  return {
    id,
    teamSize: side.pokemon.length,
    pokemon,
    active: side.active.map((active) => pokemon.find(({ id }) => active && id === simId(active)) ?? null),
    conditions,
    fainted: side.totalFainted,
    spent: side.pokemon.some((member) => member.terastallized) ? ['terastallize'] : [],
  };
}

/** The complete current truth of a simulated battle, in the form of one side's state. */
export function stateFromSim(battle: Battle, side: SideId): BattleState {
  const conditions: Record<string, ConditionState> = {};
  for (const id of Object.keys(battle.field.pseudoWeather)) conditions[id] = { layers: 1 };
  return {
    gen: battle.gen,
    gameType: battle.gameType === 'doubles' ? 'doubles' : 'singles',
    format: battle.format.id,
    turn: battle.turn,
    side,
    own: sideFromSim(battle, side),
    foe: sideFromSim(battle, side === 'p1' ? 'p2' : 'p1'),
    field: {
      ...(battle.field.weather ? { weather: battle.field.weather } : {}),
      ...(battle.field.terrain ? { terrain: battle.field.terrain } : {}),
      conditions,
    },
  };
}

/** The set that a simulated Pokémon was brought with. */
export function trueSet(pokemon: Pokemon): CandidateSet {
  const { set } = pokemon;
  return {
    moves: set.moves.map(toId),
    item: toId(set.item ?? ''),
    ability: toId(set.ability ?? ''),
    ...(set.teraType ? { teraType: set.teraType } : {}),
    level: set.level ?? 100,
    nature: toId(set.nature ?? ''),
    evs: set.evs,
    ivs: set.ivs,
    weight: 1,
  };
}

/** Certainty about one set. */
export function certain(set: CandidateSet): LikelySets {
  return {
    sets: [set],
    moves: set.moves.map((move) => [move, 1] as const),
    items: [[set.item, 1]],
    abilities: [[set.ability, 1]],
    teraTypes: set.teraType ? [[set.teraType, 1]] : [],
    source: { basis: 'own' },
  };
}

/** What a wrapped battle reports just before the simulator computes damage, and the result. */
export interface ReckonedHit {
  readonly source: Pokemon;
  readonly target: Pokemon;
  /** Id as in requests. */
  readonly move: string;
  readonly type: string;
  readonly crit: boolean;
  /** HP points before Substitute, Sturdy and similar effects; 0 when the move had no effect. */
  readonly damage: number;
  /** The simulator's own type multiplier, 0 for an immunity by type. */
  readonly effectiveness: number;
}

/**
 * Calls back at every first hit of an attack that the simulator computes.
 *
 * @param before called with access to the whole truth; its result is passed on
 * @param after called with the outcome
 */
export function onDamage<T>(
  battle: Battle,
  before: (source: Pokemon, target: Pokemon, move: string) => T,
  after: (hit: ReckonedHit, prediction: T) => void,
): void {
  const { actions } = battle;
  const reckon = actions.getDamage.bind(actions);
  actions.getDamage = (source, target, move, quiet) => {
    const plain = typeof move === 'object' && Boolean(move.id) && !move.isZ && !move.isMax;
    const first = plain && !(move.hit > 1) && move.category !== 'Status' && source !== target;
    // One side's state does not describe a transformed Pokémon exactly.
    if (!first || source.transformed || target.transformed) return reckon(source, target, move, quiet);
    const id = requestId(source, move.id);
    const prediction = before(source, target, id);
    const effectiveness = target.runImmunity(move) ? 2 ** target.runEffectiveness(move) : 0;
    const damage = reckon(source, target, move, quiet);
    const { crit } = target.getMoveHitData(move);
    after(
      { source, target, move: id, type: move.type, crit, damage: Number(damage) || 0, effectiveness },
      prediction,
    );
    return damage;
  };
}
