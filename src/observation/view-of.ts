import { slotActions } from '../battle/action.ts';
import type { ChoiceRequest } from '../battle/request.ts';
import { type BattleState, standing } from '../battle/state.ts';
import type { BattleMemory } from '../memory/battle-memory.ts';
import { switchFeedback } from '../memory/switch-streak.ts';
import { noteLines, ownUseLines, triedMoves } from '../memory/tried-moves.ts';
import { recentFeedback } from '../memory/turn-feedback.ts';
import { safeLine } from '../util/safe-text.ts';
import { slotViews } from './action-view.ts';
import type { Choices } from './candidates.ts';
import { effectLines } from './effects-view.ts';
import { fieldWords, sideView } from './field-view.ts';
import { matchupView } from './matchup-view.ts';
import type { PromptInput, PromptQuestion } from './prompt.ts';
import type { PromptView, QuestionView } from './view.ts';
import { viewpointOf } from './viewpoint.ts';

const TURNS_TOLD = 5;
const NOTES_TOLD = 3;
/** Characters of a proposal's reason that are shown. */
const MOST_REASON = 300;

function occasionOf(request: ChoiceRequest, state: BattleState): PromptView['occasion'] {
  if (request.type === 'team') return 'preview';
  if (request.type === 'move') return 'turn';
  if (request.side.pokemon.some(({ reviving }) => reviving)) return 'revive';
  const leaving = state.own.active.filter((_, position) => request.forceSwitch[position]);
  return leaving.every((pokemon) => pokemon && !pokemon.fainted) ? 'pivot' : 'fainted';
}

/** Whether an active opponent has yet to act in the running turn. */
function foeStillActs(state: BattleState, memory: BattleMemory): boolean {
  const acted = new Set<string>();
  for (const event of memory.turns.at(-1)?.events ?? [])
    if (event.type === 'move' || event.type === 'cant' || event.type === 'switch')
      acted.add(event.pokemon.id);
  return state.foe.active.some((foe) => foe && !foe.fainted && !acted.has(foe.id));
}

function maybeTrapped(request: ChoiceRequest): boolean {
  return request.type === 'move' && request.active.some((active) => active?.maybeTrapped === true);
}

function questionView(question: PromptQuestion): QuestionView {
  const proposals = question.kind === 'compare' ? question.proposals : [];
  return {
    kind: question.kind,
    count: question.kind === 'candidates' ? question.count : null,
    proposals: proposals.map(({ number, words, reason }) => ({
      number,
      words,
      reason: reason === undefined ? null : safeLine(reason, MOST_REASON),
    })),
  };
}

/** Which side may still terastallize: not all formats of generation 9 allow it, in which case no action offers it. */
function mayTerastallize(
  { candidates }: Choices,
  { own, foe }: BattleState,
): Readonly<Record<'own' | 'foe', boolean>> {
  const isOffered = candidates.some(({ action }) =>
    slotActions(action).some((part) => part.type === 'move' && part.gimmick === 'terastallize'),
  );
  const isAllowed = isOffered || own.spent.includes('terastallize');
  return { own: isOffered, foe: isAllowed && !foe.spent.includes('terastallize') };
}

/** Builds everything that templates can show. */
export function viewOf(input: PromptInput, choices: Choices): PromptView {
  const { state, request, memory, assessment, question } = input;
  const { gen } = state;
  const viewpoint = viewpointOf(state, assessment.likelySets);
  const tried = triedMoves(memory, viewpoint.nameOf);
  const foes = standing(state.foe);
  const occasion = occasionOf(request, state);
  const mayTera = mayTerastallize(choices, state);
  return {
    gen,
    format: safeLine(state.format, 60),
    doubles: state.gameType === 'doubles',
    turn: state.turn,
    occasion,
    foeStillActs: occasion === 'pivot' && foeStillActs(state, memory),
    maybeTrapped: maybeTrapped(request),
    you: sideView(gen, state.own),
    foe: sideView(gen, state.foe, assessment.suspicions),
    field: fieldWords(gen, state.field),
    effects: effectLines(state),
    matchups: assessment.pairings.map((pairing) =>
      matchupView(state, pairing, assessment.likelySets.get(pairing.foe.id), mayTera),
    ),
    history: recentFeedback(memory, TURNS_TOLD, viewpoint),
    notes: [
      ...foes.flatMap((foe) => noteLines(tried, foe, state.side, NOTES_TOLD)),
      ...ownUseLines(tried, [...standing(state.own), ...foes], state.side),
    ],
    switches: switchFeedback(memory, state.side) ?? null,
    slots: slotViews(choices.slots, assessment, memory.turns),
    question: questionView(question),
  };
}
