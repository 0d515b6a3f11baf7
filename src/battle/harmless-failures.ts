import type { Pokemon } from '@pkmn/client';

/** Moves that the simulator does not count as failed when they do nothing. */
const HARMLESS = new Set(
  ['allyswitch', 'batonpass', 'burnup', 'corrosivegas', 'doubleshock', 'floralhealing', 'healingwish'].concat(
    ['healpulse', 'lunardance', 'moonlight', 'morningsun', 'purify', 'shedtail', 'shelltrap', 'shoreup'],
    ['substitute', 'synthesis', 'teatime'],
  ),
);

/**
 * Whether a move that failed, as a line says, does not count as failed, as for Stomping Tantrum: some moves never do, nor
 * does one that a Substitute keeps off.
 */
export function isHarmlessFailure(user: Pokemon, move: string): boolean {
  if (HARMLESS.has(move)) return true;
  const data = user.side.battle.gen.moves.get(move);
  const foes = user.side.foe.active.filter((foe) => foe && !foe.fainted);
  const isKeptOff =
    foes.length > 0 && foes.every((foe) => foe?.hasVolatile('substitute' as Pokemon['ability']));
  return isKeptOff && data?.category === 'Status' && data.target === 'normal' && !data.flags.bypasssub;
}
