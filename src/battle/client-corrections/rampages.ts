import type { Battle, Pokemon } from '@pkmn/client';
import { effectId } from '../effect-id.ts';
import { isFutureStrike } from '../future-moves.ts';
import type { ParsedLine } from '../parse-event.ts';
import { isBounced } from './called-moves.ts';

type Id = Pokemon['ability'];

/** The volatile condition of Outrage and similar moves; its level counts the turns so far. */
export const RAMPAGE = 'lockedmove';

const MISTY = 'Misty';

/** A rampage lasts two or three turns, in generation 1 three or four. */
const LONGEST = 3;

/** Lines that begin the next action or end the turn. */
const NEXT = new Set(['move', 'cant', 'switch', 'drag', 'upkeep', 'turn']);

const STAND_INS = new Set(['substitute', 'disguise', 'iceface']);
const SHIELDS = new Set(['protect', 'detect']);

/**
 * Follows moves such as Outrage, which lock their user in for as long as they hit. No line names the lock: from
 * generation 3 on it ends when a use is blocked, misses or has no effect.
 */
export class Rampages {
  private readonly battle: Battle;
  private running: { readonly pokemon: Pokemon; readonly isMisty: boolean; hasHit: boolean } | undefined;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** Call after every line. */
  follow(line: ParsedLine, pokemon: Pokemon | undefined): void {
    const [kind = '', , second = ''] = line.args;
    if (NEXT.has(kind) || isFutureStrike(line)) this.settle();
    if (!pokemon || isBounced(line)) return;
    if (kind === 'move') this.begin(pokemon, second, String(line.kwArgs.from ?? ''));
    else if (pokemon === this.running?.pokemon) this.suffer(line, pokemon);
    else if (this.running && this.holds(line)) this.running.hasHit = true;
    if (kind === '-start' && isFatigue(line, this.battle.gen.num)) this.end(pokemon);
    if (kind === '-status' && second === 'slp') this.end(pokemon);
  }

  /** The rampaging Pokémon could not act. */
  end(pokemon: Pokemon): void {
    pokemon.removeVolatile(RAMPAGE as Id);
    if (this.running?.pokemon === pokemon) this.running = undefined;
  }

  private begin(pokemon: Pokemon, move: string, caller: string): void {
    const { self } = this.battle.get('moves', move) as { self?: { volatileStatus?: string } | null };
    if (self?.volatileStatus !== RAMPAGE) {
      this.end(pokemon);
      return;
    }
    // From generation 3 on, every use but the first is marked as a continuation.
    if (this.battle.gen.num > 2 && caller !== RAMPAGE) pokemon.removeVolatile(RAMPAGE as Id);
    // Dancer and Instruct do not lock their user in.
    if (!/Dancer|Instruct/.test(caller))
      this.running = { pokemon, isMisty: this.battle.field.terrain === MISTY, hasHit: false };
  }

  /** Whether a line shows that a move has hit a Pokémon, or its Substitute. */
  private holds({ args: [kind, , second = ''], kwArgs }: ParsedLine): boolean {
    if (kind === '-damage') return kwArgs.from === undefined;
    const effect = effectId(second);
    if (kind === '-activate' || kind === '-end') return STAND_INS.has(effect);
    // In generation 3 a protecting move does not interrupt a rampage that is under way.
    const goesOn = this.running?.pokemon.hasVolatile(RAMPAGE as Id) ?? false;
    return kind === '-block' && this.battle.gen.num === 3 && goesOn && SHIELDS.has(effect);
  }

  private suffer({ args: [kind] }: ParsedLine, pokemon: Pokemon): void {
    if (kind === 'faint') this.end(pokemon);
  }

  private settle(): void {
    const { running } = this;
    this.running = undefined;
    if (!running || running.pokemon.fainted) return;
    const { pokemon, hasHit, isMisty } = running;
    const lasted = pokemon.volatiles[RAMPAGE]?.level ?? 0;
    const { num } = this.battle.gen;
    const goesOn = hasHit || num === 2 || (num === 1 && lasted > 0);
    const longest = num === 1 ? LONGEST + 1 : LONGEST;
    // In Misty Terrain the second turn may have been the last: the confusion that would show it cannot occur there.
    const mayBeOver = isMisty && lasted + 1 === 2;
    // Sleep, in which Sleep Talk may use such a move, ends it.
    if (goesOn && !mayBeOver && pokemon.status !== 'slp' && lasted + 1 < longest)
      pokemon.addVolatile(RAMPAGE as Id, { level: lasted + 1 });
    else pokemon.removeVolatile(RAMPAGE as Id);
  }
}

function isFatigue({ args: [, , effect], kwArgs }: ParsedLine, gen: number): boolean {
  return (
    effect === 'confusion' && (kwArgs.fatigue !== undefined || (gen <= 2 && kwArgs.silent !== undefined))
  );
}
