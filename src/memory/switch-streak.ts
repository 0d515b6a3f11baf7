import { type Action, slotActions } from '../battle/action.ts';
import type { SideId } from '../battle/state.ts';
import type { BattleMemory } from './battle-memory.ts';
import { percent } from './format-feedback.ts';

/** Whether an action only switches although it could have attacked: in doubles, when no slot uses a move. */
export function isSwitchOnly(action: Action): boolean {
  const slots = slotActions(action);
  return slots.some(({ type }) => type === 'switch') && slots.every(({ type }) => type !== 'move');
}

/**
 * Voluntary switches in a row up to now. Forced ones (after fainting, U-turn or similar) neither count nor end the
 * streak; using a move ends it.
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

/**
 * The cost of recent voluntary switches: how many there were in a row, and how many of them were into more damage than
 * staying. Undefined when there is neither a streak of two or more nor such a switch.
 */
export function switchFeedback(memory: BattleMemory, side: SideId): string | undefined {
  const streak = switchStreak(memory);
  const switches = streak === 0 ? [] : memory.decisions.filter(({ forced }) => !forced).slice(-streak);
  const worse = switches.filter(({ intoMoreDamage }) => intoMoreDamage).length;
  if (streak < 2)
    return worse > 0 ? 'Your last switch was into more expected damage than staying.' : undefined;
  const first = switches[0]?.turn ?? 0;
  let lost = 0;
  for (const { turn, events } of memory.turns) {
    if (turn < first) continue;
    for (const event of events)
      if (event.type === 'damage' && event.pokemon.side === side) lost += event.before - event.after;
  }
  const cost = `You have switched ${streak} turns in a row without attacking; your Pokémon lost ${percent(lost)} HP in total meanwhile.`;
  return worse > 0 ? `${cost} ${worse} of these switches went into more expected damage than staying.` : cost;
}
