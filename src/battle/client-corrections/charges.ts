import type { Battle, Pokemon } from '@pkmn/client';
import type { Bonds } from './bonds.ts';
import { CHARGE, type SilentEndings, SKY_DROP } from './silent-endings.ts';

type Id = Pokemon['ability'];

/** Two-turn moves between their first and their second turn. */
export class Charges {
  private readonly battle: Battle;
  private readonly bonds: Bonds;
  private readonly silentEndings: SilentEndings;

  constructor(battle: Battle, bonds: Bonds, silentEndings: SilentEndings) {
    this.battle = battle;
    this.bonds = bonds;
    this.silentEndings = silentEndings;
  }

  /** @param lifted the target that Sky Drop lifts up */
  begin(pokemon: Pokemon, lifted: Pokemon | undefined): void {
    pokemon.addVolatile(CHARGE as Id);
    if (!lifted) return;
    this.bonds.hold(lifted, SKY_DROP, pokemon);
    this.silentEndings.lifted(lifted);
  }

  /** In generation 1 only paralysis and Disable end a charge; nothing else that keeps its user from moving does. */
  isEndedBy(reason: string): boolean {
    if (this.battle.gen.num === 1) return reason === 'par' || reason === 'Disable';
    return reason !== 'partiallytrapped';
  }

  /** The second turn of a move has come, or will not come. */
  end(pokemon: Pokemon | undefined): void {
    pokemon?.removeVolatile(CHARGE as Id);
    if (pokemon) this.bonds.letGo(pokemon, SKY_DROP);
  }
}
