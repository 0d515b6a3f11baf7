import type { BattleEvent } from '../../battle/event.ts';
import { toId } from '../../battle/generations.ts';
import type { SideId } from '../../battle/state.ts';
import type { BattleMemory, ForeseenChoice } from '../../memory/battle-memory.ts';

/**
 * What a foe of unknown skill gives away of what is at stake, and how much at stake that belief counts as. It is half way
 * between an equal and foul-play, against which the search won ten points more often than it had said.
 */
const USUAL_LOSS = 0.05;
const WEIGHT_OF_USUAL = 18;
/** What makes no difference: an equal seems to give away something too, as a search knows less of its choice than it. */
const LOSS_OF_EQUAL = 0.041;
/** Log odds that a battle gains by what is given away of what is at stake, times the root of the Pokémon left. */
const GAIN = 14.8;
/** Choices that fewer of the playouts went into are no measure of what could be had. */
const LEAST_SHARE = 0.03;

const LEAST_CHANCE = 1e-3;

/**
 * By how much the chance to win is better than against an equal, in log odds. Networks and playouts have it that the foe
 * plays on as well as the search; one that has given chances away so far will do so again.
 *
 * Constants fitted on the outcomes of 480 battles of the search (600 playouts) in gen9randombattle, a quarter each against
 * `calc` and `heuristics` and half of them against itself, by what had been said at each of 9,500 decisions: mean log
 * loss .422 before, .380 after. What the foe's choices cost told more than how likely the playouts or the policy thought
 * them.
 *
 * @param left Pokémon left on both sides: who has long to play gives more away
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

/** The log odds of a chance; of 0 and 1 as of what is next to sure. */
export function logOdds(chance: number): number {
  const within = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
  return Math.log(within / (1 - within));
}

/** A chance, 0–1, moved by so many log odds. */
export function withOdds(chance: number, odds: number): number {
  return chance / (chance + (1 - chance) * Math.exp(-odds));
}

/**
 * What a choice gave away: the best chance to win that was foreseen for its side, less its own.
 *
 * @returns undefined where it was not foreseen
 */
export function regretOf(foreseen: readonly ForeseenChoice[], id: string | undefined): number | undefined {
  const chosen = foreseen.find((one) => one.id === id);
  if (!chosen) return undefined;
  const worth = foreseen.filter(({ share }) => share >= LEAST_SHARE).map(({ value }) => value);
  return Math.max(0, ...worth.map((value) => value - chosen.value));
}

/** How open the battle was, from 0 where it was decided to 1: where little is left to lose, little can be given away. */
function stakesOf(foreseen: readonly ForeseenChoice[]): number {
  const chance = foreseen.reduce((sum, { share, value }) => sum + share * value, 0);
  return 4 * chance * (1 - chance);
}

/** Id of the move or species that a side's first act of a turn shows; undefined for none. */
function chosenBy(side: SideId, events: readonly BattleEvent[]): string | undefined {
  for (const event of events) {
    if (!('pokemon' in event) || event.pokemon.side !== side) continue;
    if (event.type === 'move') return event.cause ? undefined : event.move;
    if (event.type === 'switch') return event.how === 'switch' ? toId(event.pokemon.species) : undefined;
    if (event.type === 'cant' || event.type === 'faint') return undefined;
  }
  return undefined;
}
