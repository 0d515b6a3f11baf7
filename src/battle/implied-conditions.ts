import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import { DANCER } from './client-corrections/called-moves.ts';
import { effectId } from './effect-id.ts';
import { isFutureStrike } from './future-moves.ts';
import { toId } from './generations.ts';
import { isHarmlessFailure } from './harmless-failures.ts';
import { type MetronomeRow, MetronomeRows } from './metronome-rows.ts';
import type { ParsedLine } from './parse-event.ts';
import type { SideId, StatChange } from './state.ts';

type Id = Pokemon['ability'];

/** A move that succeeds turn after turn. */
interface Streak {
  readonly move: string;
  readonly uses: number;
  /** The last turn in which it had an effect. */
  readonly turn: number;
  /** The last turn in which its user prepared it. */
  readonly prepared?: number;
}

/** In how many turns in a row Echoed Voice was used, and for how many more turns that counts. */
interface Echo {
  readonly turns: number;
  readonly left: number;
}

/**
 * Conditions and counts that no line states but lines imply: the target of Lock-On, which Pokémon have used Minimize,
 * stats that were shared or swapped, how often a move succeeded in a row, whose last move failed.
 */
export class ImpliedConditions {
  private readonly battle: Battle;
  private readonly changes = new Map<Pokemon, readonly StatChange[]>();
  private readonly origins = new Map<Pokemon, Pokemon>();
  private readonly streaks = new Map<Pokemon, Streak>();
  /** Moves that have hit since their user terastallized to Stellar. */
  private readonly stellar = new Map<Pokemon, ReadonlySet<string>>();
  private readonly locks = new Map<Pokemon, { readonly target: Pokemon; readonly turn: number }>();
  /** Pokémon whose move failed in this turn, and in the one before. */
  private failing = new Set<Pokemon>();
  private failed = new Set<Pokemon>();
  private readonly faints: Partial<Record<SideId, number>> = {};
  private sounding: (Echo & { readonly turn: number }) | undefined;
  /** The move that is being carried out. */
  private running: { readonly user: Pokemon; readonly move: string; readonly isDanced: boolean } | undefined;

  private readonly rows: MetronomeRows;
  private readonly idOf: (pokemon: Pokemon) => string;

  constructor(battle: Battle, idOf: (pokemon: Pokemon) => string) {
    this.battle = battle;
    this.rows = new MetronomeRows(battle);
    this.idOf = idOf;
  }

  /** How a Pokémon's stats have changed since it came in, oldest first. */
  statChanges(pokemon: Pokemon): readonly StatChange[] {
    return this.changes.get(pokemon) ?? [];
  }

  /** The Pokémon whose stats and moves a transformed one has. */
  originOf(pokemon: Pokemon): Pokemon | undefined {
    return this.origins.get(pokemon);
  }

  /** The move that a Pokémon used successfully in its last turn, and in how many turns in a row. */
  streak(pokemon: Pokemon): Pick<Streak, 'move' | 'uses'> | undefined {
    const streak = this.streaks.get(pokemon);
    return streak && Math.max(streak.turn, streak.prepared ?? 0) >= this.battle.turn - 1
      ? { move: streak.move, uses: streak.uses }
      : undefined;
  }

  /** How often in a row a Metronome has counted a Pokémon's move. */
  metronomeRow(pokemon: Pokemon): MetronomeRow | undefined {
    return this.rows.of(pokemon);
  }

  /** Whether a Pokémon's move failed or missed in the turn before this one. */
  hasFailed(pokemon: Pokemon): boolean {
    return this.failed.has(pokemon);
  }

  /** Whether a Pokémon of this side fainted in the turn before this one. */
  hasJustLost(side: SideId): boolean {
    return (this.faints[side] ?? Number.NEGATIVE_INFINITY) >= this.battle.turn - 1;
  }

  /** The moves with which a Pokémon has hit since it terastallized to Stellar. */
  stellarMoves(pokemon: Pokemon): readonly string[] {
    return [...(this.stellar.get(pokemon) ?? [])];
  }

  /** The Echoed Voice that still counts. */
  get echo(): Echo | undefined {
    return this.sounding;
  }

  /** @param pokemon the Pokémon that the line names, after the client has seen the line */
  after(line: ParsedLine, pokemon: Pokemon | undefined): void {
    const [kind] = line.args;
    if (kind === 'turn') this.beginTurn();
    if (kind === 'upkeep') this.endTurn();
    if (isFutureStrike(line)) this.running = undefined;
    if (!pokemon) return;
    switch (kind) {
      case 'switch':
      case 'drag':
        this.entered(pokemon);
        break;
      case 'faint':
        this.faints[pokemon.side.n === 0 ? 'p1' : 'p2'] = this.battle.turn;
        for (const [user, { target }] of this.locks)
          if (target === pokemon) user.removeVolatile('lockon' as Id);
        break;
      case 'move':
        this.moved(pokemon, line);
        break;
      case 'cant':
        this.running = undefined;
        this.loaf(pokemon, line.args[2] ?? '');
        if (!NO_FAILURE.has(line.args[2] ?? '')) this.failing.add(pokemon);
        break;
      case '-prepare':
        this.prepared(pokemon);
        this.rows.prepared(pokemon);
        break;
      case '-anim':
        // It needs no second turn after all.
        if (this.running) this.attempt(pokemon, this.running.move, false);
        break;
      default:
        this.struck(pokemon, line);
    }
  }

  private endTurn(): void {
    const { turn: now } = this.battle;
    if (this.sounding) {
      const left = this.sounding.left - 1;
      this.sounding = left > 0 ? { ...this.sounding, left } : undefined;
    }
    for (const [user, { turn }] of this.locks) if (turn < now) this.release(user);
    if (this.battle.gen.num === 3) for (const pokemon of this.battle.getAllActive()) turnTruant(pokemon);
  }

  private beginTurn(): void {
    this.running = undefined;
    this.failed = this.failing;
    this.failing = new Set();
  }

  private entered(pokemon: Pokemon): void {
    const present = this.battle.getAllActive();
    if (this.battle.gen.num === 3 && this.battle.turn > 0) turnTruant(pokemon);
    for (const [user, { target }] of this.locks) {
      if (!present.includes(user)) this.release(user);
      // A lock on a Pokémon that has left still keeps its user from locking on to another.
      else if (!present.includes(target)) user.removeVolatile('lockon' as Id);
    }
    for (const kept of [this.changes, this.origins, this.streaks]) {
      for (const one of kept.keys()) if (one === pokemon || !present.includes(one)) kept.delete(one);
    }
    this.rows.left(pokemon);
    this.failing.delete(pokemon);
    this.failed.delete(pokemon);
    if (pokemon.hasVolatile('powertrick' as Id)) this.changes.set(pokemon, [{ kind: 'powertrick' }]);
  }

  private moved(user: Pokemon, { args, kwArgs }: ParsedLine): void {
    const move = toId(args[2] ?? '');
    this.running = { user, move, isDanced: kwArgs.from === DANCER };
    this.attempt(user, move, kwArgs.from === 'lockedmove');
    this.loaf(user, '');
    if (kwArgs.miss !== undefined || kwArgs.notarget !== undefined) this.failing.add(user);
    if (SELF_CONDITIONS.has(move)) user.addVolatile(move as Id);
    const { turn } = this.battle;
    // Echoed Voice counts when it was aimed at a fainted Pokémon, but not when there was no target at all.
    const isHeard = move === 'echoedvoice' && args[3] !== 'null';
    if (!isHeard || this.sounding?.turn === turn) return;
    this.sounding = { turn, turns: (this.sounding?.turns ?? 0) + 1, left: 2 };
  }

  private attempt(user: Pokemon, move: string, isLocked: boolean): void {
    this.rows.tried(user, move, { isLocked, goesOn: this.streak(user)?.move === move });
  }

  private find(ident: string): Pokemon | undefined {
    return this.battle.getPokemon(ident as Protocol.PokemonIdent) ?? undefined;
  }

  /**
   * A Pokémon with Truant that got as far as trying to move loafs around in its next turn; recharging counts as
   * loafing.
   */
  private loaf(pokemon: Pokemon, reason: string): void {
    if (this.battle.gen.num === 3) {
      // Its ability may have been unknown before.
      if (reason === 'ability: Truant') pokemon.addVolatile(TRUANT);
      return;
    }
    if (reason === 'ability: Truant' || reason === 'recharge') pokemon.removeVolatile(TRUANT);
    else if (abilityOf(pokemon) === 'truant' && !BEFORE_TRUANT.has(reason)) pokemon.addVolatile(TRUANT);
  }

  private struck(pokemon: Pokemon, { args, kwArgs }: ParsedLine): void {
    const [kind, , effect = '', detail = ''] = args;
    switch (kind) {
      case '-damage':
        if (kwArgs.from === undefined) this.hit(pokemon);
        if (kwArgs.from === 'confusion') this.hitItself(pokemon);
        break;
      case '-end':
        if (effect === 'Substitute') this.hit(pokemon);
        if (toId(effect) === 'powertrick') this.change(pokemon, { kind: 'powertrick' });
        break;
      case '-miss':
        if (this.running?.user === pokemon) this.failing.add(pokemon);
        break;
      case '-fail':
        if (this.running && !isHarmlessFailure(this.running.user, this.running.move))
          this.failing.add(this.running.user);
        break;
      case '-immune':
        // A move absorbed by an ability counts as blocked, not as failed.
        if (this.running && kwArgs.from === undefined) this.failing.add(this.running.user);
        break;
      case '-start':
        if (toId(effect) === 'powertrick') this.change(pokemon, { kind: 'powertrick' });
        break;
      case '-transform':
        this.copy(pokemon, this.find(effect));
        break;
      case 'detailschange':
        // A Pokémon that was a copy has the stats of its own new forme.
        this.origins.delete(pokemon);
        this.changes.delete(pokemon);
        break;
      case '-formechange':
        this.changes.delete(pokemon);
        break;
      case '-activate':
        this.activated(
          pokemon,
          effectId(effect),
          this.find(String(kwArgs.of ?? detail)),
          kwArgs.damage !== undefined,
        );
        break;
    }
  }

  /** Its move counts as failed, though no line names it. */
  private hitItself(pokemon: Pokemon): void {
    this.running = undefined;
    this.failing.add(pokemon);
  }

  /** The running move has affected another Pokémon. */
  private hit(pokemon: Pokemon): void {
    if (!this.running || this.running.user === pokemon) return;
    const { user, move } = this.running;
    const { turn } = this.battle;
    if (user.terastallized === 'Stellar') {
      this.stellar.set(user, new Set([...this.stellarMoves(user), move]));
    }
    // A danced move neither continues a row nor ends one.
    if (this.running.isDanced) return;
    const before = this.streaks.get(user);
    if (before?.move === move && before.turn === turn) return;
    const goesOn = before?.move === move && [before.turn, before.prepared].includes(turn - 1);
    this.streaks.set(user, { move, uses: goesOn ? before.uses + 1 : 1, turn });
  }

  /** The turn in which a move is prepared does not interrupt a row of that move. */
  private prepared(user: Pokemon): void {
    const before = this.streaks.get(user);
    const goesOn = this.streak(user)?.move === this.running?.move;
    if (before && goesOn) this.streaks.set(user, { ...before, prepared: this.battle.turn });
  }

  private activated(pokemon: Pokemon, effect: string, other: Pokemon | undefined, isDamaged: boolean): void {
    if (SHIELDS.has(effect) || (effect === 'substitute' && isDamaged)) this.hit(pokemon);
    if (!other) return;
    // Aiming a second time changes nothing, though generation 2 logs it all the same.
    if ((effect === 'lockon' || effect === 'mindreader') && !this.locks.has(pokemon)) {
      this.locks.set(pokemon, { target: other, turn: this.battle.turn });
      pokemon.addVolatile('lockon' as Id, { level: 1 + other.slot });
    }
    if (effect !== 'powersplit' && effect !== 'guardsplit' && effect !== 'speedswap') return;
    const [own, others] = [this.statChanges(pokemon), this.statChanges(other)];
    this.change(pokemon, { kind: effect, partner: this.idOf(other), partnerChanges: others });
    this.change(other, { kind: effect, partner: this.idOf(pokemon), partnerChanges: own });
  }

  private change(pokemon: Pokemon, change: StatChange): void {
    this.changes.set(pokemon, [...this.statChanges(pokemon), change]);
  }

  /** Transform copies the current stats, not the original ones. */
  private copy(pokemon: Pokemon, original: Pokemon | undefined): void {
    this.changes.set(pokemon, original ? this.statChanges(original) : []);
    if (original) this.origins.set(pokemon, this.origins.get(original) ?? original);
  }

  private release(user: Pokemon): void {
    this.locks.delete(user);
    user.removeVolatile('lockon' as Id);
  }
}

/** The ability in effect, when it is known or only one is possible. */
function abilityOf({ ability, species }: Pokemon): string {
  const [only = '', ...others] = Object.values(species?.abilities ?? {});
  return ability || (others.length === 0 ? toId(only) : '');
}

const TRUANT = 'truant' as Id;

/**
 * In generation 3 Truant lets a Pokémon act every other turn, whatever it does; when it comes in, the first turn is
 * off.
 */
function turnTruant(pokemon: Pokemon): void {
  if (pokemon.hasVolatile(TRUANT)) pokemon.removeVolatile(TRUANT);
  else if (abilityOf(pokemon) === 'truant') pokemon.addVolatile(TRUANT);
}

/** Reasons that stop a Pokémon before Truant does. */
const BEFORE_TRUANT = new Set(['slp', 'frz']);

/** Moves that silently leave a condition of the same name on the user. */
const SELF_CONDITIONS = new Set(['defensecurl', 'minimize']);

/** Abilities that block one hit for their bearer. */
const SHIELDS = new Set(['disguise', 'iceface']);

/** Reasons why a Pokémon does not move that do not count as a failed move. */
const NO_FAILURE = new Set(['recharge']);
