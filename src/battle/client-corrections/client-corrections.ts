import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import { table } from '../../util/table.ts';
import { BINDING_MOVES } from '../binding-moves.ts';
import { effectId } from '../effect-id.ts';
import { FUTURE_MOVES } from '../future-moves.ts';
import { toId } from '../generations.ts';
import type { ParsedLine } from '../parse-event.ts';
import { sideId } from '../snapshot.ts';
import { otherSide, type SideId } from '../state.ts';
import { Bonds } from './bonds.ts';
import { CalledMoves, DANCER, isBounced } from './called-moves.ts';
import { ChangedAbilities } from './changed-abilities.ts';
import { Charges } from './charges.ts';
import { noteBorrowed } from './copies.ts';
import { FieldEntries, showsLikeness } from './field-entries.ts';
import { bestow, HeldItems, handOver, isBerryEffect, loseUnseen, noteLostItem } from './held-items.ts';
import { Disguises } from './illusion.ts';
import { LearnedMoves } from './learned-moves.ts';
import { chargeMoveBeneath } from './move-beneath.ts';
import { PendingMoves } from './pending-moves.ts';
import { changeSpecialDefence, doom, endGuards, keepForme, limitStages } from './pokemon-corrections.ts';
import { correctPp } from './pp-effects.ts';
import { Pressure } from './pressure.ts';
import { Rampages } from './rampages.ts';
import { SilentEndings, SKY_DROP } from './silent-endings.ts';
import {
  keepMoves,
  keepMovesOfOthers,
  keepThroughBounce,
  keepThroughCant,
  keepThroughHeal,
  keepVolatile,
  originalsOf,
  suppress,
} from './undo-line.ts';

type Id = Pokemon['ability'];

/**
 * Corrects what the client gets wrong in single lines, and keeps what it has no place for. Call {@link
 * ClientCorrections.before} and {@link ClientCorrections.after} around every line that the client reads.
 */
export class ClientCorrections {
  readonly disguises: Disguises;
  readonly pendingMoves = new PendingMoves();
  readonly abilities = new ChangedAbilities();
  private readonly items = new HeldItems();
  readonly learned = new LearnedMoves();
  private readonly calledMoves: CalledMoves;
  readonly bonds = new Bonds();
  private readonly silentEndings: SilentEndings;
  private readonly rampages: Rampages;
  private readonly pressure: Pressure;
  private readonly entries: FieldEntries;
  private readonly charges: Charges;
  /** The Pokémon that moved last, and the ident of its target. */
  private mover: Pokemon | undefined;
  private target = '';
  /** Id of the move that was used last. */
  private moving = '';
  /** Restores what the client may overwrite when it reads the current line. */
  private saved: (() => void) | undefined;

  constructor(private readonly battle: Battle) {
    this.disguises = new Disguises(battle);
    this.silentEndings = new SilentEndings(battle);
    this.rampages = new Rampages(battle);
    this.calledMoves = new CalledMoves(battle);
    this.pressure = new Pressure(battle);
    this.charges = new Charges(battle, this.bonds, this.silentEndings);
    this.entries = new FieldEntries(battle, this);
  }

  /**
   * @param pokemon the Pokémon that the line names, if known
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
        return this.entries.before(line, pokemon);
      case 'poke':
        this.disguises.previewed(ident, second);
        break;
      case 'move':
        this.beforeMove(line, pokemon);
        break;
      case 'cant':
        return this.beforeCant(line, pokemon);
      case '-status':
        // Another status does not end drowsiness; the log says when it ends.
        this.saved = keepVolatile(pokemon, 'yawn');
        break;
      case '-heal':
        if (pokemon) this.saved = keepThroughHeal(pokemon, toId(String(line.kwArgs.from ?? '')));
        break;
      case '-damage':
        if (pokemon) this.items.hurtBy(pokemon, effectId(String(line.kwArgs.from ?? '')));
        break;
      case '-enditem':
      case '-start':
        return !isBerryEffect(second, line.kwArgs) && !showsLikeness(line, pokemon);
      case '-ability':
        if (line.kwArgs.from !== undefined && line.kwArgs.fail === undefined)
          this.abilities.alter(pokemon, third);
        break;
      case '-transform':
        this.abilities.alter(pokemon);
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

  private beforeMove(line: ParsedLine, pokemon: Pokemon | undefined): void {
    const [, , move = ''] = line.args;
    if (!pokemon) return;
    if (isBounced(line)) {
      this.saved = keepThroughBounce(pokemon);
      return;
    }
    this.charges.end(pokemon);
    this.abilities.nextAction();
    line.kwArgs.from ??= this.calledMoves.unnamedCaller(pokemon);
    this.saved =
      this.calledMoves.using(pokemon, toId(move), line.kwArgs.from) ?? keepMovesOfOthers(pokemon, toId(move));
    this.pressure.using(pokemon, move);
    this.silentEndings.acted(pokemon);
  }

  /** @returns whether the client should see that a Pokémon could not act */
  private beforeCant(line: ParsedLine, pokemon: Pokemon | undefined): boolean {
    const [, , reason = '', move = ''] = line.args;
    if (pokemon && isBounced(line)) {
      this.saved = keepThroughBounce(pokemon);
      return true;
    }
    if (line.kwArgs.of !== undefined) return this.prevented(line, pokemon);
    if (!pokemon) return true;
    this.saved = keepThroughCant(pokemon, reason, toId(move));
    if (this.charges.isEndedBy(reason)) this.charges.end(pokemon);
    this.silentEndings.acted(pokemon);
    // The move that it could not dance is not its own.
    if (this.calledMoves.unnamedCaller(pokemon)) this.saved = keepMoves([pokemon]);
    this.rampages.end(pokemon);
    if (reason === 'par') this.silentEndings.endBide(pokemon);
    return true;
  }

  /** When two Pokémon share a name, looking one up makes the client move the wrong one to the named position. */
  private straighten(): void {
    for (const { active } of this.battle.sides) {
      for (const [slot, pokemon] of active.entries()) if (pokemon) pokemon.slot = slot;
    }
  }

  /** @param text the raw line: parsing drops what some messages carry */
  after(line: ParsedLine, pokemon: Pokemon | undefined, text: string): void {
    this.saved?.();
    this.straighten();
    const [kind] = line.args;
    if (kind === 'upkeep') {
      this.pendingMoves.turnEnded(this.battle.turn);
      for (const one of this.silentEndings.hurtUnseen()) this.couldNotAct(one);
      this.silentEndings.turnEnded();
      for (const side of this.battle.sides) endGuards(side);
      this.items.turnEnded();
    }
    if (kind === 'turn') this.silentEndings.turnBegan();
    if (kind === '-clearallboost') this.silentEndings.hazed();
    this.rampages.follow(line, pokemon);
    if (pokemon) this.follow(line, pokemon, text);
    this.abilities.restore();
    this.learned.dropMimicked();
  }

  private follow({ args, kwArgs }: ParsedLine, pokemon: Pokemon, text: string): void {
    const [kind, , second = '', third = ''] = args;
    switch (kind) {
      case 'switch':
      case 'drag':
      case 'replace':
        this.entries.after(kind, pokemon, kwArgs.from);
        break;
      case 'faint':
        this.entries.released(pokemon);
        break;
      case '-damage':
        this.hurt(pokemon, kwArgs.from);
        break;
      case 'move':
        this.moved(pokemon, second, kwArgs.notarget ? undefined : third, String(kwArgs.from ?? ''));
        // No line says that it uses up the berry; the line of a failed use shows no target.
        if (toId(second) === 'naturalgift' && !kwArgs.still && !kwArgs.notarget) loseUnseen(pokemon);
        break;
      case '-prepare':
        this.charges.begin(pokemon, toId(second) === SKY_DROP ? this.find(third) : undefined);
        break;
      case '-anim':
        // A charge that needs no second turn: Power Herb, or Solar Beam in sun.
        this.charges.end(pokemon);
        this.pressure.named(pokemon, second, third);
        break;
      case 'detailschange':
        this.abilities.changedForme(pokemon);
        break;
      case '-boost':
      case '-unboost':
        if (second === 'spd') changeSpecialDefence(pokemon, kind, Number(third));
        limitStages(pokemon);
        break;
      case '-status':
        // Sleep ends the need to recharge in generation 1.
        if (second === 'slp' && this.battle.gen.num === 1) pokemon.removeVolatile('mustrecharge' as Id);
        break;
      case '-enditem':
        noteLostItem(pokemon);
        break;
      case '-item':
        if (kwArgs.from === 'move: Bestow') bestow(this.find(kwArgs.of));
        break;
      case '-ability':
        this.abilities.announced(pokemon, toId(second));
        if (toId(second) === 'perishbody') doom([pokemon, this.mover]);
        break;
      case '-terastallize':
        if (pokemon.speciesForme.startsWith('Morpeko')) keepForme(pokemon);
        break;
      case '-start':
      case '-activate':
        this.started(pokemon, { args, kwArgs }, text);
        break;
      case '-end':
        this.pendingMoves.struck(sideId(pokemon.side), effectId(second));
        break;
    }
  }

  /**
   * Transform copies the current types, but the client copies the species' types and ignores the rest of the original.
   */
  private copy(pokemon: Pokemon, ident: string): () => void {
    const original = this.find(ident);
    const { apparentType } = original?.volatiles.typechange ?? {};
    const isCopy = original?.volatiles.transform !== undefined;
    const mimicked = original ? this.learned.mimicked.get(original) : undefined;
    const others = original ? [original, ...originalsOf(original)] : [];
    const restore = keepMoves(others.filter((other) => other !== pokemon));
    return () => {
      restore();
      if (apparentType !== undefined) pokemon.addVolatile('typechange' as Id, { apparentType });
      noteBorrowed(pokemon, { isCopy, mimicked });
    };
  }

  private couldNotAct(pokemon: Pokemon): void {
    this.silentEndings.couldNotAct(pokemon);
    this.rampages.end(pokemon);
    this.bonds.letGo(pokemon, SKY_DROP);
  }

  /** An ability stopped a move: the line names the ability's bearer, which did not act itself. */
  private prevented({ args: [, , reason = ''] }: ParsedLine, holder: Pokemon | undefined): boolean {
    holder?.activateAbility(
      this.battle.get('conditions', reason) as Parameters<Pokemon['activateAbility']>[0],
    );
    return false;
  }

  /** Jaw Lock also traps its user, held by the Pokémon it hit. */
  private trap(pokemon: Pokemon): void {
    const holder = this.mover === pokemon ? this.find(this.target) : this.mover;
    if (holder && holder !== pokemon) this.bonds.hold(pokemon, 'trapped', holder);
  }

  private moved(pokemon: Pokemon, name: string, target: string | undefined, caller: string): void {
    this.mover = pokemon;
    this.target = target ?? '';
    const id = toId(name);
    this.moving = id;
    if (BINDING_MOVES.has(id)) this.silentEndings.bound(pokemon.side.foe);
    this.pressure.used(pokemon, name, target, caller);
    if (caller === '') chargeMoveBeneath(this.battle, pokemon, id);
  }

  private hurt(pokemon: Pokemon, from: ParsedLine['kwArgs'][string]): void {
    if (from === 'confusion') this.couldNotAct(pokemon);
    if (from !== undefined || pokemon === this.mover) return;
    this.disguises.struck(pokemon);
    if (this.mover) this.items.touched(this.mover, pokemon, this.moving);
  }

  private started(pokemon: Pokemon, { args, kwArgs }: ParsedLine, text: string): void {
    const [, , second = '', ident = ''] = args;
    const effect = effectId(second);
    if (args[0] === '-activate') this.activated(pokemon, effect, { args, kwArgs });
    if (effect === 'snatch') this.pressure.snatched(pokemon, String(kwArgs.of ?? ''));
    if (effect === 'typechange' && kwArgs.silent) this.disguises.showedType(pokemon);
    if (LEARNING.has(effect)) this.learned.learn(pokemon, this.moving, text.split('|')[4] ?? '');
    if (effect === 'trapped') this.trap(pokemon);
    // Both ground a Pokémon that is in the air.
    if (GROUNDED_FROM[effect]?.includes(pokemon.lastMove)) this.charges.end(pokemon);
    if (BINDING_MOVES.has(effect)) pokemon.addVolatile(effect as Id);
    if (effect === 'commander') {
      pokemon.addVolatile('commanding' as Id);
      this.find(ident)?.addVolatile('commanded' as Id);
    }
    if (!FUTURE_MOVES.has(effect)) return;
    const side = /^p[12]/.exec(this.target)?.[0] as SideId | undefined;
    this.pendingMoves.used(side ?? otherSide(sideId(pokemon.side)), effect, this.battle.turn);
  }

  private activated(pokemon: Pokemon, effect: string, { args, kwArgs }: ParsedLine): void {
    correctPp(this.battle, pokemon, effect, toId(String(kwArgs.move ?? '')));
    if (effect === 'confusion') this.silentEndings.confused(pokemon);
    if (kwArgs.ability) this.abilities.madeOver(this.find(args[3]), String(kwArgs.ability));
  }

  /** Skill Swap and Symbiosis work even when the line does not say what changes hands. */
  private exchange(pokemon: Pokemon, effect: string, { args, kwArgs }: ParsedLine): (() => void) | undefined {
    const other = EXCHANGES.has(effect) && this.find(args[3] || kwArgs.of);
    if (!other || other === pokemon) return undefined;
    if (effect === 'symbiosis') return () => handOver(pokemon, other, toId(String(kwArgs.item ?? '')));
    return this.abilities.swap(pokemon, other);
  }

  private find(ident: ParsedLine['kwArgs'][string]): Pokemon | undefined {
    return this.battle.getPokemon(ident as Protocol.PokemonIdent | undefined) ?? undefined;
  }
}

const GROUNDED_FROM: Readonly<Record<string, readonly string[] | undefined>> = table({
  smackdown: ['fly', 'bounce'],
  gravity: ['fly', 'bounce', SKY_DROP],
});
const LEARNING = new Set(['mimic', 'sketch']);
const EXCHANGES = new Set(['skillswap', 'wanderingspirit', 'symbiosis']);
