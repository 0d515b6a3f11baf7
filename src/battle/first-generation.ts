import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import { BINDING_MOVES } from './binding-moves.ts';
import { toId } from './generations.ts';
import type { ParsedLine } from './parse-event.ts';
import type { Binding, StatPenalties } from './state.ts';

/** A stat that a status reduces. */
type Reduced = keyof StatPenalties;

const RAGE = 'rage' as Pokemon['ability'];
const NO_PENALTIES: StatPenalties = { atk: 0, spe: 0 };

/** A change of stages by a move, as the last line reported it. */
interface Change {
  readonly kind: string;
  readonly pokemon: Pokemon;
  readonly stat: string;
  readonly user: Pokemon | undefined;
  readonly before: StatPenalties;
}

interface Hold {
  readonly target: Pokemon;
  readonly uses: number;
  readonly damage?: readonly [least: number, most: number];
}

/**
 * Rules of stats and of moves such as Wrap that only generation 1 has. Burn and paralysis reduce a stat once, when they
 * are inflicted. Every change of that stat's stages undoes the reduction, and every stage that a move changes reduces
 * the stat of the user's opponent once more. Wrap repeats the damage of its first hit.
 */
export class FirstGeneration {
  private readonly battle: Battle;
  private readonly reduced = new Map<Pokemon, StatPenalties>();
  private readonly holds = new Map<Pokemon, Hold>();
  private running:
    | { readonly user: Pokemon; readonly move: string; readonly beginsRage: boolean }
    | undefined;
  private change: Change | undefined;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** How often burn and paralysis have reduced a Pokémon's stats since the stats last changed otherwise. */
  penalties(pokemon: Pokemon): StatPenalties | undefined {
    return this.battle.gen.num === 1 ? this.reduced.get(pokemon) : undefined;
  }

  /**
   * How a move such as Wrap has affected its target so far.
   *
   * @param idOf id of a Pokémon
   */
  binding(pokemon: Pokemon, idOf: (pokemon: Pokemon) => string): Binding | undefined {
    const hold = this.holds.get(pokemon);
    if (!hold || this.battle.gen.num > 1) return undefined;
    const { target, uses, damage } = hold;
    return { target: idOf(target), uses, ...(damage ? { damage } : {}) };
  }

  /**
   * Call after every line.
   *
   * @param hp HP of the Pokémon that the line names, before the line, as a fraction
   */
  after(line: ParsedLine, pokemon: Pokemon | undefined, hp: number): void {
    if (this.battle.gen.num > 1) return;
    const { args, kwArgs } = line;
    const [kind = '', , second = ''] = args;
    const isChange = kind === '-boost' || kind === '-unboost';
    if (!isChange) this.settle();
    if (kind === '-clearallboost') for (const one of this.reduced.keys()) this.reduced.set(one, NO_PENALTIES);
    if (!pokemon) return;
    this.follow(line, pokemon, hp);
    if (isChange && Number(args[3]) > 0) this.changed(kind, pokemon, second, kwArgs.from === undefined);
  }

  private follow({ args, kwArgs }: ParsedLine, pokemon: Pokemon, hp: number): void {
    const [kind, , second = ''] = args;
    switch (kind) {
      case 'switch':
      case 'drag':
        this.entered(pokemon);
        break;
      case 'move':
        this.moved(pokemon, toId(second), kwArgs.miss !== undefined, toId(String(kwArgs.from ?? '')));
        break;
      case 'cant':
        this.running = undefined;
        // That reason is about the bound Pokémon: it ends no hold.
        if (second !== 'partiallytrapped') this.holds.delete(pokemon);
        break;
      case '-status':
        if (second === 'brn') this.reduce(pokemon, 'atk');
        if (second === 'par') this.reduce(pokemon, 'spe');
        break;
      case '-transform':
        this.reduced.set(
          pokemon,
          this.of(this.battle.getPokemon(second as Protocol.PokemonIdent) ?? pokemon),
        );
        break;
      case '-immune':
        this.calm();
        break;
      case '-end':
        // Nor does it continue after breaking a Substitute.
        if (second === 'Substitute') this.calm();
        break;
      case '-damage':
        if (kwArgs.from === undefined) this.struck(pokemon, hp);
        else if (kwArgs.from === 'confusion') this.holds.delete(pokemon);
        break;
    }
  }

  private calm(): void {
    if (this.running?.beginsRage) this.running.user.removeVolatile(RAGE);
  }

  private of(pokemon: Pokemon): StatPenalties {
    return this.reduced.get(pokemon) ?? NO_PENALTIES;
  }

  private reduce(pokemon: Pokemon, stat: Reduced): void {
    const penalties = this.of(pokemon);
    this.reduced.set(pokemon, { ...penalties, [stat]: penalties[stat] + 1 });
  }

  private entered(pokemon: Pokemon): void {
    for (const kept of [this.reduced, this.holds])
      for (const one of kept.keys()) if (!one.isActive()) kept.delete(one);
    this.holds.delete(pokemon);
    for (const [holder, { target }] of this.holds) if (!target.isActive()) this.holds.delete(holder);
    const { status } = pokemon;
    this.reduced.set(pokemon, { atk: status === 'brn' ? 1 : 0, spe: status === 'par' ? 1 : 0 });
  }

  private moved(user: Pokemon, move: string, misses: boolean, caller: string): void {
    // A Rage that hits continues for good, and no line says so.
    const beginsRage = move === RAGE && !misses && !user.hasVolatile(RAGE);
    this.running = { user, move, beginsRage };
    if (beginsRage) user.addVolatile(RAGE);
    const hold = this.holds.get(user);
    const [target] = user.side.foe.active;
    this.holds.delete(user);
    if (!BINDING_MOVES.has(move) || misses || !target) return;
    const { uses, ...held } = caller === move && hold ? hold : { target, uses: 0 };
    this.holds.set(user, { ...held, uses: uses + 1 });
  }

  /** The range of a first hit's damage, from the HP shown before and after it. */
  private struck(pokemon: Pokemon, before: number): void {
    const user = this.running?.user;
    const hold = user && this.holds.get(user);
    if (!hold || hold.uses > 1 || hold.target !== pokemon || pokemon.maxhp <= 0) return;
    const [left, had] = [pokemon.hp / pokemon.maxhp, before].map((hp) => possible(hp, pokemon.maxhp === 100));
    if (left && had) this.holds.set(user, { ...hold, damage: [had[0] - left[1], had[1] - left[0]] });
  }

  private changed(kind: string, pokemon: Pokemon, stat: string, byMove: boolean): void {
    const before = this.change;
    const undoes =
      before?.pokemon === pokemon && before.stat === stat && before.kind !== kind ? before : undefined;
    if (undoes) {
      // The stat was at its limit: nothing has changed, so no stat is reduced.
      this.reduced.set(pokemon, undoes.before);
      this.change = undefined;
      return;
    }
    const penalties = this.of(pokemon);
    if (stat === 'atk' || stat === 'spe') this.reduced.set(pokemon, { ...penalties, [stat]: 0 });
    this.change = {
      ...{ kind, pokemon, stat, before: penalties },
      user: byMove ? this.running?.user : undefined,
    };
  }

  /** A move has changed stages: the status of its user's opponent reduces the stat once more. */
  private settle(): void {
    const [opponent] = this.change?.user?.side.foe.active ?? [];
    this.change = undefined;
    if (opponent?.status === 'brn') this.reduce(opponent, 'atk');
    if (opponent?.status === 'par') this.reduce(opponent, 'spe');
  }
}

/**
 * The least and the greatest fraction that an HP value can stand for: percentages are rounded up, and 100 is full HP.
 */
function possible(hp: number, isPercentage: boolean): readonly [number, number] {
  if (!isPercentage || hp >= 1 || hp <= 0) return [hp, hp];
  return [hp - 0.01, hp > 0.985 ? 1 : hp];
}
