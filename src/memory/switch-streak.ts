import { type Action, slotActions } from '../battle/action.ts';
import type { SideId } from '../battle/state.ts';
import type { BattleMemory } from './battle-memory.ts';
import { percent } from './words.ts';

/** Whether an action only switches, although it could have attacked: in doubles, when no slot uses a move. */
export function isSwitchOnly(action: Action): boolean {
  const slots = slotActions(action);
  return slots.some(({ type }) => type === 'switch') && slots.every(({ type }) => type !== 'move');
}

/**
 * Voluntary switches in a row up to now. Forced ones (after a faint, U-turn and the like) neither count nor
 * end the streak; using a move ends it.
 */
export function switchStreak(memory: BattleMemory): number {
  let streak = 0;
  for (const { action, forced } of memory.decisions.toReversed()) {
    if (forced) continue;
    if (!isSwitchOnly(action)) break;
    streak++;
  }
  return streak;
}

/** What a streak of two or more voluntary switches cost, in one sentence; undefined when there is none. */
export function switchStreakFeedback(memory: BattleMemory, side: SideId): string | undefined {
  const streak = switchStreak(memory);
  if (streak < 2) return undefined;
  const first = memory.decisions.filter(({ forced }) => !forced).at(-streak)?.turn ?? 0;
  let lost = 0;
  for (const { turn, events } of memory.turns) {
    if (turn < first) continue;
    for (const event of events)
      if (event.type === 'damage' && event.pokemon.side === side) lost += event.before - event.after;
  }
  return `You have switched ${streak} turns in a row without attacking; your Pokémon lost ${percent(lost)} HP in total meanwhile.`;
}
