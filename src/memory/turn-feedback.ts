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
} from './effect-words.ts';
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

/** What came of an episode for one Pokémon (`who`), or for a side or the field. */
interface Detail {
  readonly who?: PokemonRef;
  readonly text: string;
}

/** What one event adds to an episode, hits excepted. */
function detailOf(event: BattleEvent, action: ActionEvent | undefined, view: Viewpoint): Detail | undefined {
  const because = 'cause' in event ? becauseOf(event.cause, action) : '';
  switch (event.type) {
    case 'damage':
    case 'heal':
    case 'sethp': {
      if (event.before === event.after) return undefined;
      return {
        who: event.pokemon,
        text: hpWords(event.after - event.before, event.after, because.replace(/[()]/g, '')),
      };
    }
    case 'status':
    case 'curestatus':
      return {
        who: event.pokemon,
        text: statusWords(event.status, event.type === 'curestatus') + because,
      };
    case 'boost':
      return { who: event.pokemon, text: boostWords(event.stat, event.amount) + because };
    case 'boosts-reset':
      return { who: event.pokemon, text: (RESETS.get(event.how) ?? 'stat stages changed') + because };
    case 'clearallboost':
      return { text: 'all stat stages reset' };
    case 'effectiveness':
      return {
        who: event.pokemon,
        text: event.how === 'resisted' ? 'not very effective' : 'super effective',
      };
    case 'immune':
      return { who: event.pokemon, text: `no effect, immune${because}` };
    case 'crit':
      return { who: event.pokemon, text: 'critical hit' };
    case 'miss':
      return { ...(event.target ? { who: event.target } : {}), text: 'missed' };
    case 'block':
      return { who: event.pokemon, text: `blocked by ${view.nameOf(event.effect ?? '')}` };
    case 'fail': {
      const why = ALREADY.get(event.effect ?? '');
      return { text: `failed${why ? ` (${why})` : because}` };
    }
    case 'ability':
      if (event.ended) return { who: event.pokemon, text: `ability suppressed${because}` };
      return { who: event.pokemon, text: `ability ${view.nameOf(event.ability)}${because}` };
    case 'item': {
      const name = view.nameOf(event.item);
      const verb = event.change === 'start' ? 'item' : event.cause ? 'lost' : 'used up';
      return { who: event.pokemon, text: `${verb} ${name}${because}` };
    }
    case 'volatile': {
      const text = volatileWords(event, action, view);
      return text === undefined ? undefined : { who: event.pokemon, text };
    }
    case 'sidecondition': {
      const whose = event.side === view.side ? 'your side' : "foe's side";
      const verb = event.change === 'start' ? 'now on' : 'gone from';
      return { text: `${view.nameOf(event.condition)} ${verb} ${whose}` };
    }
    case 'field':
      return {
        text: `${view.nameOf(event.condition)} ${event.change === 'start' ? 'started' : 'ended'}${because}`,
      };
    case 'weather':
      if (event.upkeep) return undefined;
      if (event.weather === undefined) return { text: 'the weather ended' };
      return { text: `${view.nameOf(event.weather)} started${because}` };
    case 'forme': {
      // After a change the Pokémon goes by its new forme already; it is told under its plain name.
      const [plain = ''] = event.pokemon.species.split('-');
      const species = event.how === 'change' ? plain : event.pokemon.species;
      return { who: { ...event.pokemon, species }, text: formeWords(event) };
    }
    default:
      return undefined;
  }
}

function details(episode: Episode, view: Viewpoint): Detail[] {
  const list: (Detail | Hits)[] = [];
  const hits = new Map<string, Hits>();
  const downAlready = new Set<string>();
  const { action } = episode;
  if (action?.type === 'move' && action.missed && !episode.events.some(({ type }) => type === 'miss'))
    list.push({ ...(action.target ? { who: action.target } : {}), text: 'missed' });
  const noTarget = action?.type === 'move' && action.noTarget;
  if (noTarget) list.push({ text: 'failed (no target)' });
  const isUnleashed = episode.events.some(({ type }) => type === 'damage');
  for (const event of episode.events) {
    if (event.type === 'volatile' && event.change === 'prepare' && isUnleashed) continue;
    if ('after' in event && event.after === 0) downAlready.add(event.pokemon.id);
    if (event.type === 'damage' && event.cause === undefined) {
      const known = hits.get(event.pokemon.id);
      if (known) {
        known.lost += event.before - event.after;
        known.after = event.after;
        known.count++;
        continue;
      }
      const hit = { who: event.pokemon, lost: event.before - event.after, after: event.after, count: 1 };
      hits.set(event.pokemon.id, hit);
      list.push(hit);
      continue;
    }
    if (event.type === 'faint') {
      if (!downAlready.has(event.pokemon.id)) list.push({ who: event.pokemon, text: 'fainted' });
      continue;
    }
    const detail = detailOf(event, action, view);
    if (event.type === 'fail' && noTarget) continue;
    if (detail) list.push(detail);
  }
  return list.map((entry) => ('text' in entry ? entry : { who: entry.who, text: hitWords(entry) }));
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

/** Whether a switch was chosen: it comes before every move but Pursuit, and nobody fainted there. */
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

/** The target a move is told to be used on: the one named, or whom it hit; undefined if nothing came of it there. */
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
 * One turn in short sentences: who did what, how much HP it cost or gave (percent of the maximum), how effective
 * it was, what failed and why, what came to light, and who acted first and why.
 *
 * @param before the turns that went before it
 */
export function turnFeedback(turn: TurnEvents, before: readonly TurnEvents[], view: Viewpoint): TurnFeedback {
  const told = episodes(turn).map((episode) => {
    if (episode.action) return actionSentence(episode, episode.action, turn, view);
    const head = episode.kind === 'end-of-turn' ? 'end of turn' : '';
    const rest = joined(details(episode, view), undefined, view);
    return rest === '' ? '' : sentence(head, rest);
  });
  return {
    turn: turn.turn,
    sentences: [...told.filter((text) => text !== ''), ...turnOrderFeedback(turn, before, view)],
  };
}

/** Feedback on the last `count` turns in which something happened, oldest first. */
export function recentFeedback(
  memory: BattleMemory,
  count: number,
  view: Viewpoint,
): readonly TurnFeedback[] {
  const told: TurnFeedback[] = [];
  for (let index = memory.turns.length - 1; index >= 0 && told.length < count; index--) {
    const turn = memory.turns[index];
    const feedback = turn && turnFeedback(turn, memory.turns.slice(0, index), view);
    if (feedback && feedback.sentences.length > 0) told.unshift(feedback);
  }
  return told;
}
