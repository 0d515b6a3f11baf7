import type { Battle, Pokemon, Side } from '@pkmn/client';
import { generations, toId } from './generations.ts';
import type { BattleRequest, RequestPokemon } from './request.ts';
import { isFainted, requestSpecies } from './request.ts';
import type {
  BattleState,
  ConditionState,
  FieldState,
  KnownMove,
  PokemonState,
  SideId,
  SideState,
  StatusId,
} from './state.ts';

/** What the tracker keeps beside the client's battle. */
export interface SnapshotContext {
  readonly battle: Battle;
  readonly side: SideId;
  readonly format: string;
  readonly request: BattleRequest | undefined;
  readonly weather: string | undefined;
  readonly result: BattleState['result'];
  readonly spent: Readonly<Record<SideId, readonly string[]>>;
  idOf(pokemon: Pokemon): string;
  /** The turn in which a Pokémon last came in. */
  arrival(id: string): number | undefined;
}

/**
 * The state of a battle as plain data. The client's known gaps are closed from the request: own HP in points, moves,
 * PP, items, abilities, stats and tera types are the request's.
 */
export function snapshot(context: SnapshotContext): BattleState {
  const { battle } = context;
  const own = battle[context.side];
  const foe = battle[context.side === 'p1' ? 'p2' : 'p1'];
  return {
    gen: battle.gen.num,
    gameType: battle.gameType === 'doubles' ? 'doubles' : 'singles',
    format: context.format,
    turn: battle.turn,
    side: context.side,
    own: sideState(own, context, context.request?.side?.pokemon),
    foe: sideState(foe, context, undefined),
    field: fieldState(context),
    ...(context.result === undefined ? {} : { result: context.result }),
  };
}

/** The client's own `side.id` is the player's name. */
export function sideId(side: Side): SideId {
  return side.n === 0 ? 'p1' : 'p2';
}

function sideState(
  side: Side,
  context: SnapshotContext,
  request: readonly RequestPokemon[] | undefined,
): SideState {
  const byClient = new Map<Pokemon, PokemonState>();
  for (const [index, pokemon] of side.team.entries()) {
    // The client has put its team into the request's order, so positions match.
    byClient.set(pokemon, pokemonState(pokemon, context, request?.[index], index));
  }
  const pokemon = [...byClient.values()].sort((a, b) => teamIndex(a.id) - teamIndex(b.id));
  return {
    id: sideId(side),
    teamSize: Math.max(side.totalPokemon, side.team.length),
    pokemon,
    active: side.active.map((active) => (active ? (byClient.get(active) ?? null) : null)),
    conditions: conditions(side.sideConditions),
    fainted: pokemon.filter((member) => member.fainted).length,
    spent: context.spent[sideId(side)],
  };
}

function teamIndex(id: string): number {
  return Number(id.slice(3));
}

function pokemonState(
  pokemon: Pokemon,
  context: SnapshotContext,
  request: RequestPokemon | undefined,
  index: number,
): PokemonState {
  const id = context.idOf(pokemon);
  const position = pokemon.side.active.indexOf(pokemon);
  const arrival = context.arrival(id);
  const hp = request ? requestHp(request) : { hp: pokemon.maxhp > 0 ? pokemon.hp / pokemon.maxhp : 0 };
  const fainted = request ? isFainted(request) : pokemon.fainted;
  const ability = request ? (request.ability ?? request.baseAbility) : pokemon.ability;
  const baseAbility = request ? request.baseAbility : pokemon.baseAbility;
  const item = request ? request.item : knownItem(pokemon);
  const teraType = request?.teraType ?? pokemon.terastallized ?? pokemon.teraType;
  return {
    id,
    side: sideId(pokemon.side),
    species: pokemon.volatiles.transform ? pokemon.speciesForme : currentForme(pokemon),
    baseSpecies: request ? requestSpecies(request) : pokemon.baseSpeciesForme,
    level: pokemon.level,
    gender: pokemon.gender,
    ...(request ? { requestSlot: index + 1, stats: request.stats } : {}),
    ...(position >= 0 ? { position } : {}),
    ...hp,
    fainted,
    ...(pokemon.status && !fainted ? { status: pokemon.status as StatusId } : {}),
    statusTurns: statusTurns(pokemon),
    boosts: { ...pokemon.boosts },
    volatiles: volatiles(pokemon),
    types: types(pokemon),
    ...(teraType ? { teraType } : {}),
    terastallized: pokemon.isTerastallized,
    ...(ability ? { ability } : {}),
    ...(baseAbility ? { baseAbility } : {}),
    ...(item === undefined ? {} : { item }),
    ...(pokemon.lastItem ? { lastItem: pokemon.lastItem } : {}),
    moves: request ? ownMoves(pokemon, request, context, position) : seenMoves(pokemon),
    ...(pokemon.lastMove ? { lastMove: pokemon.lastMove } : {}),
    justSwitchedIn: position >= 0 && arrival !== undefined && arrival >= pokemon.side.battle.turn - 1,
  };
}

/** The client reads some formes, e.g. Greninja-Bond, as their base; the details of the last switch know better. */
function currentForme(pokemon: Pokemon): string {
  const detailed = pokemon.details.split(',', 1)[0];
  return detailed &&
    pokemon.speciesForme === pokemon.baseSpecies.name &&
    toId(detailed).startsWith(toId(pokemon.speciesForme))
    ? detailed
    : pokemon.speciesForme;
}

function requestHp(request: RequestPokemon): Pick<PokemonState, 'hp' | 'maxHp'> {
  const [points] = request.condition.split(' ', 1);
  const [current = 0, max = 0] = (points ?? '').split('/').map(Number);
  return max > 0 ? { hp: current / max, maxHp: max } : { hp: 0 };
}

function knownItem(pokemon: Pokemon): string | undefined {
  if (pokemon.item) return pokemon.item;
  return pokemon.lastItem || pokemon.volatiles.itemremoved ? '' : undefined;
}

function statusTurns(pokemon: Pokemon): number {
  if (pokemon.status === 'slp') return pokemon.statusState.sleepTurns;
  if (pokemon.status === 'tox') return pokemon.statusState.toxicTurns;
  return 0;
}

/** The client's bookkeeping that is no volatile condition of the game. */
const NOT_VOLATILE = new Set(['itemremoved', 'formechange']);

function volatiles(pokemon: Pokemon): Record<string, number> {
  const result: Record<string, number> = {};
  for (const [id, effect] of Object.entries(pokemon.volatiles)) {
    if (NOT_VOLATILE.has(id)) continue;
    const level = typeof effect.duration === 'number' ? effect.duration : (effect.level ?? 1);
    result[`${id}${effect.stat ?? ''}`] = level;
  }
  return result;
}

function types(pokemon: Pokemon): string[] {
  const own = [...pokemon.types] as string[];
  const added = pokemon.addedType as string | undefined;
  return added && !pokemon.isTerastallized && !own.includes(added) ? [...own, added] : own;
}

function maxPp(basePp: number): number {
  return basePp === 1 ? 1 : Math.floor((basePp * 8) / 5);
}

function seenMoves(pokemon: Pokemon): KnownMove[] {
  return pokemon.moveSlots
    .filter((slot) => !slot.virtual)
    .map((slot) => {
      const id = moveId(slot.id);
      const max = moveMaxPp(pokemon, id);
      return { id, pp: Math.max(0, max - leastUsed(slot.ppUsed)), maxPp: max };
    });
}

function moveMaxPp(pokemon: Pokemon, id: string): number {
  const move = pokemon.side.battle.gen.moves.get(id) ?? generations.dex.moves.get(id);
  return maxPp(move.pp ?? 1);
}

function leastUsed(used: number | [number, number]): number {
  return Array.isArray(used) ? used[0] : used;
}

/** The dex knows `hiddenpowerfire` and `return`; requests say `hiddenpowerfire60` and `return102`. */
function moveId(id: string): string {
  return /^(hiddenpower[a-z]*|return|frustration)\d+$/.test(id) ? id.replace(/\d+$/, '') : id;
}

function ownMoves(
  pokemon: Pokemon,
  request: RequestPokemon,
  context: SnapshotContext,
  position: number,
): KnownMove[] {
  const active =
    context.request?.type === 'move' && position >= 0 ? context.request.active[position] : undefined;
  return request.moves.map((raw) => {
    const id = moveId(raw);
    const base = id.startsWith('hiddenpower') ? 'hiddenpower' : id;
    const asked = active?.moves.find((move) => move.id === base || move.id === id);
    if (asked?.pp !== undefined && asked.maxpp !== undefined) return { id, pp: asked.pp, maxPp: asked.maxpp };
    const tracked = pokemon.moveSlots.find((slot) => moveId(slot.id) === id || slot.id === base);
    const max = moveMaxPp(pokemon, id);
    return { id, pp: Math.max(0, max - leastUsed(tracked?.ppUsed ?? 0)), maxPp: max };
  });
}

function turnsLeft(least: number, most: number): readonly [number, number] | undefined {
  if (least <= 0 && most <= 0) return undefined;
  return [Math.max(1, least), Math.max(1, least, most)];
}

interface ClientCondition {
  readonly level?: number;
  readonly minDuration: number;
  readonly maxDuration: number;
}

function conditions(source: Readonly<Record<string, ClientCondition>>): Record<string, ConditionState> {
  const result: Record<string, ConditionState> = {};
  for (const [id, condition] of Object.entries(source)) {
    const left = turnsLeft(condition.minDuration, condition.maxDuration);
    result[id] = { layers: condition.level ?? 1, ...(left ? { turnsLeft: left } : {}) };
  }
  return result;
}

function fieldState(context: SnapshotContext): FieldState {
  const { field } = context.battle;
  const weatherLeft = turnsLeft(field.weatherState.minDuration, field.weatherState.maxDuration);
  const terrain = field.terrain ? `${field.terrain.toLowerCase()}terrain` : undefined;
  const terrainLeft = turnsLeft(field.terrainState.minDuration, field.terrainState.maxDuration);
  return {
    ...(context.weather ? { weather: context.weather } : {}),
    ...(context.weather && weatherLeft ? { weatherTurnsLeft: weatherLeft } : {}),
    ...(terrain ? { terrain } : {}),
    ...(terrain && terrainLeft ? { terrainTurnsLeft: terrainLeft } : {}),
    conditions: conditions(field.pseudoWeather),
  };
}
