import type { Battle, Pokemon, Side } from '@pkmn/sim';
import type { TurnEvents } from '../../battle/event.ts';
import type { ChoiceRequest } from '../../battle/request.ts';
import type { BattleState, PokemonState, SideState } from '../../battle/state.ts';
import { simulator } from '../../knowledge/simulator.ts';
import { timesFainted } from '../../mechanics/infer-hidden-state.ts';
import type { Random } from '../../util/random.ts';
import { setField, setSideConditions } from './sim-conditions.ts';
import { type SetUp, setCondition } from './sim-pokemon.ts';
import { agreeWithRequest, askForMoves, askForSwitches } from './sim-request.ts';
import { setOf } from './sim-sets.ts';
import { setVolatiles } from './sim-volatiles.ts';

/**
 * A battle in the real simulator in the state of a world. It asks what was asked, so that it accepts the choices of the
 * request's legal actions. Setting it up triggers nothing: no effect of coming in, no line that matters.
 *
 * What a world leaves open is drawn: turns of sleep, confusion and similar conditions that are left. Substitutes are
 * assumed to have full HP. Illusions, Wish, Healing Wish, and counts of single moves while their user stays in
 * (Rollout, Fury Cutter) are not carried over.
 *
 * @param world complete, as `sampleWorlds` returns it
 * @param request what its side is asked
 * @param turns what has happened so far: it shows who has acted when the request comes in the middle of a turn
 */
export function simulatorWorld(
  world: BattleState,
  request: ChoiceRequest,
  turns: readonly TurnEvents[],
  random: Random,
): Battle {
  const battle = new simulator.Battle({
    formatid: world.format as Battle['format']['id'],
    seed: random.simSeed(),
    // A deserialized battle does not start by itself.
    deserialized: true,
  });
  const [first, second] = world.side === 'p1' ? [world.own, world.foe] : [world.foe, world.own];
  for (const half of [first, second]) {
    const team = inOrder(half).map((pokemon) => setOf(battle, pokemon));
    battle.setPlayer(half.id, { name: half.id, team });
  }
  begin(battle);
  if (request.type === 'team') {
    battle.makeRequest('teampreview');
    battle.queue.addChoice({ choice: 'start' });
    battle.midTurn = true;
    return battle;
  }
  battle.turn = world.turn;
  const halves = [first, second].map((half) => ({
    half,
    side: battle.getSide(half.id),
    team: inOrder(half),
  }));
  const setUp = { world, turns, random };
  for (const { half, side } of halves) takePositions(side, half);
  for (const { side, team } of halves) {
    for (const [index, pokemon] of side.pokemon.entries()) {
      const state = team[index];
      if (state) setCondition(pokemon, state, setUp);
    }
  }
  for (const { half, side, team } of halves) {
    setSpent(side, half, turns);
    setSideConditions(battle, side, half, random);
    setPresences(side, team, setUp);
  }
  setField(battle, world.field, random);
  const own = battle.getSide(world.side);
  if (request.type === 'switch') {
    askForSwitches(own, request, turns, random);
    return battle;
  }
  for (const [position, asked] of request.active.entries()) {
    const pokemon = own.active[position];
    if (asked && pokemon?.isActive) agreeWithRequest(battle, pokemon, asked, random);
  }
  askForMoves(battle);
  return battle;
}

/** A team as its requests list it. */
export function inOrder({ pokemon }: SideState): readonly PokemonState[] {
  return [...pokemon].sort((a, b) => (a.requestSlot ?? 0) - (b.requestSlot ?? 0));
}

/** Does what the simulator does before a battle starts, without starting it. */
function begin(battle: Battle): void {
  const [one, two] = battle.sides;
  one.foe = two;
  two.foe = one;
  battle.started = true;
  battle.format.onBegin?.call(battle);
  for (const rule of battle.ruleTable.keys()) {
    if (!'+*-!'.includes(rule.charAt(0))) battle.dex.formats.get(rule).onBegin?.call(battle);
  }
}

function takePositions(side: Side, half: SideState): void {
  for (const position of side.active.keys()) {
    const pokemon = side.pokemon[position];
    if (!pokemon) continue;
    side.active[position] = pokemon;
    pokemon.isActive = half.active[position] !== null;
    pokemon.isStarted = pokemon.isActive;
  }
}

/** Sets how many Pokémon are left, and which gimmicks the side has used. */
function setSpent(side: Side, state: SideState, turns: readonly TurnEvents[]): void {
  const { fainted, spent } = state;
  side.pokemonLeft = side.pokemon.filter((pokemon) => !pokemon.fainted).length;
  side.totalFainted = Math.max(fainted, timesFainted(state, turns));
  side.zMoveUsed = spent.includes('zmove');
  if (spent.includes('dynamax')) side.dynamaxUsed = true;
  for (const pokemon of side.pokemon) {
    if (spent.includes('terastallize')) pokemon.canTerastallize = null;
    if (spent.includes('mega'))
      Object.assign(pokemon, { canMegaEvo: false, canMegaEvoX: false, canMegaEvoY: false });
    if (spent.includes('ultra')) pokemon.canUltraBurst = null;
  }
}

function setPresences(side: Side, team: readonly PokemonState[], setUp: SetUp): void {
  for (const pokemon of side.active) {
    const state = pokemon && team[pokemon.position];
    if (pokemon?.isActive && state) setPresence(pokemon, state, setUp);
  }
}

/** Sets what belongs to being on the field: since when, with which last move, under which conditions. */
function setPresence(pokemon: Pokemon, state: PokemonState, { turns, random }: SetUp): void {
  const { battle, side } = pokemon;
  const foe = side.foe.active.find((other) => other !== null) as Pokemon;
  pokemon.activeTurns = state.justSwitchedIn ? 0 : 1;
  pokemon.activeMoveActions = state.lastMove || !state.justSwitchedIn ? 1 : 0;
  pokemon.previouslySwitchedIn = 1;
  if (state.lastMove) {
    const move = battle.dex.getActiveMove(state.lastMove);
    Object.assign(pokemon, { lastMove: move, lastMoveUsed: move, lastMoveEncore: move });
    side.lastMove = move;
  }
  if (pokemon.ability === 'supremeoverlord') pokemon.abilityState.fallen = Math.min(5, side.totalFainted);
  setVolatiles({ battle, pokemon, state, foe, random, turns });
}
