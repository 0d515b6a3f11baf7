import type { Pokemon } from '@pkmn/sim';
import { assessTurn } from '../src/knowledge/assess-turn.ts';
import { choiceLock } from '../src/knowledge/choice-lock.ts';
import { lockedMove } from '../src/knowledge/locked-move.ts';
import { CERTAIN } from '../src/observation/format-damage.ts';
import type { Moment } from '../test/support/simulated-battle.ts';
import type { Finding } from './finding.ts';

type Found = Omit<Finding, 'turn' | 'side'>;

/** Whether what is said to be sure of the foe's Pokémon is true. */
export function checkGuesses({ sim, trackers, side }: Moment): Found[] {
  const { state, turns } = trackers[side];
  const found: Found[] = [];
  const add = (kind: string, detail: string): void => void found.push({ check: 'guess', kind, detail });
  const team = sim.getSide(side).foe;
  // Nobody can know who is behind a disguise.
  if (team.pokemon.some(({ set }) => /^illusion$/i.test(set.ability))) return [];
  const { likelySets } = assessTurn(state, turns);
  const foesRequest = trackers[side === 'p1' ? 'p2' : 'p1'].request;
  for (const [position, pokemon] of state.foe.active.entries()) {
    const real = team.active[position];
    const likely = pokemon && likelySets.get(pokemon.id);
    if (!real || real.fainted || !likely) continue;
    const name = real.species.name;
    const sure = (of: readonly (readonly [string, number])[]): string[] =>
      of.filter(([, chance]) => chance >= CERTAIN).map(([id]) => id);
    if (!real.transformed && learnsItsMoves(real)) {
      for (const id of sure(likely.moves)) if (!hasMove(real, id)) add('move not there', `${name}: ${id}`);
    }
    if (pokemon.item === undefined) {
      for (const id of sure(likely.items))
        if (real.item !== id) add('item not held', `${name}: ${id}, not ${real.item}`);
    }
    // A species with one ability surely has it; nobody could foresee one that no game would allow.
    if (pokemon.ability === undefined && isLegal(real)) {
      for (const id of sure(likely.abilities))
        if (real.ability !== id) add('ability not there', `${name}: ${id}, not ${real.ability}`);
    }
    const known = pokemon.moves.map(({ id }) => id);
    const lock = choiceLock(state, pokemon, { items: likely.items, moves: known }, turns);
    const locked = lock && lock.chance >= CERTAIN ? lock.move : lockedMove(state, pokemon);
    // Nobody could foresee an Own Tempo that no game would allow.
    const isCalm = real.ability === 'owntempo' && !isLegal(real);
    if (locked !== undefined && foesRequest?.type === 'move' && !isCalm) {
      const usable = foesRequest.active[position]?.moves.filter(({ disabled }) => !disabled) ?? [];
      const free = usable
        .map(({ id }) => id)
        .filter((id) => id !== locked && id !== 'struggle' && id !== 'recharge');
      if (free.length > 0) add('free, not locked', `${name}: ${locked}, may use ${free.join(' ')}`);
    }
  }
  return found;
}

function isLegal({ battle, set, ability }: Pokemon): boolean {
  const { abilities } = battle.dex.species.get(set.species);
  return Object.values(abilities).some((name) => battle.dex.toID(name) === ability);
}

/** A species with one move surely has it; nobody could foresee moves that no game would allow. */
function learnsItsMoves({ battle, set, baseMoveSlots }: Pokemon): boolean {
  const { learnset = {} } = battle.dex.species.getLearnsetData(battle.dex.species.get(set.species).id);
  return baseMoveSlots.every(({ id }) => id in learnset);
}

function hasMove(real: Pokemon, id: string): boolean {
  return real.baseMoveSlots.some((slot) =>
    id.startsWith('hiddenpower') ? slot.id === 'hiddenpower' : slot.id === id,
  );
}
