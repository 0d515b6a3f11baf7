import { Battle, type Pokemon } from '@pkmn/sim';
import { toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { MoveRequest } from '../../src/battle/request.ts';
import type { Moment, Refusal } from './simulated-battle.ts';

const GIMMICKS = ['', ' mega', ' megax', ' megay', ' ultra', ' zmove', ' dynamax', ' terastallize'];

/** An offered action that the simulator refuses, or one that it accepts but that was not offered. */
export interface LegalityFault {
  readonly kind: 'refused' | 'missing' | 'offered twice';
  /** The choice string, in doubles with its partner. */
  readonly choice: string;
}

/**
 * Compares the offered actions with the choices that the simulator's own checker accepts among all possible ones. When
 * the request hides something, the checker may refuse some of them, but must not accept more.
 */
export function legalityFaults(moment: Moment): LegalityFault[] {
  const { request, actions, random } = moment;
  const takes = checker(moment);
  const offered = actions.map(toChoice);
  const twice = offered.filter((choice, index) => offered.indexOf(choice) < index);
  const faults: LegalityFault[] = twice.map((choice) => ({ kind: 'offered twice', choice }));
  if (request.type === 'team') {
    const expected = orders(request.side.pokemon.length, request.maxChosenTeamSize);
    const missing: LegalityFault[] =
      offered.length < expected ? [{ kind: 'missing', choice: `one of ${expected} orders` }] : [];
    const refused = offered.filter((choice) => !takes(choice));
    return [...faults, ...missing, ...refused.map((choice): LegalityFault => ({ kind: 'refused', choice }))];
  }
  const hides = request.type === 'move' && request.active.some(hidesSomething);
  const compare = (spoken: readonly string[], among: readonly string[]): LegalityFault[] => {
    const taken = spoken.filter(takes);
    const refused = hides ? [] : among.filter((choice) => !taken.includes(choice));
    const missing = taken.filter((choice) => !among.includes(choice));
    return [
      ...refused.map((choice): LegalityFault => ({ kind: 'refused', choice })),
      ...missing.map((choice): LegalityFault => ({ kind: 'missing', choice })),
    ];
  };
  const pair = random.pick(actions);
  if (pair.type !== 'pair') return [...faults, ...compare(utterances(moment, 0), offered)];
  // There are too many pairs: each half is tried with one partner.
  const [left, right] = [toChoice(pair.left), toChoice(pair.right)];
  return [
    ...faults,
    ...compare(
      utterances(moment, 0).map((choice) => `${choice}, ${right}`),
      offered.filter((choice) => choice.endsWith(`, ${right}`)),
    ),
    ...compare(
      utterances(moment, 1).map((choice) => `${left}, ${choice}`),
      offered.filter((choice) => choice.startsWith(`${left}, `)),
    ),
  ];
}

/**
 * What is wrong with a refusal: an action may only be refused for something the request did not show, and must then not
 * be offered again.
 */
export function refusalFaults({ moment, action, message, next }: Refusal): string[] {
  const offered = next ? legalActions(next).map(toChoice) : [];
  return [
    ...(message.startsWith('[Unavailable choice]') ? [] : [`refused for another reason: ${message}`]),
    ...(moment.request.type === 'move' ? [] : ['refused where nothing is hidden']),
    ...(next?.update ? [] : ['no other request came']),
    ...(offered.length > 0 ? [] : ['nothing else is offered']),
    ...(offered.includes(toChoice(action)) ? ['what was refused is offered again'] : []),
  ];
}

/** Whether the simulator accepts a choice as a complete answer; uses copies, so that the battle is not affected. */
function checker({ sim, side, request }: Moment): (choice: string) => boolean {
  let copy: Battle | undefined;
  return (choice) => {
    // Choosing a Pokémon to revive leaves traces that clearing the choice does not undo.
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

/** Every choice of one slot in the canonical grammar. */
function utterances({ sim, side, request }: Moment, position: number): string[] {
  const slots = request.side.pokemon.map((_, index) => index + 1);
  const switches = [...slots.map((slot) => `switch ${slot}`), 'pass'];
  if (request.type !== 'move') return switches;
  const active = request.active[position];
  if (!active) return switches;
  // A dynamaxed Pokémon may say `dynamax` again, without effect.
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

/** When locked, or left with Struggle, the simulator treats every move and gimmick alike; one wording is enough. */
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
