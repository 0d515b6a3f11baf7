/** Moves that the turn model takes for a lost turn or for plain damage, though they do something else. */
const UNMODELLED = new Set(
  [
    ['metronome', 'copycat', 'mirrormove', 'naturepower', 'assist', 'mefirst', 'mimic', 'sketch', 'snatch'],
    ['skillswap', 'imprison', 'psychoshift', 'recycle', 'bestow', 'conversion', 'conversion2', 'camouflage'],
  ].flat(),
);

/** Whether the turn model plays a move as the game does; one without an id is unknown to the simulator as well. */
export function isModelled(id: string): boolean {
  return !UNMODELLED.has(id);
}
