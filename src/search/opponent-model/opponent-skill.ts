import type { BattleEvent } from '../../battle/event.ts';
import { toId } from '../../battle/generations.ts';
import type { SideId } from '../../battle/state.ts';
import type { BattleMemory, ForeseenChoice } from '../../memory/battle-memory.ts';

/**
 * Prior belief about an opponent of unknown skill: the part of the stakes that it gives away, and the weight of the
 * belief, in stakes. It is half way between an equal and foul-play, against which the search won ten points more often
 * than it had predicted.
 */
const USUAL_LOSS = 0.05;
const WEIGHT_OF_USUAL = 18;
/** Even an equal seems to give away this much, because a search knows less about its choices than it does. */
const LOSS_OF_EQUAL = 0.041;
/** Log odds gained per part of the stakes given away, times the root of the number of Pokémon left. */
const GAIN = 14.8;
/** A choice with a smaller share of the playouts is no measure of what was possible. */
const LEAST_SHARE = 0.03;

const LEAST_CHANCE = 1e-3;

/**
 * By how much the chance to win is better than against an equal, in log odds. Networks and playouts assume that the
 * opponent plays on as well as the search; one that has given chances away so far will do so again.
 *
 * Constants fitted on the outcomes of 480 battles of the search (600 playouts) in gen9randombattle, a quarter each
 * against `calc` and `heuristics` and half of them against itself, by what had been predicted at each of 9,500
 * decisions: mean log loss .422 before, .380 after. The cost of the opponent's choices said more than how likely the
 * playouts or the policy thought them.
 *
 * @param left Pokémon left on both sides: the more there are, the longer an opponent keeps giving chances away
 */
export function oddsAgainst(memory: BattleMemory, foe: SideId, left: number): number {
  const events = new Map(memory.turns.map((turn) => [turn.turn, turn.events]));
  let [lost, atStake] = [USUAL_LOSS * WEIGHT_OF_USUAL, WEIGHT_OF_USUAL];
  for (const { turn, foreseen = [] } of memory.decisions) {
    const regret = regretOf(foreseen, chosenBy(foe, events.get(turn) ?? []));
    if (regret === undefined) continue;
    lost += regret;
    atStake += stakesOf(foreseen);
  }
  return GAIN * (lost / atStake - LOSS_OF_EQUAL) * Math.sqrt(left);
}

/** The log odds of a chance; 0 and 1 count as just short of certain. */
export function logOdds(chance: number): number {
  const within = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
  return Math.log(within / (1 - within));
}

/** A chance, 0–1, moved by this many log odds. */
export function withOdds(chance: number, odds: number): number {
  return chance / (chance + (1 - chance) * Math.exp(-odds));
}

/**
 * What a choice gave away: the best predicted chance to win of its side, less its own.
 *
 * @returns undefined when it was not predicted
 */
export function regretOf(foreseen: readonly ForeseenChoice[], id: string | undefined): number | undefined {
  const chosen = foreseen.find((one) => one.id === id);
  if (!chosen) return undefined;
  const worth = foreseen.filter(({ share }) => share >= LEAST_SHARE).map(({ value }) => value);
  return Math.max(0, ...worth.map((value) => value - chosen.value));
}

/** How open the battle was, from 0 (decided) to 1: when little is left to lose, little can be given away. */
function stakesOf(foreseen: readonly ForeseenChoice[]): number {
  const chance = foreseen.reduce((sum, { share, value }) => sum + share * value, 0);
  return 4 * chance * (1 - chance);
}

/** Id of the move or species that a side's first action of a turn shows; undefined for none. */
function chosenBy(side: SideId, events: readonly BattleEvent[]): string | undefined {
  for (const event of events) {
    if (!('pokemon' in event) || event.pokemon.side !== side) continue;
    if (event.type === 'move') return event.cause ? undefined : event.move;
    if (event.type === 'switch') return event.how === 'switch' ? toId(event.pokemon.species) : undefined;
    if (event.type === 'cant' || event.type === 'faint') return undefined;
  }
  return undefined;
}
