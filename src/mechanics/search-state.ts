// A state, an attack on it and the events by which abilities, items and moves take part know each other, and so are one file.
import type { MainGimmick } from '../knowledge/gimmick.ts';
import type { Status, Terrain, Weather } from './condition-ids.ts';
import type { ModelMove, Stages } from './move.ts';
import { Pokemon } from './pokemon.ts';
import type { Rules } from './rules.ts';
import { Side } from './side.ts';
import type { TypeChart } from './types.ts';

/** Where in a turn a position waits. */
export type Stage = 'choose' | 'act' | 'residual' | 'over';

/** Instead of a winner: while the battle goes on, and where both lose their last Pokémon at once. */
export const NOBODY = -1;
export const TIE = 2;

/** What does not change in the course of a battle. */
export interface BattleSetting {
  readonly rules: Rules;
  readonly chart: TypeChart;
  readonly gimmick: MainGimmick | undefined;
  readonly effects: Effects;
}

/**
 * A singles battle as the turn model sees it: mutable, and copied in place, so that a search allocates nothing. HP is
 * in points. Both sides are complete: a position is one *world*, with nothing unknown.
 */
export class SearchState {
  readonly gen: number;
  readonly chart: TypeChart;
  /** What a Pokémon of each side may do once. */
  readonly gimmick: MainGimmick | undefined;
  readonly sides: readonly [Side, Side];
  readonly rules: Rules;
  /** What abilities, items and moves do. */
  readonly effects: Effects;
  /** The attack that is being made. */
  readonly attack = new Attack();
  /** Uniform in [0, 1). */
  random: () => number;
  weather: Weather = '';
  /** Turns left; 0 for one without an end. */
  weatherTurns = 0;
  terrain: Terrain = '';
  terrainTurns = 0;
  trickRoom = 0;
  gravity = 0;
  /** Factor of Echoed Voice, and the turn in which somebody used it last. */
  echo = 0;
  echoedIn = -9;
  turn = 0;
  /** The last turn whose end has been played. */
  endedTurn = -1;
  stage: Stage = 'choose';
  /** Index of the side that has won, once over. */
  winner = NOBODY;

  constructor(
    { rules, chart, gimmick, effects }: BattleSetting,
    sides: readonly [Side, Side],
    random: () => number,
  ) {
    this.gen = rules.gen;
    this.rules = rules;
    this.chart = chart;
    this.gimmick = gimmick;
    this.effects = effects;
    this.sides = sides;
    this.random = random;
    sides[0].foe = sides[1];
    sides[1].foe = sides[0];
  }

  /** Takes on another position of the same world. */
  copyFrom(o: SearchState): void {
    this.sides[0].copyFrom(o.sides[0]);
    this.sides[1].copyFrom(o.sides[1]);
    this.weather = o.weather;
    this.weatherTurns = o.weatherTurns;
    this.terrain = o.terrain;
    this.terrainTurns = o.terrainTurns;
    this.trickRoom = o.trickRoom;
    this.gravity = o.gravity;
    this.echo = o.echo;
    this.echoedIn = o.echoedIn;
    this.turn = o.turn;
    this.endedTurn = o.endedTurn;
    this.stage = o.stage;
    this.winner = o.winner;
  }

  /** An independent position equal to this one. */
  clone(): SearchState {
    const [own, foe] = this.sides.map(cloneSide) as [Side, Side];
    const copy = new SearchState(this, [own, foe], this.random);
    copy.copyFrom(this);
    return copy;
  }

  /** Whether something of this chance happens. */
  chance(probability: number): boolean {
    return probability >= 1 || (probability > 0 && this.random() < probability);
  }
}

function cloneSide(side: Side): Side {
  const team = side.pokemon.map(({ index, forme }) => new Pokemon(index, forme));
  return new Side(team, team[side.active.index] ?? (team[0] as Pokemon));
}

/**
 * One use of an attack on the other side's active Pokémon. Each state has one such object and sets it up for each use,
 * so that attacks allocate nothing.
 */
export class Attack {
  user!: Side;
  target!: Side;
  move!: ModelMove;
  /** Type of the move now. */
  type = 0;
  /** Type multiplier against the target. */
  effectiveness = 1;
  physical = false;
  contact = false;
  /** Base power now, before abilities and items. */
  power = 0;
  crit = false;
  /** The random factor, 0.85–1. */
  roll = 1;
  /** HP points that all strikes together took. */
  dealt = 0;
  /** A substitute took the strikes. */
  hadSubstitute = false;
  /** Id of the target's ability, as far as the move cares; `''` for none. */
  ability = '';
  /** The user's ability, the target's, and the target's as far as the move cares. */
  userAbility: AbilityEffects = NO_ABILITY;
  targetAbility: AbilityEffects = NO_ABILITY;
  defendingAbility: AbilityEffects = NO_ABILITY;
  userItem: ItemEffects = NO_ITEM;
  targetItem: ItemEffects = NO_ITEM;
  moveEffects: MoveEffects | undefined;
}

/** A factor, or another number, that somebody has on an attack. */
export type AttackFactor = (p: SearchState, attack: Attack) => number;
/** What somebody does about an attack. */
export type AttackEvent = (p: SearchState, attack: Attack) => void;
/** What happens to the bearer. */
export type SideEvent = (p: SearchState, side: Side) => void;
type SideFactor = (p: SearchState, side: Side) => number;

/** What both abilities and held items do, by Showdown's names of events. */
class BearerEffects {
  /** Of the user: factor on the power, on its attacking stat, on the damage. */
  readonly onBasePower = undefined as AttackFactor | undefined;
  readonly onModifyAtk = undefined as AttackFactor | undefined;
  readonly onModifySpA = undefined as AttackFactor | undefined;
  readonly onModifyDamage = undefined as AttackFactor | undefined;
  /** Of the target: factor on its defending stat. */
  readonly onModifyDef = undefined as AttackFactor | undefined;
  readonly onModifySpD = undefined as AttackFactor | undefined;
  /** Of the target, after each strike that it took itself. */
  readonly onDamagingHit = undefined as AttackEvent | undefined;
  readonly onModifySpe = undefined as SideFactor | undefined;
  /** When its bearer comes in or gets it. */
  readonly onStart = undefined as SideEvent | undefined;
  /** At the end of a turn: first what cures and heals, last what changes stages, status and formes. */
  readonly onEarlyResidual = undefined as SideEvent | undefined;
  readonly onResidual = undefined as SideEvent | undefined;
}

/** What an ability does, by Showdown's names of events. */
export class AbilityEffects extends BearerEffects {
  /** Type that a damaging move of the user takes. */
  readonly onModifyType = undefined as ((move: ModelMove) => number) | undefined;
  readonly onModifyPriority = undefined as
    | ((p: SearchState, user: Side, move: ModelMove) => number)
    | undefined;
  /** Factor on the accuracy of its bearer's moves, and of moves aimed at it. */
  readonly onSourceModifyAccuracy = undefined as
    | ((p: SearchState, target: Side, move: ModelMove) => number)
    | undefined;
  readonly onModifyAccuracy = undefined as ((p: SearchState, target: Side) => number) | undefined;
  /** The same-type attack bonus, which is 1.5, or 2 after terastallization. */
  readonly onModifySTAB = undefined as ((stab: number) => number) | undefined;
  /** Of the target: factor on the attacker's stat, and on the damage. */
  readonly onSourceModifyAtk = undefined as AttackFactor | undefined;
  readonly onSourceModifySpA = undefined as AttackFactor | undefined;
  readonly onSourceModifyDamage = undefined as AttackFactor | undefined;
  /** On the stat of everybody else. */
  readonly onAnyModifyAtk: number = 1;
  readonly onAnyModifySpA: number = 1;
  readonly onAnyModifyDef: number = 1;
  readonly onAnyModifySpD: number = 1;
  /** Whether a move of this type does nothing to its bearer, and what it gets for that. */
  readonly onTryHit = undefined as
    | ((p: SearchState, target: Side, move: ModelMove, type: number) => boolean)
    | undefined;
  readonly onAbsorb = undefined as SideEvent | undefined;
  /** Of the user, once its attack has hit. */
  readonly onSourceDamagingHit = undefined as AttackEvent | undefined;
  /** Of the user, once its target has fainted. */
  readonly onSourceAfterFaint = undefined as SideEvent | undefined;
  readonly onSwitchOut = undefined as SideEvent | undefined;
  readonly onWeather = undefined as ((p: SearchState, side: Side, weather: Weather) => void) | undefined;
  /** Weathers that do not hurt its bearer. */
  readonly weatherproof: readonly Weather[] = [];
  /** Whether its bearer cannot get a status. */
  readonly onSetStatus = undefined as ((p: SearchState, target: Side, status: Status) => boolean) | undefined;
  /** Ids of volatile conditions that its bearer cannot get. */
  readonly volatileproof: readonly string[] = [];
  /** The change that becomes of one of its bearer's stages. */
  readonly onChangeBoost = undefined as ((amount: number) => number) | undefined;
  /** Whether others cannot lower a stage. */
  readonly onTryBoost = undefined as ((stat: keyof Stages) => boolean) | undefined;
  /** When another has lowered a stage. */
  readonly onAfterEachBoost = undefined as SideEvent | undefined;
  /** When the other side's Intimidate meets its bearer; true where it does nothing. */
  readonly onIntimidate = undefined as ((p: SearchState, side: Side) => boolean) | undefined;
  /** Whether the other side's active Pokémon cannot leave. */
  readonly onFoeTrapPokemon = undefined as ((p: SearchState, trapped: Side) => boolean) | undefined;
  /** When it has been made to flinch. */
  readonly onFlinch = undefined as ((side: Side) => void) | undefined;
  /** At the end of a turn, once statuses have done their harm. */
  readonly onSufferedStatus = undefined as SideEvent | undefined;
  /** The best accuracy of a status move aimed at its bearer. */
  readonly onStatusAccuracy: number = 1;
  readonly ignoresAbilities: boolean = false;
  readonly ignoresBurn: boolean = false;
  /** Paralysis does not slow its bearer. */
  readonly ignoresParalysis: boolean = false;
  /** Neither its bearer's moves nor those aimed at it can miss. */
  readonly neverMisses: boolean = false;
  readonly ignoresEvasion: boolean = false;
  readonly ignoresStages: boolean = false;
  /** Normal and Fighting moves reach Ghosts. */
  readonly hitsGhosts: boolean = false;
  /** Nobody can force its bearer out. */
  readonly staysPut: boolean = false;
  readonly stopsBerries: boolean = false;
  readonly stopsCrits: boolean = false;
  readonly stopsPowder: boolean = false;
  readonly stopsPriority: boolean = false;
  readonly stopsSecondaries: boolean = false;
  readonly stopsStatusMoves: boolean = false;

  constructor(effects: Partial<AbilityEffects>) {
    super();
    Object.assign(this, effects);
  }
}

/** What a held item does, by Showdown's names of events. */
export class ItemEffects extends BearerEffects {
  /** Factor on the accuracy of its holder's moves, and of moves aimed at it. */
  readonly onSourceModifyAccuracy: number = 1;
  readonly onModifyAccuracy: number = 1;
  /** A berry, once its holder's HP have fallen far enough. */
  readonly onUpdate = undefined as SideEvent | undefined;
  /** Statuses that it cures at once. */
  readonly cures: readonly Status[] = [];
  /** The type whose moves it strengthens, of a plate or the like; the type that a gem is used up for. */
  readonly type: number = -1;
  readonly gem: number = -1;
  /** The type that a berry weakens. */
  readonly weakens: number = -1;
  /** The weather that lasts longer. */
  readonly lengthens: Weather = '';

  constructor(effects: Partial<ItemEffects>) {
    super();
    Object.assign(this, effects);
  }
}

/** What a move does besides what its data say, by Showdown's names of events. */
export interface MoveEffects {
  /** Base power now. */
  readonly basePowerCallback?: (p: SearchState, user: Side, move: ModelMove) => number;
  /** Damage outside of the formula, in points; 0 where the move fails. */
  readonly damageCallback?: (p: SearchState, user: Side) => number;
  readonly onModifyType?: (p: SearchState, user: Side, move: ModelMove) => number;
  /** Accuracy now, 0–1; above 1 where it cannot miss. */
  readonly onModifyAccuracy?: (p: SearchState, accuracy: number) => number;
  /** Whether it works at all. */
  readonly onTry?: (p: SearchState, user: Side) => boolean;
  /** A status move, done to the other side's active Pokémon; whether it worked. */
  readonly onHit?: (p: SearchState, user: Side, target: Side) => boolean;
  /** A status move, done to its user, its side or the field; whether it worked, undefined where its data say the rest. */
  readonly onHitSide?: (p: SearchState, user: Side, move: ModelMove) => boolean | undefined;
  /** With the chance of its secondary effect. */
  readonly onSecondaryHit?: (p: SearchState, user: Side, target: Side) => void;
  /** It takes down screens before it strikes. */
  readonly breaksScreens?: boolean;
  /** What the shield that it is does to whoever touches it. */
  readonly onShieldTouched?: SideEvent;
  /** An attack that has hit. */
  readonly onAfterHit?: AttackEvent;
}

/** What abilities, items and moves do, by the number of their id. */
export interface Effects {
  readonly abilities: readonly (AbilityEffects | undefined)[];
  readonly items: readonly (ItemEffects | undefined)[];
  readonly moves: readonly (MoveEffects | undefined)[];
}

/** Of what has no effect. */
export const NO_ABILITY = new AbilityEffects({});
export const NO_ITEM = new ItemEffects({});
