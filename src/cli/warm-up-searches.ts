import { type WarmUpOptions, warmUp } from '../arena/warm-up.ts';
import type { ChosenAgent } from './agents.ts';
import type { Terminal } from './terminal.ts';

/** A warm-up that takes longer than this, in ms, is mentioned. */
const NOTED_MS = 2_000;

/** Warms up the search of one of the agents; that warms up all of them. */
export async function warmUpSearches(
  chosen: readonly ChosenAgent[],
  battle: Pick<WarmUpOptions, 'format' | 'team'>,
  note: Terminal,
): Promise<void> {
  const agent = chosen.map(({ search }) => search).find((search) => search !== undefined);
  if (!agent) return;
  const ms = await warmUp({ agent, ...battle });
  if (ms > NOTED_MS) note.line(`Warming up the search took ${(ms / 1000).toFixed(1)} s.`);
}
