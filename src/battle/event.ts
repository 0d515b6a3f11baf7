import type { BoostId, SideId, StatusId } from './state.ts';

/** A Pokémon as an event names it: by team id and species, never by nickname. */
export interface PokemonRef {
  /** {@link PokemonState.id} */
  readonly id: string;
  readonly side: SideId;
  readonly species: string;
}

/** Why something happened: the effect behind `[from]`, split into its kind and id, and whose it was. */
export interface Cause {
  readonly kind: 'move' | 'ability' | 'item' | 'other';
  readonly id: string;
  /** For people, e.g. `Stealth Rock`, `Leftovers`, `psn`. */
  readonly name: string;
  readonly of?: PokemonRef;
}

export interface Happened {
  readonly pokemon: PokemonRef;
  readonly cause?: Cause;
}

/**
 * What happened in a battle, one event a protocol line, with names resolved and HP before and after. Lines that say
 * nothing about the battle (chat, timers, `|-anim|`) have no event.
 */
export type BattleEvent =
  | { readonly type: 'turn'; readonly turn: number }
  | (Happened & {
      readonly type: 'switch';
      /** `drag`: forced by a move; `replace`: an Illusion ended. */
      readonly how: 'switch' | 'drag' | 'replace';
      /** 0-based position on the field. */
      readonly position: number;
      readonly hp: number;
      /** The Pokémon that was there before. */
      readonly replaced?: PokemonRef;
    })
  | (Happened & {
      readonly type: 'move';
      readonly move: string;
      readonly name: string;
      readonly target?: PokemonRef;
      readonly missed: boolean;
      readonly noTarget: boolean;
      /** The move showed no effect: the first turn of a two-turn move, or a failure. */
      readonly still: boolean;
      readonly zMove: boolean;
    })
  | (Happened & { readonly type: 'cant'; readonly reason: string; readonly move?: string })
  | (Happened & {
      readonly type: 'damage' | 'heal' | 'sethp';
      readonly before: number;
      readonly after: number;
    })
  | { readonly type: 'faint'; readonly pokemon: PokemonRef }
  | (Happened & { readonly type: 'status' | 'curestatus'; readonly status: StatusId })
  | (Happened & {
      readonly type: 'boost';
      readonly stat: BoostId;
      /** Stages asked for, signed; 0 when the stat was at its limit. */
      readonly amount: number;
    })
  /** Stat stages were cleared, copied, swapped, inverted or set. */
  | (Happened & { readonly type: 'boosts-reset'; readonly how: string })
  /** All stat stages went back to 0 (Haze). */
  | { readonly type: 'clearallboost' }
  | {
      readonly type: 'effectiveness';
      readonly pokemon: PokemonRef;
      readonly how: 'supereffective' | 'resisted';
    }
  | (Happened & { readonly type: 'immune' })
  | { readonly type: 'crit'; readonly pokemon: PokemonRef }
  | { readonly type: 'miss'; readonly pokemon: PokemonRef; readonly target?: PokemonRef }
  | (Happened & { readonly type: 'fail' | 'block'; readonly effect?: string })
  | { readonly type: 'hitcount'; readonly pokemon: PokemonRef; readonly hits: number }
  | (Happened & { readonly type: 'ability'; readonly ability: string; readonly ended: boolean })
  | (Happened & {
      readonly type: 'item';
      readonly item: string;
      /** `end`: eaten, knocked off, popped …; `start`: gained or revealed. */
      readonly change: 'start' | 'end';
    })
  | (Happened & {
      readonly type: 'volatile';
      readonly change: 'start' | 'end' | 'activate' | 'prepare' | 'mustrecharge' | 'turn';
      readonly effect: string;
      readonly name: string;
    })
  | {
      readonly type: 'sidecondition';
      readonly side: SideId;
      readonly condition: string;
      readonly change: 'start' | 'end';
    }
  | {
      readonly type: 'field';
      readonly condition: string;
      readonly change: 'start' | 'end';
      readonly cause?: Cause;
    }
  | { readonly type: 'weather'; readonly weather?: string; readonly upkeep: boolean; readonly cause?: Cause }
  | (Happened & {
      readonly type: 'forme';
      /** Species after the change. */
      readonly species: string;
      readonly how: 'mega' | 'primal' | 'ultra' | 'tera' | 'transform' | 'change';
      /** The new tera type when `how` is `tera`. */
      readonly teraType?: string;
    })
  /** The effects at the end of a turn have been applied. */
  | { readonly type: 'upkeep' }
  | { readonly type: 'result'; readonly winner: SideId | null };

/** The events of one turn; turn 0 holds what came before the first. */
export interface TurnEvents {
  readonly turn: number;
  readonly events: readonly BattleEvent[];
}
