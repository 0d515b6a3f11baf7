import type { BattleEvent, PokemonRef, TurnEvents } from '../battle/event.ts';
import { safeLine } from '../util/safe-text.ts';
import type { BattleMemory } from './battle-memory.ts';
import {
  ALREADY,
  becauseOf,
  COULD_NOT,
  formeWords,
  type Hits,
  hitWords,
  hpWords,
  RESETS,
  volatileWords,
} from './effect-phrases.ts';
import { type ActionEvent, type Episode, episodes } from './episodes.ts';
import { boostWords, capitalize, causeWords, label, statusWords } from './format-feedback.ts';
import { turnOrderFeedback } from './turn-order.ts';
import type { Viewpoint } from './viewpoint.ts';

/** What happened in one turn. */
export interface TurnFeedback {
  readonly turn: number;
  /** In the order of the battle; who acted first comes last. */
  readonly sentences: readonly string[];
}

/** An effect of an episode on one Pokémon (`who`), or on a side or the field. */
interface Detail {
  readonly who?: PokemonRef;
  readonly text: string;
}

/** An event that is about one Pokémon. */
type PokemonEvent = Extract<BattleEvent, { readonly pokemon: PokemonRef }>;

/** What one event adds to an episode, except for hits. */
function detailOf(event: BattleEvent, action: ActionEvent | undefined, view: Viewpoint): Detail | undefined {
  const because = 'cause' in event ? becauseOf(event.cause, action) : '';
  if (!('pokemon' in event)) return detail({}, fieldText(event, because, view));
  switch (event.type) {
    case 'miss':
      return detail(event.target ? { who: event.target } : {}, 'missed');
    case 'fail':
      return detail({}, `failed${alreadySo(event.effect) ?? because}`);
    case 'volatile':
      return detail({ who: event.pokemon }, volatileWords(event, action, view));
    case 'forme': {
      // After a change the Pokémon already has its new forme's name; it is called by its plain name.
      const [plain = ''] = event.pokemon.species.split('-');
      const species = event.how === 'change' ? plain : event.pokemon.species;
      return detail({ who: { ...event.pokemon, species } }, formeWords(event));
    }
    default:
      return detail({ who: event.pokemon }, pokemonText(event, because, view));
  }
}

function detail(about: Pick<Detail, 'who'>, text: string | undefined): Detail | undefined {
  return text === undefined ? undefined : { ...about, text };
}

function alreadySo(effect = ''): string | undefined {
  const why = ALREADY.get(effect);
  return why && ` (${why})`;
}

/** What an event says about a side, the field or all Pokémon. */
function fieldText(
  event: Exclude<BattleEvent, PokemonEvent>,
  because: string,
  view: Viewpoint,
): string | undefined {
  switch (event.type) {
    case 'clearallboost':
      return 'all stat stages reset';
    case 'sidecondition': {
      const whose = event.side === view.side ? 'your side' : "foe's side";
      const verb = event.change === 'start' ? 'now on' : 'gone from';
      return `${view.nameOf(event.condition)} ${verb} ${whose}`;
    }
    case 'field':
      return `${view.nameOf(event.condition)} ${event.change === 'start' ? 'started' : 'ended'}${because}`;
    case 'weather':
      if (event.upkeep) return undefined;
      return event.weather === undefined
        ? 'the weather ended'
        : `${view.nameOf(event.weather)} started${because}`;
    default:
      return undefined;
  }
}

/** What an event says about its Pokémon. */
function pokemonText(event: PokemonEvent, because: string, view: Viewpoint): string | undefined {
  switch (event.type) {
    case 'damage':
    case 'heal':
    case 'sethp':
      if (event.before === event.after) return undefined;
      return hpWords(event.after - event.before, event.after, because.replace(/[()]/g, ''));
    case 'status':
    case 'curestatus':
      return statusWords(event.status, event.type === 'curestatus') + because;
    case 'boost':
      return boostWords(event.stat, event.amount) + because;
    case 'boosts-reset':
      return (RESETS.get(event.how) ?? 'stat stages changed') + because;
    case 'effectiveness':
      return event.how === 'resisted' ? 'not very effective' : 'super effective';
    case 'immune':
      return `no effect, immune${because}`;
    case 'crit':
      return 'critical hit';
    case 'faint':
      return 'fainted';
    case 'block':
      return `blocked by ${view.nameOf(event.effect ?? '')}`;
    case 'ability':
      return event.ended ? `ability suppressed${because}` : `ability ${view.nameOf(event.ability)}${because}`;
    case 'item': {
      const verb = event.change === 'start' ? 'item' : event.cause ? 'lost' : 'used up';
      return `${verb} ${view.nameOf(event.item)}${because}`;
    }
    default:
      return undefined;
  }
}

/** What the move of an episode says about itself: that it missed, or had no target. */
function moveDetails({ action, events }: Episode): Detail[] {
  if (action?.type !== 'move') return [];
  const isUntold = action.missed && !events.some(({ type }) => type === 'miss');
  return [
    ...(isUntold ? [{ ...(action.target ? { who: action.target } : {}), text: 'missed' }] : []),
    ...(action.noTarget ? [{ text: 'failed (no target)' }] : []),
  ];
}

/** Whether an event says no more than the episode's action and its other events do. */
function isRedundant(event: BattleEvent, { action, events }: Episode): boolean {
  if (event.type === 'fail') return action?.type === 'move' && action.noTarget === true;
  const isPreparation = event.type === 'volatile' && event.change === 'prepare';
  return isPreparation && events.some(({ type }) => type === 'damage');
}

function details(episode: Episode, view: Viewpoint): Detail[] {
  const list = new Set<Detail | Hits>(moveDetails(episode));
  const hits = hitsOf(episode.events);
  const downAlready = new Set<string>();
  for (const event of episode.events) {
    if (isRedundant(event, episode)) continue;
    if (event.type === 'faint' && downAlready.has(event.pokemon.id)) continue;
    if ('after' in event && event.after === 0) downAlready.add(event.pokemon.id);
    const entry = isStrike(event) ? hits.get(event.pokemon.id) : detailOf(event, episode.action, view);
    if (entry) list.add(entry);
  }
  return [...list].map((entry) => ('text' in entry ? entry : { who: entry.who, text: hitWords(entry) }));
}

type HpEvent = Extract<BattleEvent, { type: 'damage' | 'heal' | 'sethp' }>;

/** Whether an event is damage that the move itself did. */
function isStrike(event: BattleEvent): event is HpEvent {
  return event.type === 'damage' && event.cause === undefined;
}

/** The hits of a move, summed up for each Pokémon by its id. */
function hitsOf(events: readonly BattleEvent[]): ReadonlyMap<string, Hits> {
  const hits = new Map<string, Hits>();
  for (const event of events) {
    if (!isStrike(event)) continue;
    const { pokemon, before, after } = event;
    const hit = hits.get(pokemon.id) ?? { who: pokemon, lost: 0, after, count: 0 };
    hit.lost += before - after;
    hit.after = after;
    hit.count++;
    hits.set(pokemon.id, hit);
  }
  return hits;
}

/** Joins details as `a, b; foe X c, d`: those of `unnamed` first and without a name, then the others by Pokémon. */
function joined(list: readonly Detail[], unnamed: PokemonRef | undefined, view: Viewpoint): string {
  const groups = new Map<string, { prefix: string; texts: Set<string> }>();
  const group = (who: PokemonRef | undefined): { prefix: string; texts: Set<string> } => {
    const key = who === undefined || who.id === unnamed?.id ? '' : who.id;
    const known = groups.get(key) ?? {
      prefix: key === '' || who === undefined ? '' : `${label(who, view.side)} `,
      texts: new Set(),
    };
    groups.set(key, known);
    return known;
  };
  if (unnamed) group(unnamed);
  for (const { who, text } of list) group(who).texts.add(text);
  return [...groups.values()]
    .filter(({ texts }) => texts.size > 0)
    .map(({ prefix, texts }) => prefix + [...texts].join(', '))
    .join('; ');
}

function sentence(head: string, rest: string): string {
  const text = head && rest ? `${head}: ${rest}` : head || rest;
  return text === '' ? '' : `${capitalize(text)}.`;
}

function moveHead(action: Extract<ActionEvent, { type: 'move' }>, view: Viewpoint): string {
  const name = safeLine(action.name, 40);
  const called =
    action.cause && action.cause.id !== 'lockedmove' && action.cause.id !== action.move
      ? ` (${causeWords(action.cause)})`
      : '';
  return `${label(action.pokemon, view.side)} used ${name}${called}`;
}

/** Whether a switch was chosen: it comes before every move but Pursuit, and the Pokémon it replaces has not fainted. */
function wasChosen(action: Extract<ActionEvent, { type: 'switch' }>, turn: TurnEvents): boolean {
  if (action.how !== 'switch' || !action.replaced || action.cause) return false;
  for (const event of turn.events) {
    if (event === action) return true;
    if (event.type === 'faint' && event.pokemon.id === action.replaced.id) return false;
    if (event.type === 'cant' || (event.type === 'move' && event.move !== 'pursuit')) return false;
  }
  return false;
}

function switchHead(
  action: Extract<ActionEvent, { type: 'switch' }>,
  turn: TurnEvents,
  view: Viewpoint,
): string {
  const species = safeLine(action.pokemon.species, 40);
  const subject = action.pokemon.side === view.side ? 'you' : 'foe';
  if (action.how === 'drag') return `${label(action.pokemon, view.side)} was dragged in`;
  if (action.how === 'replace') return `${label(action.pokemon, view.side)} shed its Illusion`;
  if (action.replaced && wasChosen(action, turn))
    return `${subject} switched ${safeLine(action.replaced.species, 40)} to ${species}`;
  return `${subject} sent in ${species}${action.cause ? ` (${causeWords(action.cause)})` : ''}`;
}

function cantHead(action: Extract<ActionEvent, { type: 'cant' }>, view: Viewpoint): string {
  const who = label(action.pokemon, view.side);
  const reason = COULD_NOT.get(action.reason) ?? view.nameOf(action.reason);
  return action.move && !COULD_NOT.has(action.reason)
    ? `${who} could not use ${view.nameOf(action.move)} (${reason})`
    : `${who} could not move (${reason})`;
}

/** The target of a move in words: the one named, or the one hit; undefined if the move had no effect on it. */
function affected(
  { target, pokemon }: Extract<ActionEvent, { type: 'move' }>,
  list: readonly Detail[],
): PokemonRef | undefined {
  const others = list.flatMap(({ who }) => (who && who.id !== pokemon.id ? [who] : []));
  if (target) return others.some(({ id }) => id === target.id) ? target : undefined;
  return others.find(({ side }) => side !== pokemon.side);
}

function actionSentence(episode: Episode, action: ActionEvent, turn: TurnEvents, view: Viewpoint): string {
  const list = details(episode, view);
  if (action.type === 'cant') return sentence(cantHead(action, view), joined(list, action.pokemon, view));
  if (action.type === 'switch')
    return sentence(switchHead(action, turn, view), joined(list, action.pokemon, view));
  const target = affected(action, list);
  const head = moveHead(action, view) + (target ? ` on ${label(target, view.side)}` : '');
  return sentence(head, joined(list, target ?? action.pokemon, view));
}

/**
 * One turn in short sentences: who did what, how much HP it cost or restored (percent of the maximum), how effective it
 * was, what failed and why, what was revealed, and who acted first and why.
 *
 * @param before the turns before it
 */
export function turnFeedback(turn: TurnEvents, before: readonly TurnEvents[], view: Viewpoint): TurnFeedback {
  const texts = episodes(turn).map((episode) => {
    if (episode.action) return actionSentence(episode, episode.action, turn, view);
    const head = episode.kind === 'end-of-turn' ? 'end of turn' : '';
    const rest = joined(details(episode, view), undefined, view);
    return rest === '' ? '' : sentence(head, rest);
  });
  return {
    turn: turn.turn,
    sentences: [...texts.filter((text) => text !== ''), ...turnOrderFeedback(turn, before, view)],
  };
}

/** Feedback on the last `count` turns in which something happened, oldest first. */
export function recentFeedback(
  memory: BattleMemory,
  count: number,
  view: Viewpoint,
): readonly TurnFeedback[] {
  const found: TurnFeedback[] = [];
  for (let index = memory.turns.length - 1; index >= 0 && found.length < count; index--) {
    const turn = memory.turns[index];
    const feedback = turn && turnFeedback(turn, memory.turns.slice(0, index), view);
    if (feedback && feedback.sentences.length > 0) found.unshift(feedback);
  }
  return found;
}
