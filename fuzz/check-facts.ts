import type { Pokemon } from '@pkmn/sim';
import { type Action, type Gimmick, type MoveAction, slotActions } from '../src/battle/action.ts';
import type { BattleState, PokemonState, SideId, SideState } from '../src/battle/state.ts';
import { assessFoeMoves, assessOwnMoves, type Hypothesis } from '../src/knowledge/assess-moves.ts';
import type { MoveAssessment } from '../src/knowledge/assessment.ts';
import { type Combatant, foeCombatant, originalOf, ownCombatant } from '../src/knowledge/combatant.ts';
import { findMove, type Move } from '../src/knowledge/dex.ts';
import { hasFixedDamage } from '../src/knowledge/effectiveness.ts';
import { afterGimmick } from '../src/knowledge/gimmick.ts';
import { type Setting, settingOf } from '../src/knowledge/setting.ts';
import { speedNow } from '../src/knowledge/speed.ts';
import { CERTAIN } from '../src/observation/format-damage.ts';
import { certain, requestId, trueSet } from '../test/knowledge/sim.ts';
import type { SimulatedBattle } from '../test/support/simulated-battle.ts';
import type { Finding } from './finding.ts';
import { type AsItWas, asTheyAre, type FirstMove, type PlannedMove, type Strike } from './watch-turn.ts';

type Found = Omit<Finding, 'turn' | 'side'>;

/** A turn as one side sees it at its decision, with the opponent's sets filled in. */
export interface Viewpoint {
  readonly battle: SimulatedBattle;
  readonly side: SideId;
  /** What both sides have chosen. */
  readonly chosen: Readonly<Partial<Record<SideId, Action>>>;
}

/** A viewpoint with the truth at the decision. */
interface View extends Viewpoint {
  readonly before: ReadonlyMap<Pokemon, AsItWas>;
}

/** The side's state, with the hidden facts about the opponent's active Pokémon filled in. */
function knownState({ battle, side, before }: View): BattleState {
  const { state } = battle.trackers[side];
  const team = battle.sim.getSide(side).foe;
  const completed = new Map<string, PokemonState>();
  for (const [position, pokemon] of state.foe.active.entries()) {
    const real = team.active[position];
    const truth = real && before.get(real);
    // A disguised Pokémon is not the one that the side knows by that id.
    if (!pokemon || !truth || truth.disguised) continue;
    // What a disguised Pokémon has shown is attributed to the one it looks like.
    const { ability = truth.ability, item = truth.item } = team.pokemon.some(hasIllusion) ? {} : pokemon;
    const { atk, def, spa, spd, spe } = truth.stats;
    completed.set(pokemon.id, { ...pokemon, ability, item, stats: { atk, def, spa, spd, spe } });
  }
  // In generations 3 and 4 no line shows what ability Skill Swap has taken from an opponent whose ability is unknown.
  for (const [position, pokemon] of state.own.active.entries()) {
    const real = team.foe.active[position];
    const truth = real && before.get(real);
    const isSwapped =
      [3, 4].includes(state.gen) && pokemon?.ability === undefined && !pokemon?.volatiles.transform;
    if (pokemon && truth && isSwapped) completed.set(pokemon.id, { ...pokemon, ability: truth.ability });
  }
  return { ...state, own: filled(state.own, completed), foe: filled(state.foe, completed) };
}

function filled(side: SideState, completed: ReadonlyMap<string, PokemonState>): SideState {
  const fill = (pokemon: PokemonState): PokemonState => completed.get(pokemon.id) ?? pokemon;
  return {
    ...side,
    pokemon: side.pokemon.map(fill),
    active: side.active.map((one) => one && fill(one)),
  };
}

function hasIllusion({ set }: Pokemon): boolean {
  return /^illusion$/i.test(set.ability);
}

/** The side's view of a real Pokémon on the field; undefined when the side cannot identify it. */
function seen(view: View, real: Pokemon): PokemonState | undefined {
  const state = knownState(view);
  const isOwn = real.side.id === view.side;
  if (!isOwn && view.before.get(real)?.disguised) return undefined;
  const pokemon = (isOwn ? state.own : state.foe).active[real.position];
  if (!pokemon || pokemon.fainted) return undefined;
  // A copy has its original's stats, which are unknown once the original has left.
  const original = pokemon.volatiles.transform && isOwn ? originalOf(state, pokemon) : undefined;
  return original && original.position === undefined ? undefined : pokemon;
}

function hypothesis({ before }: View, setting: Setting, pokemon: PokemonState, real: Pokemon): Hypothesis {
  // Hidden facts are filled in as they are now: abilities and items may have changed hands unseen.
  const { ability = real.ability, item = real.item } = before.get(real) ?? {};
  const set = { ...trueSet(real), ability, item };
  return {
    combatant: foeCombatant(setting, pokemon, set),
    weight: 1,
    moveWeights: new Map(set.moves.map((id) => [requestId(real, id), 1])),
  };
}

/** The move that a Pokémon was ordered to use. */
function ordered({ chosen }: View, real: Pokemon): MoveAction | undefined {
  const action = chosen[real.side.id as SideId];
  const slot = action && slotActions(action)[real.position];
  return slot?.type === 'move' ? slot : undefined;
}

/** The assessment of a move of one real Pokémon on another; undefined when there is none. */
function assessed(
  view: View,
  user: Pokemon,
  target: Pokemon,
  { move, gimmick }: { readonly move: string; readonly gimmick: Gimmick | undefined },
): MoveAssessment | undefined {
  const { side } = view;
  const setting = settingOf(knownState(view));
  const [a, b] = [seen(view, user), seen(view, target)];
  if (!a || !b || isBorrowed(setting, a) || isBorrowed(setting, b)) return undefined;
  const id = requestId(user, move);
  if (user.side.id === side) {
    const changed = gimmick ? afterGimmick(setting.gen, a, gimmick) : a;
    if (!changed) return undefined;
    const own = ownCombatant(setting, changed);
    const moves = assessOwnMoves({ setting, own, foes: [hypothesis(view, setting, b, target)] }, gimmick);
    return moves.find((one) => one.move === id);
  }
  if (gimmick) return undefined;
  const foe = hypothesis(view, setting, a, user);
  const likely = certain(trueSet(user));
  const moves = assessFoeMoves(
    { setting, own: ownCombatant(setting, b), foes: [foe] },
    likely.moves.map(([one, chance]) => [requestId(user, one), chance] as const),
  );
  return moves.find((one) => one.move === id);
}

/** Stats that were shared or swapped with another's, or copied, are known as badly as the other's. */
function isBorrowed(setting: Setting, pokemon: PokemonState): boolean {
  const { statChanges = [], volatiles } = pokemon;
  const original = volatiles.transform ? originalOf(setting, pokemon) : pokemon;
  // Stats of an original before it changed its forme depend on a nature that no request shows.
  if (!original || (volatiles.transform && !original.stats) || original.species !== pokemon.species)
    return true;
  return statChanges.some(({ kind }) => kind !== 'powertrick');
}

/** The Speed that Quick Claw gives up to generation 3. */
const FIRST_OF_ALL = 65535;

/** Compares Speed and priority as the side would see them with the values by which the simulator sorts. */
export function checkOrder(viewpoint: Viewpoint, planned: readonly PlannedMove[]): Found[] {
  const view = { ...viewpoint, before: asTheyAre(viewpoint.battle.sim) };
  const setting = settingOf(knownState(view));
  return planned.flatMap((plan) => {
    const known = seen(view, plan.pokemon);
    const action = ordered(view, plan.pokemon);
    if (!known || action?.move !== requestId(plan.pokemon, plan.move) || isBorrowed(setting, known))
      return [];
    return [...checkSpeed(view, known, plan, action), ...checkPriority(view, known, plan, action)];
  });
}

function whose({ side }: View, pokemon: Pokemon): 'own' | 'foe' {
  return pokemon.side.id === side ? 'own' : 'foe';
}

function checkSpeed(view: View, known: PokemonState, plan: PlannedMove, { gimmick }: MoveAction): Found[] {
  const { pokemon, priority, speed } = plan;
  // In generations 3 and 4 a Pokémon that an item makes last is sorted by another Speed, as is a Quick Claw's user.
  if (priority < Math.round(priority) || speed >= FIRST_OF_ALL || gimmick) return [];
  const setting = settingOf(knownState(view));
  const who = whose(view, pokemon);
  const combatant: Combatant =
    who === 'own' ? ownCombatant(setting, known) : hypothesis(view, setting, known, pokemon).combatant;
  const believed = speedNow(setting, combatant);
  if (believed === speed) return [];
  const detail = `${who} ${describe(pokemon)}: ${believed}, is ${speed}`;
  return [{ check: 'speed', kind: 'Speed', detail }];
}

function checkPriority(view: View, known: PokemonState, plan: PlannedMove, action: MoveAction): Found[] {
  const { pokemon, move, priority } = plan;
  const { gimmick } = action;
  const target = pokemon.foes()[0];
  // A Mega Evolution precedes all moves, so its ability affects them.
  if (!target || (gimmick && /mega|ultra/.test(gimmick))) return [];
  const claim = assessed(view, pokemon, target, { move, gimmick });
  if (!claim || claim.priority === Math.round(priority)) return [];
  const name = claim.category === 'Status' && isDynamaxed(known, action) ? 'Max Guard' : move;
  const detail = `${whose(view, pokemon)} ${describe(pokemon)} ${move}: ${claim.priority}, is ${priority}`;
  return [{ check: 'speed', kind: `priority of ${name}`, detail }];
}

function isDynamaxed({ volatiles }: PokemonState, { gimmick }: MoveAction): boolean {
  return 'dynamax' in volatiles || gimmick === 'dynamax';
}

/** Compares the assessment of a move with its effect. */
export function checkMove(viewpoint: Viewpoint, first: FirstMove): Found[] {
  const view = { ...viewpoint, before: first.before };
  const { user, move, lines, strikes } = first;
  const action = ordered(view, user);
  if (!action || action.move !== requestId(user, move)) return [];
  const who = whose(view, user);
  const found: Found[] = [];
  // Moves such as Metronome use another move, which was not assessed.
  const used = lines.filter((line) => line.startsWith('|move|'));
  if (used.length !== 1) return [];
  for (const target of user.foes(true)) {
    const claim = assessed(view, user, target, { move, gimmick: action.gimmick });
    if (!claim) continue;
    const about = `${describe(user)} ${move}${action.gimmick ? ` (${action.gimmick})` : ''} on ${describe(target)}`;
    const add = (kind: string, believed: unknown, truth: unknown): void =>
      void found.push({
        check: 'move',
        kind: `${kind} (${move})`,
        detail: `${who} ${about}: ${String(believed)}, is ${String(truth)}`,
      });
    const hits = strikes.filter((strike) => strike.target === target);
    const comparison: Comparison = { first, target, hits, claim, isOwn: who === 'own', add };
    checkWhetherItWorks(comparison);
    checkStrikes(comparison);
  }
  return found;
}

/** The assessment of a move on one target, and its outcome. */
interface Comparison {
  readonly first: FirstMove;
  readonly target: Pokemon;
  readonly hits: readonly Strike[];
  readonly claim: MoveAssessment;
  /** Whether the user is on the viewing side. */
  readonly isOwn: boolean;
  readonly add: (kind: string, believed: unknown, truth: unknown) => void;
}

function checkWhetherItWorks({ first, target, hits, claim, add }: Comparison): void {
  const { user, move, lines } = first;
  const ident = `${target.side.id}${'abc'[target.position]}: `;
  const says = (kind: string): boolean =>
    lines.some((line) => line.startsWith(`|${kind}|`) && line.includes(`|${ident}`));
  // Up to generation 2 a miss names only the user.
  const missed =
    says('-miss') || lines.some((line) => line.startsWith('|-miss|') && line.split('|').length === 3);
  // For a missed Jump Kick the simulator computes the damage to its user.
  const dealt = !missed && hits.some(({ damage }) => damage > 0);
  if (missed && claim.accuracy >= 1) add('sure to hit, missed', claim.accuracy, 'a miss');
  if (dealt && claim.accuracy === 0) add('sure to fail, hit', claim.accuracy, hits[0]?.damage);
  // Endeavor fails on a target that is no healthier than its user, which is not known exactly.
  const leastKnown = move === 'endeavor' ? hpStep(user, target) / target.maxhp : 0;
  const mayWork = claim.accuracy > 0 && (claim.damage === undefined || claim.damage.max > leastKnown);
  if (says('-immune') && claim.effectiveness > 0 && mayWork && !missed && !dealt) {
    add('immune', claim.effectiveness, 'immune');
  }
}

/** Lines between whose hits nothing changes. */
const PLAIN = new Set([
  'move',
  '-damage',
  '-crit',
  '-supereffective',
  '-resisted',
  '-hitcount',
  'split',
  '-miss',
  'faint',
  '-anim',
  '',
]);

/** The opponent's HP are known in steps only, and these moves take a share of them. */
const SHARE_TAKERS = new Set(['endeavor', 'guardianofalola', 'naturesmadness', 'ruination', 'superfang']);
const COARSEST_STEP = 48;

/** Size in HP of the larger of the steps in which the two Pokémon's HP are shown. */
function hpStep(user: Pokemon, target: Pokemon): number {
  return Math.max(target.maxhp, user.maxhp) / COARSEST_STEP;
}

/** Moves whose power depends on the HP of the user or the target. */
const USER_HP_MOVES = new Set(['dragonenergy', 'eruption', 'finalgambit', 'flail', 'reversal', 'waterspout']);
const DOUBLED_FIRST = new Set(['boltbeak', 'fishiousrend']);
const FRIENDSHIP_MOVES = new Set(['frustration', 'return']);
const TARGET_HP_MOVES = new Set(['crushgrip', 'hardpress', 'wringout']);

/** How far off a stat may be when another nature was assumed. */
const UNKNOWN_NATURE = 0.15;

type Damage = NonNullable<MoveAssessment['damage']>;

function checkStrikes(comparison: Comparison): void {
  const { first, target, hits, claim, add } = comparison;
  const move = findMove(first.user.battle.gen, first.move);
  const [firstHit] = hits;
  const { damage } = claim;
  // A Pokémon knocked out at once has lost what was left; the simulator calls it the maximum.
  if (!firstHit || !move || move.ohko || !damage || claim.category === 'Status') return;
  if (isPowerUnknown(comparison)) return;
  const shielded = ['disguise', 'iceface'].includes(target.ability);
  if (firstHit.type !== claim.type) add('type', claim.type, firstHit.type);
  else if (!shielded && !hasFixedDamage(move) && isOtherwiseEffective(comparison, firstHit)) {
    add('effectiveness', claim.effectiveness, firstHit.effectiveness);
    return;
  }
  const sum = hits.reduce((total, hit) => total + hit.damage, 0);
  if (sum === 0 || hits.some(({ crit }) => crit) || shielded) return;
  if (claim.effectiveness === 0) {
    add('no effect, hit', 0, sum);
    return;
  }
  if (hits.length > 1 && !isPlain(first)) return;
  if (!checkSum(comparison, move, damage, sum)) return;
  // They hit two turns later.
  if (isBladeUnknown(comparison) || move.flags.futuremove) return;
  checkFainting(comparison, damage);
}

/** Whether the side cannot know a move's power, for its own or the opponent's Pokémon. */
function isPowerUnknown({ first: { user, move }, isOwn }: Comparison): boolean {
  const { gen } = user.battle;
  // The opponent's HP are not known exactly, and so neither is the power of these.
  if ((isOwn ? TARGET_HP_MOVES : USER_HP_MOVES).has(move)) return true;
  // Friendship is unknown as well, as are the base moves of Z-Moves and Max Moves.
  return !isOwn && (FRIENDSHIP_MOVES.has(move) || (move === 'trumpcard' && (gen === 7 || gen === 8)));
}

function isOtherwiseEffective({ target, claim }: Comparison, { damage, effectiveness }: Strike): boolean {
  return target.ability !== 'wonderguard' && damage > 0 && effectiveness !== claim.effectiveness;
}

/** Whether nothing changes between the hits of a move. */
function isPlain({ lines }: FirstMove): boolean {
  return lines.every((line) => PLAIN.has(line.split('|', 2)[1] ?? ''));
}

/** The damage of our Aegislash before it first changed forme depends on a nature that no request shows. */
function isBladeUnknown({ first: { user, before }, isOwn }: Comparison): boolean {
  return isOwn && user.species.name === 'Aegislash-Blade' && before.get(user)?.species === 'Aegislash';
}

/** By how many HP points the assessed damage may be off because of what cannot be known. */
function slackOf(comparison: Comparison, damage: Damage, max: number): number {
  const { first, target, claim, isOwn } = comparison;
  const { user, move, lines } = first;
  const { gen } = user.battle;
  // Endeavor compares the HP of both, one of which are the opponent's.
  const isCoarse = move === 'endeavor' || (isOwn && SHARE_TAKERS.has(move));
  const share = isCoarse ? hpStep(user, target) : 0;
  const blade = isBladeUnknown(comparison) ? UNKNOWN_NATURE * damage.max * max : 0;
  // In doubles of generations 3 and 4 the games round screens and, in generation 4, spread damage to the nearest, but
  // the calculator rounds down: a point before STAB and types.
  const isSpread = gen === 4 && lines.some((line) => line.startsWith('|move|') && line.includes('|[spread]'));
  const isRounded = isSpread || (gen >= 3 && gen <= 4 && isScreenedWithAlly(target));
  return share + blade + (isRounded ? 2 * claim.effectiveness : 0);
}

/** Compares the total damage of the hits with the assessment; reports a difference. */
function checkSum(
  comparison: Comparison,
  { multihit }: Pick<Move, 'multihit'>,
  damage: Damage,
  sum: number,
): boolean {
  const { first, target, hits, add } = comparison;
  const { user, move, lines, before } = first;
  const { gen } = user.battle;
  // A fainted Pokémon returns to its original forme: a Zygarde loses the HP of its complete forme.
  const max = before.get(target)?.maxhp ?? target.maxhp;
  const slack = slackOf(comparison, damage, max);
  // In generation 1 a binding move repeats its first damage, and no line shows its damage to a Substitute.
  const goesOn = gen === 1 && lines.some((line) => line.startsWith('|move|') && line.includes('|[from]'));
  const highest = goesOn ? Math.max(damage.max, damage.crit?.max ?? 0) : damage.max;
  const [least, most] = [damage.min * max - slack, highest * max + slack];
  // A faster opponent may have chosen an action that comes later, which cannot be known: then this is not doubled, and
  // what gains by being first is.
  if (move === 'payback' && 2 * sum >= least - 1 && 2 * sum <= most + 1) return false;
  if (DOUBLED_FIRST.has(move) && sum >= 2 * least - 2 && sum <= 2 * most + 2) return false;
  // In generation 1 hits end with the Substitute, whose HP are not shown, and are computed only once.
  const isOnSubstitute =
    gen === 1 && lines.some((line) => /^\|-(?:end|activate)\|[^|]*\|Substitute/.test(line));
  const strikesTwice = before.get(user)?.ability === 'parentalbond';
  // The number of Beat Up's hits depends on the party.
  const strikesOn = multihit !== undefined || move === 'beatup' || strikesTwice;
  // Damage in return may make the user faint, and end the move.
  const cut = strikesOn && (target.hp <= 0 || user.hp <= 0 || isOnSubstitute);
  if (sum <= most + 1e-6 && (sum >= least - 1e-6 || cut)) return true;
  add('damage', `${Math.round(least)}-${Math.round(most)} of ${max}`, `${sum} (${hits.length} strikes)`);
  return false;
}

function checkFainting({ first, target, claim, add }: Comparison, damage: Damage): void {
  const hp = first.before.get(target)?.hp;
  const fainted = target.hp <= 0;
  if (damage.koChance >= CERTAIN && !fainted)
    add('sure KO, stands', damage.koChance, `${target.hp} of ${hp} left`);
  if (damage.koChance === 0 && claim.accuracy > 0 && fainted && isPlain(first))
    add('no KO, fainted', damage.hitsToKo.join('-'), `${hp} lost`);
}

function isScreenedWithAlly(target: Pokemon): boolean {
  const { reflect, lightscreen } = target.side.sideConditions;
  return target.alliesAndSelf().length > 1 && Boolean(reflect ?? lightscreen);
}

function describe(pokemon: Pokemon): string {
  return `${pokemon.species.name} (${pokemon.ability || '-'}, ${pokemon.item || '-'})`;
}
