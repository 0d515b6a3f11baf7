import type { SideId } from '../src/battle/state.ts';
import { createRandom, type Random } from '../src/util/random.ts';
import { drawTeams } from './draw-teams.ts';
import type { PlannedSet } from './planned-set.ts';
import type { WrittenChoice } from './written-choice.ts';

/** One battle to be played: everything that determines its course, as plain data. */
export interface BattlePlan {
  readonly gen: number;
  readonly doubles: boolean;
  /** Whether the teams are shown before the battle. */
  readonly preview: boolean;
  /** The simulator's luck, and the players' when no choice is written down. */
  readonly seed: string;
  readonly teams: Readonly<Record<SideId, readonly PlannedSet[]>>;
  /** The turn after which the battle is left. */
  readonly maxTurns: number;
  /** A costly check that is made at every decision instead of only some. */
  readonly always?: string;
  /** What the players chose, for a battle that is played again. */
  readonly choices?: Readonly<Record<SideId, readonly WrittenChoice[]>>;
}

/** The parts of the battles that can be fixed. */
export interface PlanOptions {
  /** One generation only. */
  readonly gen?: number;
  /** Doubles only, or singles only. */
  readonly doubles?: boolean;
}

/** Doubles came with generation 3. */
const FIRST_DOUBLES = 3;
const MAX_TURNS = 30;

/** Draws a battle. The same seed and options give the same battle. */
export function drawPlan(seed: string, options: PlanOptions = {}): BattlePlan {
  const random = createRandom(seed);
  const gen = options.gen ?? drawGeneration(random);
  const doubles = gen >= FIRST_DOUBLES && (options.doubles ?? random.next() < 0.4);
  return {
    gen,
    doubles,
    preview: gen >= 5 && random.next() < 0.2,
    seed,
    teams: drawTeams(gen, doubles, random.stream('teams')),
    maxTurns: MAX_TURNS,
  };
}

/** Later generations have more to get wrong. */
function drawGeneration(random: Random): number {
  return random.pick([1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 9]);
}

/** The format that a plan is played in: one that allows any team. */
export function formatOf({ gen, doubles, preview }: BattlePlan): string {
  const format = `gen${gen}${doubles ? 'doubles' : ''}customgame`;
  return gen >= 5 && !preview ? `${format}@@@!teampreview` : format;
}
