import type { BattleRoomConfig } from './battle-room-config.ts';
import type { EmitRoomEvent } from './room-events.ts';
import type { Outgoing } from './send-queue.ts';

/** What a {@link RoomWords} works with. */
export interface RoomWordsOptions
  extends Pick<BattleRoomConfig, 'timer' | 'greeting' | 'farewell' | 'saveReplay' | 'send'> {
  readonly emit: EmitRoomEvent;
  /** Address of the room: the id may gain a password. */
  readonly address: () => string;
}

/** What we say in a battle's room besides our choices. */
export class RoomWords {
  constructor(private readonly options: RoomWordsOptions) {}

  /** We have our place; in a resumed battle there is no second greeting. */
  begin(isRestored: boolean): void {
    const { greeting } = this.options;
    this.askForTimer();
    if (greeting && !isRestored) this.say(greeting);
  }

  /** Asks for the timer, if wanted. Asking again does no harm. */
  askForTimer(): void {
    if (this.options.timer) this.send('/timer on');
  }

  /** The battle is over. */
  end(): void {
    const { farewell, saveReplay } = this.options;
    if (farewell) this.say(farewell);
    if (saveReplay) this.send('/savereplay');
  }

  private say(text: string): void {
    this.send(text, (refusal) => this.options.emit({ type: 'said', text, refusal }));
  }

  private send(text: string, onAnswer?: Outgoing['onAnswer']): void {
    this.options.send({ text: `${this.options.address()}|${text}`, onAnswer });
  }
}
