import type { BattleState, PokemonState } from '../battle/state.ts';
import type { MoveAssessment, Pairing, SwitchAssessment } from '../knowledge/assessment.ts';
import { abilityName, itemName } from '../knowledge/dex.ts';
import type { LikelySets } from '../knowledge/likely-sets.ts';
import { attackWords, briefAttackWords, CERTAIN, chance, impactOf } from './format-damage.ts';
import { FIRST_ITEMS, listed, signed, speciesName } from './pokemon-view.ts';
import type { EntryView, GuessView, LikelyMoveView, MatchupView, ThreatView } from './view.ts';

/** Moves, items and abilities less likely than this are left out. */
const WORTH_TELLING = 0.1;
const MOST_THREATS = 5;
const MOST_GUESSES = 4;

/** Whether what was seen and the rules leave nothing else; what all likely sets have is only very likely. */
const isSure = (probability: number): boolean => probability > 1 - 1e-9;

const damageOf = (move: MoveAssessment): number => move.damage?.mean ?? 0;

/** Expected damage of one use, without damage beyond fainting. */
const expectedDamage = (move: MoveAssessment): number => Math.min(1, damageOf(move)) * move.accuracy;

const NO_IMPACT = { damage: '0', outcome: '0%' };

/** Attacks that do damage. */
function attacks(moves: readonly MoveAssessment[]): readonly MoveAssessment[] {
  return moves.filter((move) => move.probability >= WORTH_TELLING && damageOf(move) > 0);
}

/** @param hp HP that the target has left, as a fraction */
function threatView(move: MoveAssessment, foe: PokemonState, hp: number): ThreatView {
  const isSeen = foe.moves.some(({ id }) => id === move.move);
  const isCertain = isSure(move.probability);
  return {
    name: move.name,
    type: move.type,
    priority: signed(move.priority),
    result: attackWords(move) ?? '',
    brief: briefAttackWords(move) ?? '',
    likely: isSeen ? 'seen' : isCertain ? 'sure' : `${chance(move.probability)} likely`,
    certain: isSeen || isCertain,
    chance: isSeen ? '100%' : chance(move.probability),
    ...(impactOf(move, hp) ?? NO_IMPACT),
  };
}

/** Attacks, the most dangerous first: damage times the chance that the opponent has the move. */
function byDanger(moves: readonly MoveAssessment[]): readonly MoveAssessment[] {
  const danger = (move: MoveAssessment): number => expectedDamage(move) * move.probability;
  return attacks(moves).toSorted((a, b) => danger(b) - danger(a));
}

function threats(moves: readonly MoveAssessment[], foe: PokemonState, hp: number): readonly ThreatView[] {
  return byDanger(moves)
    .slice(0, MOST_THREATS)
    .map((move) => threatView(move, foe, hp));
}

/** The opponent's other moves that are worth mentioning, the likeliest first. */
function likelyStatusMoves(
  moves: readonly MoveAssessment[],
  foe: PokemonState,
): readonly (LikelyMoveView & { readonly likely: string })[] {
  return moves
    .filter((move) => move.category === 'Status' && move.probability >= WORTH_TELLING)
    .map((move) => threatView(move, foe, 1));
}

function guesses(marginals: LikelySets['items'], name: (id: string) => string): string | null {
  // Early generations have no abilities, and the first no items: there is no name for "none".
  const worth = marginals.filter(([id, probability]) => probability >= WORTH_TELLING && name(id) !== '');
  return listed(
    worth
      .slice(0, MOST_GUESSES)
      .map(([id, probability]) => (isSure(probability) ? name(id) : `${name(id)} ${chance(probability)}`)),
  );
}

/** Where likely sets come from; null when the format itself makes its teams this way. */
function sourceWords({ source: { basis, format } }: LikelySets, played: string): string | null {
  switch (basis) {
    case 'generator':
      return null;
    case 'guess':
      return 'a guess from what it can learn';
    case 'own':
      return 'by the sets you have written';
    default:
      return format === played ? 'by known sets' : `by known sets of ${format}`;
  }
}

function guessView(
  state: BattleState,
  foe: PokemonState,
  likely: LikelySets | undefined,
  mayTera: boolean,
): GuessView {
  const { gen } = state;
  return {
    items:
      likely && foe.item === undefined
        ? guesses(likely.items, (id) => (id === '' && gen >= FIRST_ITEMS ? 'no item' : itemName(gen, id)))
        : null,
    abilities:
      likely && foe.ability === undefined ? guesses(likely.abilities, (id) => abilityName(gen, id)) : null,
    tera: likely && mayTera && !foe.teraType ? guesses(likely.teraTypes, (type) => type) : null,
    source: likely ? sourceWords(likely, state.format) : null,
    madeUp: likely?.source.basis === 'guess',
  };
}

function orderWords(first: number): string {
  if (first >= CERTAIN) return 'first';
  return first <= 1 - CERTAIN ? 'second' : `first ${chance(first)}`;
}

/**
 * Our active Pokémon against an opposing active one.
 *
 * @param mayTera which side may still terastallize, by the format and the gimmicks used
 */
export function matchupView(
  state: BattleState,
  pairing: Pairing,
  likely: LikelySets | undefined,
  mayTera: Readonly<Record<'own' | 'foe', boolean>>,
): MatchupView {
  const { own, foe, speed } = pairing;
  const others = likelyStatusMoves(pairing.foeMoves, foe);
  const [slowest, fastest] = speed.foe;
  return {
    own: speciesName(own),
    foe: speciesName(foe),
    ownSpeed: String(speed.own),
    foeSpeed: slowest === fastest ? String(slowest) : `${slowest}-${fastest}`,
    acts: orderWords(speed.ownFirst),
    first: chance(speed.ownFirst),
    speedNote: speed.note ?? null,
    threats: threats(pairing.foeMoves, foe, own.hp),
    threatsIfTera:
      mayTera.own && pairing.foeMovesOnTera ? threats(pairing.foeMovesOnTera, foe, own.hp) : null,
    statusMoves: listed(others.map(({ name, likely: words }) => `${name} (${words})`)),
    likelyStatusMoves: others,
    guess: guessView(state, foe, likely, mayTera.foe),
  };
}

/** The most damaging attack that is likely, and one that is worse but only possible. */
function entryThreats(moves: readonly MoveAssessment[]): readonly MoveAssessment[] {
  const [worst, ...others] = attacks(moves).toSorted((a, b) => damageOf(b) - damageOf(a));
  if (!worst) return [];
  if (worst.probability >= 0.5) return [worst];
  const likely = others.find(({ probability }) => probability >= 0.5);
  return likely ? [likely, worst] : [worst];
}

/** The attack with the highest expected damage, accuracy included. */
export function bestAttack(moves: readonly MoveAssessment[]): MoveAssessment | undefined {
  const able = moves.filter((move) => expectedDamage(move) > 0);
  return able.sort((a, b) => expectedDamage(b) - expectedDamage(a))[0];
}

/**
 * What coming in would mean against each opposing active Pokémon.
 *
 * @param now the matchups on the field now
 */
export function entryViews(
  { pairings, pokemon, hazardDamage, faintsOnEntry }: SwitchAssessment,
  now: readonly Pairing[],
): readonly EntryView[] {
  const hp = faintsOnEntry ? pokemon.hp : pokemon.hp - hazardDamage;
  return pairings.map((pairing) => {
    const best = bestAttack(pairing.ownMoves);
    const [worst] = byDanger(pairing.foeMoves);
    const facing = now.find(({ foe }) => foe.id === pairing.foe.id);
    const [aimed] = facing ? byDanger(facing.foeMoves) : [];
    const onEntry = aimed && pairing.foeMoves.find(({ move }) => move === aimed.move);
    return {
      foe: speciesName(pairing.foe),
      threats: entryThreats(pairing.foeMoves).map((move) => threatView(move, pairing.foe, hp)),
      best: best ? `${best.name} ${attackWords(best)}` : null,
      acts: orderWords(pairing.speed.ownFirst),
      first: chance(pairing.speed.ownFirst),
      onEntry: facing ? ((onEntry && impactOf(onEntry, hp)) || NO_IMPACT).damage : null,
      taken: (worst && impactOf(worst, hp)) ?? null,
      dealt: (best && impactOf(best, pairing.foe.hp)) ?? null,
    };
  });
}
