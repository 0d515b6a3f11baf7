import type { Agent } from '../../src/agent/agent.ts';
import type { Action } from '../../src/battle/action.ts';
import { otherSide, type SideId } from '../../src/battle/state.ts';
import { choicesOf, NO_CHOICE } from '../../src/mechanics/choices.ts';
import { searchStateOf } from '../../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import { advance } from '../../src/mechanics/turn.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import { choiceOf } from '../../src/search/choice-of-action.ts';
import { Matchups } from '../../src/search/evaluation/matchups.ts';
import { valueNetwork } from '../../src/search/evaluation/value-network/value-network.ts';
import { isSearchable } from '../../src/search/search.ts';
import { withBothTeams } from '../../test/support/true-world.ts';
import { mean } from './mean.ts';

/** Draws of the mechanics from which the expectation of a pair of choices is computed. */
const DRAWS = 100;

/** A decision that the simulator has not received yet. */
interface Decided {
  readonly turn: DecisionContext;
  readonly action: Action;
}

/**
 * The luck of a singles battle, with both teams known: after each pair of choices, how much the chance to win exceeds
 * its expectation. A score without the luck has the same mean and a smaller spread; between searches it is worth a
 * third to a half more battles. It is the chance events' part of AIVAT (Burch et al. 2018, arXiv:1612.06915), with the
 * search's win chance as its value.
 */
export class Luck {
  /** Sum so far, in chances of p1 to win. */
  private sum = 0;
  /** p1's expected chance at the next decision; undefined when the mechanics cannot predict it. */
  private expected: number | undefined;
  private readonly last: Partial<Record<SideId, DecisionContext>> = {};
  private decided: Partial<Record<SideId, Decided>> = {};
  private readonly random: () => number;

  /** @param random uniform in [0, 1) */
  constructor(random: () => number) {
    this.random = random;
  }

  /** Takes a decision before the simulator does. */
  decide(turn: DecisionContext, action: Action): void {
    const { side } = turn.state;
    const other = this.last[otherSide(side)];
    this.last[side] = turn;
    this.decided[side] = { turn, action };
    // A side that must bring in a Pokémon decides alone, unless the other has lost its Pokémon as well.
    const isBoth = turn.request.type !== 'switch' || (other !== undefined && isReplacing(other));
    if (isBoth && !this.decided[otherSide(side)]) return;
    this.look(this.decided.p1 ? 'p1' : side, isBoth);
    this.decided = {};
  }

  /** @param score p1's: 1, 0 or ½ */
  luckAdjusted(score: number): number {
    // The end of the battle is the last thing that luck affected.
    return (this.expected ?? score) - this.sum;
  }

  /** Accounts for the outcome of the previous choices, and computes the expectation for these. */
  private look(side: SideId, isBoth: boolean): void {
    const [own, foe] = [this.decided[side], this.decided[otherSide(side)]];
    const other = this.last[otherSide(side)];
    const before = this.expected;
    this.expected = undefined;
    const p = own && other && this.positionOf(own.turn, other);
    if (!own || !other || !p) return;
    const chance = valueNetwork(p, new Matchups(p));
    const ofP1 = (position: SearchState): number => (side === 'p1' ? chance(position) : 1 - chance(position));
    if (before !== undefined) this.sum += ofP1(p) - before;
    const choice = choiceOf(own.action, own.turn.state, p);
    const theirs = isBoth && foe ? this.replyOf(foe, own.turn) : NO_CHOICE;
    if (!isLegal(p, 0, choice) || !isLegal(p, 1, theirs)) return;
    const next = p.clone();
    this.expected = mean(
      Array.from({ length: DRAWS }, () => {
        next.copyFrom(p);
        advance(next, choice, theirs);
        return ofP1(next);
      }),
    );
  }

  private positionOf(turn: DecisionContext, other: DecisionContext): SearchState | undefined {
    const { state, memory, request } = turn;
    if (!isSearchable(turn) || request.type === 'team') return undefined;
    return searchStateOf(withBothTeams(state, other.state.own), memory.turns, request.type, this.random);
  }

  /** The number of a choice in the order of its own side's team. */
  private replyOf({ turn, action }: Decided, other: DecisionContext): number | undefined {
    const p = this.positionOf(turn, other);
    return p && choiceOf(action, turn.state, p);
  }
}

/** An agent whose decisions are observed. */
export function heard(agent: Agent, hear: (turn: DecisionContext, action: Action) => void): Agent {
  return {
    ...agent,
    async decide(turn, signal) {
      const decision = await agent.decide(turn, signal);
      hear(turn, decision.action);
      return decision;
    },
  };
}

function isLegal(p: SearchState, side: 0 | 1, choice: number | undefined): choice is number {
  return choice !== undefined && choicesOf(p, p.sides[side]).includes(choice);
}

function isReplacing({ state: { own } }: DecisionContext): boolean {
  const [active] = own.active;
  return active?.hp === 0 && own.pokemon.some(({ hp }) => hp > 0);
}
