import { isDeepStrictEqual } from 'node:util';
import type { Pokemon } from '@pkmn/sim';
import type { SideId } from '../src/battle/state.ts';
import { BattleTracker } from '../src/battle/tracker.ts';
import type { SimulatedBattle } from '../test/support/simulated-battle.ts';
import {
  type Difference,
  describeDifference,
  differences,
  type Identities,
} from '../test/support/simulator-truth.ts';
import type { Finding } from './finding.ts';

type Found = Pick<Finding, 'check' | 'kind' | 'detail'>;

/** Differences between the tracker's state and the simulator's truth. */
export function checkTracker(battle: SimulatedBattle, side: SideId, identities: FoeIdentities): Found[] {
  return differences(battle, side, identities.known)
    .filter(({ kind }) => !identities.areMixedUp || !kind.startsWith('foe'))
    .map((difference) => ({
      check: 'tracker',
      kind: kindOf(difference),
      detail: describeDifference(difference),
    }));
}

/** For lists of conditions, which of them is superfluous or missing. */
function kindOf({ kind, believed, truth }: Difference): string {
  const [had, has] = [keysOf(believed), keysOf(truth)];
  if (!had || !has) return `${kind}${isStatus(believed) && isStatus(truth) ? ` ${believed}/${truth}` : ''}`;
  const parts = [
    ...had.filter((id) => !has.includes(id)).map((id) => `+${id}`),
    ...has.filter((id) => !had.includes(id)).map((id) => `-${id}`),
  ];
  return parts.length > 0 && parts.length < 4 && !kind.includes('moves') && !kind.includes('active')
    ? `${kind} ${parts.join(' ')}`
    : kind;
}

const isStatus = (value: unknown): boolean => typeof value === 'string' && value.length <= 3;

function keysOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? value : undefined;
  return typeof value === 'object' && value !== null ? Object.keys(value) : undefined;
}

/** The real Pokémon that each of the opponent's ids has stood for so far. */
export class FoeIdentities {
  private readonly real = new Map<string, Pokemon>();
  /** HP and status of each at the last decision. */
  private health = new Map<Pokemon, string>();
  private present: readonly Pokemon[] = [];
  /** Two equally healthy look-alikes have come in for each other: they cannot be told apart. */
  areMixedUp = false;

  get known(): Identities {
    return this.real;
  }

  /** Ids that stand for another Pokémon than before. Disguises are left out, because they cannot be identified. */
  check({ sim, trackers }: SimulatedBattle, side: SideId): Found[] {
    const found: Found[] = [];
    const { foe } = trackers[side].state;
    const ids = foe.pokemon.map(({ id }) => id);
    if (new Set(ids).size < ids.length) {
      found.push({ check: 'tracker', kind: 'foe ids twice', detail: ids.join(' ') });
    }
    const team = sim.getSide(side).foe;
    this.areMixedUp ||= team.active.some((pokemon) => pokemon && this.hasEqual(pokemon));
    this.present = [...team.active];
    this.health = new Map(team.pokemon.map((pokemon) => [pokemon, pokemon.getHealth().shared]));
    if (this.areMixedUp) return found;
    if (team.pokemon.some(({ set }) => set.ability === 'illusion' || set.ability === 'Illusion'))
      return found;
    for (const [position, pokemon] of foe.active.entries()) {
      const real = team.active[position];
      if (!pokemon || !real || real.fainted) continue;
      const before = this.real.get(pokemon.id);
      if (before && before !== real) {
        found.push({
          check: 'tracker',
          kind: 'foe id stands for another',
          detail: `${pokemon.id} was ${before.set.species}, is ${real.set.species}`,
        });
      }
      for (const [id, known] of this.real) {
        if (known === real && id !== pokemon.id) {
          found.push({ check: 'tracker', kind: 'foe has a second id', detail: `${id}, now ${pokemon.id}` });
          this.real.delete(id);
        }
      }
      this.real.set(pokemon.id, real);
    }
    return found;
  }

  /**
   * Whether a Pokémon comes in that looks just like another on the bench; or comes in for the first time when, from
   * generation 5 on, it may be another in the disguise of a seen one.
   */
  private hasEqual(pokemon: Pokemon): boolean {
    if (this.present.includes(pokemon)) return false;
    const { battle, side, previouslySwitchedIn: times } = pokemon;
    const isUnforeseen = times === 1 && battle.gen >= 5 && !battle.ruleTable.has('teampreview');
    const looks = (one: Pokemon): string => `${one.fullname} ${one.details}`;
    return side.pokemon.some(
      (other) =>
        other !== pokemon &&
        other.previouslySwitchedIn + times > 1 &&
        looks(other) === looks(pokemon) &&
        (isUnforeseen ||
          (!this.present.includes(other) && this.health.get(other) === this.health.get(pokemon))),
    );
  }
}

/** Checks that reading all lines at once gives the same as following them live. */
export function checkReading({ trackers, lines }: SimulatedBattle, side: SideId): Found[] {
  const live = trackers[side];
  const again = new BattleTracker({ side, format: live.state.format });
  for (const line of lines[side]) again.add(line);
  const [a, b] = [again.state, live.state];
  if (isDeepStrictEqual(a, b)) {
    return isDeepStrictEqual(again.turns, live.turns)
      ? []
      : [{ check: 'reading', kind: 'events', detail: firstDifference(again.turns, live.turns) }];
  }
  const path = firstDifference(a, b);
  return [{ check: 'reading', kind: path.replace(/\d+/g, 'N').replace(/:.*/, ''), detail: path }];
}

/** Path to the first difference, with both values. */
function firstDifference(a: unknown, b: unknown, path = ''): string {
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) {
    return `${path}: ${JSON.stringify(a)} read again, ${JSON.stringify(b)} live`;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]];
    if (!isDeepStrictEqual(x, y)) return firstDifference(x, y, `${path}.${key}`);
  }
  return `${path}: no difference`;
}
