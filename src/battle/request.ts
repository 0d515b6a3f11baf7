import { z } from 'zod';
import { ServerError } from '../util/errors.ts';
import { cutField, cutIdent, cutName } from './long-text.ts';

// Text is cut and unknown keys are dropped: a request is foreign data until it has passed here.
const name = z.string().transform(cutName);
const field = z.string().transform(cutField);

// JSON writes `null` for NaN and infinity.
const points = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);

const moveSlotSchema = z.object({
  move: name,
  id: name,
  pp: points,
  maxpp: points,
  target: name.optional(),
  disabled: z.union([z.boolean(), name]).optional(),
});

const gimmickMoveSchema = z.object({
  move: name,
  target: name.optional(),
  disabled: z.boolean().optional(),
});

const activeSchema = z.object({
  moves: z.array(moveSlotSchema).max(24),
  trapped: z.boolean().optional(),
  maybeTrapped: z.boolean().optional(),
  maybeDisabled: z.boolean().optional(),
  maybeLocked: z.boolean().optional(),
  canMegaEvo: z.boolean().optional(),
  canMegaEvoX: z.boolean().optional(),
  canMegaEvoY: z.boolean().optional(),
  canUltraBurst: z.boolean().optional(),
  canZMove: z.array(gimmickMoveSchema.nullable()).optional(),
  canDynamax: z.boolean().optional(),
  maxMoves: z.object({ maxMoves: z.array(gimmickMoveSchema), gigantamax: name.optional() }).optional(),
  canTerastallize: name.optional(),
});

const statSchema = z.number();

const sidePokemonSchema = z.object({
  ident: z.string().transform(cutIdent),
  details: field,
  condition: field,
  active: z.boolean(),
  stats: z.object({ atk: statSchema, def: statSchema, spa: statSchema, spd: statSchema, spe: statSchema }),
  moves: z.array(name).max(24),
  baseAbility: name,
  ability: name.optional(),
  item: name,
  commanding: z.boolean().optional(),
  reviving: z.boolean().optional(),
  teraType: name.optional(),
  terastallized: name.optional(),
});

const sideSchema = z.object({
  name: field,
  id: z.enum(['p1', 'p2']),
  pokemon: z.array(sidePokemonSchema).max(24),
});

const requestSchema = z.object({
  rqid: z.number().optional(),
  noCancel: z.boolean().optional(),
  update: z.boolean().optional(),
  // Triples are refused here: half an answer would leave the server waiting for the rest.
  active: z.array(activeSchema.nullable()).max(2).optional(),
  forceSwitch: z.array(z.boolean()).max(2).optional(),
  teamPreview: z.boolean().optional(),
  maxChosenTeamSize: z.number().int().min(1).max(24).nullish(),
  wait: z.boolean().optional(),
  side: sideSchema.optional(),
});

/** A request as sent, before it is classified by what it asks for. */
export type RequestData = z.infer<typeof requestSchema>;
/** A Pokémon of our side in a request. */
export type RequestPokemon = z.infer<typeof sidePokemonSchema>;
/** The moves and gimmicks of one active Pokémon in a request. */
export type RequestActive = z.infer<typeof activeSchema>;
/** Our side in a request. */
export type RequestSide = z.infer<typeof sideSchema>;

interface RequestBase {
  /** Identifies the request in an answer; answers to stale requests are refused. */
  readonly rqid?: number;
  readonly noCancel?: boolean;
  /** The request replaces one whose answer was refused (a hidden trap or a disabled move came to light). */
  readonly update?: boolean;
}

/** A turn: moves, gimmicks and switches to choose from. */
export interface MoveRequest extends RequestBase {
  readonly type: 'move';
  /** By field position; null when the position is empty. */
  readonly active: readonly (RequestActive | null)[];
  readonly side: RequestSide;
}
/** A Pokémon must come in, or be revived. */
export interface SwitchRequest extends RequestBase {
  readonly type: 'switch';
  /** By field position: whether it must be replaced. */
  readonly forceSwitch: readonly boolean[];
  readonly side: RequestSide;
}
/** Team preview: which Pokémon are brought, and which leads. */
export interface TeamRequest extends RequestBase {
  readonly type: 'team';
  /** How many Pokémon are brought; undefined for all. */
  readonly maxChosenTeamSize?: number;
  readonly side: RequestSide;
}
/** The other side has to answer. */
export interface WaitRequest extends RequestBase {
  readonly type: 'wait';
  readonly side?: RequestSide;
}

/** A request that wants an answer. */
export type ChoiceRequest = MoveRequest | SwitchRequest | TeamRequest;
/** What the server asks of one side. */
export type BattleRequest = ChoiceRequest | WaitRequest;

/** Thrown by {@link parseRequest}; battle rooms log it and ask the server for its default choice. */
export class RequestError extends ServerError {}

/**
 * Reads the JSON of a `|request|` line.
 *
 * @param json what follows `|request|`; empty or `null` when the server has nothing to ask
 * @returns the request, or undefined when there is none
 * @throws {RequestError} when it is no request this package understands
 */
export function parseRequest(json: string): BattleRequest | undefined {
  if (json === '' || json === 'null') return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new RequestError('The request is not valid JSON', { cause });
  }
  const parsed = requestSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RequestError(
      `The request does not have the expected form at "${issue?.path.join('.')}": ${issue?.message}`,
      { cause: parsed.error },
    );
  }
  return readRequest(parsed.data);
}

/**
 * Classifies a request by what it asks for.
 *
 * @param data a checked request, or one made by the simulator in this process
 * @throws {RequestError} when it asks for nothing
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
  return cutName(end < 0 ? pokemon.details : pokemon.details.slice(0, end));
}
