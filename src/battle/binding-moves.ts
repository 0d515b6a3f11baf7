/** Moves that hold their target for some turns; the client knows most of them by their own ids. */
export const BINDING_MOVES: ReadonlySet<string> = new Set(
  ['bind', 'clamp', 'firespin', 'infestation', 'magmastorm', 'sandtomb', 'snaptrap', 'thundercage'].concat([
    'whirlpool',
    'wrap',
    'gmaxcentiferno',
    'gmaxsandblast',
  ]),
);
