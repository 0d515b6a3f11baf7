import { toId } from '../battle/generations.ts';
import type { SideId } from '../battle/state.ts';

/** A player as the server announces it. */
export interface RoomPlayer {
  readonly name: string;
}

/** The players in a battle room, and which of the two we are. */
export class RoomPlayers {
  private readonly bySide: Partial<Record<SideId, RoomPlayer>> = {};
  private own: SideId | undefined;

  /** @param name our own */
  constructor(private readonly name: string) {}

  /** Our side; undefined until the server has named us, or when we are only watching. */
  get side(): SideId | undefined {
    return this.own;
  }

  /** The two players, once the server has announced both. */
  get both(): Readonly<Record<SideId, RoomPlayer>> | undefined {
    const { p1, p2 } = this.bySide;
    return p1 && p2 ? { p1, p2 } : undefined;
  }

  get opponent(): RoomPlayer | undefined {
    return this.own && this.bySide[this.own === 'p1' ? 'p2' : 'p1'];
  }

  /** Takes a `|player|` line. */
  note(line: string): void {
    const [, , side, name = ''] = line.split('|');
    if (side !== 'p1' && side !== 'p2') return;
    this.bySide[side] = { name };
    if (toId(name) === toId(this.name)) this.own = side;
  }

  /** The side of a user, by id. */
  sideOf(user: string): SideId | undefined {
    return (['p1', 'p2'] as const).find((side) => {
      const player = this.bySide[side];
      return player !== undefined && toId(player.name) === user;
    });
  }
}
