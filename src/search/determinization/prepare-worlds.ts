import { isRandomFormat, randomSets } from '../../knowledge/random-sets.ts';
import { randomTeam } from '../../knowledge/random-teams.ts';

/** Loads what worlds of a format are drawn from, so that the first decision does not have to wait for it. */
export function prepareWorlds(format: string): void {
  const gen = Number(/^gen(\d)/.exec(format)?.[1]);
  if (!gen || !isRandomFormat(format)) return;
  // The first sets take as long as dozens of later ones.
  for (const { species } of randomTeam(gen, format, 0).slice(0, 2)) randomSets(gen, format, species);
}
