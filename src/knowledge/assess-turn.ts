import type { Gimmick } from '../battle/action.ts';
import type { TurnEvents } from '../battle/event.ts';
import { type BattleState, type PokemonState, standing } from '../battle/state.ts';
import {
  assessFoeMoves,
  assessOwnMoves,
  copiedMoves,
  type Hypothesis,
  hypothesesOf,
  type Sides,
  type UsableMoves,
} from './assess-moves.ts';
import type { MoveAssessment, Pairing, SwitchAssessment, TurnAssessment } from './assessment.ts';
import { type ChoiceLock, choiceLock } from './choice-lock.ts';
import { type Combatant, ownCombatant } from './combatant.ts';
import { type Evidence, NO_EVIDENCE, observe } from './evidence.ts';
import { afterGimmick } from './gimmick.ts';
import { entryEffects } from './hazards.ts';
import { illusionSigns, type Suspicion } from './illusion-signs.ts';
import type { LikelySets } from './likely-sets.ts';
import { lockedMove } from './locked-move.ts';
import { likelySets } from './narrow-sets.ts';
import { seeThrough } from './see-through.ts';
import { type Setting, settingOf } from './setting.ts';
import { speedOrder } from './speed.ts';
import { isHeldBy } from './trapping.ts';

interface Kept {
  /** Number of turns known when it was made. */
  readonly turns: number;
  readonly context: Context;
  readonly assessment: TurnAssessment;
}

const assessments = new WeakMap<BattleState, Kept>();

/**
 * The knowledge that one decision is based on. Every part is computed on first access and then kept, and the assessment
 * itself is kept with the state, so asking twice costs nothing.
 *
 * @param turns what has happened so far, if known: it narrows the opponent's likely sets further
 */
export function assessTurn(state: BattleState, turns: readonly TurnEvents[] = []): TurnAssessment {
  return keptFor(state, turns).assessment;
}

/** An assessment based on more turns also serves a caller with fewer. */
function keptFor(state: BattleState, turns: readonly TurnEvents[]): Kept {
  const kept = assessments.get(state);
  if (kept && kept.turns >= turns.length) return kept;
  const suspicions = illusionSigns(state, turns);
  const context = contextOf(seeThrough(state, turns, suspicions), turns, suspicions);
  const made = { turns: turns.length, context, assessment: assess(state, context) };
  assessments.set(state, made);
  return made;
}

function assess(shown: BattleState, context: Context): TurnAssessment {
  const { state, suspicions } = context;
  const likely = lazy(() => context.allLikelySets());
  const pairings = lazy(() =>
    standing(state.own).flatMap((own) =>
      standing(state.foe).map((foe) => pairing(context, own, ownCombatant(context.setting, own), foe)),
    ),
  );
  const switches = lazy(() =>
    state.own.pokemon
      .filter((pokemon) => !pokemon.fainted && pokemon.position === undefined)
      .map((pokemon) => switchAssessment(context, pokemon)),
  );
  return {
    state: shown,
    seenThrough: state,
    suspicions,
    get pairings() {
      return pairings();
    },
    get switches() {
      return switches();
    },
    get likelySets() {
      return likely();
    },
  };
}

/**
 * Our moves against an opponent's Pokémon if ours used a gimmick this turn.
 *
 * @returns undefined when the Pokémon cannot do it; whether it may is up to the legal actions
 */
export function assessGimmick(
  state: BattleState,
  { own, foe }: Pick<Pairing, 'own' | 'foe'>,
  gimmick: Gimmick,
  turns: readonly TurnEvents[] = [],
): readonly MoveAssessment[] | undefined {
  const changed = afterGimmick(state.gen, own, gimmick);
  if (!changed) return undefined;
  const { context } = keptFor(state, turns);
  const combatant = ownCombatant(context.setting, changed);
  const truth = standing(context.state.foe).find(({ id }) => id === foe.id) ?? foe;
  return assessOwnMoves(
    { setting: context.setting, own: combatant, foes: context.hypotheses(truth) },
    gimmick,
  );
}

/** What all parts of one assessment share. */
interface Context {
  /** The state with certain disguises seen through. */
  readonly state: BattleState;
  readonly suspicions: ReadonlyMap<string, Suspicion>;
  readonly setting: Setting;
  likely(foe: PokemonState): LikelySets;
  /** The moves that it can use now, as far as that is known. */
  usable(foe: PokemonState): UsableMoves;
  hypotheses(foe: PokemonState): readonly Hypothesis[];
  allLikelySets(): ReadonlyMap<string, LikelySets>;
}

function contextOf(
  state: BattleState,
  turns: readonly TurnEvents[],
  suspicions: ReadonlyMap<string, Suspicion>,
): Context {
  const setting = settingOf(state);
  const evidence = lazy(
    (): Evidence =>
      state.gameType === 'singles' && turns.length > 0 ? observe(turns, state.side) : NO_EVIDENCE,
  );
  const likely = keyed((foe: PokemonState) =>
    // Evidence about the look-alike says nothing about a certain disguise.
    likelySets(state, foe, suspicions.get(foe.id)?.certain ? NO_EVIDENCE : evidence()),
  );
  const usable = keyed((foe: PokemonState): UsableMoves => {
    const moves = copiedMoves(setting, foe) ?? likely(foe).moves;
    const forced = lockedMove(state, foe);
    if (forced !== undefined) return [[forced, 1]];
    const known = copiedMoves(setting, foe)?.map(([id]) => id) ?? foe.moves.map(({ id }) => id);
    const lock = choiceLock(state, foe, { items: likely(foe).items, moves: known }, turns);
    return lock ? narrowed(moves, lock) : moves;
  });
  const hypotheses = keyed((foe: PokemonState) => hypothesesOf(setting, foe, likely(foe)));
  return {
    state,
    suspicions,
    setting,
    likely,
    usable,
    hypotheses,
    allLikelySets: () => new Map(state.foe.pokemon.map((foe) => [foe.id, likely(foe)])),
  };
}

/**
 * Moves of a Pokémon that may be locked into one of them: each of the others is scaled by the chance that it is free.
 */
function narrowed(moves: UsableMoves, { move, chance }: ChoiceLock): UsableMoves {
  const others = moves.filter(([id]) => id !== move);
  return [[move, 1], ...others.map(([id, probability]) => [id, probability * (1 - chance)] as const)];
}

/**
 * @param own the Pokémon as in the state
 * @param combatant the same as it would fight, e.g. after hazards on entry
 */
function pairing(context: Context, own: PokemonState, combatant: Combatant, foe: PokemonState): Pairing {
  const { setting, state } = context;
  const foes = context.hypotheses(foe);
  const usable = context.usable(foe);
  const sides: Sides = { setting, own: combatant, foes };
  const tera = lazy((): Sides | undefined => {
    if (state.own.spent.includes('terastallize') || combatant.entering) return undefined;
    const changed = afterGimmick(state.gen, combatant.pokemon, 'terastallize');
    return changed && { ...sides, own: ownCombatant(setting, changed) };
  });
  const ownMoves = lazy(() => assessOwnMoves(sides));
  const foeMoves = lazy(() => assessFoeMoves(sides, usable));
  const ownMovesTera = lazy(() => tera() && assessOwnMoves(tera() ?? sides));
  const foeMovesOnTera = lazy(() => tera() && assessFoeMoves(tera() ?? sides, usable));
  const speed = lazy(() => speedOrder(setting, combatant, foes));
  const ownHeld = lazy(
    () => foes.length > 0 && foes.every((one) => isHeldBy(setting, combatant, one.combatant)),
  );
  return {
    own,
    foe,
    get ownMoves() {
      return ownMoves();
    },
    get ownMovesTera() {
      return ownMovesTera();
    },
    get foeMoves() {
      return foeMoves();
    },
    get foeMovesOnTera() {
      return foeMovesOnTera();
    },
    get speed() {
      return speed();
    },
    get ownHeld() {
      return ownHeld();
    },
  };
}

function switchAssessment(context: Context, pokemon: PokemonState): SwitchAssessment {
  const { setting, state } = context;
  const entry = entryEffects(setting, state.own, ownCombatant(setting, pokemon));
  const left = pokemon.hp - entry.damage;
  const entered: PokemonState = {
    ...pokemon,
    hp: left > 0 ? left : pokemon.hp,
    boosts: entry.boosts,
    volatiles: {},
  };
  const combatant = ownCombatant(setting, entered);
  const pairings = lazy(() => standing(state.foe).map((foe) => pairing(context, pokemon, combatant, foe)));
  return {
    pokemon,
    hazardDamage: entry.damage,
    hazardEffects: entry.effects,
    faintsOnEntry: left <= 0,
    get pairings() {
      return pairings();
    },
  };
}

/** A value that is computed when first needed. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A function of an object that remembers its results. */
function keyed<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const results = new Map<K, T>();
  return (key) => {
    const found = results.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    results.set(key, made);
    return made;
  };
}
