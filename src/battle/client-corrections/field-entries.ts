import type { Battle, Pokemon } from '@pkmn/client';
import type { ParsedLine } from '../parse-event.ts';
import type { Bonds } from './bonds.ts';
import type { ChangedAbilities } from './changed-abilities.ts';
import { benchIdent, type Disguises, plainDetails, slotOf } from './illusion.ts';
import type { LearnedMoves } from './learned-moves.ts';
import { keepSubstitute } from './pokemon-corrections.ts';
import { RAMPAGE } from './rampages.ts';

type Id = Pokemon['ability'];

/** Conditions that end, or pass on, when a Pokémon leaves the field. */
interface Lasting {
  readonly abilities: ChangedAbilities;
  readonly bonds: Bonds;
  readonly disguises: Disguises;
  readonly learned: LearnedMoves;
}

const FORESIGHT = 'foresight' as Id;

/** Conditions that Baton Pass does not pass on, though the client does. */
const NEVER_PASSED = /^(?:stockpile|minimize|defensecurl|glaiverush|protosynthesis|quarkdrive)/;

/** Follows switches: ends conditions that the client lets the new Pokémon keep, and passes on those it forgets. */
export class FieldEntries {
  private readonly battle: Battle;
  private readonly lasting: Lasting;
  private standing: Pokemon | null = null;
  /** Whether the Pokémon on the field is under Foresight. */
  private isIdentified = false;

  constructor(battle: Battle, lasting: Lasting) {
    this.battle = battle;
    this.lasting = lasting;
  }

  /**
   * Call before the client reads the line.
   *
   * @returns false when a request has already revealed our own Illusion that the line ends
   */
  before({ args }: ParsedLine, pokemon: Pokemon | undefined): boolean {
    const [kind, ident = '', details = '', health = ''] = args;
    if (kind === 'replace' && pokemon && isAlready(pokemon, ident, details)) return false;
    this.standing = pokemon?.side.active[slotOf(ident)] ?? null;
    this.isIdentified = this.standing?.hasVolatile(FORESIGHT) ?? false;
    this.lasting.disguises.entering(ident, details, health, (left) => this.left(left));
    return true;
  }

  /**
   * Call after the client has read the line.
   *
   * @param from what brought the Pokémon in
   */
  after(kind: string, pokemon: Pokemon, from: ParsedLine['kwArgs'][string]): void {
    this.takePlace(kind, pokemon, from === 'Baton Pass');
    if (from === 'Shed Tail') keepSubstitute(pokemon);
  }

  private takePlace(kind: string, pokemon: Pokemon, passed: boolean): void {
    const { standing } = this;
    this.lasting.disguises.entered(pokemon);
    if (!standing || standing === pokemon) return;
    if (kind === 'replace') {
      this.lasting.disguises.unmask(standing, pokemon);
      return;
    }
    if (passed) this.passOn(standing, pokemon);
    this.left(standing);
  }

  /** Baton Pass passes on traps, set or suffered; up to generation 4 also sports; in generation 2 also Foresight. */
  private passOn(from: Pokemon, to: Pokemon): void {
    const { num } = this.battle.gen;
    for (const id of Object.keys(to.volatiles)) if (NEVER_PASSED.test(id)) to.removeVolatile(id as Id);
    if (num <= 4) this.lasting.bonds.pass(from, to);
    else
      for (const id of ['trapped', 'lockon', 'mudsport', 'watersport', RAMPAGE]) to.removeVolatile(id as Id);
    if (num === 2 && this.isIdentified) to.addVolatile(FORESIGHT);
  }

  private left(pokemon: Pokemon): void {
    this.lasting.learned.left(pokemon);
    this.lasting.abilities.left(pokemon);
    this.released(pokemon);
    this.lasting.disguises.left(pokemon);
  }

  /** A Pokémon has fainted or left, and frees every Pokémon it held. */
  released(pokemon: Pokemon): void {
    this.lasting.bonds.release(pokemon);
    for (const ally of pokemon.side.active) ally?.removeVolatile('commanding' as Id);
  }
}

/** Whether a Pokémon is the one in a line: a disguised one may share its name. */
function isAlready({ originalIdent, details }: Pokemon, ident: string, inLine: string): boolean {
  return originalIdent === benchIdent(ident) && plainDetails(details) === plainDetails(inLine);
}

/**
 * Whether a line shows the types of the Pokémon that our own one is disguised as: its own have not changed.
 *
 * @param real the Pokémon that the line is about
 */
export function showsLikeness({ args, kwArgs }: ParsedLine, real: Pokemon | undefined): boolean {
  const [, ident = '', effect] = args;
  return effect === 'typechange' && kwArgs.silent !== undefined && benchIdent(ident) !== real?.originalIdent;
}
