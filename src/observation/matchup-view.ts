import type { BattleState, PokemonState } from '../battle/state.ts';
import type { MoveAssessment, Pairing, SwitchAssessment } from '../knowledge/assessment.ts';
import { abilityName, itemName } from '../knowledge/dex.ts';
import type { LikelySets } from '../knowledge/likely-sets.ts';
import { attackWords, briefAttackWords, CERTAIN, chance } from './format-damage.ts';
import { FIRST_ITEMS, listed, signed, speciesName } from './pokemon-view.ts';
import type { EntryView, GuessView, MatchupView, ThreatView } from './view.ts';

/** Moves, items and abilities less likely than this are left out. */
const WORTH_TELLING = 0.1;
const MOST_THREATS = 5;
const MOST_GUESSES = 4;

/** Nothing else is possible by what was seen and by the rules; what all likely sets have is no more than very likely. */
const isSure = (probability: number): boolean => probability > 1 - 1e-9;

const damageOf = (move: MoveAssessment): number => move.damage?.mean ?? 0;

/** Expected damage of one use, with what it would do beyond fainting left out. */
const expectedDamage = (move: MoveAssessment): number => Math.min(1, damageOf(move)) * move.accuracy;

/** Attacks that do damage. */
function attacks(moves: readonly MoveAssessment[]): readonly MoveAssessment[] {
  return moves.filter((move) => move.probability >= WORTH_TELLING && damageOf(move) > 0);
}

function threatView(move: MoveAssessment, foe: PokemonState): ThreatView {
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
  };
}

function threats(moves: readonly MoveAssessment[], foe: PokemonState): readonly ThreatView[] {
  const danger = (move: MoveAssessment): number => expectedDamage(move) * move.probability;
  return attacks(moves)
    .toSorted((a, b) => danger(b) - danger(a))
    .slice(0, MOST_THREATS)
    .map((move) => threatView(move, foe));
}

function statusMoves(moves: readonly MoveAssessment[], foe: PokemonState): string | null {
  return listed(
    moves
      .filter((move) => move.category === 'Status' && move.probability >= WORTH_TELLING)
      .map((assessed) => {
        const { likely } = threatView(assessed, foe);
        return `${assessed.name} (${likely})`;
      }),
  );
}

function guesses(marginals: LikelySets['items'], name: (id: string) => string): string | null {
  // Early generations have no abilities, and the first no items: nothing has no name.
  const worth = marginals.filter(([id, probability]) => probability >= WORTH_TELLING && name(id) !== '');
  return listed(
    worth
      .slice(0, MOST_GUESSES)
      .map(([id, probability]) => (isSure(probability) ? name(id) : `${name(id)} ${chance(probability)}`)),
  );
}

/** Where likely sets come from; null where the format's own teams are known to be made so. */
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
 * An own active Pokémon against an active foe.
 *
 * @param mayTera which side may still terastallize, as far as the format and what was spent go
 */
export function matchupView(
  state: BattleState,
  pairing: Pairing,
  likely: LikelySets | undefined,
  mayTera: Readonly<Record<'own' | 'foe', boolean>>,
): MatchupView {
  const { speed } = pairing;
  const [slowest, fastest] = speed.foe;
  return {
    own: speciesName(pairing.own),
    foe: speciesName(pairing.foe),
    ownSpeed: String(speed.own),
    foeSpeed: slowest === fastest ? String(slowest) : `${slowest}-${fastest}`,
    acts: orderWords(speed.ownFirst),
    speedNote: speed.note ?? null,
    threats: threats(pairing.foeMoves, pairing.foe),
    threatsIfTera:
      mayTera.own && pairing.foeMovesOnTera ? threats(pairing.foeMovesOnTera, pairing.foe) : null,
    statusMoves: statusMoves(pairing.foeMoves, pairing.foe),
    guess: guessView(state, pairing.foe, likely, mayTera.foe),
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

/** What coming in would mean against each active foe. */
export function entryViews(assessment: SwitchAssessment): readonly EntryView[] {
  return assessment.pairings.map((pairing) => {
    const best = bestAttack(pairing.ownMoves);
    return {
      foe: speciesName(pairing.foe),
      threats: entryThreats(pairing.foeMoves).map((move) => threatView(move, pairing.foe)),
      best: best ? `${best.name} ${attackWords(best)}` : null,
      acts: orderWords(pairing.speed.ownFirst),
    };
  });
}
