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

/** A turn as one side sees it at its decision, with the foe's sets filled in. */
export interface Viewpoint {
  readonly battle: SimulatedBattle;
  readonly side: SideId;
  /** What both sides have chosen. */
  readonly chosen: Readonly<Partial<Record<SideId, Action>>>;
}

/** A viewpoint with what was true at the decision. */
interface View extends Viewpoint {
  readonly before: ReadonlyMap<Pokemon, AsItWas>;
}

/** The side's state, with what the foe hides of its active Pokémon filled in. */
function knownState({ battle, side, before }: View): BattleState {
  const { state } = battle.trackers[side];
  const team = battle.sim.getSide(side).foe;
  const told = new Map<string, PokemonState>();
  for (const [position, pokemon] of state.foe.active.entries()) {
    const real = team.active[position];
    const truth = real && before.get(real);
    // Who is behind a disguise is not the one that the side knows by that id.
    if (!pokemon || !truth || truth.disguised) continue;
    // What one in disguise has shown is taken for the likeness's.
    const { ability = truth.ability, item = truth.item } = team.pokemon.some(hasIllusion) ? {} : pokemon;
    const { atk, def, spa, spd, spe } = truth.stats;
    told.set(pokemon.id, { ...pokemon, ability, item, stats: { atk, def, spa, spd, spe } });
  }
  // In generations 3 and 4 nobody is told what Skill Swap has brought an own one of a foe's unknown ability.
  for (const [position, pokemon] of state.own.active.entries()) {
    const real = team.foe.active[position];
    const truth = real && before.get(real);
    const isSwapped =
      [3, 4].includes(state.gen) && pokemon?.ability === undefined && !pokemon?.volatiles.transform;
    if (pokemon && truth && isSwapped) told.set(pokemon.id, { ...pokemon, ability: truth.ability });
  }
  return { ...state, own: filled(state.own, told), foe: filled(state.foe, told) };
}

function filled(side: SideState, told: ReadonlyMap<string, PokemonState>): SideState {
  const fill = (pokemon: PokemonState): PokemonState => told.get(pokemon.id) ?? pokemon;
  return {
    ...side,
    pokemon: side.pokemon.map(fill),
    active: side.active.map((one) => one && fill(one)),
  };
}

function hasIllusion({ set }: Pokemon): boolean {
  return /^illusion$/i.test(set.ability);
}

/** The side's view of a real Pokémon on the field; undefined where it cannot know who that is. */
function seen(view: View, real: Pokemon): PokemonState | undefined {
  const state = knownState(view);
  const isOwn = real.side.id === view.side;
  if (!isOwn && view.before.get(real)?.disguised) return undefined;
  const pokemon = (isOwn ? state.own : state.foe).active[real.position];
  if (!pokemon || pokemon.fainted) return undefined;
  // The stats of a copy are its original's, which nobody knows once that one is gone.
  const original = pokemon.volatiles.transform && isOwn ? originalOf(state, pokemon) : undefined;
  return original && original.position === undefined ? undefined : pokemon;
}

function hypothesis({ before }: View, setting: Setting, pokemon: PokemonState, real: Pokemon): Hypothesis {
  // What is hidden is filled in as it is now: abilities and items may have changed hands unseen.
  const { ability = real.ability, item = real.item } = before.get(real) ?? {};
  const set = { ...trueSet(real), ability, item };
  return {
    combatant: foeCombatant(setting, pokemon, set),
    weight: 1,
    moveWeights: new Map(set.moves.map((id) => [requestId(real, id), 1])),
  };
}

/** The move that a Pokémon was told to use. */
function told({ chosen }: View, real: Pokemon): MoveAction | undefined {
  const action = chosen[real.side.id as SideId];
  const slot = action && slotActions(action)[real.position];
  return slot?.type === 'move' ? slot : undefined;
}

/** What would be said of a move of one real Pokémon on another; undefined where nothing is. */
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
  // Those of an original before it changed its forme hang on a nature that no request tells.
  if (!original || (volatiles.transform && !original.stats) || original.species !== pokemon.species)
    return true;
  return statChanges.some(({ kind }) => kind !== 'powertrick');
}

/** The Speed that a Quick Claw gives up to generation 3. */
const FIRST_OF_ALL = 65535;

/** Speed and priority as the side would be told, against what the simulator sorts by. */
export function checkOrder(viewpoint: Viewpoint, planned: readonly PlannedMove[]): Found[] {
  const view = { ...viewpoint, before: asTheyAre(viewpoint.battle.sim) };
  const setting = settingOf(knownState(view));
  return planned.flatMap((plan) => {
    const known = seen(view, plan.pokemon);
    const action = told(view, plan.pokemon);
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
  // In generations 3 and 4 whoever goes last for an item goes by another Speed, as does a Quick Claw before them.
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
  // A Mega Evolution comes before all moves, and settles what its ability does to them.
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

/** What was said of a move, against what it did. */
export function checkMove(viewpoint: Viewpoint, first: FirstMove): Found[] {
  const view = { ...viewpoint, before: first.before };
  const { user, move, lines, strikes } = first;
  const action = told(view, user);
  if (!action || action.move !== requestId(user, move)) return [];
  const who = whose(view, user);
  const found: Found[] = [];
  // Moves such as Metronome use another one, of which nothing was said.
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

/** What was said of a move on one target, and what became of it. */
interface Comparison {
  readonly first: FirstMove;
  readonly target: Pokemon;
  readonly hits: readonly Strike[];
  readonly claim: MoveAssessment;
  /** Whether the user is the side's own. */
  readonly isOwn: boolean;
  readonly add: (kind: string, believed: unknown, truth: unknown) => void;
}

function checkWhetherItWorks({ first, target, hits, claim, add }: Comparison): void {
  const { user, move, lines } = first;
  const ident = `${target.side.id}${'abc'[target.position]}: `;
  const says = (kind: string): boolean =>
    lines.some((line) => line.startsWith(`|${kind}|`) && line.includes(`|${ident}`));
  // Up to generation 2 only the user is named.
  const missed =
    says('-miss') || lines.some((line) => line.startsWith('|-miss|') && line.split('|').length === 3);
  // What a Jump Kick that misses would have done is reckoned for its user.
  const dealt = !missed && hits.some(({ damage }) => damage > 0);
  if (missed && claim.accuracy >= 1) add('sure to hit, missed', claim.accuracy, 'a miss');
  if (dealt && claim.accuracy === 0) add('sure to fail, hit', claim.accuracy, hits[0]?.damage);
  // Endeavor fails on who is no healthier than its user, which is not known to the point.
  const leastKnown = move === 'endeavor' ? hpStep(user, target) / target.maxhp : 0;
  const mayWork = claim.accuracy > 0 && (claim.damage === undefined || claim.damage.max > leastKnown);
  if (says('-immune') && claim.effectiveness > 0 && mayWork && !missed && !dealt) {
    add('immune', claim.effectiveness, 'immune');
  }
}

/** Lines of a move between whose strikes nothing changes. */
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

/** The foe's HP are known in steps only, and these moves take a share of them. */
const SHARE_TAKERS = new Set(['endeavor', 'guardianofalola', 'naturesmadness', 'ruination', 'superfang']);
const COARSEST_STEP = 48;

/** How many HP one step may be, of which either Pokémon's are told in. */
function hpStep(user: Pokemon, target: Pokemon): number {
  return Math.max(target.maxhp, user.maxhp) / COARSEST_STEP;
}

/** Moves whose power follows the HP of the user or the target. */
const USER_HP_MOVES = new Set(['dragonenergy', 'eruption', 'finalgambit', 'flail', 'reversal', 'waterspout']);
const FRIENDSHIP_MOVES = new Set(['frustration', 'return']);
const TARGET_HP_MOVES = new Set(['crushgrip', 'hardpress', 'wringout']);

/** How far a stat may be off that a nature raises or lowers, and another one was taken for it. */
const UNTOLD_NATURE = 0.15;

type Damage = NonNullable<MoveAssessment['damage']>;

function checkStrikes(comparison: Comparison): void {
  const { first, target, hits, claim, add } = comparison;
  const move = findMove(first.user.battle.gen, first.move);
  const [firstHit] = hits;
  const { damage } = claim;
  // Whoever is fainted at once has lost what was left; the simulator calls it the maximum.
  if (!firstHit || !move || move.ohko || !damage || claim.category === 'Status') return;
  if (isPowerUntold(comparison)) return;
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
  // They strike two turns later.
  if (isBladeUntold(comparison) || move.flags.futuremove) return;
  checkFainting(comparison, damage);
}

/** Whether a move's power is one that nobody knows of the foe, or for the foe. */
function isPowerUntold({ first: { user, move }, isOwn }: Comparison): boolean {
  const { gen } = user.battle;
  // Nobody knows the foe's HP to the point, and so the power of these.
  if ((isOwn ? TARGET_HP_MOVES : USER_HP_MOVES).has(move)) return true;
  // Nor how it likes its trainer, nor which moves its Z-Moves and Max Moves were.
  return !isOwn && (FRIENDSHIP_MOVES.has(move) || (move === 'trumpcard' && (gen === 7 || gen === 8)));
}

function isOtherwiseEffective({ target, claim }: Comparison, { damage, effectiveness }: Strike): boolean {
  return target.ability !== 'wonderguard' && damage > 0 && effectiveness !== claim.effectiveness;
}

/** Whether nothing changes between the strikes of a move. */
function isPlain({ lines }: FirstMove): boolean {
  return lines.every((line) => PLAIN.has(line.split('|', 2)[1] ?? ''));
}

/** What an own blade does before it was drawn hangs on a nature, which no request tells. */
function isBladeUntold({ first: { user, before }, isOwn }: Comparison): boolean {
  return isOwn && user.species.name === 'Aegislash-Blade' && before.get(user)?.species === 'Aegislash';
}

/** By how many HP points the damage may be off that was said, for what nobody knows. */
function slackOf(comparison: Comparison, damage: Damage, max: number): number {
  const { first, target, claim, isOwn } = comparison;
  const { user, move, lines } = first;
  const { gen } = user.battle;
  // Endeavor compares the HP of both, of which one's are always the foe's.
  const isCoarse = move === 'endeavor' || (isOwn && SHARE_TAKERS.has(move));
  const share = isCoarse ? hpStep(user, target) : 0;
  const blade = isBladeUntold(comparison) ? UNTOLD_NATURE * damage.max * max : 0;
  // In doubles of generations 3 and 4 screens and, in the latter, what strikes several are rounded to the nearest, and by the
  // calculator down: a point before STAB and types.
  const isSpread = gen === 4 && lines.some((line) => line.startsWith('|move|') && line.includes('|[spread]'));
  const isRounded = isSpread || (gen >= 3 && gen <= 4 && isScreenedWithAlly(target));
  return share + blade + (isRounded ? 2 * claim.effectiveness : 0);
}

/** Whether the strikes took together what was said they would; says so where they did not. */
function checkSum(
  comparison: Comparison,
  { multihit }: Pick<Move, 'multihit'>,
  damage: Damage,
  sum: number,
): boolean {
  const { first, target, hits, add } = comparison;
  const { user, move, lines, before } = first;
  const { gen } = user.battle;
  // Who faints is as it was brought again: a Zygarde loses the HP of its complete forme.
  const max = before.get(target)?.maxhp ?? target.maxhp;
  const slack = slackOf(comparison, damage, max);
  // In generation 1 a hold goes on as it began, and nobody is told how hard it struck a Substitute.
  const goesOn = gen === 1 && lines.some((line) => line.startsWith('|move|') && line.includes('|[from]'));
  const highest = goesOn ? Math.max(damage.max, damage.crit?.max ?? 0) : damage.max;
  const [least, most] = [damage.min * max - slack, highest * max + slack];
  // A foe that is faster may have chosen what comes later, which nobody knows: then this is not doubled.
  if (move === 'payback' && 2 * sum >= least - 1 && 2 * sum <= most + 1) return false;
  // In generation 1 strikes end with the Substitute, whose HP are not told, and are reckoned only once.
  const isOnSubstitute =
    gen === 1 && lines.some((line) => /^\|-(?:end|activate)\|[^|]*\|Substitute/.test(line));
  const strikesTwice = before.get(user)?.ability === 'parentalbond';
  // How often Beat Up strikes is for the party to say.
  const strikesOn = multihit !== undefined || move === 'beatup' || strikesTwice;
  // What strikes back may end the user, and with it the move.
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
