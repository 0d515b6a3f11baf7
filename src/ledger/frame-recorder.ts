import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { safeLine } from '../util/safe-text.ts';
import type { PlayerNames } from './event-words.ts';
import type { BattleInfo } from './record.ts';
import { type FramePokemon, type FrameSide, type ReplayFrame, replayFrame } from './replay-frames.ts';

type PackedSide = Omit<FrameSide, 'pokemon'> & { readonly pokemon: readonly number[] };
type PackedFrame = Omit<ReplayFrame, 'sides'> & { readonly sides: Readonly<Record<SideId, PackedSide>> };

/** What happened in a battle turn by turn, as one side saw it. */
export interface PackedFrames {
  /** Whose knowledge it is; absent before the end of the first turn. */
  readonly view?: SideId;
  readonly frames: readonly PackedFrame[];
  /** Every state that a Pokémon is shown in, referred to by index: most do not change from turn to turn. */
  readonly pokemon: readonly FramePokemon[];
}

/** A player's name as pages show it. */
export function shownName({ name }: BattleInfo['players'][SideId]): string {
  return safeLine(name, 60);
}

/**
 * Keeps the frames of a battle while it is played. Following the battle again for them once it is over would cost as
 * much as one of its players.
 */
export class FrameRecorder implements PackedFrames {
  readonly frames: PackedFrame[] = [];
  readonly pokemon: FramePokemon[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly players: PlayerNames;
  private side: SideId | undefined;

  constructor({ p1, p2 }: BattleInfo['players']) {
    this.players = { p1: shownName(p1), p2: shownName(p2) };
  }

  get view(): SideId | undefined {
    return this.side;
  }

  /** A turn is over for one of the sides; the frames are those of the side that comes first. */
  turnEnd(turn: TurnEvents, view: { readonly side: SideId; readonly state: BattleState }): void {
    this.side ??= view.side;
    if (view.side !== this.side) return;
    const frame = replayFrame(turn, view.state, this.players);
    const { p1, p2 } = frame.sides;
    this.frames.push({ ...frame, sides: { p1: this.pack(p1), p2: this.pack(p2) } });
  }

  private pack(side: FrameSide): PackedSide {
    return { ...side, pokemon: side.pokemon.map((pokemon) => this.numberOf(pokemon)) };
  }

  private numberOf(shown: FramePokemon): number {
    const key = JSON.stringify(shown);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.pokemon.length);
    return this.pokemon.push(shown) - 1;
  }
}
