import type { Battle, Side } from '@pkmn/sim';
import type { TurnEvents } from '../../battle/event.ts';
import type { MoveRequest } from '../../battle/request.ts';
import type { SideState } from '../../battle/state.ts';
import { mainGimmick } from '../../knowledge/gimmick.ts';
import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from '../../mechanics/choices.ts';
import type { SearchState } from '../../mechanics/search-state.ts';
import type { Random } from '../../util/random.ts';
import { copyBattle } from './copy-battle.ts';
import { simulatorWorld } from './simulator-world.ts';
import { searchStateAfter, type WorldRoot } from './state-after.ts';
import { pokemonOf, type Roster, rosterOf } from './world-after.ts';

/**
 * Plays the next turn in the real simulator.
 *
 * @param own choice number of our side; see choices.ts
 * @param foe choice number of the opponent
 * @returns where one playing of it led; undefined when the simulator refuses the choices
 */
export type SimulatedTurn = (own: number, foe: number) => SearchState | undefined;

/** A function that plays a world's next turn; its battle is built (some ms) when first needed. */
export function simulatedTurnOf(
  root: WorldRoot,
  request: MoveRequest,
  turns: readonly TurnEvents[],
  random: Random,
): SimulatedTurn {
  const { world } = root;
  let stage: { readonly battle: Battle; readonly roster: Roster } | undefined;
  const build = (): { readonly battle: Battle; readonly roster: Roster } => {
    const battle = simulatorWorld(world, request, turns, random);
    return { battle, roster: rosterOf(battle, world) };
  };
  return (own, foe) => {
    stage ??= build();
    const { roster } = stage;
    const battle = copyBattle(stage.battle);
    battle.resetRNG(random.simSeed());
    for (const [half, choice] of [
      [world.own, own],
      [world.foe, foe],
    ] as const) {
      if (!battle.choose(half.id, inWords(battle.getSide(half.id), half, roster, choice))) return undefined;
    }
    return searchStateAfter(battle, root, roster, [own, foe]);
  };
}

/** A choice number as the simulator reads it. */
function inWords(side: Side, half: SideState, roster: Roster, choice: number): string {
  if (choice === NO_CHOICE) return 'default';
  if (choice >= SWITCH) {
    const next = pokemonOf(side, roster, half.pokemon[choice - SWITCH]?.id ?? '');
    return next ? `switch ${next.position + 1}` : 'default';
  }
  const move = side.active[0]?.moveSlots[choice & 3]?.id ?? '';
  return `move ${move}${gimmickOf(side, choice)}`;
}

function gimmickOf({ battle: { gen, format }, active: [standing] }: Side, choice: number): string {
  if (choice >= Z_MOVE) return ' zmove';
  if (choice < GIMMICK) return '';
  return ` ${standing?.canUltraBurst ? 'ultra' : mainGimmick(gen, format.id)}`;
}
