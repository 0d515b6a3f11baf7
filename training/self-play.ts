import type { BattleState, SideId, SideState } from '../src/battle/state.ts';
import { generatedTeam } from '../src/knowledge/random-teams.ts';
import { CHOICES, choicesOf, NO_CHOICE } from '../src/mechanics/choices.ts';
import { searchStateOf } from '../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../src/mechanics/search-state.ts';
import { onSwitchIn } from '../src/mechanics/switch-in.ts';
import { advance } from '../src/mechanics/turn.ts';
import { SEARCH_DEFAULTS } from '../src/search/defaults.ts';
import { unseenFoe } from '../src/search/determinization/sample-unseen.ts';
import { neuralEvaluator } from '../src/search/evaluation/evaluator.ts';
import { actionStats, ROOT } from '../src/search/mcts/nodes.ts';
import { Tree } from '../src/search/mcts/tree.ts';
import { weightedIndex } from '../src/util/weighted-index.ts';

/** What a search that knows both teams found in a state. */
export interface Searched {
  readonly position: SearchState;
  /** The chance, 0–1, that `sides[0]` wins. */
  readonly value: number;
  /** The choices of each side, and how often the search took them, by choice number. */
  readonly choices: readonly [Int8Array, Int8Array];
  readonly visits: readonly [Float64Array, Float64Array];
}

/** A battle of the search against itself. */
export interface SelfPlay {
  /** Id of a format that generates teams. */
  readonly format: string;
  /** Seed of the teams. */
  readonly seed: string;
  /** Uniform in [0, 1): the luck of the battle, and of the choices. */
  readonly chance: () => number;
  /** Playouts of the next search. */
  readonly playouts: () => number;
  /** Called after each search, before the battle goes on; the state must not be kept. */
  readonly onSearch: (searched: Searched) => void;
}

/** Share of random choices, so that positions off the best lines are covered, too. */
const RANDOM_CHOICES = 0.06;
/** Longer battles count as ties. */
const MOST_CHOICES = 400;

/**
 * Plays a battle within the mechanics, where both sides know everything.
 *
 * @returns its score for `sides[0]`: 1, 0 or ½; undefined when the format has no teams
 */
export function selfPlay({ format, seed, chance, playouts, onSearch }: SelfPlay): number | undefined {
  const p = opening(format, seed, chance);
  if (!p) return undefined;
  for (let choices = 0; p.stage !== 'over' && choices < MOST_CHOICES; choices++) {
    const [own, foe] = p.sides.map((side) => choicesOf(p, side)) as [Int8Array, Int8Array];
    if (own.length === 1 && foe.length === 1) {
      advance(p, own[0] ?? NO_CHOICE, foe[0] ?? NO_CHOICE);
      continue;
    }
    const stats = actionStats();
    const tree = new Tree(p, { evaluator: neuralEvaluator(p), depth: SEARCH_DEFAULTS.depth }, stats, own);
    const count = playouts();
    let sum = 0;
    for (let playout = 0; playout < count; playout++) sum += tree.playout();
    const at = tree.nodes.statsOf(ROOT) + CHOICES;
    const foeVisits = tree.nodes.stats.visits.slice(at, at + CHOICES);
    onSearch({ position: p, value: sum / count, choices: [own, foe], visits: [stats.visits, foeVisits] });
    advance(p, drawn(own, stats.visits, chance), drawn(foe, foeVisits, chance));
  }
  return p.winner === 0 ? 1 : p.winner === 1 ? 0 : 0.5;
}

/** One of the choices; those that the search visited more get more than their share. */
function drawn(choices: Int8Array, visits: Float64Array, chance: () => number): number {
  if (chance() < RANDOM_CHOICES) return choices[Math.floor(chance() * choices.length)] ?? NO_CHOICE;
  const weights = [...choices].map((choice) => (visits[choice] ?? 0) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return choices[Math.max(0, weightedIndex(weights, chance() * total))] ?? NO_CHOICE;
}

/** The first state of a battle between two teams that a format generates; undefined when there are none. */
function opening(format: string, seed: string, chance: () => number): SearchState | undefined {
  const gen = Number(/^gen(\d)/.exec(format)?.[1]);
  const own = team(gen, format, `${seed}-p1`, 'p1');
  const foe = team(gen, format, `${seed}-p2`, 'p2');
  if (own.pokemon.length === 0 || foe.pokemon.length === 0) return undefined;
  const p = searchStateOf({ ...emptyState(gen, format, own), own, foe }, [], 'move', chance);
  for (const side of p.sides) onSwitchIn(p, side);
  return p;
}

function team(gen: number, format: string, seed: string, id: SideId): SideState {
  const empty: SideState = {
    id,
    teamSize: 6,
    pokemon: [],
    active: [null],
    conditions: {},
    fainted: 0,
    spent: [],
  };
  const state = emptyState(gen, format, empty);
  const pokemon = generatedTeam(gen, format, seed).map((member, index) => ({
    ...unseenFoe(state, member, `${id}-${index}`),
    justSwitchedIn: index === 0,
  }));
  return { ...empty, pokemon, active: [pokemon[0] ?? null] };
}

function emptyState(gen: number, format: string, side: SideState): BattleState {
  return {
    gen,
    gameType: 'singles',
    format,
    turn: 1,
    side: 'p1',
    own: side,
    foe: side,
    field: { conditions: {} },
  };
}
