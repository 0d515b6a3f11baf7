import type { BattleEvent, TurnEvents } from './event.ts';

/** What has happened in a battle, turn by turn. */
export class TurnHistory {
  /** The turn in which each Pokémon last came in, by id. */
  readonly arrivals = new Map<string, number>();
  private readonly log: { turn: number; events: BattleEvent[] }[] = [{ turn: 0, events: [] }];
  /** The turn that is over and has not been taken yet. */
  private over: TurnEvents | undefined;

  /** Oldest turn first; the last entry is the running turn. */
  get turns(): readonly TurnEvents[] {
    return this.log;
  }

  /** @param now number of the running turn */
  record(event: BattleEvent, now: number): void {
    const running = this.log.at(-1);
    if (event.type === 'turn') {
      this.over = running;
      this.log.push({ turn: event.turn, events: [] });
      return;
    }
    if (event.type === 'switch') this.arrivals.set(event.pokemon.id, now);
    if (event.type === 'result') this.over = running;
    running?.events.push(event);
  }

  /** The turn that is over, once. */
  takeOver(): TurnEvents | undefined {
    const { over } = this;
    this.over = undefined;
    return over;
  }
}
