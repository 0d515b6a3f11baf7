import { type Battle, Pokemon, type Side } from '@pkmn/client';
import { Protocol } from '@pkmn/protocol';
import { BARB, passBarb } from './client-corrections/held-items.ts';
import { plainDetails } from './client-corrections/illusion.ts';
import { RAMPAGE } from './client-corrections/rampages.ts';
import { type BattleRequest, isFainted, type RequestActive, type RequestPokemon } from './request.ts';

/** The Pokémon and entries of the previous request. */
export interface SyncedTeam {
  readonly team: readonly Pokemon[];
  readonly entries: readonly RequestPokemon[];
}

/** Notified of what a request reveals about which Pokémon is which. */
export interface SyncListener {
  /** The client's object for a Pokémon has been replaced by a new one. */
  replaced(old: Pokemon, replacement: Pokemon): void;
  /** The Pokémon that seemed to be on the field turned out to be another with Illusion. */
  unmasked(masked: Pokemon, real: Pokemon): void;
}

/**
 * Brings our side of the client's battle in line with a request, which is exact: team order, HP, status, items,
 * abilities, moves and positions. It replaces the client's own `update`, which loses a terastallized Pokémon, confuses
 * equal nicknames, forgets moves and PP while locked, and puts leads on the field during team preview.
 */
export function syncOwnTeam(
  side: Side,
  request: BattleRequest,
  listener: SyncListener,
  last?: SyncedTeam,
): void {
  if (!request.side) return;
  const asked = request.side.pokemon;
  const onField = request.type !== 'team' && side.battle.turn + side.active.filter(Boolean).length > 0;
  const team = matchTeam(side, asked, listener, last);
  side.team = team;
  if (onField) placeOnField(side, team, asked, listener);
  for (const [index, entry] of asked.entries()) {
    const pokemon = team[index];
    if (!pokemon) continue;
    const before = last?.entries[last.team.indexOf(pokemon)];
    const isNew = before !== undefined && before.item !== entry.item;
    if (isNew && entry.item === BARB && pokemon.isActive()) passBarb(pokemon);
    syncPokemon(pokemon, entry);
  }
  if (request.type !== 'move') return;
  for (const [position, active] of request.active.entries()) {
    const pokemon = side.active[position];
    if (pokemon && active) syncActive(pokemon, active);
  }
}

/** Puts Pokémon on the field as a request says: it lists the active ones first. */
function placeOnField(
  side: Side,
  team: Pokemon[],
  asked: readonly RequestPokemon[],
  listener: SyncListener,
): void {
  for (const [position, standing] of side.active.entries()) {
    const entry = asked[position];
    const pokemon = team[position];
    if (pokemon && entry?.active && !isFainted(entry)) stand(pokemon, standing, position, listener);
    else side.active[position] = null;
    // The client does not let the Pokémon that left last come back at once, and takes a disguised one for another.
    if (pokemon && entry && isFainted(entry)) side.lastPokemon = pokemon;
  }
  // A Pokémon taken for its look-alike is on the team all the same.
  side.team = team;
}

/** Applies what a request says of a Pokémon that may choose a move. */
function syncActive(pokemon: Pokemon, active: RequestActive): void {
  const { battle } = pokemon.side;
  syncMoves(battle, pokemon, active);
  // In generation 1 a flinch ends the need to recharge, and no line says so.
  if (!active.moves.some(({ id }) => id === 'recharge')) pokemon.removeVolatile('mustrecharge' as Id);
  // Generation 1 offers a choice of moves even when it has no effect.
  if (battle.gen.num > 1 && active.moves.length > 1) endRampage(pokemon);
}

function stand(pokemon: Pokemon, standing: Pokemon | null, position: number, listener: SyncListener): void {
  const { side } = pokemon;
  if (standing && standing !== pokemon) {
    side.replace(pokemon, position);
    listener.unmasked(standing, pokemon);
  }
  side.active[position] = pokemon;
  pokemon.slot = position;
}

/** The client's Pokémon in the order of the request. */
function matchTeam(
  side: Side,
  asked: readonly RequestPokemon[],
  listener: SyncListener,
  last: SyncedTeam | undefined,
): Pokemon[] {
  // A look-alike may have been taken off the team in the meantime.
  const free = new Set([...side.active, ...side.team, ...(last?.team ?? [])].filter((one) => one !== null));
  const before = new Map(last?.team.map((pokemon, index) => [pokemon, last.entries[index]]));
  // Tells apart two of one species that differ in what only their owner knows.
  const isKnown = (pokemon: Pokemon, entry: RequestPokemon): boolean =>
    isSame(pokemon, entry) && hasSameSecrets(before.get(pokemon), entry);
  const matched: (Pokemon | undefined)[] = asked.map(() => undefined);
  for (const fits of [isKnown, isSame, isNamedSame, couldBe]) {
    // Active Pokémon go first: recent lines are all about them.
    for (const [index, entry] of asked.entries()) {
      matched[index] ??= take(free, (pokemon) => pokemon === side.active[index] && fits(pokemon, entry));
    }
    for (const [index, entry] of asked.entries()) {
      matched[index] ??= take(free, (pokemon) => fits(pokemon, entry));
    }
  }
  return asked.map((entry, index) => {
    const pokemon = matched[index];
    if (pokemon?.searchid) return pokemon;
    const { ident, details } = entry;
    const name = ident.slice(ident.indexOf(': ') + 2);
    const created = new Pokemon(
      side,
      Protocol.parseDetails(name, ident as Protocol.PokemonIdent, details as Protocol.PokemonDetails),
    );
    if (pokemon) listener.replaced(pokemon, created);
    return created;
  });
}

/** Takes the first match out of a set. */
function take(free: Set<Pokemon>, fits: (pokemon: Pokemon) => boolean): Pokemon | undefined {
  const found = [...free].find(fits);
  if (found) free.delete(found);
  return found;
}

/** Whether two entries agree in what never changes of a Pokémon and never shows. */
function hasSameSecrets(a: RequestPokemon | undefined, b: RequestPokemon): boolean {
  if (!a || a.baseAbility !== b.baseAbility || a.teraType !== b.teraType) return false;
  const secrets = (entry: RequestPokemon): string => JSON.stringify([entry.stats, [...entry.moves].sort()]);
  return secrets(a) === secrets(b);
}

function isSame(pokemon: Pokemon, entry: RequestPokemon): boolean {
  return isNamedSame(pokemon, entry) && lookSame(pokemon.details, entry.details);
}

function isNamedSame(pokemon: Pokemon, entry: RequestPokemon): boolean {
  return pokemon.originalIdent === entry.ident;
}

/** Whether a Pokémon seen in team preview may be the one in a request. */
function couldBe(pokemon: Pokemon, entry: RequestPokemon): boolean {
  return !pokemon.searchid && pokemon.checkDetails(entry.details as Pokemon['details']);
}

function lookSame(a: string, b: string): boolean {
  return a === b || plainDetails(a) === plainDetails(b);
}

function syncPokemon(pokemon: Pokemon, entry: RequestPokemon): void {
  if (!lookSame(pokemon.details, entry.details)) {
    const details = Protocol.parseDetails(
      pokemon.name,
      pokemon.originalIdent,
      entry.details as Protocol.PokemonDetails,
    );
    pokemon.details = details.details;
    pokemon.searchid = details.searchid;
    pokemon.baseSpeciesForme = details.speciesForme;
    pokemon.level = details.level;
  }
  const { hp, max, status } = readCondition(entry.condition);
  pokemon.fainted = isFainted(entry);
  pokemon.hp = hp;
  if (max > 0) pokemon.maxhp = max;
  pokemon.status = status === 'fnt' || status === '' ? undefined : (status as Pokemon['status']);
  if (entry.terastallized !== undefined) {
    pokemon.terastallized = (entry.terastallized || undefined) as Pokemon['terastallized'];
  }
  pokemon.item = entry.item as Pokemon['item'];
  // This is how the client marks an empty hand.
  pokemon.itemEffect = entry.item === '' ? 'knocked off' : '';
  // Before generation 7 a request does not show the current ability, which is unknown after a swap for an unknown one.
  const isNews = !pokemon.ability && !pokemon.baseAbility && !pokemon.volatiles.transform;
  pokemon.ability = (entry.ability ?? (isNews ? entry.baseAbility : pokemon.ability)) as Pokemon['ability'];
  pokemon.baseAbility = entry.baseAbility as Pokemon['ability'];
}

/** `231/300 par`, `300/300` or `0 fnt`. */
function readCondition(condition: string): { hp: number; max: number; status: string } {
  const space = condition.indexOf(' ');
  const points = space < 0 ? condition : condition.slice(0, space);
  const slash = points.indexOf('/');
  return {
    hp: Number(slash < 0 ? points : points.slice(0, slash)),
    max: slash < 0 ? 0 : Number(points.slice(slash + 1)),
    status: space < 0 ? '' : condition.slice(space + 1),
  };
}

/**
 * A request lists the moves and PP of a Pokémon that may choose; for one that is locked into a move, known moves stay.
 */
function syncMoves(battle: Battle, pokemon: Pokemon, active: RequestActive): void {
  const virtual = 'transform' in pokemon.volatiles;
  for (const { id, pp, maxpp, target } of active.moves) {
    if (pp === undefined || maxpp === undefined) continue;
    const listed = { ppUsed: maxpp - pp, pp, maxpp, target, virtual };
    const known = pokemon.moveSlots.find((slot) => slot.id === id && !slot.virtual === !virtual);
    if (known) Object.assign(known, listed);
    else pokemon.moveSlots.push({ id, name: battle.get('moves', id).name, ...listed } as Slot);
  }
}

/** A two-turn rampage that ends without confusion ends unseen; a Pokémon that has a choice is free. */
function endRampage(pokemon: Pokemon): void {
  if ((pokemon.volatiles[RAMPAGE]?.level ?? 0) > 1) pokemon.removeVolatile(RAMPAGE as Pokemon['ability']);
}

type Id = Pokemon['ability'];
type Slot = Pokemon['moveSlots'][number];
