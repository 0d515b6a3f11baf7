import type { PokemonState } from '../../battle/state.ts';
import type { MoveAssessment, SwitchAssessment } from '../../knowledge/assessment.ts';
import { actChance } from './affliction.ts';
import type { Reply } from './foe-replies.ts';
import { strikeOf } from './hit.ts';
import type { MatchupState } from './matchup-state.ts';
import { expectedHit, type NoReply } from './round.ts';
import { NO_SHIFT, type Shift } from './turn-effects.ts';
import { type Stakes, worth } from './worth.ts';

/** Cost of the initiative that a switch gives up; keeps equal positions from being swapped back and forth. */
export const SWITCH_COST = 0.04;
/** How many further Pokémon may have to come in against the same opponent. */
const REVENGE_DEPTH = 2;

/** A benched Pokémon that may come in. */
export interface Benched {
  readonly pokemon: PokemonState;
  readonly assessment: SwitchAssessment;
  readonly matchup: MatchupState;
  /** After hazards; 0 when it would faint. */
  readonly hp: number;
  /** Expected damage from the attack aimed at the active Pokémon. */
  readonly hit: number;
}

/**
 * Our Pokémon that may come in against an opposing one, and the value of bringing one in; the opponent's HP is a
 * fraction.
 */
export class Bench {
  readonly pokemon: readonly Benched[];
  private readonly foe: PokemonState;
  private readonly gen: number;
  private readonly stakes: Stakes;
  private readonly entries = new Map<string, number>();

  constructor(
    pokemon: readonly Benched[],
    foe: PokemonState,
    { gen, stakes }: { readonly gen: number; readonly stakes: Stakes },
  ) {
    this.pokemon = pokemon;
    this.foe = foe;
    this.gen = gen;
    this.stakes = stakes;
  }

  get isEmpty(): boolean {
    return this.pokemon.length === 0;
  }

  /** Best value of switching out next turn, when the newcomer takes the attack aimed at its predecessor. */
  leave(foe: number): number {
    return this.kept(
      'leave',
      foe,
      () => Math.max(...this.pokemon.map((entry) => this.entryValue(entry, entry.hit, foe))) - SWITCH_COST,
    );
  }

  /** Best value of coming in without taking a hit, after one of our Pokémon has fainted. */
  revenge(foe: number, fainted?: Benched, depth = REVENGE_DEPTH): number {
    const left = this.pokemon.filter((entry) => entry !== fainted);
    if (left.length === 0) return 0;
    return this.kept(`revenge ${fainted?.pokemon.id} ${depth}`, foe, () =>
      Math.max(...left.map((entry) => this.entryValue(entry, 0, foe, depth))),
    );
  }

  /** Best value of coming in now, against a given reply of the opponent's. */
  bestEntry(foe: number, reply: Reply | NoReply | undefined): number {
    const move = reply?.move;
    return this.kept(`entry ${move?.move}`, foe, () =>
      Math.max(
        ...this.pokemon.map((entry) =>
          this.entryValue(entry, move ? expectedHit(entry.matchup, move) : 0, foe),
        ),
      ),
    );
  }

  private kept(what: string, foe: number, make: () => number): number {
    const key = `${what} ${Math.round(foe * 40)}`;
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.entries.set(key, value);
    return value;
  }

  /** Value of coming in with this much damage taken. */
  entryValue(entry: Benched, hit: number, foe: number, depth = REVENGE_DEPTH): number {
    const left = entry.hp - hit;
    const afterLoss = (foeHp: number): number => (depth > 0 ? this.revenge(foeHp, entry, depth - 1) : 0);
    if (left <= 0) return -worth(entry.pokemon.hp) + afterLoss(foe);
    const harm = entry.assessment.hazardEffects.some((effect) => effect.endsWith('poisoned')) ? 0.1 : 0;
    const change = worth(left) - worth(entry.pokemon.hp) - harm;
    return (
      change +
      entry.matchup.worth(
        { own: left, foe },
        { shift: this.entryShift(entry), stakes: this.stakes, afterLoss },
      )
    );
  }

  private entryShift(entry: Benched): Shift {
    const cowed = entry.pokemon.ability === 'intimidate' && this.foe.ability !== 'clearbody';
    return cowed ? { ...NO_SHIFT, foeStages: { atk: -1 } } : NO_SHIFT;
  }

  /** Value of coming in while the opponent uses a move, and of leaving again if that is better. */
  entryUnder(entry: Benched, move: MoveAssessment | undefined): number {
    const { foe } = this;
    if (entry.hp <= 0) return -worth(entry.pokemon.hp, this.stakes.own) + this.revenge(foe.hp);
    const settled = (left: number): number => {
      const value = this.entryValue(entry, entry.hp - left, foe.hp);
      const elsewhere = worth(left) - worth(entry.pokemon.hp) + this.leave(foe.hp) - SWITCH_COST;
      return Math.max(value, elsewhere);
    };
    if (!move?.damage) return settled(entry.hp);
    const acts = actChance(foe, this.gen) * move.accuracy;
    const strike = strikeOf(
      move,
      entry.hp,
      entry.hp,
      entry.matchup.foeFactor(move.category === 'Physical', this.entryShift(entry)),
    );
    const downed = -worth(entry.pokemon.hp, this.stakes.own) + this.revenge(foe.hp);
    const struck = strike.ko * downed + (1 - strike.ko) * settled(strike.left);
    return acts * struck + (1 - acts) * settled(entry.hp);
  }
}
