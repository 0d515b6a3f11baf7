import type { BattleEvent, TurnEvents } from '../battle/event.ts';
import { otherSide, type SideId } from '../battle/state.ts';

/** How an attack of ours met one of the foe's without hurting it: it had no effect, or met a Substitute. */
export interface SeenHit {
  /** {@link PokemonState.id} of ours. */
  readonly attackerId: string;
  readonly move: string;
  readonly how: 'supereffective' | 'resisted' | 'immune';
}

/** What one of the foe's has shown since it came in. */
export interface Appearance {
  /** HP fraction as it came in, and as whoever looks like it was last seen. */
  readonly hp: number;
  readonly lastHp: number;
  /** HP fractions with which those that look like it have left, each of which may have been in disguise. */
  readonly leftWith: readonly number[];
  /** Moves of its own, in the order of their first use. */
  readonly moves: readonly string[];
  /** Hits while nothing had changed its types or what reaches them. */
  readonly hits: readonly SeenHit[];
  /** It has shown who it is: an Illusion ended, an attack hurt it and none did, or it changed as only the real one can. */
  readonly isReal: boolean;
}

/** Conditions that change types, or what reaches them. */
const TYPE_CONDITIONS = new Set([
  ...['typechange', 'typeadd', 'transform', 'tarshot', 'foresight', 'odorsleuth', 'miracleeye', 'electrify'],
  ...['smackdown', 'magnetrise', 'telekinesis', 'ingrain', 'roost'],
]);

const DELAYED_ATTACKS = new Set(['futuresight', 'doomdesire']);

interface Seen {
  hp: number;
  lastHp: number;
  leftWith: number[];
  moves: string[];
  hits: SeenHit[];
  isReal: boolean;
  isChanged: boolean;
}

/**
 * What each of the foe's Pokémon has shown since it last came in, by {@link PokemonState.id}.
 *
 * @param side the side that looks on
 */
export function appearances(turns: readonly TurnEvents[], side: SideId): ReadonlyMap<string, Appearance> {
  const reader = new Reader(otherSide(side));
  for (const { events } of turns) for (const event of events) reader.see(event);
  return reader.seen;
}

class Reader {
  readonly seen = new Map<string, Seen>();
  private readonly hp = new Map<string, number>();
  private attack: { readonly attackerId: string; readonly move: string } | undefined;
  private strongWinds = false;

  constructor(private readonly foe: SideId) {}

  see(event: BattleEvent): void {
    switch (event.type) {
      case 'switch':
        this.attack = undefined;
        if (event.pokemon.side === this.foe) this.enter(event);
        return;
      case 'turn':
      case 'upkeep':
      case 'cant':
        this.attack = undefined;
        return;
      case 'move':
        this.startMove(event);
        return;
      case 'effectiveness':
        this.meet(event.pokemon.id, event.how);
        return;
      case 'immune':
        if (!event.cause) this.meet(event.pokemon.id, 'immune');
        return;
      case 'damage':
        if (!event.cause) this.hurt(event.pokemon.id);
        this.hp.set(event.pokemon.id, event.after);
        return;
      case 'heal':
      case 'sethp':
        this.hp.set(event.pokemon.id, event.after);
        return;
      case 'faint':
        this.hp.set(event.pokemon.id, 0);
        return;
      case 'volatile':
        if (DELAYED_ATTACKS.has(event.effect)) this.attack = undefined;
        if (TYPE_CONDITIONS.has(event.effect)) this.change(event.pokemon.id);
        return;
      case 'forme':
        this.change(event.pokemon.id);
        if (event.how !== 'tera') this.change(event.pokemon.id, true);
        return;
      case 'weather':
        this.strongWinds = event.weather === 'deltastream';
        return;
      default:
        return;
    }
  }

  private enter({ how, hp, pokemon, replaced }: Extract<BattleEvent, { type: 'switch' }>): void {
    const imitated = how === 'replace' && replaced ? this.seen.get(replaced.id) : undefined;
    // What happened to the one in disguise did not happen to the one it looked like.
    if (imitated && replaced) this.hp.set(replaced.id, imitated.lastHp);
    const lastHp = this.hp.get(pokemon.id) ?? 1;
    const isReal = how === 'replace';
    const earlier = this.seen.get(pokemon.id);
    const leftWith = earlier ? [...earlier.leftWith, lastHp] : [];
    this.seen.set(pokemon.id, { hp, lastHp, leftWith, moves: [], hits: [], isReal, isChanged: false });
    this.hp.set(pokemon.id, hp);
  }

  private startMove({ pokemon, move, cause, zMove }: Extract<BattleEvent, { type: 'move' }>): void {
    const isOurs = pokemon.side !== this.foe;
    this.attack = isOurs ? { attackerId: pokemon.id, move } : undefined;
    const user = this.seen.get(pokemon.id);
    if (!user || cause || zMove) return;
    // What it learns from now on is not its own.
    if (move === 'mimic') user.isReal = true;
    if (!user.moves.includes(move)) user.moves.push(move);
  }

  private meet(id: string, how: SeenHit['how']): void {
    const { attack } = this;
    const target = this.seen.get(id);
    if (!attack || !target) return;
    if (target.isChanged || this.strongWinds) return;
    target.hits.push({ attackerId: attack.attackerId, move: attack.move, how });
  }

  /** An attack that hurts ends an Illusion at once. */
  private hurt(id: string): void {
    const target = this.seen.get(id);
    if (this.attack && target) target.isReal = true;
  }

  private change(id: string, isReal = false): void {
    const target = this.seen.get(id);
    if (!target) return;
    target.isChanged = true;
    target.isReal ||= isReal;
  }
}
