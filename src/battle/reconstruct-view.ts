import type { BattleEvent } from './event.ts';
import { generations } from './generations.ts';
import { gimmicksOf, type Means, meansOf } from './reconstruct-gimmicks.ts';
import type { RequestPokemon } from './request.ts';
import type { BattleState, PokemonState, SideId, StatId } from './state.ts';
import { BattleTracker } from './tracker.ts';

/**
 * Makes a player's view out of a spectator's log, such as a public replay: the same lines, with a request at the start
 * of every turn and wherever a Pokémon had to come in. What a spectator cannot see is filled in: the team, its moves,
 * items, abilities, tera types and gimmicks as the whole battle revealed them, and stats at 31 IVs, 84 EVs and a
 * neutral nature, as in random battles. Moves that were never used are missing, and so are the choices of Revival
 * Blessing.
 *
 * @returns the lines unchanged when they contain requests already
 */
export function reconstructView(lines: readonly string[], side: SideId): string[] {
  if (lines.some((line) => line.startsWith('|request|{'))) return [...lines];
  const { team, means } = wholeBattle(lines, side);
  const tracker = new BattleTracker({ side });
  const names = new Map<string, Name>();
  const view: string[] = [];
  /** Ids of the Pokémon last on the field, by position: in a request, a fainted one is still listed there. */
  const places: string[] = [];
  /** Replacements that were requested and have not come in yet. */
  let awaited = 0;
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
    const reserves = bench.filter((member) => !member.now?.fainted).length;
    awaited = Math.min(reserves, forceSwitch?.filter(Boolean).length ?? 0);
    if (forceSwitch && awaited === 0) return;
    view.push(`|request|${JSON.stringify(request(state, { actives, bench }, means, forceSwitch))}`);
  };
  for (const line of lines) {
    const leaving = awaited > 0 ? [] : whoLeaves(line, tracker);
    if (leaving.some(Boolean)) ask(leaving);
    if (awaited > 0 && line.startsWith(`|switch|${side}`)) awaited--;
    tracker.add(line);
    view.push(line);
    const event = tracker.turns.at(-1)?.events.at(-1);
    const named = nameIn(line, event);
    if (named) names.set(named.id, named);
    if (named && event?.type === 'switch' && event.pokemon.side === side) places[event.position] = named.id;
    if (line.startsWith(`|swap|${side}`)) places.reverse();
    if (line.startsWith('|turn|')) ask();
  }
  return view;
}

/** Positions whose replacement was requested just before a line: a Pokémon comes in on either side. */
function whoLeaves(line: string, tracker: BattleTracker): boolean[] {
  const [, player, slot = 'a'] = /^\|switch\|(p[12])([ab])?: /.exec(line) ?? [];
  if (!player || tracker.turn === 0) return [];
  const { own, foe } = tracker.state;
  const position = 'ab'.indexOf(slot);
  const standing = (player === own.id ? own : foe).active[position];
  if (!standing || standing.fainted) return own.active.map((active) => !active || active.fainted);
  // A Pokémon that leaves alive was replaced by request if it had acted already or was forced out; otherwise it was a
  // choice.
  const events = tracker.turns.at(-1)?.events ?? [];
  const isMade = player === own.id && events.some((event) => isActOrExit(event, standing.id));
  return isMade ? own.active.map((_, at) => at === position) : [];
}

const EXITS = new Set(['ejectbutton', 'ejectpack', 'emergencyexit', 'wimpout']);

function isActOrExit(event: BattleEvent, id: string): boolean {
  if (!('pokemon' in event) || event.pokemon.id !== id) return false;
  switch (event.type) {
    case 'move':
      return true;
    case 'item':
      return event.change === 'end' && EXITS.has(event.item);
    case 'volatile':
      return EXITS.has(event.effect);
    case 'ability':
      return EXITS.has(event.ability);
    default:
      return false;
  }
}

/** How the log names a Pokémon; the details change with its forme. */
interface Name {
  readonly ident: string;
  readonly details: string;
}

/** A member of the team: its name and all that the battle revealed of it. */
interface Member extends Name {
  readonly whole: PokemonState;
}

/** A member as it is at one moment; undefined before it has come in. */
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
  const gigantamax = new Set<string>();
  for (const line of lines) {
    tracker.add(line);
    const event = tracker.turns.at(-1)?.events.at(-1);
    const named = nameIn(line, event);
    if (event?.type === 'volatile' && /\|Dynamax\|Gmax/.test(line)) gigantamax.add(event.pokemon.id);
    if (named && !firstNames.has(named.id)) firstNames.set(named.id, named);
    if (!line.startsWith('|turn|')) continue;
    for (const { id, item } of tracker.state.own.pokemon) if (item && !items.has(id)) items.set(id, item);
  }
  const means = meansOf(tracker.turns, gigantamax);
  const team = tracker.state.own.pokemon.flatMap((pokemon) => {
    const name = firstNames.get(pokemon.id);
    if (!name) return [];
    const item = items.get(pokemon.id) ?? means.items.get(pokemon.id) ?? '';
    const { teraType = means.teraTypes.get(pokemon.id) } = pokemon;
    return [{ whole: { ...pokemon, item, ...(teraType && { teraType }) }, ...name }];
  });
  return { team, means };
}

/** The name in a line that has one, and whose it is; `event` is the event of the line, if any. */
function nameIn(line: string, event: BattleEvent | undefined): (Name & { readonly id: string }) | undefined {
  const [, kind, ident = '', details = ''] = line.split('|');
  const tells =
    (event?.type === 'switch' && event.how === kind) || (event?.type === 'forme' && kind === 'detailschange');
  return tells ? { id: event.pokemon.id, ident: ident.replace(/^(p[12])[a-c]/, '$1'), details } : undefined;
}

function request(
  state: BattleState,
  { actives, bench }: { readonly actives: readonly MemberNow[]; readonly bench: readonly MemberNow[] },
  means: Means,
  forceSwitch: readonly boolean[] | undefined,
): unknown {
  const active = actives.map(({ whole, now }) =>
    now?.fainted
      ? null
      : (rampage(now) ?? { moves: moves(whole, now), ...gimmicksOf(state, whole, now, means) }),
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

/** A rampaging Pokémon has no choice. */
function rampage(now: PokemonState | undefined): unknown {
  const { lastMove, volatiles } = now ?? {};
  if (!lastMove || !volatiles?.lockedmove) return undefined;
  return { moves: [{ move: generations.dex.moves.get(lastMove).name, id: lastMove }], trapped: true };
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
  // The whole battle reveals its last forme only.
  const [species = ''] = details.split(',');
  const stats = neutralStats(state.gen, species, whole.level);
  const known = species === whole.baseSpecies ? whole : now;
  const hp = now?.hp ?? 1;
  const most = now?.volatiles.dynamax && stats.hp > 1 ? 2 * stats.hp : stats.hp;
  const points = Math.max(hp > 0 ? 1 : 0, Math.round(hp * most));
  return {
    ident,
    details,
    condition: points === 0 ? '0 fnt' : `${points}/${most}${now?.status ? ` ${now.status}` : ''}`,
    active,
    stats,
    moves: whole.moves.map(({ id }) => id),
    baseAbility: known?.baseAbility ?? '',
    ability: now?.ability ?? known?.baseAbility ?? '',
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
