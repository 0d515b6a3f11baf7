import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import { toId } from '../generations.ts';
import { sideId } from '../snapshot.ts';

const ALL_FOES = new Set(['all', 'allAdjacent', 'allAdjacentFoes']);
const OWN_SIDE = new Set(['all', 'allAdjacent', 'allies', 'allySide', 'allyTeam']);
const ONE_FOE = new Set(['normal', 'any', 'adjacentFoe', 'randomNormal', 'scripted']);
const AT_ANYBODY = new Set(['any', 'normal']);

type Slot = Pokemon['moveSlots'][number];

/** A move whose target has not been named yet. */
interface Pending {
  readonly pokemon: Pokemon;
  readonly move: string;
  readonly slot: Slot;
}

/**
 * Counts the extra PP that Pressure costs a move: one for each affected Pokémon with Pressure. The client is meant to
 * count them but does so only in generation 3, where it guesses the ability by the species.
 */
export class Pressure {
  private readonly battle: Battle;
  private pending: readonly Pending[] = [];
  private usedBefore = 0;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** Call before the client reads a move. */
  using(pokemon: Pokemon, move: string): void {
    this.usedBefore = leastUsed(slotOf(pokemon, toId(move))?.ppUsed ?? 0);
  }

  /**
   * Call after the client has read a move.
   *
   * @param target ident of its target as logged, `''` when it is not shown, undefined when nobody was there to be hit
   * @param caller what made the Pokémon use it, as logged; `''` when its player chose it
   */
  used(pokemon: Pokemon, move: string, target: string | undefined, caller: string): void {
    const waiting = this.pending.find((one) => one.pokemon === pokemon && one.move === toId(move));
    this.pending = this.pending.filter((one) => one.pokemon !== pokemon);
    if (waiting && caller !== '' && target && isAimCertain(pokemon)) this.charge(waiting, target);
    const isChosen = caller === '' || toId(caller) === 'pursuit';
    // A move called by another move costs the caller's PP.
    if (!isChosen && !caller.startsWith('move:')) return;
    const slot = slotOf(pokemon, toId(isChosen ? move : caller.slice('move:'.length)));
    if (!slot) return;
    if (isChosen && this.battle.gen.num === 3) slot.ppUsed = this.usedBefore + 1;
    const cost = this.costOf(pokemon, move, target);
    if (cost === undefined) this.pending = [...this.pending, { pokemon, move: toId(move), slot }];
    else add(slot, cost);
  }

  /** A line names the target that the move before it left out. */
  named(pokemon: Pokemon, move: string, target: string): void {
    const waiting = this.pending.find((one) => one.pokemon === pokemon && one.move === toId(move));
    if (!waiting) return;
    this.pending = this.pending.filter((one) => one !== waiting);
    this.charge(waiting, target);
  }

  /** Up to generation 4, Snatch costs more when it takes the move of a Pokémon with Pressure. */
  snatched(pokemon: Pokemon, ident: string): void {
    if (this.battle.gen.num > 4) return;
    const slot = slotOf(pokemon, 'snatch');
    if (slot && this.presses(ident, pokemon)) add(slot, 1);
  }

  private charge({ pokemon, slot }: Pending, target: string): void {
    if (this.presses(target, pokemon)) add(slot, 1);
  }

  /** Undefined when it depends on a target that is not shown. */
  private costOf(pokemon: Pokemon, move: string, target: string | undefined): number | undefined {
    if (target === undefined) return 0;
    const pressing = this.pressing(pokemon);
    const data = pressing.length > 0 ? this.battle.gen.moves.get(move) : undefined;
    if (!data) return 0;
    const foes = pressing.filter(({ side }) => side !== pokemon.side);
    const isAlly = target.startsWith(sideId(pokemon.side));
    if (data.flags.mustpressure || ALL_FOES.has(data.target) || (data.smartTarget && !isAlly)) {
      return OWN_SIDE.has(data.target) ? pressing.length : foes.length;
    }
    if (data.target === 'foeSide') return 0;
    if (OWN_SIDE.has(data.target)) return pressing.length - foes.length;
    if (target !== '') return this.presses(target, pokemon) ? 1 : 0;
    if (!ONE_FOE.has(data.target)) return 0;
    const standing = pokemon.side.foe.active.filter((foe) => foe && !foe.fainted);
    // In doubles some moves may have been aimed at an ally or at its empty position.
    const mayMeetAlly = this.battle.gameType === 'doubles' && AT_ANYBODY.has(data.target);
    const isSure = (standing.length === 1 && !mayMeetAlly) || data.target === 'scripted';
    return isSure && foes.length === standing.length ? Math.min(1, foes.length) : undefined;
  }

  /** The other Pokémon on the field whose Pressure affects this one; up to generation 4 that includes its ally. */
  private pressing(pokemon: Pokemon): readonly Pokemon[] {
    const { num } = this.battle.gen;
    return this.battle
      .getAllActive()
      .filter(
        (other) => other !== pokemon && (num <= 4 || other.side !== pokemon.side) && hasPressure(other),
      );
  }

  private presses(ident: string, pokemon: Pokemon): boolean {
    const target = this.battle.getPokemon(ident as Protocol.PokemonIdent);
    return target !== null && this.pressing(pokemon).includes(target);
  }
}

/** In generation 3 Pressure does not announce itself: a Pokémon that can have no other ability has it. */
function hasPressure(pokemon: Pokemon): boolean {
  if (pokemon.ability) return pokemon.ability === 'pressure' && pokemon.effectiveAbility() === 'pressure';
  if (pokemon.baseAbility) return false;
  const possible = Object.values(pokemon.species?.abilities ?? {});
  return pokemon.side.battle.gen.num === 3 && possible.length === 1 && possible[0] === 'Pressure';
}

function slotOf(pokemon: Pokemon, move: string): Slot | undefined {
  const isCopy = pokemon.hasVolatile('transform' as Pokemon['ability']);
  return pokemon.moveSlots.find(({ id, virtual }) => id === move && Boolean(virtual) === isCopy);
}

function leastUsed(used: number | [number, number]): number {
  return Array.isArray(used) ? Math.min(...used) : used;
}

function add(slot: Slot, cost: number): void {
  slot.ppUsed = leastUsed(slot.ppUsed) + cost;
}

/** Whether a move that was prepared strikes whom it was aimed at: another takes the place of one that has fainted. */
function isAimCertain({ side }: Pokemon): boolean {
  return side.foe.active.every((foe) => foe && !foe.fainted);
}
