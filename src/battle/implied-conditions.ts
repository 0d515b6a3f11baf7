import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import { DANCER } from './client-corrections/called-moves.ts';
import { isFutureStrike } from './future-moves.ts';
import { toId } from './generations.ts';
import type { ParsedLine } from './parse-event.ts';
import type { SideId, StatChange } from './state.ts';

type Id = Pokemon['ability'];

/** A move that goes on having an effect, turn after turn. */
interface Streak {
  readonly move: string;
  readonly uses: number;
  /** The last turn in which it had an effect. */
  readonly turn: number;
  /** The last turn in which its user prepared it again. */
  readonly prepared?: number;
}

/** In how many turns in a row somebody has used Echoed Voice, and for how many turns that still counts. */
interface Echo {
  readonly turns: number;
  readonly left: number;
}

/**
 * Conditions and counts that no line names and that follow from lines: the target of Lock-On, who has used
 * Minimize, stats that were shared or swapped, how often a move succeeded in a row, whose last move failed.
 */
export class ImpliedConditions {
  private readonly battle: Battle;
  private readonly changes = new Map<Pokemon, readonly StatChange[]>();
  private readonly origins = new Map<Pokemon, Pokemon>();
  private readonly streaks = new Map<Pokemon, Streak>();
  /** Moves that have struck since their user terastallized to Stellar. */
  private readonly stellar = new Map<Pokemon, ReadonlySet<string>>();
  private readonly locks = new Map<Pokemon, { readonly target: Pokemon; readonly turn: number }>();
  /** Whose move failed in this turn, and in the one before. */
  private failing = new Set<Pokemon>();
  private failed = new Set<Pokemon>();
  private readonly faints: Partial<Record<SideId, number>> = {};
  private sounding: (Echo & { readonly turn: number }) | undefined;
  /** The move that is being carried out. */
  private running: { readonly user: Pokemon; readonly move: string; readonly isDanced: boolean } | undefined;

  private readonly idOf: (pokemon: Pokemon) => string;

  constructor(battle: Battle, idOf: (pokemon: Pokemon) => string) {
    this.battle = battle;
    this.idOf = idOf;
  }

  /** What has become of a Pokémon's stats since it came in, oldest first. */
  statChanges(pokemon: Pokemon): readonly StatChange[] {
    return this.changes.get(pokemon) ?? [];
  }

  /** Whose stats and moves a Pokémon has by Transform. */
  originOf(pokemon: Pokemon): Pokemon | undefined {
    return this.origins.get(pokemon);
  }

  /** The move that a Pokémon used with effect in its last turn, and in how many turns in a row it did. */
  streak(pokemon: Pokemon): Pick<Streak, 'move' | 'uses'> | undefined {
    const streak = this.streaks.get(pokemon);
    return streak && Math.max(streak.turn, streak.prepared ?? 0) >= this.battle.turn - 1
      ? { move: streak.move, uses: streak.uses }
      : undefined;
  }

  /** Whether a Pokémon's move failed or missed in the turn before this one. */
  hasFailed(pokemon: Pokemon): boolean {
    return this.failed.has(pokemon);
  }

  /** Whether one of a side fainted in the turn before this one. */
  hasJustLost(side: SideId): boolean {
    return (this.faints[side] ?? Number.NEGATIVE_INFINITY) >= this.battle.turn - 1;
  }

  /** The moves with which a Pokémon has struck since it terastallized to Stellar. */
  stellarMoves(pokemon: Pokemon): readonly string[] {
    return [...(this.stellar.get(pokemon) ?? [])];
  }

  /** What Echoed Voice has left over the field. */
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
      // An aim at one who has left still keeps its user from taking another.
      else if (!present.includes(target)) user.removeVolatile('lockon' as Id);
    }
    for (const kept of [this.changes, this.origins, this.streaks]) {
      for (const one of kept.keys()) if (one === pokemon || !present.includes(one)) kept.delete(one);
    }
    this.failing.delete(pokemon);
    this.failed.delete(pokemon);
    if (pokemon.hasVolatile('powertrick' as Id)) this.changes.set(pokemon, [{ kind: 'powertrick' }]);
  }

  private moved(user: Pokemon, { args, kwArgs }: ParsedLine): void {
    const move = toId(args[2] ?? '');
    this.running = { user, move, isDanced: kwArgs.from === DANCER };
    this.loaf(user, '');
    if (kwArgs.miss !== undefined || kwArgs.notarget !== undefined) this.failing.add(user);
    if (SELF_CONDITIONS.has(move)) user.addVolatile(move as Id);
    const { turn } = this.battle;
    // Aimed at one who has fainted it is heard, with nobody to aim at it is not.
    const isHeard = move === 'echoedvoice' && args[3] !== 'null';
    if (!isHeard || this.sounding?.turn === turn) return;
    this.sounding = { turn, turns: (this.sounding?.turns ?? 0) + 1, left: 2 };
  }

  private find(ident: string): Pokemon | undefined {
    return this.battle.getPokemon(ident as Protocol.PokemonIdent) ?? undefined;
  }

  /** Who has Truant and got as far as trying to move loafs around in its next turn; having to recharge is rest enough. */
  private loaf(pokemon: Pokemon, reason: string): void {
    if (this.battle.gen.num === 3) {
      // Its ability may not have been known before.
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
      case '-prepare':
        this.prepared(pokemon);
        break;
      case '-miss':
        if (this.running?.user === pokemon) this.failing.add(pokemon);
        break;
      case '-fail':
        if (this.running) this.failing.add(this.running.user);
        break;
      case '-immune':
        // What an ability soaks up counts as blocked, and not as failed.
        if (this.running && kwArgs.from === undefined) this.failing.add(this.running.user);
        break;
      case '-start':
        if (toId(effect) === 'powertrick') this.change(pokemon, { kind: 'powertrick' });
        break;
      case '-transform':
        this.copy(pokemon, this.find(effect));
        break;
      case 'detailschange':
        // Whoever was a copy has the stats of its own new forme.
        this.origins.delete(pokemon);
        this.changes.delete(pokemon);
        break;
      case '-formechange':
        this.changes.delete(pokemon);
        break;
      case '-activate':
        this.activated(
          pokemon,
          toId(effect.replace(/^(?:move|ability):/, '')),
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

  /** The running move has had an effect on somebody else. */
  private hit(pokemon: Pokemon): void {
    if (!this.running || this.running.user === pokemon) return;
    const { user, move } = this.running;
    const { turn } = this.battle;
    if (user.terastallized === 'Stellar') {
      this.stellar.set(user, new Set([...this.stellarMoves(user), move]));
    }
    // Who dances along neither goes on with it nor has to.
    if (this.running.isDanced) return;
    const before = this.streaks.get(user);
    if (before?.move === move && before.turn === turn) return;
    const goesOn = before?.move === move && [before.turn, before.prepared].includes(turn - 1);
    this.streaks.set(user, { move, uses: goesOn ? before.uses + 1 : 1, turn });
  }

  /** The turn in which a move is prepared does not end a row of that move. */
  private prepared(user: Pokemon): void {
    const before = this.streaks.get(user);
    const goesOn = this.streak(user)?.move === this.running?.move;
    if (before && goesOn) this.streaks.set(user, { ...before, prepared: this.battle.turn });
  }

  private activated(pokemon: Pokemon, effect: string, other: Pokemon | undefined, isDamaged: boolean): void {
    if (SHIELDS.has(effect) || (effect === 'substitute' && isDamaged)) this.hit(pokemon);
    if (!other) return;
    // A second aim changes nothing; generation 2 tells it all the same.
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

  /** Transform copies stats as they are, not as they were. */
  private copy(pokemon: Pokemon, original: Pokemon | undefined): void {
    this.changes.set(pokemon, original ? this.statChanges(original) : []);
    if (original) this.origins.set(pokemon, this.origins.get(original) ?? original);
  }

  private release(user: Pokemon): void {
    this.locks.delete(user);
    user.removeVolatile('lockon' as Id);
  }
}

/** The ability in effect, where it is known or there is only one that it can be. */
function abilityOf({ ability, species }: Pokemon): string {
  const [only = '', ...others] = Object.values(species?.abilities ?? {});
  return ability || (others.length === 0 ? toId(only) : '');
}

const TRUANT = 'truant' as Id;

/** In generation 3 Truant lets a Pokémon act in every other turn, whatever it does in them; it comes in with a turn off. */
function turnTruant(pokemon: Pokemon): void {
  if (pokemon.hasVolatile(TRUANT)) pokemon.removeVolatile(TRUANT);
  else if (abilityOf(pokemon) === 'truant') pokemon.addVolatile(TRUANT);
}

/** What stops a Pokémon before Truant does. */
const BEFORE_TRUANT = new Set(['slp', 'frz']);

/** Moves that leave a condition of their own name on the user, without a word. */
const SELF_CONDITIONS = new Set(['defensecurl', 'minimize']);

/** Abilities that stand in for their bearer once. */
const SHIELDS = new Set(['disguise', 'iceface']);

/** What keeps a Pokémon from moving without its move having failed. */
const NO_FAILURE = new Set(['recharge']);
