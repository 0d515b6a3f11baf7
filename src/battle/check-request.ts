import {
  type FieldReader,
  FormError,
  flag,
  list,
  number,
  object,
  optional,
  text,
} from '../util/foreign-fields.ts';
import type {
  RequestActive,
  RequestData,
  RequestGimmickMove,
  RequestMove,
  RequestPokemon,
  RequestSide,
} from './request.ts';
import type { SideId } from './state.ts';

const id: FieldReader<string> = (from, field) => text(from, field, 64);

const stats: FieldReader<RequestPokemon['stats']> = (parent, field) => {
  const from = object(parent, field);
  return {
    atk: number(from, 'atk'),
    def: number(from, 'def'),
    spa: number(from, 'spa'),
    spd: number(from, 'spd'),
    spe: number(from, 'spe'),
  };
};

const sidePokemon: FieldReader<RequestPokemon> = (parent, field) => {
  const from = object(parent, field);
  return {
    ident: text(from, 'ident', 128),
    details: text(from, 'details', 256),
    condition: id(from, 'condition'),
    active: flag(from, 'active'),
    stats: stats(from, 'stats'),
    moves: list(from, 'moves', 24, id),
    baseAbility: id(from, 'baseAbility'),
    ability: optional(from, 'ability', id),
    item: id(from, 'item'),
    commanding: optional(from, 'commanding', flag),
    reviving: optional(from, 'reviving', flag),
    teraType: optional(from, 'teraType', id),
    terastallized: optional(from, 'terastallized', id),
  };
};

const sideId: FieldReader<SideId> = (from, field) => {
  const value = from[field];
  if (value === 'p1' || value === 'p2') return value;
  throw new FormError(field, 'p1 or p2');
};

const side: FieldReader<RequestSide> = (parent, field) => {
  const from = object(parent, field);
  return {
    name: text(from, 'name', 256),
    id: sideId(from, 'id'),
    pokemon: list(from, 'pokemon', 24, sidePokemon),
  };
};

const move: FieldReader<RequestMove> = (parent, field) => {
  const from = object(parent, field);
  return {
    move: id(from, 'move'),
    id: id(from, 'id'),
    pp: optional(from, 'pp', number),
    maxpp: optional(from, 'maxpp', number),
    target: optional(from, 'target', id),
    disabled: optional<boolean | string>(from, 'disabled', typeof from.disabled === 'string' ? id : flag),
  };
};

const gimmickMove: FieldReader<RequestGimmickMove> = (parent, field) => {
  const from = object(parent, field);
  return {
    move: id(from, 'move'),
    target: optional(from, 'target', id),
    disabled: optional(from, 'disabled', flag),
  };
};

/** With null where there is none. */
const zMoves: FieldReader<RequestActive['canZMove']> = (parent, field) =>
  list(parent, field, 24, (from, slot) => (from[slot] === null ? null : gimmickMove(from, slot)));

const maxMoves: FieldReader<RequestActive['maxMoves']> = (parent, field) => {
  const from = object(parent, field);
  return {
    maxMoves: list(from, 'maxMoves', 24, gimmickMove),
    gigantamax: optional(from, 'gigantamax', id),
  };
};

const active: FieldReader<RequestActive | null> = (parent, field) => {
  if (parent[field] === null) return null;
  const from = object(parent, field);
  return {
    moves: list(from, 'moves', 24, move),
    trapped: optional(from, 'trapped', flag),
    maybeTrapped: optional(from, 'maybeTrapped', flag),
    maybeDisabled: optional(from, 'maybeDisabled', flag),
    maybeLocked: optional(from, 'maybeLocked', flag),
    canMegaEvo: optional(from, 'canMegaEvo', flag),
    canMegaEvoX: optional(from, 'canMegaEvoX', flag),
    canMegaEvoY: optional(from, 'canMegaEvoY', flag),
    canUltraBurst: optional(from, 'canUltraBurst', flag),
    canZMove: optional(from, 'canZMove', zMoves),
    canDynamax: optional(from, 'canDynamax', flag),
    maxMoves: optional(from, 'maxMoves', maxMoves),
    canTerastallize: optional(from, 'canTerastallize', id),
  };
};

// Triples are refused here: half an answer would leave the server waiting for the rest.
const actives: FieldReader<RequestData['active']> = (from, field) => list(from, field, 2, active);
const flags: FieldReader<RequestData['forceSwitch']> = (from, field) => list(from, field, 2, flag);

/** Null stands for the whole team. */
const teamSize: FieldReader<number | undefined> = (from, field) => {
  if (from[field] === null) return undefined;
  const size = number(from, field);
  if (Number.isInteger(size) && size >= 1 && size <= 24) return size;
  throw new FormError(field, 'a number from 1 to 24');
};

/**
 * Checks parsed JSON that should be a request. Text is bounded and unknown keys are dropped: it is foreign data until it
 * has passed here.
 *
 * @throws {FormError} when a field has not the form of a request's
 */
export function checkRequest(raw: unknown): RequestData {
  const from = object({ request: raw }, 'request');
  return {
    rqid: optional(from, 'rqid', number),
    noCancel: optional(from, 'noCancel', flag),
    update: optional(from, 'update', flag),
    active: optional(from, 'active', actives),
    forceSwitch: optional(from, 'forceSwitch', flags),
    teamPreview: optional(from, 'teamPreview', flag),
    maxChosenTeamSize: optional(from, 'maxChosenTeamSize', teamSize),
    wait: optional(from, 'wait', flag),
    side: optional(from, 'side', side),
  };
}
