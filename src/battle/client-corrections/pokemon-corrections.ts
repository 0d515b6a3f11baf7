import type { Pokemon, Side } from '@pkmn/client';

type Id = Pokemon['ability'];

/** Conditions of a side that end with the turn, which the client keeps until the next begins. */
const GUARDS = ['craftyshield', 'matblock', 'quickguard', 'wideguard'] as Id[];

export function endGuards(side: Side): void {
  for (const id of GUARDS) side.removeSideCondition(id);
}

/** Perish Body strikes at once, and the log says so at the end of the turn. */
export function doom(pokemon: readonly (Pokemon | undefined)[]): void {
  for (const one of pokemon) {
    if (one && !one.hasVolatile('perishsong' as Id)) one.addVolatile('perishsong' as Id, { duration: 3 });
  }
}

/** The Special of generation 1 is two stats, of which the client counts one. */
export function changeSpecialDefence({ boosts, side }: Pokemon, kind: string, stages: number): void {
  if (side.battle.gen.num > 1) return;
  boosts.spd = (boosts.spd ?? 0) + (kind === '-boost' ? stages : -stages);
}

/** Generation 1 tells more than there is room for, and takes a stage back from what there was room for. */
export function limitStages({ boosts }: Pokemon): void {
  for (const stat of Object.keys(boosts) as (keyof typeof boosts)[])
    boosts[stat] = Math.max(-6, Math.min(6, boosts[stat] ?? 0));
}

/** Shed Tail passes nothing else on. */
export function keepSubstitute(pokemon: Pokemon): void {
  const { substitute } = pokemon.volatiles;
  pokemon.boosts = {};
  pokemon.volatiles = substitute ? { substitute } : {};
}

/** A terastallized Morpeko stays as it is, on the bench, too. */
export function keepForme(pokemon: Pokemon): void {
  pokemon.baseSpeciesForme = pokemon.speciesForme;
  pokemon.searchid = `${pokemon.originalIdent}|${pokemon.details}` as Pokemon['searchid'];
}
