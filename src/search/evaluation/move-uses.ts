import type { ModelMove } from '../../mechanics/move.ts';

/** Ids of moves by what they are used for, where their data do not say it. */
export const CLEARING = new Set(['defog', 'rapidspin', 'mortalspin', 'tidyup']);
const RECOVERING = new Set([
  'rest',
  'wish',
  'morningsun',
  'synthesis',
  'moonlight',
  'shoreup',
  'strengthsap',
]);

export function recovers({ heal, id }: ModelMove): boolean {
  return heal > 0 || RECOVERING.has(id);
}

/** Whether a status move raises its user's stages. */
export function setsUp({ category, selfBoosts }: ModelMove): boolean {
  if (category !== 'Status' || !selfBoosts) return false;
  const { atk, def, spa, spd, spe } = selfBoosts;
  return atk + def + spa + spd + spe > 0;
}
