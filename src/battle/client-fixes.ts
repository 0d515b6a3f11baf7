import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import { table } from '../util/table.ts';
import { Bonds } from './bonds.ts';
import { CalledMoves, DANCER, isBounced } from './called-moves.ts';
import { isOfOriginal, noteBorrowed } from './copies.ts';
import { FUTURE_MOVES } from './future-moves.ts';
import { toId } from './generations.ts';
import { benchIdent, Disguises, plainDetails, slotOf } from './illusion.ts';
import { chargeMoveBeneath } from './move-beneath.ts';
import type { ParsedLine } from './parse-event.ts';
import { Pressure } from './pressure.ts';
import { RAMPAGE, Rampages } from './rampages.ts';
import { CHARGE, SilentEndings, SKY_DROP } from './silent-endings.ts';
import { otherSide, type SideId } from './state.ts';
import { settlePp } from './told-pp.ts';

type Id = Pokemon['ability'];
type Slot = Pokemon['moveSlots'][number];

/**
 * Puts right what the client gets wrong of single lines, and keeps what it has no place for: {@link ClientFixes.before}
 * and {@link ClientFixes.after} go around every line that the client is given.
 */
export class ClientFixes {
  private readonly battle: Battle;
  readonly disguises: Disguises;
  /** Turns in which Future Sight and the like were used, by the side that they will hit and the move's id. */
  readonly futureMoves: Record<SideId, Map<string, number[]>> = { p1: new Map(), p2: new Map() };
  /** Base abilities of those that have another for as long as they stay in. */
  private readonly otherAbility = new Map<Pokemon, Id>();
  /** Moves held for as long as the Pokémon stays in, by Mimic. */
  readonly mimicked = new Map<Pokemon, string>();
  private readonly calledMoves: CalledMoves;
  private readonly bonds = new Bonds();
  private readonly silentEndings: SilentEndings;
  private readonly rampages: Rampages;
  private readonly pressure: Pressure;
  /** Whoever moved last, and the ident of its target. */
  private mover: Pokemon | undefined;
  private target = '';
  /** Id of the move that was used last. */
  private moving = '';
  /** Who has announced As One. */
  private readonly asOne = new Set<Pokemon>();
  /** Whom a Sticky Barb has hurt in this turn. */
  private readonly stung = new Set<Pokemon>();
  /** What a line may spoil, as it was before. */
  private saved: (() => void) | undefined;
  private standing: Pokemon | null = null;
  /** Whether the one standing is under Foresight. */
  private isIdentified = false;

  constructor(battle: Battle) {
    this.battle = battle;
    this.disguises = new Disguises(battle);
    this.silentEndings = new SilentEndings(battle);
    this.rampages = new Rampages(battle);
    this.calledMoves = new CalledMoves(battle);
    this.pressure = new Pressure(battle);
  }

  /**
   * @param pokemon whom the line is about, if it is known
   * @returns whether the client should see the line at all
   */
  before(line: ParsedLine, pokemon: Pokemon | undefined): boolean {
    const [kind, ident = '', second = '', third = ''] = line.args;
    this.saved = undefined;
    this.straighten();
    switch (kind) {
      case 'switch':
      case 'drag':
      case 'replace':
        // A request may have told about the end of an own Illusion before its line does.
        if (kind === 'replace' && pokemon && isAlready(pokemon, ident, second)) return false;
        this.standing = pokemon?.side.active[slotOf(ident)] ?? null;
        this.isIdentified = this.standing?.hasVolatile(FORESIGHT) ?? false;
        this.disguises.entering(ident, second, third, (left) => this.left(left));
        break;
      case 'poke':
        this.disguises.previewed(ident, second);
        break;
      case 'move':
      case 'cant':
        if (pokemon && isBounced(line)) {
          this.saved = keepThroughBounce(pokemon);
          break;
        }
        if (kind === 'cant' && line.kwArgs.of !== undefined) return this.prevented(line, pokemon);
        if (kind === 'cant' && second === 'frz' && this.battle.gen.num === 1) {
          this.saved = keepVolatile(pokemon, 'mustrecharge');
        }
        if (kind === 'move' || this.endsCharge(second)) this.endCharge(pokemon);
        if (kind === 'move' && pokemon) {
          line.kwArgs.from ??= this.calledMoves.unnamedCaller(pokemon);
          this.saved =
            this.calledMoves.using(pokemon, toId(second), line.kwArgs.from) ??
            keepMovesOfOthers(pokemon, toId(second));
          this.pressure.using(pokemon, second);
        }
        if (pokemon) this.silentEndings.acted(pokemon);
        if (kind === 'cant' && pokemon) {
          // What it could not dance is no move of its own.
          if (this.calledMoves.unnamedCaller(pokemon)) this.saved = keepMoves([pokemon]);
          this.rampages.end(pokemon);
        }
        if (kind === 'cant' && second === 'par') this.endBide(pokemon);
        break;
      case '-status':
        // Who is drowsy stays so with another status, until the log says that it ends.
        this.saved = keepVolatile(pokemon, 'yawn');
        break;
      case '-heal':
        if (pokemon) this.saved = keepThroughHeal(pokemon, toId(String(line.kwArgs.from ?? '')));
        break;
      case '-damage':
        if (pokemon && effectId(String(line.kwArgs.from ?? '')) === BARB) {
          passBarb(pokemon, this.stung);
          this.stung.add(pokemon);
        }
        break;
      case '-ability':
        if (line.kwArgs.from !== undefined && line.kwArgs.fail === undefined) this.alter(pokemon, third);
        break;
      case '-transform':
        this.alter(pokemon);
        if (pokemon) this.saved = this.copy(pokemon, second);
        break;
      case '-endability':
        if (pokemon && second === '' && line.kwArgs.from === undefined) this.saved = suppress(pokemon);
        break;
      case '-activate':
        if (second === DANCER) this.calledMoves.dances(pokemon);
        if (pokemon) this.saved = this.exchange(pokemon, effectId(second), line);
        break;
    }
    return true;
  }

  /** Asked for a Pokémon whose name another has, too, the client moves the wrong one to the position that is named. */
  private straighten(): void {
    for (const { active } of this.battle.sides) {
      for (const [slot, pokemon] of active.entries()) if (pokemon) pokemon.slot = slot;
    }
  }

  /** @param text the line as it came: parsing drops what some messages carry */
  after(line: ParsedLine, pokemon: Pokemon | undefined, text: string): void {
    this.saved?.();
    this.straighten();
    const [kind] = line.args;
    if (kind === 'upkeep') {
      this.endFutureMoves();
      this.silentEndings.turnEnded();
      for (const side of this.battle.sides) for (const id of GUARDS) side.removeSideCondition(id);
      this.stung.clear();
    }
    if (kind === 'turn') this.silentEndings.turnBegan();
    if (kind === '-clearallboost') this.silentEndings.hazed();
    this.rampages.follow(line, pokemon);
    if (pokemon) this.follow(line, pokemon, text);
    for (const [altered, base] of this.otherAbility) altered.baseAbility = base;
    this.dropMimicked();
  }

  /** A mimicked move that is used, disabled, foreseen or copied looks like an own one; the owner's requests tell its PP. */
  dropMimicked(): void {
    for (const [pokemon, move] of this.mimicked) {
      pokemon.moveSlots = pokemon.moveSlots.filter(({ id, ...slot }) => id !== move || 'maxpp' in slot);
    }
  }

  private follow({ args, kwArgs }: ParsedLine, pokemon: Pokemon, text: string): void {
    const [kind, , second = '', third = ''] = args;
    switch (kind) {
      case 'switch':
      case 'drag':
      case 'replace':
        this.entered(kind, pokemon, kwArgs.from === 'Baton Pass');
        if (kwArgs.from === 'Shed Tail') keepSubstitute(pokemon);
        break;
      case 'faint':
        this.released(pokemon);
        break;
      case '-damage':
        if (kwArgs.from === 'confusion') this.couldNotAct(pokemon);
        if (kwArgs.from === undefined && pokemon !== this.mover) this.disguises.struck(pokemon);
        break;
      case 'move':
        this.moved(pokemon, second, third, String(kwArgs.from ?? ''));
        // No line says that it uses the berry up; the line of one that fails shows no target.
        if (toId(second) === 'naturalgift' && !kwArgs.still && !kwArgs.notarget) this.loseUnseen(pokemon);
        break;
      case '-prepare':
        this.prepared(pokemon, toId(second), third);
        break;
      case '-anim':
        // A charge that needs no second turn: Power Herb, Solar Beam in the sun.
        this.endCharge(pokemon);
        this.pressure.named(pokemon, second, third);
        break;
      case 'detailschange':
        this.otherAbility.delete(pokemon);
        break;
      case '-boost':
      case '-unboost':
        if (second === 'spd' && this.battle.gen.num === 1) changeSpecialDefence(pokemon, kind, Number(third));
        limitStages(pokemon);
        break;
      case '-status':
        // Sleep ends the need to recharge in generation 1.
        if (second === 'slp' && this.battle.gen.num === 1) pokemon.removeVolatile('mustrecharge' as Id);
        break;
      case '-enditem':
        forgetSuppressed(pokemon);
        break;
      case '-item':
        if (kwArgs.from === 'move: Bestow') this.give(kwArgs.of);
        break;
      case '-ability':
        this.toldAbility(pokemon, toId(second));
        if (toId(second) === 'perishbody') doom([pokemon, this.mover]);
        break;
      case '-terastallize':
        if (pokemon.speciesForme.startsWith('Morpeko')) keepForme(pokemon);
        break;
      case '-start':
      case '-activate':
        this.started(pokemon, effectId(second), third, text);
        if (kind === '-activate')
          settlePp(this.battle, pokemon, effectId(second), toId(String(kwArgs.move ?? '')));
        if (effectId(second) === 'snatch') this.pressure.snatched(pokemon, String(kwArgs.of ?? ''));
        if (kwArgs.silent && effectId(second) === 'typechange') this.disguises.showedType(pokemon);
        break;
      case '-end':
        this.futureMoves[sideOf(pokemon)].get(effectId(second))?.shift();
        break;
    }
  }

  /** As One announces itself and then, one by one, the two abilities it consists of. */
  private toldAbility(pokemon: Pokemon, ability: string): void {
    if (ability === 'asone') this.asOne.add(pokemon);
    if (!AS_ONE.has(ability) || !this.asOne.has(pokemon)) return;
    pokemon.ability = (pokemon.speciesForme === 'Calyrex-Ice' ? 'asoneglastrier' : 'asonespectrier') as Id;
    pokemon.baseAbility = pokemon.ability;
  }

  /** A request has told the base abilities of the own Pokémon. */
  toldBaseAbilities(team: readonly Pokemon[]): void {
    for (const pokemon of team) {
      if (this.otherAbility.has(pokemon)) this.otherAbility.set(pokemon, pokemon.baseAbility);
    }
  }

  private entered(kind: string, pokemon: Pokemon, passed: boolean): void {
    const { standing } = this;
    this.disguises.entered(pokemon);
    if (!standing || standing === pokemon) return;
    if (kind === 'replace') {
      this.disguises.unmask(standing, pokemon);
      return;
    }
    if (passed) this.passTraps(standing, pokemon);
    this.left(standing);
  }

  /** Baton Pass passes traps on, those set and those suffered, and sports up to generation 4; in generation 2 Foresight. */
  private passTraps(from: Pokemon, to: Pokemon): void {
    const { num } = this.battle.gen;
    if (num <= 4) this.bonds.pass(from, to);
    else
      for (const id of ['trapped', 'lockon', 'mudsport', 'watersport', RAMPAGE]) to.removeVolatile(id as Id);
    if (num === 2 && this.isIdentified) to.addVolatile(FORESIGHT);
  }

  private left(pokemon: Pokemon): void {
    const base = this.otherAbility.get(pokemon);
    this.otherAbility.delete(pokemon);
    this.mimicked.delete(pokemon);
    pokemon.ability = base ?? pokemon.baseAbility;
    this.released(pokemon);
    this.disguises.left(pokemon);
  }

  private released(pokemon: Pokemon): void {
    this.bonds.release(pokemon);
    for (const ally of pokemon.side.active) ally?.removeVolatile('commanding' as Id);
  }

  /** Transform copies the types as they are now, and the client those of the species; it tells nothing of the original. */
  private copy(pokemon: Pokemon, ident: string): () => void {
    const original = this.battle.getPokemon(ident as Protocol.PokemonIdent);
    const { apparentType } = original?.volatiles.typechange ?? {};
    const isCopy = original?.volatiles.transform !== undefined;
    const mimicked = original ? this.mimicked.get(original) : undefined;
    const others = original ? [original, ...originalsOf(original)] : [];
    const restore = keepMoves(others.filter((other) => other !== pokemon));
    return () => {
      restore();
      if (apparentType !== undefined) pokemon.addVolatile('typechange' as Id, { apparentType });
      noteBorrowed(pokemon, { isCopy, mimicked });
    };
  }

  /** In generation 1 no line tells that paralysis or confusion has ended it. */
  private endBide(pokemon: Pokemon | undefined): void {
    if (this.battle.gen.num === 1) pokemon?.removeVolatile('bide' as Id);
  }

  private couldNotAct(pokemon: Pokemon): void {
    this.endBide(pokemon);
    this.silentEndings.couldNotAct(pokemon);
    this.rampages.end(pokemon);
    this.bonds.letGo(pokemon, SKY_DROP);
  }

  /** A move was stopped by somebody's ability: the line is about the one with the ability, which did not act. */
  private prevented({ args: [, , reason = ''] }: ParsedLine, holder: Pokemon | undefined): boolean {
    holder?.activateAbility(
      this.battle.get('conditions', reason) as Parameters<Pokemon['activateAbility']>[0],
    );
    return false;
  }

  private prepared(pokemon: Pokemon, move: string, target: string): void {
    pokemon.addVolatile(CHARGE as Id);
    const lifted = move === SKY_DROP && this.battle.getPokemon(target as Protocol.PokemonIdent);
    if (!lifted) return;
    this.bonds.hold(lifted, SKY_DROP, pokemon);
    this.silentEndings.lifted(lifted);
  }

  /** In generation 1 a charge outlasts whatever keeps its user from moving but paralysis and Disable. */
  private endsCharge(reason: string): boolean {
    if (this.battle.gen.num === 1) return reason === 'par' || reason === 'Disable';
    return reason !== 'partiallytrapped';
  }

  private endCharge(pokemon: Pokemon | undefined): void {
    pokemon?.removeVolatile(CHARGE as Id);
    if (pokemon) this.bonds.letGo(pokemon, SKY_DROP);
  }

  /** Jaw Lock traps its user, too: by the one it has hit. */
  private trap(pokemon: Pokemon): void {
    const { mover } = this;
    const holder =
      mover === pokemon ? this.battle.getPokemon(this.target as Protocol.PokemonIdent | undefined) : mover;
    if (holder && holder !== pokemon) this.bonds.hold(pokemon, 'trapped', holder);
  }

  /** The ability about to be set is not the Pokémon's own; `old`, where it is told, was. */
  private alter(pokemon: Pokemon | undefined, old = ''): void {
    if (!pokemon || this.otherAbility.has(pokemon)) return;
    this.otherAbility.set(pokemon, pokemon.baseAbility || (toId(old) as Id));
  }

  /** A sketched move stays for good, without PP Ups. The owner's requests tell it. */
  private sketch(pokemon: Pokemon, name: string): void {
    const move = this.battle.gen.moves.get(name);
    const slot = pokemon.moveSlots.find(({ id }) => id === 'sketch');
    if (!move || !slot || 'maxpp' in slot) return;
    const sketched = { id: move.id, name: move.name, ppUsed: 0, maxpp: move.pp, virtual: false };
    pokemon.moveSlots = pokemon.moveSlots.map((known) => (known === slot ? sketched : known));
  }

  private moved(pokemon: Pokemon, name: string, target: string, caller: string): void {
    this.mover = pokemon;
    this.target = target;
    const id = toId(name);
    this.moving = id;
    if (this.battle.gen.num === 1 && BINDING_MOVES.has(id)) {
      for (const foe of pokemon.side.foe.active) foe?.removeVolatile('mustrecharge' as Id);
    }
    this.pressure.used(pokemon, name, target, caller);
    if (caller === '') chargeMoveBeneath(this.battle, pokemon, id);
  }

  private started(pokemon: Pokemon, effect: string, ident: string, text: string): void {
    const isSketched = effect === 'sketch' || (effect === 'mimic' && this.moving === 'sketch');
    if (isSketched) this.sketch(pokemon, text.split('|')[4] ?? '');
    else if (effect === 'mimic') this.mimicked.set(pokemon, toId(text.split('|')[4] ?? ''));
    if (effect === 'trapped') this.trap(pokemon);
    // Both bring down whoever is in the air.
    if (GROUNDED_FROM[effect]?.includes(pokemon.lastMove)) this.endCharge(pokemon);
    if (BINDING_MOVES.has(effect)) pokemon.addVolatile(effect as Id);
    if (effect === 'commander') {
      pokemon.addVolatile('commanding' as Id);
      this.battle.getPokemon(ident as Protocol.PokemonIdent)?.addVolatile('commanded' as Id);
    }
    if (!FUTURE_MOVES.has(effect)) return;
    const side = /^p[12]/.exec(this.target)?.[0] as SideId | undefined;
    const moves = this.futureMoves[side ?? otherSide(sideOf(pokemon))];
    moves.set(effect, [...(moves.get(effect) ?? []), this.battle.turn]);
  }

  /** They strike at the end of the second turn after the one they are used in, and say nothing when they fail. */
  private endFutureMoves(): void {
    for (const moves of Object.values(this.futureMoves)) {
      for (const [id, turns] of moves) {
        moves.set(
          id,
          turns.filter((turn) => turn + 2 > this.battle.turn),
        );
      }
    }
  }

  /** Skill Swap and Symbiosis work even where nobody says what changes hands. */
  private exchange(pokemon: Pokemon, effect: string, { args, kwArgs }: ParsedLine): (() => void) | undefined {
    if (!EXCHANGES.has(effect)) return undefined;
    const other = this.battle.getPokemon((args[3] || kwArgs.of) as Protocol.PokemonIdent | undefined);
    if (!other || other === pokemon) return undefined;
    if (effect === 'symbiosis') {
      const item = toId(String(kwArgs.item ?? '')) as Id;
      return () => {
        lose(pokemon, item);
        other.item = item;
        other.removeVolatile(ITEM_REMOVED);
      };
    }
    const [ability, others] = [pokemon.ability, other.ability];
    this.alter(pokemon);
    this.alter(other);
    return () => {
      if (pokemon.ability === ability) pokemon.ability = others;
      if (other.ability === others) other.ability = ability;
    };
  }

  private loseUnseen(pokemon: Pokemon): void {
    const isKnown = Boolean(pokemon.item);
    lose(pokemon, pokemon.item);
    // The client's word for one that holds nothing, whatever it held.
    if (!isKnown) pokemon.itemEffect = 'knocked off';
    forgetSuppressed(pokemon);
  }

  private give(ident: string | true | undefined): void {
    const giver = this.battle.getPokemon(ident as Protocol.PokemonIdent | undefined);
    if (giver) lose(giver, giver.item);
  }
}

/** Whether a Pokémon is the one of a line: one in disguise may share its name. */
function isAlready({ originalIdent, details }: Pokemon, ident: string, told: string): boolean {
  return originalIdent === benchIdent(ident) && plainDetails(details) === plainDetails(told);
}

const FORESIGHT = 'foresight' as Id;
/** Conditions of a side that end with the turn, which the client keeps until the next begins. */
const GUARDS = ['craftyshield', 'matblock', 'quickguard', 'wideguard'] as Id[];

/** Perish Body strikes at once, and the log says so at the end of the turn. */
function doom(pokemon: readonly (Pokemon | undefined)[]): void {
  for (const one of pokemon) {
    if (one && !one.hasVolatile('perishsong' as Id)) one.addVolatile('perishsong' as Id, { duration: 3 });
  }
}

const ITEM_REMOVED = 'itemremoved' as Id;

/** Unburden does not notice what is lost while it is suppressed. */
function forgetSuppressed(pokemon: Pokemon): void {
  if (pokemon.hasVolatile('gastroacid' as Id)) pokemon.removeVolatile(ITEM_REMOVED);
}

function lose(pokemon: Pokemon, item: Id): void {
  Object.assign(pokemon, { item: '', lastItem: item });
  pokemon.addVolatile(ITEM_REMOVED);
}

export const BARB = 'stickybarb';

/**
 * A Sticky Barb goes over to whoever touches its holder; no line says so before it hurts the new one, or a request tells it.
 *
 * @param stung whom one has hurt in this turn: they still hold it
 */
export function passBarb(pokemon: Pokemon, stung: ReadonlySet<Pokemon> = new Set()): void {
  if (pokemon.item === BARB) return;
  const present = pokemon.side.battle.getAllActive();
  const [holder, ...others] = present.filter((other) => other.item === BARB && !stung.has(other));
  if (holder && others.length === 0) lose(holder, BARB as Id);
  pokemon.item = BARB as Id;
}

const GROUNDED_FROM: Readonly<Record<string, readonly string[] | undefined>> = table({
  smackdown: ['fly', 'bounce'],
  gravity: ['fly', 'bounce', SKY_DROP],
});
const EXCHANGES = new Set(['skillswap', 'wanderingspirit', 'symbiosis']);

/** Moves that hold their target for some turns; the client knows most of them by their own ids. */
export const BINDING_MOVES: ReadonlySet<string> = new Set(
  ['bind', 'clamp', 'firespin', 'infestation', 'magmastorm', 'sandtomb', 'snaptrap', 'thundercage'].concat([
    'whirlpool',
    'wrap',
    'gmaxcentiferno',
    'gmaxsandblast',
  ]),
);

function sideOf(pokemon: Pokemon): SideId {
  return pokemon.side.n === 0 ? 'p1' : 'p2';
}

function effectId(text: string): string {
  return toId(text.replace(/^(?:move|ability|item): ?/, ''));
}

/** The client takes every healing move for Healing Wish, and a Berry that heals for one that is still held. */
function keepThroughHeal(pokemon: Pokemon, cause: string): () => void {
  const statusState = { ...pokemon.statusState };
  const { item } = pokemon;
  return () => {
    if (cause !== 'movehealingwish' && cause !== 'movelunardance') pokemon.statusState = statusState;
    if (cause.startsWith('item') && cause.endsWith('berry')) pokemon.item = item;
  };
}

/** The Special of generation 1 is two stats, of which the client counts one. */
function changeSpecialDefence({ boosts }: Pokemon, kind: string, stages: number): void {
  boosts.spd = (boosts.spd ?? 0) + (kind === '-boost' ? stages : -stages);
}

/** Generation 1 tells more than there is room for, and takes a stage back from what there was room for. */
function limitStages({ boosts }: Pokemon): void {
  for (const stat of Object.keys(boosts) as (keyof typeof boosts)[])
    boosts[stat] = Math.max(-6, Math.min(6, boosts[stat] ?? 0));
}

function keepVolatile(pokemon: Pokemon | undefined, id: string): (() => void) | undefined {
  return pokemon?.hasVolatile(id as Id) ? () => pokemon.addVolatile(id as Id) : undefined;
}

/**
 * Who copied one that has since copied a third uses moves of the second, which the client takes for moves of the third, and
 * so on; and what the second had copied or mimicked when it was copied is not its own.
 */
function keepMovesOfOthers(pokemon: Pokemon, move: string): () => void {
  return keepMoves(originalsOf(pokemon).slice(isOfOriginal(pokemon, move) ? 1 : 0));
}

function keepMoves(pokemon: readonly Pokemon[]): () => void {
  const slots = pokemon.map((other) => [other, [...other.moveSlots]] as [Pokemon, Slot[]]);
  return () => {
    for (const [other, moveSlots] of slots) other.moveSlots = moveSlots;
  };
}

/** Whom a Pokémon has copied, whom that one has copied since, and so on. */
function originalsOf(pokemon: Pokemon): readonly Pokemon[] {
  const originals = new Set<Pokemon>();
  for (let next = pokemon; ; ) {
    const original: Pokemon | undefined = next.volatiles.transform?.pokemon;
    if (!original || original === pokemon || originals.has(original)) return [...originals];
    originals.add(original);
    next = original;
  }
}

/** What Magic Bounce sends back is no move of its bearer's turn. */
function keepThroughBounce(pokemon: Pokemon): () => void {
  const { lastMove } = pokemon;
  const lasting = Object.entries(pokemon.volatiles).filter(([, { duration }]) => duration === 'move');
  return () => {
    pokemon.lastMove = lastMove;
    Object.assign(pokemon.volatiles, Object.fromEntries(lasting));
  };
}

/** Gastro Acid: the ability is still there. */
function suppress(pokemon: Pokemon): () => void {
  const { ability } = pokemon;
  return () => {
    pokemon.ability = ability;
    pokemon.addVolatile('gastroacid' as Id);
  };
}

/** Shed Tail passes nothing else on. */
function keepSubstitute(pokemon: Pokemon): void {
  const { substitute } = pokemon.volatiles;
  pokemon.boosts = {};
  pokemon.volatiles = substitute ? { substitute } : {};
}

/** A terastallized Morpeko stays as it is, on the bench, too. */
function keepForme(pokemon: Pokemon): void {
  pokemon.baseSpeciesForme = pokemon.speciesForme;
  pokemon.searchid = `${pokemon.originalIdent}|${pokemon.details}` as Pokemon['searchid'];
}

const AS_ONE = new Set(['asone', 'unnerve', 'chillingneigh', 'grimneigh']);
