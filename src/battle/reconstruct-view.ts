import type { BattleEvent } from './event.ts';
import { generations } from './generations.ts';
import type { RequestPokemon } from './request.ts';
import type { BattleState, PokemonState, SideId, StatId } from './state.ts';
import { BattleTracker } from './tracker.ts';

/**
 * Makes a player's view out of a spectator's log, such as a public replay: the same lines, with a request at the start
 * of every turn. What a spectator cannot see is filled in with what the whole battle revealed (the team, its moves,
 * items, abilities and tera types) and with stats at 31 IVs, 84 EVs and a neutral nature, as in random battles. Moves
 * that were never used are missing, and so are forced switches.
 *
 * @returns the lines unchanged when they hold requests already
 */
export function reconstructView(lines: readonly string[], side: SideId): string[] {
  if (lines.some((line) => line.startsWith('|request|{'))) return [...lines];
  const team = wholeTeam(lines, side);
  const tracker = new BattleTracker({ side });
  const names = new Map<string, Name>();
  const view: string[] = [];
  for (const line of lines) {
    tracker.add(line);
    view.push(line);
    const named = nameIn(line, tracker.turns.at(-1)?.events.at(-1));
    if (named) names.set(named.id, named);
    if (line.startsWith('|turn|')) {
      const members = team.map((member) => ({ ...member, ...names.get(member.whole.id) }));
      view.push(`|request|${JSON.stringify(request(tracker.state, members))}`);
    }
  }
  return view;
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

function wholeTeam(lines: readonly string[], side: SideId): Member[] {
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
  return tracker.state.own.pokemon.flatMap((pokemon) => {
    const name = firstNames.get(pokemon.id);
    return name ? [{ whole: { ...pokemon, item: items.get(pokemon.id) ?? '' }, ...name }] : [];
  });
}

/** The name in a line that tells one, and whose it is; `event` is what the line has led to, if anything. */
function nameIn(line: string, event: BattleEvent | undefined): (Name & { readonly id: string }) | undefined {
  const [, kind, ident = '', details = ''] = line.split('|');
  const tells =
    (event?.type === 'switch' && event.how === kind) || (event?.type === 'forme' && kind === 'detailschange');
  return tells ? { id: event.pokemon.id, ident: ident.replace(/^(p[12])[a-c]/, '$1'), details } : undefined;
}

function request(state: BattleState, team: readonly Member[]): unknown {
  const known = new Map(state.own.pokemon.map((pokemon) => [pokemon.id, pokemon]));
  const members = team.map((member) => ({ ...member, now: known.get(member.whole.id) }));
  const actives = state.own.active.map((active) => members.find(({ whole }) => whole.id === active?.id));
  const bench = members.filter((member) => !actives.includes(member));
  const ordered = [...actives.filter((member) => member !== undefined), ...bench];
  return {
    active: actives.map(
      (member) => member && { moves: moves(member.whole, member.now), ...tera(state, member.whole) },
    ),
    side: {
      name: state.side,
      id: state.side,
      pokemon: ordered.map((member, index) =>
        requestPokemon(state, member, member.now, index < actives.length),
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

function tera(state: BattleState, whole: PokemonState): { canTerastallize?: string } {
  const possible = whole.teraType !== undefined && !state.own.spent.includes('terastallize');
  return possible ? { canTerastallize: whole.teraType } : {};
}

function requestPokemon(
  state: BattleState,
  { whole, ident, details }: Member,
  now: PokemonState | undefined,
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
