import { simulator } from '../knowledge/simulator.ts';

type Flag = 'notrace' | 'failskillswap' | 'failroleplay' | 'noentrain' | 'cantsuppress';

function flagged(flag: Flag): ReadonlySet<string> {
  const abilities = simulator.Dex.abilities.all().filter(({ flags }) => flags[flag]);
  return new Set(['', ...abilities.map(({ id }) => id)]);
}

/** Abilities that certain effects cannot copy, swap or suppress. "No ability" is among them. */
export const UNTRACEABLE = flagged('notrace');
export const UNSWAPPABLE = flagged('failskillswap');
export const UNCOPIABLE = flagged('failroleplay');
export const UNGIVABLE = flagged('noentrain');
export const UNSUPPRESSABLE = flagged('cantsuppress');
