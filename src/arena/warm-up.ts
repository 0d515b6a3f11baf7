import type { Agent } from '../agent/agent.ts';
import { randomAgent } from '../agent/random.ts';
import { canMakeTeams, checkFormat } from './format.ts';
import { playMatch } from './match.ts';

/** A search is at full speed after about ten decisions. */
const DECISIONS = 12;
/** Most time for them together, in ms. */
const MOST_MS = 4_000;
/** Most time for one of them, in ms. */
const MOST_TURN_MS = 150;

/** Played instead of formats whose teams only servers make. */
const STAND_IN = 'gen9randombattle';

/** What a warm-up plays. */
export interface WarmUpOptions {
  /** An agent whose first decisions in a process are slow and cost nothing but time. */
  readonly agent: Agent;
  readonly format: string;
  /** Packed team; only for formats without random teams. */
  readonly team?: string;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/**
 * Lets an agent make some decisions of a battle that does not count, so that the first ones that count do not run cold
 * code.
 *
 * @returns how long it took, in ms
 */
export async function warmUp({ agent, format, team, signal }: WarmUpOptions): Promise<number> {
  const start = performance.now();
  const enough = new AbortController();
  const ends = AbortSignal.any([enough.signal, AbortSignal.timeout(MOST_MS), ...(signal ? [signal] : [])]);
  let decided = 0;
  await playMatch({
    battleId: 'warm-up',
    format: checkFormat(format).needsTeam || canMakeTeams(format) ? format : STAND_IN,
    seed: 'warm-up',
    players: { p1: { agent, name: 'warm-up', team }, p2: { agent: randomAgent, name: 'random', team } },
    fallback: randomAgent,
    turnMs: MOST_TURN_MS,
    signal: ends,
    onDecision({ side }) {
      if (side === 'p1' && ++decided >= DECISIONS) enough.abort();
    },
  });
  return performance.now() - start;
}
