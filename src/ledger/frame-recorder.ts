import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, PokemonState, SideId, SideState } from '../battle/state.ts';
import type { PlayerNames } from './format-event.ts';
import {
  type FramePokemon,
  type FrameSide,
  fieldNames,
  framePokemon,
  looksSame,
  type ReplayFrame,
  type ReplayFrames,
  sideConditions,
  turnLog,
} from './replay-frames.ts';

type Board = Pick<ReplayFrame, 'sides' | 'field'>;

/**
 * Records what the replay page shows while a battle is played. Following the battle again afterwards would cost as much
 * as a third player.
 */
export class FrameRecorder {
  private view: SideId | undefined;
  private readonly turns: { readonly turn: TurnEvents; readonly board: Board }[] = [];
  private readonly pokemon: FramePokemon[] = [];
  /** The states of each Pokémon that look different, by id, and their places in `pokemon`. */
  private readonly looks = new Map<string, { readonly state: PokemonState; readonly number: number }[]>();

  /** Notes that a turn is over for one of the sides; the view of the side that reports it first is kept. */
  turnEnd(turn: TurnEvents, view: { readonly side: SideId; readonly state: BattleState }): void {
    this.view ??= view.side;
    if (view.side !== this.view) return;
    const { state } = view;
    const [own, foe] = [this.side(state.own), this.side(state.foe)];
    const sides = state.side === 'p1' ? { p1: own, p2: foe } : { p1: foe, p2: own };
    this.turns.push({ turn, board: { sides, field: fieldNames(state) } });
  }

  /** @param players their names, for sentences about a whole side */
  frames(players: PlayerNames): ReplayFrames {
    const frames = this.turns.map(({ turn, board }) => ({
      turn: turn.turn,
      log: turnLog(turn, players),
      ...board,
    }));
    return { view: this.view, frames, pokemon: this.pokemon };
  }

  private side(side: SideState): FrameSide {
    return {
      teamSize: side.teamSize,
      pokemon: side.pokemon.map((pokemon) => this.numberOf(pokemon)),
      conditions: sideConditions(side),
    };
  }

  private numberOf(state: PokemonState): number {
    const looks = this.looks.get(state.id) ?? [];
    const known = looks.findLast((look) => looksSame(look.state, state));
    if (known) return known.number;
    const number = this.pokemon.push(framePokemon(state)) - 1;
    looks.push({ state, number });
    this.looks.set(state.id, looks);
    return number;
  }
}
