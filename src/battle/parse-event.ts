import { isBerryEffect } from './client-corrections/held-items.ts';
import { slotOf } from './client-corrections/illusion.ts';
import type { BattleEvent, Cause, Happened, PokemonRef } from './event.ts';
import { toId } from './generations.ts';
import type { BoostId, SideId, StatusId } from './state.ts';

/** A parsed protocol line as @pkmn/protocol returns it, without its per-message types. */
export interface ParsedLine {
  readonly args: readonly (string | undefined)[];
  readonly kwArgs: Record<string, string | true | undefined>;
}

/** What the tracker knows beyond the line itself. */
export interface EventContext {
  /** The Pokémon that the line is about, after the line was applied. */
  readonly subject: PokemonRef | undefined;
  /** HP fraction before and after the line was applied. */
  readonly before: number;
  readonly after: number;
  /** The Pokémon at the subject's position before the line was applied. */
  readonly replaced: PokemonRef | undefined;
  readonly names: Names;
}

/** Resolves names in lines. */
export interface Names {
  /** The Pokémon that an ident such as `p1a: Nickname` names. */
  pokemon(ident: string | undefined): PokemonRef | undefined;
  /** The side a player's name belongs to. */
  side(name: string | undefined): SideId | undefined;
}

const STATUSES = new Set(['brn', 'par', 'psn', 'tox', 'slp', 'frz']);
const STATS = new Set(['atk', 'def', 'spa', 'spd', 'spe', 'accuracy', 'evasion']);
const CAUSE = /^(move|ability|item): ?(.*)$/;

/** A whole number from 1 on; undefined for anything else. */
export function count(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

function fraction(value: number): number {
  return Math.min(1, Math.max(0, value)) || 0;
}

function effectId(text: string | undefined): string {
  return toId((text ?? '').replace(CAUSE, '$2'));
}

function effectName(text: string | undefined): string {
  return (text ?? '').replace(CAUSE, '$2');
}

function cause(line: ParsedLine, context: EventContext): Cause | undefined {
  const from = line.kwArgs.from;
  if (typeof from !== 'string' || from === '') return undefined;
  const match = CAUSE.exec(from);
  const of = typeof line.kwArgs.of === 'string' ? context.names.pokemon(line.kwArgs.of) : undefined;
  const name = match?.[2] ?? from;
  return { kind: (match?.[1] ?? 'other') as Cause['kind'], id: toId(name), name, ...(of ? { of } : {}) };
}

/**
 * Turns one protocol line into an event. Pure: everything that depends on the battle comes with `context`.
 *
 * @returns undefined for lines that say nothing about the battle, or name a Pokémon that has not appeared
 */
export function parseEvent(line: ParsedLine, context: EventContext): BattleEvent | undefined {
  return fieldEvent(line, context) ?? (context.subject && pokemonEvent(line, context.subject, context));
}

/** The event of a line about a side, the field or the battle; undefined when it is about a Pokémon, or says nothing. */
function fieldEvent(line: ParsedLine, context: EventContext): BattleEvent | undefined {
  const { args, kwArgs } = line;
  const [kind, first = '', second = ''] = args;
  switch (kind) {
    case 'turn': {
      const turn = count(first);
      return turn === undefined ? undefined : { type: 'turn', turn };
    }
    case 'win': {
      const winner = context.names.side(first);
      return { type: 'result', winner: winner ?? null };
    }
    case 'upkeep':
      return { type: 'upkeep' };
    case 'tie':
      return { type: 'result', winner: null };
    case '-clearallboost':
      return { type: 'clearallboost' };
    case '-weather':
      return {
        type: 'weather',
        ...(effectId(first) === 'none' ? {} : { weather: effectId(first) }),
        upkeep: kwArgs.upkeep !== undefined,
        cause: cause(line, context),
      };
    case '-fieldstart':
    case '-fieldend':
      return {
        type: 'field',
        condition: effectId(first),
        change: kind === '-fieldstart' ? 'start' : 'end',
        cause: cause(line, context),
      };
    case '-sidestart':
    case '-sideend': {
      const side = first.slice(0, 2);
      if (side !== 'p1' && side !== 'p2') return undefined;
      return {
        type: 'sidecondition',
        side,
        condition: effectId(second),
        change: kind === '-sidestart' ? 'start' : 'end',
      };
    }
    default:
      return undefined;
  }
}

function itemEvent({ args, kwArgs }: ParsedLine, happened: Happened): BattleEvent {
  const [kind, , name = ''] = args;
  if (kind === '-enditem' && isBerryEffect(name, kwArgs))
    return { type: 'volatile', ...happened, change: 'end', effect: effectId(name), name: effectName(name) };
  return { type: 'item', ...happened, item: effectId(name), change: kind === '-item' ? 'start' : 'end' };
}

function pokemonEvent(line: ParsedLine, pokemon: PokemonRef, context: EventContext): BattleEvent | undefined {
  const { args, kwArgs } = line;
  const [kind, first = '', second = '', third = ''] = args;
  const happened = { pokemon, cause: cause(line, context) };
  switch (kind) {
    case 'switch':
    case 'drag':
    case 'replace':
      return {
        type: 'switch',
        how: kind,
        ...happened,
        position: Math.max(0, slotOf(first)),
        hp: fraction(context.after),
        replaced: context.replaced,
      };
    case 'move':
      return {
        type: 'move',
        ...happened,
        move: toId(second),
        name: second,
        target: context.names.pokemon(third),
        missed: kwArgs.miss !== undefined,
        noTarget: kwArgs.notarget !== undefined,
        still: kwArgs.still !== undefined,
        zMove: kwArgs.zeffect !== undefined,
      };
    case 'cant':
      return { type: 'cant', ...happened, reason: effectId(second), ...(third ? { move: toId(third) } : {}) };
    case 'faint':
      return { type: 'faint', pokemon };
    case '-damage':
    case '-heal':
    case '-sethp':
      return {
        type: kind.slice(1) as 'damage' | 'heal' | 'sethp',
        ...happened,
        before: fraction(context.before),
        after: fraction(context.after),
      };
    case '-status':
    case '-curestatus':
      if (!STATUSES.has(second)) return undefined;
      return { type: kind.slice(1) as 'status' | 'curestatus', ...happened, status: second as StatusId };
    case '-boost':
    case '-unboost':
      if (!STATS.has(second)) return undefined;
      return {
        type: 'boost',
        ...happened,
        stat: second as BoostId,
        amount: Number(third) * (kind === '-boost' ? 1 : -1) || 0,
      };
    case '-setboost':
    case '-swapboost':
    case '-copyboost':
    case '-invertboost':
    case '-clearboost':
    case '-clearpositiveboost':
    case '-clearnegativeboost':
      return { type: 'boosts-reset', ...happened, how: kind.slice(1) };
    case '-supereffective':
    case '-resisted':
      return { type: 'effectiveness', pokemon, how: kind.slice(1) as 'supereffective' | 'resisted' };
    case '-immune':
      return { type: 'immune', ...happened };
    case '-crit':
      return { type: 'crit', pokemon };
    case '-miss':
      return { type: 'miss', pokemon, target: context.names.pokemon(second) };
    case '-fail':
    case '-block':
      return {
        type: kind.slice(1) as 'fail' | 'block',
        ...happened,
        ...(second ? { effect: effectId(second) } : {}),
      };
    case '-hitcount': {
      const hits = count(second);
      return hits === undefined ? undefined : { type: 'hitcount', pokemon, hits };
    }
    case '-ability':
    case '-endability':
      return { type: 'ability', ...happened, ability: effectId(second), ended: kind === '-endability' };
    case '-item':
    case '-enditem':
      return itemEvent(line, happened);
    case '-start':
    case '-end':
    case '-activate':
    case '-prepare':
    case '-mustrecharge':
    case '-singleturn':
    case '-singlemove':
      return {
        type: 'volatile',
        ...happened,
        change: VOLATILE_CHANGES[kind],
        effect: effectId(second),
        name: effectName(second),
      };
    case '-mega':
    case '-primal':
    case '-burst':
    case '-terastallize':
    case '-transform':
    case '-formechange':
    case 'detailschange':
      return {
        type: 'forme',
        ...happened,
        species: pokemon.species,
        how: FORME_CHANGES[kind],
        ...(kind === '-terastallize' ? { teraType: second } : {}),
      };
  }
  return undefined;
}

const VOLATILE_CHANGES = {
  '-start': 'start',
  '-end': 'end',
  '-activate': 'activate',
  '-prepare': 'prepare',
  '-mustrecharge': 'mustrecharge',
  '-singleturn': 'turn',
  '-singlemove': 'turn',
} as const;

const FORME_CHANGES = {
  '-mega': 'mega',
  '-primal': 'primal',
  '-burst': 'ultra',
  '-terastallize': 'tera',
  '-transform': 'transform',
  '-formechange': 'change',
  detailschange: 'change',
} as const;
