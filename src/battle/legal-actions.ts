import type { Action, Gimmick, MoveAction, SlotAction, SwitchAction, TeamAction } from './action.ts';
import { generations } from './generations.ts';
import { plainMoveName } from './move-id.ts';
import type {
  ChoiceRequest,
  MoveRequest,
  RequestActive,
  RequestSide,
  SwitchRequest,
  TeamRequest,
} from './request.ts';
import { isFainted, requestSpecies } from './request.ts';

/**
 * Every answer the server accepts for a request, in a stable order: moves in request order, each followed by its
 * gimmick variants, then switches. Never empty for a request that can be answered.
 *
 * A request leaves two things open: the server may refuse the switch of a `maybeTrapped` Pokémon, and with
 * `maybeDisabled` a move, with `[Unavailable choice]`, and then sends a new request. Alternative spellings of the same
 * choice (`default`, move names, `shift` in triples) are left out.
 */
export function legalActions(request: ChoiceRequest): Action[] {
  switch (request.type) {
    case 'team':
      return teamActions(request);
    case 'switch':
      return combine(switchSlots(request), forcedPasses(request));
    case 'move':
      return combine(moveSlots(request), 0);
  }
}

const PASS: SlotAction = { type: 'pass' };

function moveSlots(request: MoveRequest): SlotAction[][] {
  const inDoubles = request.active.length > 1;
  return request.active.map((active, position) => {
    const pokemon = request.side.pokemon[position];
    if (!active || !pokemon || isFainted(pokemon) || pokemon.commanding) return [PASS];
    const moves = moveActions(active, position, inDoubles ? request : undefined);
    const switches = active.trapped ? [] : switchActions(request.side, request.active.length);
    const options = [...moves, ...switches];
    return options.length > 0 ? options : [PASS];
  });
}

function moveActions(
  active: RequestActive,
  position: number,
  doubles: MoveRequest | undefined,
): MoveAction[] {
  // When every move is disabled the server takes any of them for Struggle; naming the first is enough.
  if (active.moves.every((move) => move.disabled)) {
    return active.moves.length > 0 ? [{ type: 'move', slot: 1, move: 'struggle', name: 'Struggle' }] : [];
  }
  return active.moves.flatMap((move, index) =>
    waysToUse(active, move, index).flatMap(({ name, target: kind, gimmick }) =>
      targets(kind, position, doubles).map(
        (target): MoveAction => ({
          type: 'move',
          slot: index + 1,
          move: move.id,
          name,
          ...(target === undefined ? {} : { target }),
          ...(gimmick === undefined ? {} : { gimmick }),
        }),
      ),
    ),
  );
}

/** A way to use a move: its name, the kind of target, the gimmick. */
interface Way {
  readonly name: string;
  readonly target: string | undefined;
  readonly gimmick?: Gimmick | undefined;
}

/** The ways to use the move at an index, those without a gimmick first. */
function waysToUse(
  active: RequestActive,
  { move, target, disabled }: RequestActive['moves'][number],
  index: number,
): readonly Way[] {
  const maxMove = active.maxMoves?.maxMoves[index];
  const max: Way[] =
    maxMove && !maxMove.disabled ? [{ name: moveName(maxMove.move), target: maxMove.target }] : [];
  const isDynamaxed = active.maxMoves !== undefined && !active.canDynamax;
  if (isDynamaxed) return max;
  const name = plainMoveName(move);
  const gimmicks = disabled ? [] : [undefined, ...formeGimmicks(active)];
  const zMove = active.canZMove?.[index];
  return [
    ...gimmicks.map((gimmick): Way => ({ name, target, gimmick })),
    ...(zMove ? [{ name: zMove.move, target: zMove.target, gimmick: 'zmove' } as const] : []),
    ...(active.canDynamax ? max.map((way): Way => ({ ...way, gimmick: 'dynamax' })) : []),
  ];
}

/** Requests name Max Moves by id only. */
function moveName(id: string): string {
  return generations.dex.moves.get(id).name;
}

function formeGimmicks(active: RequestActive): Gimmick[] {
  const gimmicks: Gimmick[] = [];
  if (active.canMegaEvo) gimmicks.push('mega');
  if (active.canMegaEvoX) gimmicks.push('megax');
  if (active.canMegaEvoY) gimmicks.push('megay');
  if (active.canUltraBurst) gimmicks.push('ultra');
  if (active.canTerastallize) gimmicks.push('terastallize');
  return gimmicks;
}

/** Target locations to offer for a move: `[undefined]` when the grammar takes none. */
function targets(
  target: string | undefined,
  position: number,
  doubles: MoveRequest | undefined,
): readonly (number | undefined)[] {
  if (!doubles) return [undefined];
  const self = -(position + 1);
  const ally = -(2 - position);
  switch (target) {
    case 'normal':
    case 'any':
      return [1, 2, ally];
    case 'adjacentFoe':
      return [1, 2];
    case 'adjacentAlly':
      return [ally];
    case 'adjacentAllyOrSelf':
      return [ally, self];
    default:
      return [undefined];
  }
}

function switchActions(side: RequestSide, activeCount: number): SwitchAction[] {
  return side.pokemon.flatMap((pokemon, index): SwitchAction[] =>
    index < activeCount || isFainted(pokemon)
      ? []
      : [{ type: 'switch', slot: index + 1, species: requestSpecies(pokemon) }],
  );
}

function reviveActions(side: RequestSide): SwitchAction[] {
  return side.pokemon.flatMap((pokemon, index): SwitchAction[] =>
    isFainted(pokemon)
      ? [{ type: 'switch', slot: index + 1, species: requestSpecies(pokemon), revive: true }]
      : [],
  );
}

function switchSlots(request: SwitchRequest): SlotAction[][] {
  const switches = switchActions(request.side, request.forceSwitch.length);
  const passes = forcedPasses(request);
  return request.forceSwitch.map((mustSwitch, position) => {
    if (!mustSwitch) return [PASS];
    if (request.side.pokemon[position]?.reviving) {
      // The server also lets Revival Blessing pass when there is nobody to bring in.
      return switches.length > 0 ? reviveActions(request.side) : [...reviveActions(request.side), PASS];
    }
    return passes > 0 ? [...switches, PASS] : switches;
  });
}

/** How many slots that must switch have nobody left to bring in, so that they have to pass. */
function forcedPasses(request: SwitchRequest): number {
  const leaving = request.forceSwitch.filter(Boolean).length;
  const available = switchActions(request.side, request.forceSwitch.length).length;
  const reviving = request.side.pokemon
    .slice(0, request.forceSwitch.length)
    .some((pokemon) => pokemon.reviving);
  return reviving ? 0 : Math.max(0, leaving - available);
}

/** Combines the options of the slots, leaving out what two slots cannot do at once. */
function combine(slots: readonly SlotAction[][], passes: number): Action[] {
  const [left, right] = slots;
  if (!left) return [];
  if (!right) return left;
  const forced = (options: readonly SlotAction[]): boolean =>
    options.some((option) => option.type === 'switch');
  const pairs: Action[] = [];
  for (const a of left) {
    for (const b of right) {
      if (a.type === 'switch' && b.type === 'switch' && a.slot === b.slot) continue;
      if (a.type === 'move' && b.type === 'move' && excludes(a.gimmick, b.gimmick)) continue;
      const passing = Number(a.type === 'pass' && forced(left)) + Number(b.type === 'pass' && forced(right));
      if (passes > 0 && passing !== passes) continue;
      pairs.push({ type: 'pair', left: a, right: b });
    }
  }
  return pairs;
}

/** A gimmick can be used once per battle, so two slots cannot both use one; the three mega kinds count as one. */
function excludes(a: Gimmick | undefined, b: Gimmick | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const kind = (gimmick: Gimmick): string => (gimmick.startsWith('mega') ? 'mega' : gimmick);
  return kind(a) === kind(b);
}

function teamActions(request: TeamRequest): TeamAction[] {
  const size = request.side.pokemon.length;
  const chosen = Math.min(size, request.maxChosenTeamSize ?? size);
  const leadsShown = request.side.pokemon.filter((pokemon) => pokemon.active).length || 1;
  const actions: TeamAction[] = [];
  // A larger team has millions of orders; only its leads are chosen, and the rest follows in team order.
  const free = size <= 6 ? chosen : Math.min(chosen, leadsShown);
  const extend = (begun: readonly number[]): void => {
    if (begun.length === free) {
      const rest = request.side.pokemon.map((_, index) => index + 1).filter((slot) => !begun.includes(slot));
      const order = [...begun, ...rest].slice(0, chosen);
      const leads = order.slice(0, leadsShown).map((slot) => {
        const pokemon = request.side.pokemon[slot - 1];
        return pokemon ? requestSpecies(pokemon) : '';
      });
      actions.push({ type: 'team', order, leads });
      return;
    }
    for (let slot = 1; slot <= size; slot++) if (!begun.includes(slot)) extend([...begun, slot]);
  };
  extend([]);
  return actions;
}
