/**
 * Moves that the mechanics treat as a lost turn, or as plain damage, although they have an effect that a state can
 * express. Effects that it cannot express (Attract, Torment, Wonder Room …) are not listed.
 */
const UNMODELLED = new Set(
  [
    // Moves that call another move, or respond to one.
    ['assist', 'bide', 'copycat', 'instruct', 'magiccoat', 'mefirst', 'metronome', 'mimic', 'mirrormove'],
    ['naturepower', 'present', 'shelltrap', 'sketch', 'snatch'],
    // Moves that block an attack to come.
    ['endure', 'quickguard', 'wideguard'],
    // Moves that change what a Pokémon is or holds.
    ['bestow', 'camouflage', 'conversion', 'conversion2', 'electrify', 'forestscurse'],
    ['magicpowder', 'psychoshift', 'recycle', 'reflecttype'],
    ['stuffcheeks', 'teatime', 'trickortreat'],
    // Moves that change stats and stages in a special way.
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

/** Whether the mechanics play a move as the game does. */
export function isModelled(id: string): boolean {
  return !UNMODELLED.has(id);
}
