import type { Battle, Pokemon, Side } from '@pkmn/client';
import type { BenchCache } from './bench-cache.ts';
import { BINDING_MOVES } from './binding-moves.ts';
import { knownItem } from './client-corrections/held-items.ts';
import type { FirstGeneration } from './first-generation.ts';
import { FUTURE_MOVES } from './future-moves.ts';
import { HIDDEN_FORMES } from './hidden-formes.ts';
import type { ImpliedConditions } from './implied-conditions.ts';
import { ownMoves, seenMoves } from './known-moves.ts';
import type { RequestPokemon } from './request.ts';
import { requestSpecies } from './request.ts';
import type {
  BattleState,
  BoostId,
  ConditionState,
  FieldState,
  PokemonState,
  SideId,
  SideState,
  StatusId,
} from './state.ts';

/** What the tracker keeps in addition to the client's battle. */
export interface SnapshotContext {
  readonly battle: Battle;
  readonly side: SideId;
  readonly format: string;
  /** Our side in the last request. */
  readonly team: readonly RequestPokemon[] | undefined;
  /** Sizes of the teams as announced. */
  readonly teamSize: Readonly<Partial<Record<SideId, number>>>;
  readonly weather: string | undefined;
  /** Turns in which Future Sight and Doom Desire were used, by target side. */
  readonly futureMoves: Readonly<Record<SideId, ReadonlyMap<string, readonly number[]>>>;
  /** Moves learned by Mimic, by Pokémon. */
  readonly mimicked: ReadonlyMap<Pokemon, string>;
  /** How many have fainted that are not among the Pokémon seen. */
  readonly faintedUnseen: Readonly<Record<SideId, number>>;
  readonly result: BattleState['result'];
  readonly spent: Readonly<Record<SideId, readonly string[]>>;
  /** The turn in which each Pokémon last came in, by id. */
  readonly arrivals: ReadonlyMap<string, number>;
  readonly implied: ImpliedConditions;
  readonly firstGeneration: FirstGeneration;
  readonly idOf: (pokemon: Pokemon) => string;
  /** States of benched Pokémon that have not changed since they were taken. */
  readonly unchanged: BenchCache;
}

/**
 * The state of a battle as plain data. What the client lacks comes from the request: our HP in points, moves, PP,
 * items, abilities, stats and tera types.
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
    own: sideState(own, context, context.team),
    foe: sideState(foe, context, undefined),
    field: fieldState(context),
    result: context.result,
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
    const known = context.unchanged.stateOf(pokemon, request && index + 1);
    byClient.set(pokemon, known ?? pokemonState(pokemon, context, request?.[index], index));
  }
  context.unchanged.keep(side, byClient);
  const id = sideId(side);
  const teamSize = context.teamSize[id] ?? (side.team.length || 6);
  const pokemon = brought([...byClient.values()], teamSize, context).sort((a, b) => bySeat(a.id, b.id));
  return {
    id,
    teamSize,
    pokemon,
    active: side.active.map((active) => (active ? (byClient.get(active) ?? null) : null)),
    conditions: { ...conditions(side.sideConditions), ...futureMoves(side, context) },
    fainted: pokemon.filter((member) => member.fainted).length + (request ? 0 : context.faintedUnseen[id]),
    spent: context.spent[id],
    ...(context.implied.hasJustLost(id) ? { justLost: true } : {}),
  };
}

/** The Pokémon that can be in the battle: some formats preview more, until as many as were brought have come in. */
function brought(pokemon: PokemonState[], teamSize: number, { arrivals }: SnapshotContext): PokemonState[] {
  if (pokemon.length <= teamSize) return pokemon;
  const met = pokemon.filter(({ id }) => arrivals.has(id));
  return met.length === teamSize ? met : pokemon;
}

/** `p1-2` before `p1-10`. */
function bySeat(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function pokemonState(
  pokemon: Pokemon,
  context: SnapshotContext,
  request: RequestPokemon | undefined,
  index: number,
): PokemonState {
  const id = context.idOf(pokemon);
  const position = pokemon.side.active.indexOf(pokemon);
  const arrival = context.arrivals.get(id);
  const { fainted } = pokemon;
  const { ability, baseAbility } = abilities(pokemon);
  const item = request ? pokemon.item : knownItem(pokemon);
  const teraType = request?.teraType ?? pokemon.terastallized ?? pokemon.teraType;
  return {
    id,
    side: sideId(pokemon.side),
    species: currentForme(pokemon),
    baseSpecies: request ? requestSpecies(request) : shownForme(pokemon.baseSpeciesForme),
    level: pokemon.level,
    gender: pokemon.gender,
    requestSlot: request && index + 1,
    stats: request?.stats,
    position: position >= 0 ? position : undefined,
    hp: hpFraction(pokemon),
    ...(request ? {} : hpSteps(pokemon)),
    maxHp: request && pokemon.maxhp > 0 ? pokemon.maxhp : undefined,
    fainted,
    status: fainted ? undefined : (pokemon.status as StatusId | undefined),
    statusTurns: statusTurns(pokemon),
    boosts: boosts(pokemon),
    volatiles: volatiles(pokemon),
    types: types(pokemon),
    teraType: teraType || undefined,
    terastallized: pokemon.isTerastallized,
    ...(pokemon.isTerastallized ? underTera(pokemon, context.implied) : {}),
    ability: ability || undefined,
    baseAbility: baseAbility || undefined,
    item,
    lastItem: pokemon.lastItem || undefined,
    moves: request ? ownMoves(pokemon, request, context.mimicked.get(pokemon)) : seenMoves(pokemon),
    lastMove: pokemon.lastMove || undefined,
    ...(pokemon.timesAttacked > 0 ? { timesHit: pokemon.timesAttacked } : {}),
    ...(position >= 0 ? past(pokemon, context) : {}),
    justSwitchedIn: position >= 0 && arrival !== undefined && arrival >= pokemon.side.battle.turn - 1,
  };
}

/** A Pokémon whose HP were never shown is taken to be at full HP. */
function hpFraction({ fainted, hp, maxhp }: Pokemon): number {
  if (maxhp > 0) return hp / maxhp;
  return fainted ? 0 : 1;
}

function hpSteps({ maxhp, hpcolor }: Pokemon): Pick<PokemonState, 'hpSteps' | 'hpColor'> {
  if (maxhp <= 0 || maxhp === 100) return {};
  const isShown = maxhp === 48 && (hpcolor === 'g' || hpcolor === 'y' || hpcolor === 'r');
  return { hpSteps: maxhp, ...(isShown ? { hpColor: hpcolor } : {}) };
}

/** What has happened to a Pokémon on the field. */
function past(
  pokemon: Pokemon,
  { implied, firstGeneration, idOf }: SnapshotContext,
): Pick<
  PokemonState,
  'statChanges' | 'copyOf' | 'statPenalties' | 'binding' | 'streak' | 'metronomeRow' | 'lastMoveFailed'
> {
  const statChanges = implied.statChanges(pokemon);
  const streak = implied.streak(pokemon);
  const metronomeRow = implied.metronomeRow(pokemon);
  const origin = implied.originOf(pokemon);
  const statPenalties = firstGeneration.penalties(pokemon);
  const binding = firstGeneration.binding(pokemon, idOf);
  return {
    ...(statChanges.length > 0 ? { statChanges } : {}),
    ...(origin ? { copyOf: idOf(origin) } : {}),
    ...(statPenalties ? { statPenalties } : {}),
    ...(binding ? { binding } : {}),
    ...(streak ? { streak } : {}),
    ...(metronomeRow ? { metronomeRow } : {}),
    ...(implied.hasFailed(pokemon) ? { lastMoveFailed: true } : {}),
  };
}

function underTera(
  pokemon: Pokemon,
  implied: ImpliedConditions,
): Pick<PokemonState, 'typesUnderTera' | 'stellarMoves'> {
  const changed: string | undefined = pokemon.volatiles.typechange?.apparentType;
  const stellarMoves = implied.stellarMoves(pokemon);
  return {
    typesUnderTera: changed?.split('/') ?? pokemon.species?.types ?? [],
    ...(stellarMoves.length > 0 ? { stellarMoves } : {}),
  };
}

function currentForme(pokemon: Pokemon): string {
  const species = shownForme(pokemon.speciesForme);
  const other = HIDDEN_FORMES.get(species);
  return other && other.ability === pokemon.baseAbility ? other.forme : species;
}

/** Team preview hides some formes: `Urshifu-*`. */
function shownForme(species: string): string {
  return species.endsWith('-*') ? species.slice(0, -2) : species;
}

/** There are no abilities before generation 3. */
function abilities({ ability, baseAbility, side }: Pokemon): Pick<PokemonState, 'ability' | 'baseAbility'> {
  return side.battle.gen.num < 3 ? {} : { ability, baseAbility };
}

/** Bad poison grows no worse than fifteen sixteenths. */
const MOST_TOXIC_TURNS = 15;

function statusTurns(pokemon: Pokemon): number {
  if (pokemon.status === 'slp') return pokemon.statusState.sleepTurns;
  if (pokemon.status === 'tox') return Math.min(MOST_TOXIC_TURNS, pokemon.statusState.toxicTurns);
  return 0;
}

const BOOSTS: readonly BoostId[] = ['atk', 'def', 'spa', 'spd', 'spe', 'accuracy', 'evasion'];

function boosts(pokemon: Pokemon): Partial<Record<BoostId, number>> {
  const result: Partial<Record<BoostId, number>> = {};
  for (const stat of BOOSTS) {
    const stages = pokemon.boosts[stat];
    if (stages) result[stat] = Math.max(-6, Math.min(6, stages));
  }
  return result;
}

/** Entries that the client keeps among volatiles and that are no condition of the game. */
const NOT_VOLATILE = new Set(['formechange']);

/** Turns left for conditions that count down, layers for those that stack. */
function volatileLevel(id: string, { duration, level }: Pokemon['volatiles'][string]): number {
  if (typeof duration === 'number') return duration;
  return id === 'transform' ? 1 : (level ?? 1);
}

function volatiles(pokemon: Pokemon): Record<string, number> {
  const result: Record<string, number> = {};
  for (const [id, effect] of Object.entries(pokemon.volatiles)) {
    if (NOT_VOLATILE.has(id)) continue;
    result[`${id}${effect.stat ?? ''}`] = volatileLevel(id, effect);
    if (BINDING_MOVES.has(id)) result.partiallytrapped = 1;
  }
  return result;
}

/** None for a species that the client's data lack: it then has no species object to ask. */
function types(pokemon: Pokemon): string[] {
  const own = pokemon.species ? ([...pokemon.types] as string[]) : [];
  const added = pokemon.addedType as string | undefined;
  return added && !pokemon.isTerastallized && !own.includes(added) ? [...own, added] : own;
}

function turnsLeft(least: number, most: number): readonly [number, number] | undefined {
  if (least <= 0 && most <= 0) return undefined;
  // When the shortest time has passed, or there is only one possibility, the longest is how long it will be.
  return least <= 0 ? [most, most] : [least, Math.max(least, most)];
}

interface ClientCondition {
  readonly level?: number;
  readonly minDuration: number;
  readonly maxDuration: number;
}

function conditions(source: Readonly<Record<string, ClientCondition>>): Record<string, ConditionState> {
  const result: Record<string, ConditionState> = {};
  for (const [id, condition] of Object.entries(source)) {
    if (FUTURE_MOVES.has(id)) continue;
    const left = turnsLeft(condition.minDuration, condition.maxDuration);
    result[id] = { layers: condition.level ?? 1, ...(left ? { turnsLeft: left } : {}) };
  }
  return result;
}

function futureMoves(side: Side, context: SnapshotContext): Record<string, ConditionState> {
  const result: Record<string, ConditionState> = {};
  for (const [id, [used]] of context.futureMoves[sideId(side)]) {
    if (used === undefined) continue;
    const left = used + 3 - side.battle.turn;
    result[id] = { layers: 1, turnsLeft: [left, left] };
  }
  return result;
}

function fieldState(context: SnapshotContext): FieldState {
  const { field } = context.battle;
  const { echo } = context.implied;
  const weatherLeft = turnsLeft(field.weatherState.minDuration, field.weatherState.maxDuration);
  const terrain = field.terrain ? `${field.terrain.toLowerCase()}terrain` : undefined;
  const terrainLeft = turnsLeft(field.terrainState.minDuration, field.terrainState.maxDuration);
  return {
    ...(context.weather ? { weather: context.weather } : {}),
    ...(context.weather && weatherLeft ? { weatherTurnsLeft: weatherLeft } : {}),
    ...(terrain ? { terrain } : {}),
    ...(terrain && terrainLeft ? { terrainTurnsLeft: terrainLeft } : {}),
    conditions: {
      ...conditions(field.pseudoWeather),
      ...(echo ? { echoedvoice: { layers: echo.turns, turnsLeft: [echo.left, echo.left] } } : {}),
    },
  };
}
