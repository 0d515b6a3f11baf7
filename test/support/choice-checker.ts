import { Battle, type Pokemon } from '@pkmn/sim';
import { expect } from 'vitest';
import { toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { MoveRequest } from '../../src/battle/request.ts';
import type { Moment, Refusal } from './simulated-battle.ts';

const GIMMICKS = ['', ' mega', ' megax', ' megay', ' ultra', ' zmove', ' dynamax', ' terastallize'];

/**
 * Compares the offered actions with what the simulator's own checker takes of everything one could say. Where the
 * request hides something, the checker may refuse some of them, but must not take more.
 */
export function expectExactlyLegal(moment: Moment): void {
  const { request, actions, random } = moment;
  const takes = checker(moment);
  const offered = actions.map(toChoice);
  expect(new Set(offered).size).toBe(offered.length);
  if (request.type === 'team') {
    expect(offered).toHaveLength(orders(request.side.pokemon.length, request.maxChosenTeamSize));
    for (const choice of offered) expect(takes(choice), choice).toBe(true);
    return;
  }
  const hides = request.type === 'move' && request.active.some(hidesSomething);
  const agree = (spoken: readonly string[], among: readonly string[]): void => {
    const taken = spoken.filter(takes);
    const expected = hides ? among.filter((choice) => taken.includes(choice)) : [...among];
    expect(taken.sort()).toEqual(expected.sort());
  };
  const pair = random.pick(actions);
  if (pair.type !== 'pair') {
    agree(utterances(moment, 0), offered);
    return;
  }
  // All pairs would be too many: each half is tried out beside one partner.
  const [left, right] = [toChoice(pair.left), toChoice(pair.right)];
  agree(
    utterances(moment, 0).map((choice) => `${choice}, ${right}`),
    offered.filter((choice) => choice.endsWith(`, ${right}`)),
  );
  agree(
    utterances(moment, 1).map((choice) => `${left}, ${choice}`),
    offered.filter((choice) => choice.startsWith(`${left}, `)),
  );
}

/** Only what a request could not tell may be refused, and it is then not offered again. */
export function expectHiddenReason({ moment, action, message, next }: Refusal): void {
  expect(message).toMatch(/^\[Unavailable choice\]/);
  expect(moment.request.type).toBe('move');
  expect(next?.update).toBe(true);
  const offered = next ? legalActions(next).map(toChoice) : [];
  expect(offered.length).toBeGreaterThan(0);
  expect(offered).not.toContain(toChoice(action));
}

/** Whether the simulator takes a choice as a whole answer; asks copies, so that the battle does not notice. */
function checker({ sim, side, request }: Moment): (choice: string) => boolean {
  let copy: Battle | undefined;
  return (choice) => {
    // Choosing whom to revive leaves traces that clearing the choice does not undo.
    if (request.side.pokemon.some(({ reviving }) => reviving)) copy = undefined;
    copy ??= silentCopy(sim);
    const asked = copy.getSide(side);
    const taken = asked.choose(choice) && asked.isChoiceDone();
    asked.clearChoice();
    return taken;
  };
}

function silentCopy(sim: Battle): Battle {
  const copy = Battle.fromJSON(sim.toJSON());
  copy.restart(() => {});
  return copy;
}

function orders(size: number, chosen = size): number {
  return Array.from({ length: chosen }, (_, index) => size - index).reduce(
    (product, free) => product * free,
    1,
  );
}

/** Everything one slot could say in the canonical grammar. */
function utterances({ sim, side, request }: Moment, position: number): string[] {
  const slots = request.side.pokemon.map((_, index) => index + 1);
  const switches = [...slots.map((slot) => `switch ${slot}`), 'pass'];
  if (request.type !== 'move') return switches;
  const active = request.active[position];
  if (!active) return switches;
  // A Pokémon that is dynamaxed may say `dynamax` again, to no effect.
  const dynamaxed = active.maxMoves !== undefined && !active.canDynamax;
  const free = !hasNoChoice(sim.getSide(side).active[position]);
  const gimmicks = free ? GIMMICKS.filter((gimmick) => !(dynamaxed && gimmick === ' dynamax')) : [''];
  const numbers = active.moves.map((_, index) => index + 1);
  const enabled = numbers.filter((number) => !active.moves[number - 1]?.disabled);
  const moves = free ? numbers : enabled.length > 0 ? enabled : [1];
  const targets = request.active.length > 1 ? ['', ' +1', ' +2', ' -1', ' -2'] : [''];
  const spoken = moves.flatMap((move) =>
    targets.flatMap((target) => gimmicks.map((gimmick) => `move ${move}${target}${gimmick}`)),
  );
  return [...spoken, ...switches];
}

/** Locked, or left with Struggle: the simulator then reads every move and gimmick alike; one wording is enough. */
function hasNoChoice(pokemon: Pokemon | null | undefined): boolean {
  if (!pokemon) return false;
  const { status, volatiles, battle } = pokemon;
  const fights =
    battle.gen === 1 && (status === 'frz' || status === 'slp' || 'partiallytrapped' in volatiles);
  return (
    fights ||
    Boolean(pokemon.getLockedMove() || pokemon.getSemiLockedMove()) ||
    pokemon.getMoves().length === 0
  );
}

function hidesSomething(active: MoveRequest['active'][number]): boolean {
  return Boolean(active?.maybeTrapped || active?.maybeDisabled || active?.maybeLocked);
}
