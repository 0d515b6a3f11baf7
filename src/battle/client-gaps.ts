import type { Battle, Pokemon } from '@pkmn/client';
import type { Move } from '@pkmn/data';
import type { Protocol } from '@pkmn/protocol';
import { toId } from './generations.ts';
import type { ParsedLine } from './parse-event.ts';
import { otherSide, type SideId } from './state.ts';

type Id = Pokemon['ability'];

/** What is known of a Pokémon on the bench. */
type Known = Pick<
  Pokemon,
  | 'details'
  | 'searchid'
  | 'terastallized'
  | 'hp'
  | 'maxhp'
  | 'hpcolor'
  | 'status'
  | 'statusState'
  | 'ability'
  | 'baseAbility'
  | 'item'
  | 'itemEffect'
  | 'lastItem'
  | 'lastItemEffect'
  | 'moveSlots'
>;

/**
 * Puts right what the client gets wrong of single lines: {@link ClientGaps.before} and {@link ClientGaps.after} go
 * around every line that the client is given.
 */
export class ClientGaps {
  private readonly battle: Battle;
  /** What was known of each Pokémon when it last left the field. */
  private readonly benched = new WeakMap<Pokemon, Known>();
  /** Moves held for as long as the Pokémon stays in, by Mimic. */
  private readonly mimicked = new WeakMap<Pokemon, string>();
  /** Turns in which Future Sight and the like were used, by the side that they will hit. */
  readonly futureMoves: Record<SideId, Map<string, number[]>> = { p1: new Map(), p2: new Map() };
  /** How many have fainted in the likeness of another that turned out to be alive. */
  readonly faintedUnseen: Record<SideId, number> = { p1: 0, p2: 0 };
  private standing: Pokemon | null = null;
  /** Ident of the last move's target. */
  private target = '';
  private swapped: (() => void) | undefined;
  private counters: Pokemon['statusState'] | undefined;
  private held: Pokemon['item'] = NOTHING;
  private base: Pokemon['baseAbility'] | undefined;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** @returns whether the client should see the line at all */
  before(line: ParsedLine, pokemon: Pokemon | undefined): boolean {
    const [kind, ident = '', details = ''] = line.args;
    this.base = pokemon?.volatiles.transform ? pokemon.baseAbility : undefined;
    switch (kind) {
      case 'switch':
      case 'drag':
      case 'replace':
        // A request may have told about the end of an own Illusion before its line does.
        if (kind === 'replace' && pokemon?.originalIdent === benchIdent(ident)) return false;
        this.enters(ident, details);
        break;
      case '-heal':
        this.counters = pokemon && { ...pokemon.statusState };
        this.held = pokemon?.item ?? this.held;
        break;
      case '-activate':
        this.swapped = pokemon && SWAPS.has(effectId(details)) ? this.swap(pokemon, line.args[3]) : undefined;
        break;
    }
    return true;
  }

  /** @param text the line as it came: parsing drops what some messages carry */
  after(line: ParsedLine, pokemon: Pokemon | undefined, text: string): void {
    const { args, kwArgs } = line;
    const [kind, , name = '', third = ''] = args;
    // A copied ability that shows itself is not the Pokémon's own.
    if (pokemon?.volatiles.transform && this.base !== undefined) pokemon.baseAbility = this.base;
    switch (kind) {
      case 'switch':
      case 'drag':
      case 'replace':
        this.entered(line, pokemon);
        break;
      case 'faint':
        if (pokemon) {
          this.releaseFoes(pokemon);
          this.releaseAllies(pokemon);
        }
        break;
      case 'move':
        if (pokemon) this.moved(pokemon, name, third, String(kwArgs.from ?? ''));
        break;
      case '-heal':
        if (pokemon) this.healed(pokemon, toId(String(kwArgs.from ?? '')));
        break;
      case '-activate':
        this.swapped?.();
        if (pokemon && effectId(name) === 'commander') this.command(pokemon, third);
        if (pokemon) this.started(pokemon, effectId(name), text.split('|')[4]);
        break;
      case '-start':
        if (pokemon) this.started(pokemon, effectId(name), text.split('|')[4]);
        break;
      case '-end':
        if (pokemon && FUTURE_MOVES.has(effectId(name))) {
          this.futureMoves[sideOf(pokemon)].get(effectId(name))?.shift();
        }
        break;
      case '-status':
        // Sleep ends the need to recharge in generation 1.
        if (name === 'slp' && this.battle.gen.num === 1) pokemon?.removeVolatile('mustrecharge' as Id);
        break;
      case '-terastallize':
        if (pokemon?.speciesForme.startsWith('Morpeko')) keepForme(pokemon);
        break;
      case 'upkeep':
        this.endFutureMoves();
        break;
      case '-ability':
        if (pokemon) restoreAsOne(pokemon, name);
        break;
    }
  }

  /** An Illusion ended: what was learnt about the one that was imitated belongs to the real one. */
  unmask(masked: Pokemon, real: Pokemon): void {
    const known = this.benched.get(masked) ?? unseen(masked);
    for (const slot of masked.moveSlots) {
      if (slot.virtual) continue;
      const before = known.moveSlots.find(({ id }) => id === slot.id);
      const used = mostUsed(slot.ppUsed) - mostUsed(before?.ppUsed ?? 0);
      if (!before || used > 0) real.rememberMove(slot.name, used);
    }
    if (masked.item !== known.item || masked.lastItem !== known.lastItem) {
      real.item = masked.item;
      real.itemEffect = masked.itemEffect;
      real.lastItem = masked.lastItem;
      real.lastItemEffect = masked.lastItemEffect;
    }
    Object.assign(masked, copyKnown(known));
    dropTwin(masked);
  }

  /** Makes sure that the client recognizes who comes in. */
  private enters(ident: string, details: string): void {
    const side = this.battle[ident.slice(0, 2) as SideId];
    const slot = 'abc'.indexOf(ident.charAt(2));
    const searchid = `${benchIdent(ident)}|${details}` as Pokemon['searchid'];
    const standing = side.active[slot] ?? null;
    this.standing = standing;
    const bench = side.team.filter((pokemon) => pokemon === standing || !side.active.includes(pokemon));
    let same = bench.find((pokemon) => pokemon.searchid === searchid);
    if (!same) {
      const plain = plainDetails(searchid);
      same = bench.find(({ searchid: known }) => plainDetails(known) === plain);
      if (same) Object.assign(same, { details, searchid });
    }
    if (same === standing) this.standDown(standing, slot);
    else if (same?.fainted) this.bringBack(same);
  }

  /** Who comes in seems to stand there already: it is another with Illusion, and the one it imitates leaves. */
  private standDown(standing: Pokemon | null, slot: number): void {
    if (!standing) return;
    const { side } = standing;
    side.switchOut(standing, undefined, slot);
    side.lastPokemon = null;
    this.left(standing);
  }

  /** Who comes in has not fainted: it was another with Illusion, which nobody has seen. */
  private bringBack(fainted: Pokemon): void {
    Object.assign(fainted, copyKnown(this.benched.get(fainted) ?? unseen(fainted)), { fainted: false });
    if (fainted.side.lastPokemon === fainted) fainted.side.lastPokemon = null;
    this.faintedUnseen[sideOf(fainted)]++;
  }

  private entered({ args, kwArgs }: ParsedLine, pokemon: Pokemon | undefined): void {
    const { standing } = this;
    // With two on the field that look the same, the client drops the first.
    if (pokemon) {
      const { side } = pokemon;
      for (const active of side.active) if (active && !side.team.includes(active)) side.team.push(active);
    }
    if (!standing || standing === pokemon) return;
    if (args[0] === 'replace') {
      if (pokemon) this.unmask(standing, pokemon);
      return;
    }
    this.left(standing);
    if (this.battle.gen.num > 4 || kwArgs.from !== 'Baton Pass') this.releaseFoes(standing);
    this.releaseAllies(standing);
  }

  private left(pokemon: Pokemon): void {
    this.benched.set(pokemon, copyKnown(pokemon));
    this.mimicked.delete(pokemon);
    dropTwin(pokemon);
  }

  private command(pokemon: Pokemon, ident: string): void {
    const commanded = this.battle.getPokemon(ident as Protocol.PokemonIdent);
    pokemon.addVolatile('commanding' as Id);
    commanded?.addVolatile('commanded' as Id);
  }

  /** Tatsugiri is back when Dondozo is gone. */
  private releaseAllies(left: Pokemon): void {
    for (const ally of left.side.active) ally?.removeVolatile('commanding' as Id);
  }

  /** Abilities change places even where nobody says which they are. */
  private swap(pokemon: Pokemon, ident: string | undefined): (() => void) | undefined {
    const other = this.battle.getPokemon(ident as Protocol.PokemonIdent | undefined);
    if (!other || other === pokemon) return undefined;
    const [ability, others] = [pokemon.ability, other.ability];
    return () => {
      if (pokemon.ability === ability) pokemon.ability = others;
      if (other.ability === others) other.ability = ability;
    };
  }

  /** Mean Look and the like end with whoever used them; with two of them on the field, nobody says who that was. */
  private releaseFoes(left: Pokemon): void {
    if (this.battle.gameType !== 'singles') return;
    for (const foe of left.side.foe.active) foe?.removeVolatile('trapped' as Id);
  }

  private moved(pokemon: Pokemon, name: string, target: string, caller: string): void {
    const id = toId(name);
    this.target = target;
    if (this.mimicked.get(pokemon) === id) {
      pokemon.moveSlots = pokemon.moveSlots.filter((known) => known.id !== id);
    }
    // A move that another one calls costs the caller's PP.
    if (this.battle.gen.num < 4 || (caller !== '' && !caller.startsWith('move:'))) return;
    const payer = caller === '' ? id : effectId(caller);
    const move = this.battle.gen.moves.get(name);
    const slot = pokemon.moveSlots.find((known) => known.id === payer);
    if (move && slot && typeof slot.ppUsed === 'number') slot.ppUsed += this.pressure(pokemon, move, target);
  }

  /** PP that a move costs on top of its own: one for each foe with Pressure that it concerns. */
  private pressure(pokemon: Pokemon, move: Move, target: string): number {
    const pressing = pokemon.side.foe.active.filter(
      (foe) => foe && !foe.fainted && foe.effectiveAbility() === 'pressure',
    );
    if (pressing.length === 0) return 0;
    if (AREA_TARGETS.has(move.target) || move.flags.mustpressure) return pressing.length;
    if (move.target === 'foeSide') return 0;
    if (target === '') {
      return this.battle.gameType === 'singles' && FOE_TARGETS.has(move.target) ? pressing.length : 0;
    }
    const at = this.battle.getPokemon(target as Protocol.PokemonIdent);
    return pressing.includes(at) ? 1 : 0;
  }

  /** The client takes every healing move for Healing Wish, and every Berry that heals for one that is still held. */
  private healed(pokemon: Pokemon, cause: string): void {
    if (this.counters && cause !== 'movehealingwish' && cause !== 'movelunardance') {
      pokemon.statusState = this.counters;
    }
    if (cause.startsWith('item') && cause.endsWith('berry')) pokemon.item = this.held;
  }

  /** They strike at the end of the second turn after the one they are used in, and say nothing when they fail. */
  private endFutureMoves(): void {
    for (const moves of Object.values(this.futureMoves)) {
      for (const [id, turns] of moves) {
        const coming = turns.filter((turn) => turn + 2 > this.battle.turn);
        moves.set(id, coming);
      }
    }
  }

  private started(pokemon: Pokemon, effect: string, detail = ''): void {
    if (PARTIAL_TRAPS.has(effect)) pokemon.addVolatile(effect as Id);
    if (effect === 'mimic') this.mimicked.set(pokemon, toId(detail));
    if (!FUTURE_MOVES.has(effect)) return;
    const target = /^p[12]/.exec(this.target)?.[0] as SideId | undefined;
    const moves = this.futureMoves[target ?? otherSide(sideOf(pokemon))];
    moves.set(effect, [...(moves.get(effect) ?? []), this.battle.turn]);
  }
}

/** Those that the protocol package does not know for what they are. */
const PARTIAL_TRAPS = new Set(['gmaxcentiferno', 'gmaxsandblast']);
const SWAPS = new Set(['skillswap', 'wanderingspirit']);
const FUTURE_MOVES = new Set(['futuresight', 'doomdesire']);
const AREA_TARGETS = new Set(['all', 'allAdjacent', 'allAdjacentFoes']);
const FOE_TARGETS = new Set(['normal', 'any', 'adjacentFoe', 'randomNormal']);

function sideOf(pokemon: Pokemon): SideId {
  return pokemon.side.n === 0 ? 'p1' : 'p2';
}

function effectId(text: string): string {
  return toId(text.replace(/^(?:move|ability|item): ?/, ''));
}

function benchIdent(ident: string): string {
  return ident.slice(0, 2) + ident.slice(3);
}

function mostUsed(used: number | [number, number]): number {
  return Array.isArray(used) ? used[1] : used;
}

/** Details without what changes in a battle or may be hidden. */
export function plainDetails(details: string): string {
  return details.replace(/, (?:shiny|tera:\w+)/g, '').replace('Morpeko-Hangry', 'Morpeko');
}

/** Of two that look the same, the one that leaves was not there: only one of them can be on the team. */
function dropTwin(pokemon: Pokemon): void {
  const { side } = pokemon;
  const twin = side.active.some((active) => active !== pokemon && active?.searchid === pokemon.searchid);
  if (twin) side.team = side.team.filter((member) => member !== pokemon);
}

/** A terastallized Morpeko stays as it is, on the bench, too. */
function keepForme(pokemon: Pokemon): void {
  pokemon.baseSpeciesForme = pokemon.speciesForme;
  pokemon.searchid = `${pokemon.originalIdent}|${pokemon.details}` as Pokemon['searchid'];
}

/** As One announces itself and then, one by one, the two abilities it consists of. */
function restoreAsOne(pokemon: Pokemon, ability: string): void {
  if (!AS_ONE.has(toId(ability)) || !pokemon.speciesForme.startsWith('Calyrex-')) return;
  const id = toId(`As One (${pokemon.speciesForme === 'Calyrex-Ice' ? 'Glastrier' : 'Spectrier'})`);
  pokemon.ability = id as Id;
  pokemon.baseAbility = pokemon.ability;
}

const AS_ONE = new Set(['asone', 'unnerve', 'chillingneigh', 'grimneigh']);

function copyKnown(pokemon: Known): Known {
  const { details, searchid, terastallized, hp, maxhp, hpcolor, status, ability, baseAbility } = pokemon;
  const { item, itemEffect, lastItem, lastItemEffect } = pokemon;
  return {
    ...{ details, searchid, terastallized, hp, maxhp, hpcolor, status, ability, baseAbility },
    ...{ item, itemEffect, lastItem, lastItemEffect },
    statusState: { ...pokemon.statusState },
    moveSlots: pokemon.moveSlots.map((slot) => ({ ...slot })),
  };
}

/** What would be known of a Pokémon had it never come in. */
function unseen(pokemon: Pokemon): Known {
  const tera = /, tera:\w+/;
  return {
    details: pokemon.details.replace(tera, '') as Pokemon['details'],
    searchid: pokemon.searchid.replace(tera, '') as Pokemon['searchid'],
    terastallized: undefined,
    ...{ hp: pokemon.maxhp, maxhp: pokemon.maxhp, hpcolor: 'g', status: undefined },
    ...{ ability: NOTHING, baseAbility: NOTHING, item: NOTHING, lastItem: NOTHING },
    ...{ itemEffect: '', lastItemEffect: '' },
    statusState: { sleepTurns: 0, toxicTurns: 0 },
    moveSlots: [],
  };
}

const NOTHING = '' as Id;
