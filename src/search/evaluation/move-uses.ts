import type { ModelMove } from '../../mechanics/model-move.ts';

/** Ids of moves by their purpose, when their data do not show it. */
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
