import { toId } from '../battle/generations.ts';
import { abilityName, findMove, itemName } from '../knowledge/dex.ts';
import { conditionEffect } from '../knowledge/effect-text.ts';

/** Ids are cut to this length before they are looked up; unknown ones are shown as they are. */
const LONGEST_ID = 40;

const WEATHERS = new Set([
  ...['raindance', 'sunnyday', 'sandstorm', 'hail', 'snowscape', 'snow'],
  ...['desolateland', 'primordialsea', 'deltastream'],
]);

/** Name of a weather, hazard, screen, volatile condition or status as a state, e.g. `rain`, `badly poisoned`, `seeded`. */
export function conditionName(gen: number, id: string): string {
  return conditionEffect(gen, toId(id).slice(0, LONGEST_ID)).name;
}

/** Name of the move, ability, item, weather or other condition with this id. */
export function nameOf(gen: number, text: string): string {
  const id = toId(text).slice(0, LONGEST_ID);
  if (WEATHERS.has(id)) return conditionName(gen, id);
  const move = findMove(gen, id)?.name;
  if (move) return move;
  return [abilityName(gen, id), itemName(gen, id)].find((name) => name !== id) ?? conditionName(gen, id);
}
