import type { TurnEvents } from '../../battle/event.ts';
import type { BattleState } from '../../battle/state.ts';
import type { ExpectedReply } from './opponent-prior.ts';

/** Part of the playouts in which an opponent that has always done the same thing is expected to go on doing it. */
const MOST = 0.6;

/**
 * The opponent's habit: the move it has used in each of the last turns, at least two, in which the same two Pokémon
 * faced each other from beginning to end. Best play mixes attacks with moves that punish the reply; an opponent that
 * does not mix is beaten more easily by believing that it will not. Sucker Punch is the example: it failed six times in
 * a row against an opponent that only raised its stages.
 */
export function habitOf({ own, foe }: BattleState, turns: readonly TurnEvents[]): ExpectedReply | undefined {
  const [ours, theirs] = [own.active[0], foe.active[0]];
  if (!ours || !theirs) return undefined;
  let habit: string | undefined;
  let times = 0;
  for (const { events } of turns.slice(0, -1).toReversed()) {
    const used = events.find((event) => event.type === 'move' && event.pokemon.id === theirs.id);
    const move = used?.type === 'move' ? used.move : undefined;
    habit ??= move;
    if (move === undefined || move !== habit || events.some(({ type }) => type === 'switch')) break;
    times++;
  }
  if (habit === undefined || times < 2) return undefined;
  return { move: habit, chance: (MOST * (times - 1)) / (times + 1) };
}
