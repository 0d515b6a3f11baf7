import type { Pokemon } from '@pkmn/sim';
import type { PokemonState } from '../src/battle/state.ts';
import { assessTurn } from '../src/knowledge/assess-turn.ts';
import { choiceLock } from '../src/knowledge/choice-lock.ts';
import type { LikelySets } from '../src/knowledge/likely-sets.ts';
import { lockedMove } from '../src/knowledge/locked-move.ts';
import { CERTAIN } from '../src/observation/format-damage.ts';
import type { Moment } from '../test/support/simulated-battle.ts';
import type { Finding } from './finding.ts';

type Found = Omit<Finding, 'turn' | 'side'>;

/** Checks that what is called certain about the opponent's Pokémon is true. */
export function checkGuesses(moment: Moment): Found[] {
  const { sim, trackers, side } = moment;
  const { state, turns } = trackers[side];
  const team = sim.getSide(side).foe;
  // A disguised Pokémon cannot be identified.
  if (team.pokemon.some(({ set }) => /^illusion$/i.test(set.ability))) return [];
  const { likelySets } = assessTurn(state, turns);
  return state.foe.active.flatMap((pokemon, position) => {
    const real = team.active[position];
    const likely = pokemon && likelySets.get(pokemon.id);
    if (!real || real.fainted || !likely) return [];
    return [...checkSet(pokemon, likely, real), ...checkLock(moment, pokemon, likely, position)];
  });
}

function guess(kind: string, detail: string): Found {
  return { check: 'guess', kind, detail };
}

/** What is called certain. */
function sure(of: readonly (readonly [string, number])[]): readonly string[] {
  return of.filter(([, chance]) => chance >= CERTAIN).map(([id]) => id);
}

function checkSet(pokemon: PokemonState, likely: LikelySets, real: Pokemon): Found[] {
  const { name } = real.species;
  const areMovesPredictable = !real.transformed && learnsItsMoves(real);
  const moves = areMovesPredictable ? sure(likely.moves).filter((id) => !hasMove(real, id)) : [];
  const items = pokemon.item === undefined ? sure(likely.items).filter((id) => real.item !== id) : [];
  // A species with one ability is certain to have it; an illegal one cannot be predicted.
  const isAbilityOpen = pokemon.ability === undefined && isLegal(real);
  const abilities = isAbilityOpen ? sure(likely.abilities).filter((id) => real.ability !== id) : [];
  return [
    ...moves.map((id) => guess('move not there', `${name}: ${id}`)),
    ...items.map((id) => guess('item not held', `${name}: ${id}, not ${real.item}`)),
    ...abilities.map((id) => guess('ability not there', `${name}: ${id}, not ${real.ability}`)),
  ];
}

/** Checks that a Pokémon said to be locked into a move can choose no other. */
function checkLock(
  { sim, trackers, side }: Moment,
  pokemon: PokemonState,
  likely: LikelySets,
  position: number,
): Found[] {
  const { state, turns } = trackers[side];
  const real = sim.getSide(side).foe.active[position];
  const foesRequest = trackers[side === 'p1' ? 'p2' : 'p1'].request;
  const moves = pokemon.moves.map(({ id }) => id);
  const lock = choiceLock(state, pokemon, { items: likely.items, moves }, turns);
  const locked = lock && lock.chance >= CERTAIN ? lock.move : lockedMove(state, pokemon);
  if (!real || locked === undefined || foesRequest?.type !== 'move') return [];
  // An illegal Own Tempo cannot be predicted.
  if (real.ability === 'owntempo' && !isLegal(real)) return [];
  const usable = foesRequest.active[position]?.moves.filter(({ disabled }) => !disabled) ?? [];
  const free = usable.map(({ id }) => id).filter((id) => ![locked, 'struggle', 'recharge'].includes(id));
  if (free.length === 0) return [];
  return [guess('free, not locked', `${real.species.name}: ${locked}, may use ${free.join(' ')}`)];
}

function isLegal({ battle, set, ability }: Pokemon): boolean {
  const { abilities } = battle.dex.species.get(set.species);
  return Object.values(abilities).some((name) => battle.dex.toID(name) === ability);
}

/** A species with one move is certain to have it; illegal moves cannot be predicted. */
function learnsItsMoves({ battle, set, baseMoveSlots }: Pokemon): boolean {
  const { learnset = {} } = battle.dex.species.getLearnsetData(battle.dex.species.get(set.species).id);
  return baseMoveSlots.every(({ id }) => id in learnset);
}

function hasMove(real: Pokemon, id: string): boolean {
  return real.baseMoveSlots.some((slot) =>
    id.startsWith('hiddenpower') ? slot.id === 'hiddenpower' : slot.id === id,
  );
}
