import type { Side } from '@pkmn/client';
import { toId } from './generations.ts';
import type { BattleRequest, MoveRequest } from './request.ts';

/** Abilities that a request only hints at (`maybeTrapped`) until a switch is refused. */
const TRAPPING = new Set(['arenatrap', 'magnetpull', 'shadowtag']);

/** Whether a request withdraws the right to switch although nothing has happened: a switch was refused. */
export function isRefusal(before: BattleRequest | undefined, now: BattleRequest): boolean {
  if (before?.type !== 'move' || now.type !== 'move') return false;
  const isTakenBack = now.active.some(
    (active, index) => active?.trapped && before.active[index]?.maybeTrapped,
  );
  return isTakenBack && standOf(before) === standOf(now);
}

/** HP and PP, which change in every turn in which anything happens. */
function standOf({ side, active }: MoveRequest): string {
  return JSON.stringify([side.pokemon, active.map((one) => one?.moves.map(({ pp }) => pp))]);
}

/** A refused switch reveals the ability of a lone opponent that can have only one trapping ability. */
export function revealTrapper(opponents: Side): void {
  const [pokemon, ...others] = opponents.active.filter((active) => active !== null);
  if (!pokemon || pokemon.ability || others.length > 0) return;
  const possible = Object.values(pokemon.species?.abilities ?? {}).map(toId);
  const [ability, another] = possible.filter((id) => TRAPPING.has(id));
  if (ability && !another) pokemon.rememberAbility(ability);
}
