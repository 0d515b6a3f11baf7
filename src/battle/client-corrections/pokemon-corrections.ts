import type { Pokemon, Side } from '@pkmn/client';

type Id = Pokemon['ability'];

/** Side conditions that end with the turn, which the client keeps until the next turn begins. */
const GUARDS = ['craftyshield', 'matblock', 'quickguard', 'wideguard'] as Id[];

export function endGuards(side: Side): void {
  for (const id of GUARDS) side.removeSideCondition(id);
}

/** Perish Body works at once, though the log reports it only at the end of the turn. */
export function doom(pokemon: readonly (Pokemon | undefined)[]): void {
  for (const one of pokemon) {
    if (one && !one.hasVolatile('perishsong' as Id)) one.addVolatile('perishsong' as Id, { duration: 3 });
  }
}

/** Generation 1's Special is two stats, of which the client counts only one. */
export function changeSpecialDefence({ boosts, side }: Pokemon, kind: string, stages: number): void {
  if (side.battle.gen.num > 1) return;
  boosts.spd = (boosts.spd ?? 0) + (kind === '-boost' ? stages : -stages);
}

/** Generation 1 logs changes beyond ±6, and counts later changes from the limit. */
export function limitStages({ boosts }: Pokemon): void {
  for (const stat of Object.keys(boosts) as (keyof typeof boosts)[])
    boosts[stat] = Math.max(-6, Math.min(6, boosts[stat] ?? 0));
}

/** Shed Tail passes on nothing but the Substitute. */
export function keepSubstitute(pokemon: Pokemon): void {
  const { substitute } = pokemon.volatiles;
  pokemon.boosts = {};
  pokemon.volatiles = substitute ? { substitute } : {};
}

/** A terastallized Morpeko keeps its forme, even on the bench. */
export function keepForme(pokemon: Pokemon): void {
  pokemon.baseSpeciesForme = pokemon.speciesForme;
  pokemon.searchid = `${pokemon.originalIdent}|${pokemon.details}` as Pokemon['searchid'];
}
