import type { BattleEvent, PokemonRef } from '../battle/event.ts';
import type { SideId } from '../battle/state.ts';
import { safeLine } from '../util/safe-text.ts';
import type { BattleMemory } from './battle-memory.ts';
import { episodes } from './episodes.ts';
import { boostWords, capitalize, causeWords, label, percent, statusWords } from './format-feedback.ts';
import type { Viewpoint } from './viewpoint.ts';

/** What has come of a Pokémon's move so far in this battle. */
export interface TriedMove {
  readonly user: PokemonRef;
  readonly move: string;
  readonly name: string;
  /** The opponent that it was used on; undefined for moves on the user's own side, a side or the field. */
  readonly target?: PokemonRef;
  readonly uses: number;
  readonly misses: number;
  /** Most HP that one use took, as a fraction of the maximum; uses without a critical hit are preferred. */
  readonly best?: { readonly damage: number; readonly crit: boolean; readonly fainted: boolean };
  /** What else the last successful use did to the target, e.g. `paralyzed`. */
  readonly effect?: string;
  /** How the last use failed, if it did, e.g. `no effect (Levitate)`. */
  readonly failure?: string;
}

type NameOf = Viewpoint['nameOf'];

type MoveEvent = Extract<BattleEvent, { type: 'move' }>;

type Outcome = Pick<TriedMove, 'best' | 'effect' | 'failure'> & { readonly missed: boolean };

/** Abilities that absorb one hit for their Pokémon. */
const DISGUISES = new Set(['disguise', 'iceface']);

/** How a use failed against the Pokémon that an event is about. */
function failureOf(event: BattleEvent, nameOf: NameOf): string | undefined {
  switch (event.type) {
    case 'fail':
      return 'failed';
    case 'immune':
      return `no effect${event.cause ? ` (${causeWords(event.cause)})` : ''}`;
    case 'block': {
      const by = nameOf(event.effect ?? '');
      if (by === '') return 'blocked';
      return DISGUISES.has(event.effect ?? '') ? `broke its ${by}` : `blocked by ${by}`;
    }
    case 'heal':
      return event.cause?.kind === 'ability' ? `absorbed (${causeWords(event.cause)})` : undefined;
    case 'volatile':
      if (event.effect === 'substitute' && event.change === 'activate') return 'hit a Substitute';
      return event.effect === 'substitute' && event.change === 'end' ? 'broke its Substitute' : undefined;
    default:
      return undefined;
  }
}

/** Conditions that abilities start, or that count by themselves. */
const NOT_OF_MOVES = /^(protosynthesis|quarkdrive|fallen)|^(typechange|perish[0-2])$/;

/** What a move did besides damage to the Pokémon that an event is about. */
function effectOf(event: BattleEvent, { move }: MoveEvent): string | undefined {
  if ('cause' in event && event.cause && event.cause.id !== move) return undefined;
  switch (event.type) {
    case 'status':
      return statusWords(event.status, false);
    case 'boost':
      return boostWords(event.stat, event.amount);
    case 'volatile':
      if (event.change !== 'start' || NOT_OF_MOVES.test(event.effect)) return undefined;
      return event.effect === 'confusion' ? 'confused' : capitalize(safeLine(event.name, 40));
    default:
      return undefined;
  }
}

function outcome(
  action: MoveEvent,
  events: readonly BattleEvent[],
  target: PokemonRef | undefined,
  nameOf: NameOf,
): Outcome {
  const best = hitOn(target, events);
  if (best.damage > 0) return { best, missed: false };
  const { effects, failure } = effectsOn(target, action, events, nameOf);
  if (effects.size > 0) return { effect: [...effects].join(', '), missed: false };
  const missed = action.missed || events.some((event) => event.type === 'miss' && isMissOf(event, target));
  return { missed, ...(failure === undefined || missed ? {} : { failure }) };
}

function isMissOf(miss: Extract<BattleEvent, { type: 'miss' }>, target: PokemonRef | undefined): boolean {
  return miss.target === undefined || miss.target.id === target?.id;
}

function isAbout(event: BattleEvent, target: PokemonRef | undefined): boolean {
  return 'pokemon' in event && event.pokemon.id === target?.id;
}

/** The damage of all hits of a move to a target. */
function hitOn(target: PokemonRef | undefined, events: readonly BattleEvent[]): Required<TriedMove>['best'] {
  const about = events.filter((event) => isAbout(event, target));
  const strikes = about.flatMap((event) =>
    event.type === 'damage' && event.cause === undefined ? [event] : [],
  );
  return {
    damage: strikes.reduce((sum, { before, after }) => sum + (before - after), 0),
    crit: about.some(({ type }) => type === 'crit'),
    fainted: strikes.some(({ after }) => after === 0),
  };
}

/** What a move did to a target besides damage, and how it failed, if the events say so. */
function effectsOn(
  target: PokemonRef | undefined,
  action: MoveEvent,
  events: readonly BattleEvent[],
  nameOf: NameOf,
): { readonly effects: ReadonlySet<string>; readonly failure: string | undefined } {
  let failure: string | undefined;
  /** The target's ability that was named last: a boost that follows is its effect. */
  let ability: string | undefined;
  const effects = new Set<string>();
  for (const event of events) {
    if (event.type === 'fail') failure = 'failed';
    if (!isAbout(event, target)) continue;
    if (event.type === 'ability') ability = event.ability;
    if (event.type === 'curestatus') effects.delete(statusWords(event.status, false));
    failure = failureOf(event, nameOf) ?? failure;
    const effect = effectOf(event, action);
    if (effect === undefined) continue;
    if (ability !== undefined && event.type === 'boost') failure ??= `no effect (${nameOf(ability)})`;
    else effects.add(effect);
  }
  return { effects, failure };
}

function better(known: TriedMove['best'], next: TriedMove['best']): TriedMove['best'] {
  if (!known || !next) return known ?? next;
  if (known.crit !== next.crit) return known.crit ? next : known;
  return next.damage > known.damage ? next : known;
}

/** Events that show that a move did not wait for its second turn; Power Herb and sun skip the wait. */
const ACTS = new Set(['damage', 'miss', 'immune', 'block', 'item']);

/** Whether this was the first turn of a two-turn move. */
function isCharging(events: readonly BattleEvent[]): boolean {
  const prepares = events.some((event) => event.type === 'volatile' && event.change === 'prepare');
  return prepares && !events.some(({ type }) => ACTS.has(type));
}

/** The opponents that a use of a move affected; none if it was for a side, the field or the user's own side. */
function targetsOf(
  action: MoveEvent,
  events: readonly BattleEvent[],
  nameOf: NameOf,
): readonly (PokemonRef | undefined)[] {
  const targets = new Map<string, PokemonRef>();
  let isForAll = false;
  for (const event of events) {
    const touched = event.type === 'miss' ? event.target : touchedBy(event, action, nameOf);
    if (touched && touched.side !== action.pokemon.side) targets.set(touched.id, touched);
    isForAll ||= event.type === 'sidecondition' || event.type === 'field' || event.type === 'weather';
  }
  const { target } = action;
  const isNamed = target && target.side !== action.pokemon.side && !isForAll;
  if (isNamed) targets.set(target.id, target);
  return targets.size > 0 ? [...targets.values()] : [undefined];
}

function touchedBy(event: BattleEvent, action: MoveEvent, nameOf: NameOf): PokemonRef | undefined {
  const isDirect = event.type === 'damage' && event.cause === undefined;
  const concerns =
    isDirect || failureOf(event, nameOf) !== undefined || effectOf(event, action) !== undefined;
  return concerns && 'pokemon' in event ? event.pokemon : undefined;
}

/**
 * Everything both sides have tried in a battle, the most recent last.
 *
 * @param nameOf display name of a move, ability or item
 */
export function triedMoves(memory: BattleMemory, nameOf: NameOf): readonly TriedMove[] {
  const tried = new Map<string, TriedMove>();
  for (const turn of memory.turns) {
    const stretches = episodes(turn);
    for (const [index, { action, events }] of stretches.entries()) {
      if (action?.type !== 'move' || isCharging(events)) continue;
      const next = stretches[index + 1]?.action;
      const bounced = next?.type === 'move' && next.cause?.id === 'magicbounce' && next.move === action.move;
      for (const target of targetsOf(action, events, nameOf)) {
        const key = `${action.pokemon.id} ${action.move} ${target?.id ?? ''}`;
        const known = tried.get(key);
        const came = outcome(action, events, target, nameOf);
        const use = bounced ? { ...came, failure: 'bounced back (Magic Bounce)' } : came;
        tried.delete(key);
        tried.set(key, withUse(known, action, target, use));
      }
    }
  }
  return [...tried.values()];
}

/** What is known of a move after another use. */
function withUse(
  known: TriedMove | undefined,
  action: MoveEvent,
  target: PokemonRef | undefined,
  { best, missed, effect = known?.effect, failure }: Outcome,
): TriedMove {
  const bestYet = better(known?.best, best);
  return {
    user: action.pokemon,
    move: action.move,
    name: safeLine(action.name, 40),
    uses: (known?.uses ?? 0) + 1,
    misses: (known?.misses ?? 0) + (missed ? 1 : 0),
    ...(target && { target }),
    ...(bestYet && { best: bestYet }),
    ...(effect !== undefined && { effect }),
    ...(failure !== undefined && { failure }),
  };
}

function resultWords({ best, effect, failure, name, uses, misses, target }: TriedMove): string {
  const missed = misses === 0 ? [] : [uses === 1 ? 'missed' : `missed ${misses} of ${uses}`];
  const worked = best !== undefined || effect !== undefined;
  if (!worked && target) return [name, ...missed, ...(failure === undefined ? [] : [failure])].join(' ');
  const remarks = [
    ...(best || effect === undefined ? [] : [effect]),
    ...(best?.crit ? ['critical hit'] : []),
    ...(best?.fainted ? ['fainted it'] : []),
    ...missed,
    ...(failure === undefined ? [] : [`last time ${failure}`]),
  ];
  const head = best ? `${name} ${percent(best.damage)}` : target || uses === 1 ? name : `${name} ${uses}x`;
  return `${head}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`;
}

/** One line for each head, e.g. `foe Dragalge on your Milotic`, with what was tried. */
function grouped(
  entries: readonly TriedMove[],
  headOf: (entry: TriedMove) => string,
  limit: number,
): readonly string[] {
  const groups = new Map<string, { head: string; results: string[] }>();
  for (const entry of entries) {
    const key = `${entry.user.id} ${entry.target?.id ?? ''}`;
    const group = groups.get(key) ?? { head: headOf(entry), results: [] };
    group.results.push(resultWords(entry));
    // The most recently tried pair comes last.
    groups.delete(key);
    groups.set(key, group);
  }
  return [...groups.values()].slice(-limit).map(({ head, results }) => `${head}: ${results.join(', ')}`);
}

/**
 * What has been tried between our side and one opponent, a line for each pair of Pokémon: what our moves did to it, and
 * what its moves did to us, e.g. `your Milotic on foe Dragalge: Ice Beam 43%, Toxic (badly poisoned), Scald no effect`.
 *
 * @param limit most lines of each kind; the most recent are kept
 */
export function noteLines(
  tried: readonly TriedMove[],
  foe: PokemonRef,
  side: SideId,
  limit: number,
): readonly string[] {
  const head = ({ user, target }: TriedMove): string =>
    `${label(user, side)} on ${target ? label(target, side) : ''}`;
  const ours = tried.filter(({ user, target }) => user.side === side && target?.id === foe.id);
  const its = tried.filter(({ user, target }) => user.id === foe.id && target?.side === side);
  return [...grouped(ours, head, limit), ...grouped(its, head, limit)];
}

/**
 * Moves that Pokémon have used without aiming at the other side, one line each, e.g. `foe Dragalge also used: Toxic
 * Spikes 2x, Protect (last time failed)`.
 */
export function ownUseLines(
  tried: readonly TriedMove[],
  standing: readonly PokemonRef[],
  side: SideId,
): readonly string[] {
  const entries = tried.filter(({ user, target }) => !target && standing.some(({ id }) => id === user.id));
  return grouped(entries, ({ user }) => `${label(user, side)} also used`, standing.length);
}
