/**
 * Moves that the turn model takes for a lost turn, or for plain damage, though something would come of them that a
 * position can tell. What it cannot tell afterwards either (Attract, Torment, Wonder Room …) is not among them.
 */
const UNMODELLED = new Set(
  [
    // They make another move, or answer one.
    ['assist', 'bide', 'copycat', 'instruct', 'magiccoat', 'mefirst', 'metronome', 'mimic', 'mirrormove'],
    ['naturepower', 'present', 'shelltrap', 'sketch', 'snatch'],
    // They keep off what is coming.
    ['endure', 'quickguard', 'wideguard'],
    // They change what a Pokémon is or holds.
    ['bestow', 'camouflage', 'conversion', 'conversion2', 'electrify', 'forestscurse'],
    ['magicpowder', 'psychoshift', 'recycle', 'reflecttype'],
    ['stuffcheeks', 'teatime', 'trickortreat'],
    // They change stats and stages in a way of their own.
    [
      'acupressure',
      'captivate',
      'flowershield',
      'guardsplit',
      'guardswap',
      'heartswap',
      'octolock',
      'powershift',
    ],
    ['powersplit', 'powerswap', 'powertrick', 'rototiller', 'tarshot', 'venomdrench'],
  ].flat(),
);

/** Whether the turn model plays a move as the game does. */
export function isModelled(id: string): boolean {
  return !UNMODELLED.has(id);
}
