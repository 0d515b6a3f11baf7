import { generations } from '../battle/generations.ts';
import { memoize } from '../util/memoize.ts';

const { dex } = generations;

/** Effects whose name in the game differs from that of the move or effect that causes them. */
const NAMES = new Map([
  ['raindance', 'Rain'],
  ['sunnyday', 'Sun'],
  ['sandstorm', 'Sandstorm'],
  ['hail', 'Hail'],
  ['snowscape', 'Snow'],
  ['snow', 'Snow'],
  ['desolateland', 'Harsh sunlight'],
  ['primordialsea', 'Heavy rain'],
  ['deltastream', 'Strong winds'],
  ['confusion', 'Confused'],
  ['attract', 'Infatuated'],
  ['typechange', 'Type changed'],
  ['typeadd', 'Type added'],
  ['mustrecharge', 'Must recharge'],
  ['trapped', 'Trapped'],
  ['partiallytrapped', 'Trapped'],
  ['lockedmove', 'Locked in'],
]);

/** Conditions that contain a counter or a stat: `perish2`, `protosynthesisatk`. */
const DETAILED = /^([a-z]+?)(\d+|atk|def|spa|spd|spe)$/;

/** Name of an item by id, e.g. `Heavy-Duty Boots`. */
export const itemName = memoize((id) => dex.items.get(id).name);

/** Name of an ability by id. */
export const abilityName = memoize((id) => dex.abilities.get(id).name);

/** Name of a move by id. */
export const moveName = memoize((id) => dex.moves.get(id).name);

/** Name of a weather, terrain, hazard, screen or volatile condition by id; a readable form of the id if unknown. */
export const conditionName: (id: string) => string = memoize((id) => {
  const known = NAMES.get(id);
  if (known) return known;
  for (const effect of [dex.moves.get(id), dex.abilities.get(id), dex.conditions.get(id)]) {
    if (effect.exists) return effect.name;
  }
  const [, base, detail] = DETAILED.exec(id) ?? [];
  if (base && detail) return `${conditionName(base)} ${detail}`;
  return id.charAt(0).toUpperCase() + id.slice(1);
});
