import type { Battle, Pokemon, Side } from '@pkmn/sim';
import type { TurnEvents } from '../../battle/event.ts';
import type { RequestActive, SwitchRequest } from '../../battle/request.ts';
import type { Random } from '../../util/random.ts';
import { lockInto } from './sim-volatiles.ts';

/**
 * Requests the moves of the current turn. The simulator's own end of the previous turn works out which Pokémon are
 * trapped and which moves are disabled.
 */
export function askForMoves(battle: Battle): void {
  battle.turn--;
  battle.endTurn();
  battle.midTurn = false;
}

/**
 * Requests the replacements that a request asks for: at the end of the turn for fainted Pokémon of both sides, or in
 * the middle of it for one that leaves by a move. In the middle of the turn the remaining actions wait: an opponent
 * that has not acted uses a move drawn at random, because its choice is hidden.
 */
export function askForSwitches(
  side: Side,
  request: SwitchRequest,
  turns: readonly TurnEvents[],
  random: Random,
): void {
  const { battle } = side;
  battle.midTurn = true;
  const leaving = side.active.filter((pokemon, position) => pokemon && request.forceSwitch[position]);
  for (const pokemon of leaving) {
    if (request.side.pokemon[pokemon.position]?.reviving) revive(battle, pokemon);
    else pokemon.switchFlag = pokemon.fainted || leavesBy(battle, pokemon);
    pokemon.skipBeforeSwitchOutEventFlag = !pokemon.fainted;
  }
  if (leaving.every((pokemon) => pokemon.fainted)) replaceFainted(side.foe);
  else {
    for (const foe of side.foe.active) if (!acted(foe, side.foe, turns)) addMove(battle, foe, random);
    battle.queue.addChoice({ choice: 'residual' });
    battle.queue.sort();
  }
  battle.makeRequest('switch');
}

function replaceFainted(side: Side): void {
  for (const pokemon of side.active) {
    if (pokemon?.fainted && side.battle.canSwitch(side)) pokemon.switchFlag = true;
  }
}

function revive(battle: Battle, pokemon: Pokemon): void {
  const id = 'revivalblessing' as Pokemon['item'];
  const conditions = pokemon.side.slotConditions[pokemon.position];
  if (conditions) conditions[id] = battle.initEffectState({ id, target: pokemon.side, source: pokemon });
  pokemon.switchFlag = id;
}

/** The move must be named because Baton Pass and Shed Tail pass something on. */
function leavesBy(battle: Battle, { lastMove }: Pokemon): true | Pokemon['item'] {
  return lastMove && battle.dex.moves.get(lastMove.id).selfSwitch ? (lastMove.id as Pokemon['item']) : true;
}

function acted(foe: Pokemon, side: Side, turns: readonly TurnEvents[]): boolean {
  if (foe.fainted) return true;
  const events = turns.at(-1)?.events ?? [];
  // In doubles it is enough that one has acted: this cannot tell which is which.
  return events.some(
    (event) =>
      (event.type === 'move' || event.type === 'cant' || event.type === 'switch') &&
      event.pokemon.side === side.id,
  );
}

function addMove(battle: Battle, pokemon: Pokemon, random: Random): void {
  const usable = pokemon.moveSlots.filter(({ pp, disabled }) => pp > 0 && !disabled);
  const moveid = usable.length > 0 ? random.pick(usable).id : 'struggle';
  battle.queue.addChoice({ choice: 'move', pokemon, moveid, targetLoc: 1 });
}

/** Takes from a request what a state does not show: a move that must continue, and the one that a lock allows. */
export function agreeWithRequest(
  battle: Battle,
  pokemon: Pokemon,
  asked: RequestActive,
  random: Random,
): void {
  const [only, ...others] = asked.moves;
  const { volatiles } = pokemon;
  if (asked.maxMoves?.gigantamax) Object.assign(pokemon, { gigantamax: true });
  if (only && others.length === 0 && only.pp === undefined && pokemon.hasMove(only.id)) {
    if (!volatiles.twoturnmove && asked.trapped) lockInto(battle, pokemon, only.id, random);
    return;
  }
  const enabled = asked.moves.filter(({ disabled }) => !disabled);
  const [allowed] = enabled;
  for (const id of ['choicelock', 'encore', 'gorillatactics']) {
    const lock = volatiles[id];
    if (!lock) continue;
    if (enabled.length === 1 && allowed) lock.move = allowed.id;
    else if (enabled.length > 1) delete volatiles[id];
  }
}
