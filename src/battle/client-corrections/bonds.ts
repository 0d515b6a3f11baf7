import type { Pokemon } from '@pkmn/client';

type Id = Pokemon['ability'];

interface Bond {
  readonly held: Pokemon;
  readonly holder: Pokemon;
  /** The volatile condition that `held` has for as long as `holder` stays. */
  readonly condition: Id;
}

/** Volatile conditions that end when another Pokémon leaves the field or faints: traps and Sky Drop. */
export class Bonds {
  private bonds: readonly Bond[] = [];

  /** Gives `held` a condition that lasts no longer than `holder` stays. */
  hold(held: Pokemon, condition: string, holder: Pokemon): void {
    const id = condition as Id;
    held.addVolatile(id);
    this.bonds = [...this.without(held, condition), { held, holder, condition: id }];
  }

  /** Ends a condition that another Pokémon holds. */
  free(held: Pokemon, condition: string): void {
    held.removeVolatile(condition as Id);
    this.bonds = this.without(held, condition);
  }

  /** A Pokémon has left the field or fainted: it no longer holds others or is held. */
  release(pokemon: Pokemon): void {
    for (const { held, holder, condition } of this.bonds)
      if (holder === pokemon) held.removeVolatile(condition);
    this.bonds = this.bonds.filter(({ held, holder }) => held !== pokemon && holder !== pokemon);
  }

  /** Ends every hold of a Pokémon by this condition. */
  letGo(holder: Pokemon, condition: string): void {
    for (const bond of this.bonds) {
      if (bond.holder === holder && bond.condition === condition) this.free(bond.held, condition);
    }
  }

  /** Baton Pass: the Pokémon that comes in holds and is held as the one that leaves did. */
  pass(from: Pokemon, to: Pokemon): void {
    this.bonds = this.bonds.map((bond) => ({
      ...bond,
      held: bond.held === from ? to : bond.held,
      holder: bond.holder === from ? to : bond.holder,
    }));
  }

  private without(held: Pokemon, condition: string): readonly Bond[] {
    return this.bonds.filter((bond) => bond.held !== held || bond.condition !== condition);
  }
}
