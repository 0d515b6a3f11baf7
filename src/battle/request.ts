import { ServerError } from '../util/errors.ts';
import { FormError } from '../util/foreign-fields.ts';
import { checkRequest } from './check-request.ts';
import type { SideId } from './state.ts';

/** A move of an active Pokémon in a request. */
export interface RequestMove {
  readonly move: string;
  readonly id: string;
  readonly pp?: number | undefined;
  readonly maxpp?: number | undefined;
  readonly target?: string | undefined;
  readonly disabled?: boolean | string | undefined;
}

/** A Z-Move or Max Move in a request. */
export interface RequestGimmickMove {
  readonly move: string;
  readonly target?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** The moves and gimmicks of one active Pokémon in a request. */
export interface RequestActive {
  readonly moves: readonly RequestMove[];
  readonly trapped?: boolean | undefined;
  readonly maybeTrapped?: boolean | undefined;
  readonly maybeDisabled?: boolean | undefined;
  readonly maybeLocked?: boolean | undefined;
  readonly canMegaEvo?: boolean | undefined;
  readonly canMegaEvoX?: boolean | undefined;
  readonly canMegaEvoY?: boolean | undefined;
  readonly canUltraBurst?: boolean | undefined;
  readonly canZMove?: readonly (RequestGimmickMove | null)[] | undefined;
  readonly canDynamax?: boolean | undefined;
  readonly maxMoves?:
    | { readonly maxMoves: readonly RequestGimmickMove[]; readonly gigantamax?: string | undefined }
    | undefined;
  readonly canTerastallize?: string | undefined;
}

/** A Pokémon of the own side in a request. */
export interface RequestPokemon {
  readonly ident: string;
  readonly details: string;
  readonly condition: string;
  readonly active: boolean;
  readonly stats: Readonly<Record<'atk' | 'def' | 'spa' | 'spd' | 'spe', number>>;
  readonly moves: readonly string[];
  readonly baseAbility: string;
  readonly ability?: string | undefined;
  readonly item: string;
  readonly commanding?: boolean | undefined;
  readonly reviving?: boolean | undefined;
  readonly teraType?: string | undefined;
  readonly terastallized?: string | undefined;
}

/** The own side in a request. */
export interface RequestSide {
  readonly name: string;
  readonly id: SideId;
  readonly pokemon: readonly RequestPokemon[];
}

/** A request as it is sent, before it is told apart by what it asks for. */
export interface RequestData {
  readonly rqid?: number | undefined;
  readonly noCancel?: boolean | undefined;
  readonly update?: boolean | undefined;
  readonly active?: readonly (RequestActive | null)[] | undefined;
  readonly forceSwitch?: readonly boolean[] | undefined;
  readonly teamPreview?: boolean | undefined;
  readonly maxChosenTeamSize?: number | null | undefined;
  readonly wait?: boolean | undefined;
  readonly side?: RequestSide | undefined;
}

interface RequestBase {
  /** Names the request when answering; stale ones are refused. */
  readonly rqid?: number;
  readonly noCancel?: boolean;
  /** The request replaces one that could not be fulfilled (a hidden trap or a disabled move came to light). */
  readonly update?: boolean;
}

export interface MoveRequest extends RequestBase {
  readonly type: 'move';
  /** By field position; null where nobody stands. */
  readonly active: readonly (RequestActive | null)[];
  readonly side: RequestSide;
}
export interface SwitchRequest extends RequestBase {
  readonly type: 'switch';
  /** By field position: whether it must be replaced. */
  readonly forceSwitch: readonly boolean[];
  readonly side: RequestSide;
}
export interface TeamRequest extends RequestBase {
  readonly type: 'team';
  /** How many Pokémon are brought; undefined for all. */
  readonly maxChosenTeamSize?: number;
  readonly side: RequestSide;
}
export interface WaitRequest extends RequestBase {
  readonly type: 'wait';
  readonly side?: RequestSide;
}

/** A request that wants an answer. */
export type ChoiceRequest = MoveRequest | SwitchRequest | TeamRequest;
/** What the server asks of one side. */
export type BattleRequest = ChoiceRequest | WaitRequest;

/** Raised by {@link parseRequest}; battle rooms log it and ask the server for its default choice. */
export class RequestError extends ServerError {}

/**
 * Reads the JSON of a `|request|` line.
 *
 * @param json what follows `|request|`; empty or `null` when the server has nothing to ask
 * @returns the request, or undefined when there is none
 * @throws {@link RequestError} when it is no request this package understands
 */
export function parseRequest(json: string): BattleRequest | undefined {
  if (json === '' || json === 'null') return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new RequestError('The request is not valid JSON', { cause });
  }
  try {
    return readRequest(checkRequest(raw));
  } catch (cause) {
    if (!(cause instanceof FormError)) throw cause;
    throw new RequestError(`The request does not have the expected form: ${cause.message}`, { cause });
  }
}

/**
 * Tells what a request asks for.
 *
 * @param data a checked request, or one that the simulator in this process has made
 * @throws {@link RequestError} when it asks for nothing
 */
export function readRequest(data: RequestData): BattleRequest {
  const { rqid, noCancel, update, active, forceSwitch, teamPreview, maxChosenTeamSize, wait, side } = data;
  if (wait) return { type: 'wait', rqid, noCancel, update, side };
  if (side) {
    if (teamPreview) {
      return {
        type: 'team',
        rqid,
        noCancel,
        update,
        side,
        maxChosenTeamSize: maxChosenTeamSize ?? undefined,
      };
    }
    if (forceSwitch) return { type: 'switch', rqid, noCancel, update, side, forceSwitch };
    if (active) return { type: 'move', rqid, noCancel, update, side, active };
  }
  throw new RequestError(
    'The request asks for nothing: expected one of active, forceSwitch, teamPreview, wait',
  );
}

/** Whether a condition such as `0 fnt` or `231/231 par` says that the Pokémon has fainted. */
export function isFainted(pokemon: RequestPokemon): boolean {
  return pokemon.condition.endsWith(' fnt') || pokemon.condition.startsWith('0 ');
}

/** Species (forme) of a Pokémon in a request: the first part of its details. */
export function requestSpecies(pokemon: RequestPokemon): string {
  const end = pokemon.details.indexOf(',');
  return end < 0 ? pokemon.details : pokemon.details.slice(0, end);
}
