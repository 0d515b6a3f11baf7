import { toId } from '../battle/generations.ts';
import type { StatusId } from '../battle/state.ts';
import { generation } from '../knowledge/dex.ts';

const CONDITION_NAMES = new Map([
  ['raindance', 'Rain'],
  ['sunnyday', 'Sun'],
  ['sandstorm', 'Sandstorm'],
  ['hail', 'Hail'],
  ['snowscape', 'Snow'],
  ['snow', 'Snow'],
  ['desolateland', 'Extremely harsh sunlight'],
  ['primordialsea', 'Heavy rain'],
  ['deltastream', 'Strong winds'],
  ['partiallytrapped', 'trapped and hurt each turn'],
  ['trapped', 'cannot switch'],
  ['mustrecharge', 'must recharge'],
  ['typechange', 'changed type'],
  ['typeadd', 'added type'],
  ['lockedmove', 'locked into its move'],
  ['choicelock', 'locked into its move'],
  ['gmaxsteelsurge', 'G-Max Steelsurge'],
  ['leechseed', 'Leech Seed'],
  ['quarkdrive', 'Quark Drive'],
  ['protosynthesis', 'Protosynthesis'],
]);

const STATUS_NAMES: Record<StatusId, string> = {
  brn: 'burned',
  par: 'paralyzed',
  psn: 'poisoned',
  tox: 'badly poisoned',
  slp: 'asleep',
  frz: 'frozen',
};

/** A status as a state, e.g. `badly poisoned`. */
export function statusName(status: StatusId): string {
  return STATUS_NAMES[status];
}

/**
 * Name for people of a move, ability, item, weather or other condition. Unknown ids come back cut to letters and
 * digits, so that nothing foreign gets through.
 */
export function nameOf(gen: number, text: string): string {
  const id = toId(text).slice(0, 40);
  const known = CONDITION_NAMES.get(id);
  if (known) return known;
  const { dex } = generation(gen);
  const found = [dex.moves.get(id), dex.abilities.get(id), dex.items.get(id)].find(({ exists }) => exists);
  return found?.name ?? id;
}
