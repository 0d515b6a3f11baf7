import type { BattleEvent } from './event.ts';
import { generations } from './generations.ts';
import { gimmicksOf, type Means, meansOf } from './reconstruct-gimmicks.ts';
import type { RequestPokemon } from './request.ts';
import type { BattleState, PokemonState, SideId, StatId } from './state.ts';
import { BattleTracker } from './tracker.ts';

/**
 * Makes a player's view out of a spectator's log, such as a public replay: the same lines, with a request at the start
 * of every turn and wherever somebody had to come in. What a spectator cannot see is filled in with what the whole battle
 * revealed (the team, its moves, items, abilities, tera types and gimmicks) and with stats at 31 IVs, 84 EVs and a
 * neutral nature, as in random battles. Moves that were never used are missing.
 *
 * @returns the lines unchanged when they hold requests already
 */
export function reconstructView(lines: readonly string[], side: SideId): string[] {
  if (lines.some((line) => line.startsWith('|request|{'))) return [...lines];
  const { team, means } = wholeBattle(lines, side);
  const tracker = new BattleTracker({ side });
  const names = new Map<string, Name>();
  const view: string[] = [];
  /** Ids of those who stood on the field last, by position: whoever has fainted stands there in a request. */
  const places: string[] = [];
  const ask = (forceSwitch?: readonly boolean[]): void => {
    const { state } = tracker;
    const now = new Map(state.own.pokemon.map((pokemon) => [pokemon.id, pokemon]));
    const members = team.map((member) => ({
      ...member,
      ...names.get(member.whole.id),
      now: now.get(member.whole.id),
    }));
    const actives = places.flatMap((id) => members.filter(({ whole }) => whole.id === id));
    const bench = members.filter((member) => !actives.includes(member));
    const comesIn = bench.some((member) => !member.now?.fainted);
    if (!forceSwitch || comesIn) {
      view.push(`|request|${JSON.stringify(request(state, actives, bench, means, forceSwitch))}`);
    }
  };
  let isAsked = false;
  for (const line of lines) {
    const leaving = isAsked ? [] : whoLeaves(line, tracker.state);
    if (leaving.some(Boolean)) {
      ask(leaving);
      isAsked = true;
    }
    tracker.add(line);
    view.push(line);
    const event = tracker.turns.at(-1)?.events.at(-1);
    const named = nameIn(line, event);
    if (named) names.set(named.id, named);
    if (named && event?.type === 'switch' && event.pokemon.side === side) places[event.position] = named.id;
    // Both sides' replacements come in together; what follows may make somebody else leave.
    if (!/^\|(switch|$)/.test(line)) isAsked = false;
    if (line.startsWith('|turn|')) ask();
  }
  return view;
}

/** What lets its user leave the field, and choose who comes in. */
const PIVOTS = /\[from\] ?(?:move: )?(?!Shed Tail$)[^|]+$/;

/** Positions of those whose replacement was asked for just before a line: somebody comes in on either side. */
function whoLeaves(line: string, { own, turn }: BattleState): boolean[] {
  const ident = /^\|switch\|(p[12])([ab])?: /.exec(line);
  if (!ident || turn === 0) return [];
  const isOwn = ident[1] === own.id;
  const pivots = PIVOTS.test(line);
  if (pivots && !isOwn) return [];
  if (pivots) return own.active.map((_, position) => position === 'ab'.indexOf(ident[2] ?? 'a'));
  return own.active.map((active) => active === null || active.fainted);
}

/** How the log names a Pokémon; the details change with its forme. */
interface Name {
  readonly ident: string;
  readonly details: string;
}

/** A member of the team: all that the battle revealed of it, and its name. */
interface Member extends Name {
  readonly whole: PokemonState;
}

/** A member as it is at a moment; undefined before it has come in. */
interface MemberNow extends Member {
  readonly now: PokemonState | undefined;
}

function wholeBattle(
  lines: readonly string[],
  side: SideId,
): { readonly team: readonly Member[]; readonly means: Means } {
  const tracker = new BattleTracker({ side });
  const items = new Map<string, string>();
  const firstNames = new Map<string, Name>();
  for (const line of lines) {
    tracker.add(line);
    const named = nameIn(line, tracker.turns.at(-1)?.events.at(-1));
    if (named && !firstNames.has(named.id)) firstNames.set(named.id, named);
    if (!line.startsWith('|turn|')) continue;
    for (const { id, item } of tracker.state.own.pokemon) if (item && !items.has(id)) items.set(id, item);
  }
  const means = meansOf(tracker.turns);
  const team = tracker.state.own.pokemon.flatMap((pokemon) => {
    const name = firstNames.get(pokemon.id);
    if (!name) return [];
    const item = items.get(pokemon.id) ?? means.items.get(pokemon.id) ?? '';
    const { teraType = means.teraTypes.get(pokemon.id) } = pokemon;
    return [{ whole: { ...pokemon, item, ...(teraType && { teraType }) }, ...name }];
  });
  return { team, means };
}

/** The name in a line that tells one, and whose it is; `event` is what the line has led to, if anything. */
function nameIn(line: string, event: BattleEvent | undefined): (Name & { readonly id: string }) | undefined {
  const [, kind, ident = '', details = ''] = line.split('|');
  const tells =
    (event?.type === 'switch' && event.how === kind) || (event?.type === 'forme' && kind === 'detailschange');
  return tells ? { id: event.pokemon.id, ident: ident.replace(/^(p[12])[a-c]/, '$1'), details } : undefined;
}

function request(
  state: BattleState,
  actives: readonly MemberNow[],
  bench: readonly MemberNow[],
  means: Means,
  forceSwitch: readonly boolean[] | undefined,
): unknown {
  const active = actives.map(({ whole, now }) =>
    now?.fainted ? null : { moves: moves(whole, now), ...gimmicksOf(state, whole, now, means) },
  );
  return {
    ...(forceSwitch ? { forceSwitch } : { active }),
    side: {
      name: state.side,
      id: state.side,
      pokemon: [...actives, ...bench].map((member, index) =>
        requestPokemon(state, member, index < actives.length),
      ),
    },
  };
}

function moves(whole: PokemonState, now: PokemonState | undefined): unknown[] {
  return whole.moves.map(({ id, maxPp }) => {
    const { name, target } = generations.dex.moves.get(id);
    const pp = now?.moves.find((move) => move.id === id)?.pp ?? maxPp;
    return { move: name, id, pp, maxpp: maxPp, target, disabled: pp === 0 };
  });
}

function requestPokemon(
  state: BattleState,
  { whole, ident, details, now }: MemberNow,
  active: boolean,
): RequestPokemon {
  const stats = neutralStats(state.gen, whole.baseSpecies, whole.level);
  const hp = now?.hp ?? 1;
  const points = Math.max(hp > 0 ? 1 : 0, Math.round(hp * stats.hp));
  return {
    ident,
    details,
    condition: points === 0 ? '0 fnt' : `${points}/${stats.hp}${now?.status ? ` ${now.status}` : ''}`,
    active,
    stats,
    moves: whole.moves.map(({ id }) => id),
    baseAbility: whole.baseAbility ?? '',
    ability: now?.ability ?? whole.baseAbility ?? '',
    item: now?.item ?? whole.item ?? '',
    ...(whole.teraType ? { teraType: whole.teraType } : {}),
    ...(now?.terastallized && whole.teraType ? { terastallized: whole.teraType } : {}),
  };
}

function neutralStats(gen: number, species: string, level: number): Record<StatId, number> {
  const data = generations.get(gen);
  const base = (data.species.get(species) ?? generations.dex.species.get(species)).baseStats;
  const stat = (id: StatId): number => data.stats.calc(id, base[id], 31, 84, level);
  return {
    hp: stat('hp'),
    atk: stat('atk'),
    def: stat('def'),
    spa: stat('spa'),
    spd: stat('spd'),
    spe: stat('spe'),
  };
}
