import { assessTurn } from '../knowledge/assess-turn.ts';
import { decisionPoints } from '../memory/decision-points.ts';
import type { PromptQuestion } from './prompt.ts';
import { renderPrompt } from './render-prompt.ts';
import { openStyle } from './styles.ts';

const QUESTIONS: readonly PromptQuestion[] = [
  { kind: 'direct' },
  { kind: 'reasoned' },
  { kind: 'candidates', count: 2 },
  { kind: 'foe' },
  { kind: 'compare', proposals: [{ number: 1, words: 'use Thunderbolt' }] },
];

const TEAM = [
  {
    ...{ ident: 'p1: Pikachu', details: 'Pikachu, L90, M', condition: '150/210', active: true },
    ...{ stats: { atk: 150, def: 120, spa: 150, spd: 140, spe: 210 }, moves: ['thunderbolt', 'thunderwave'] },
    ...{ baseAbility: 'static', ability: 'static', item: 'lightball', teraType: 'Electric' },
  },
  {
    ...{ ident: 'p1: Snorlax', details: 'Snorlax, L80, F', condition: '390/390 par', active: false },
    ...{ stats: { atk: 220, def: 150, spa: 150, spd: 220, spe: 90 }, moves: ['bodyslam', 'rest'] },
    ...{ baseAbility: 'thickfat', ability: 'thickfat', item: 'leftovers', teraType: 'Normal' },
  },
];

const SLOT = { pp: 24, maxpp: 24, disabled: false, target: 'normal' };

/** A turn of a small battle that fills in most of the variables of templates. */
const LINES = [
  ...['|player|p1|One||', '|player|p2|Two||', '|teamsize|p1|2', '|teamsize|p2|2'],
  ...['|gametype|singles', '|gen|9', '|tier|[Gen 9] Random Battle', '|start'],
  ...['|switch|p1a: Pikachu|Pikachu, L90, M|210/210', '|switch|p2a: Gyarados|Gyarados, L80, M|100/100'],
  ...['|turn|1', '|move|p1a: Pikachu|Thunder Wave|p2a: Gyarados', '|-status|p2a: Gyarados|par'],
  ...['|move|p2a: Gyarados|Waterfall|p1a: Pikachu', '|-damage|p1a: Pikachu|150/210', '|-weather|RainDance'],
  ...['|-sidestart|p1: One|move: Stealth Rock', '|-boost|p2a: Gyarados|atk|1', '|upkeep', '|turn|2'],
  `|request|${JSON.stringify({
    active: [
      {
        moves: [
          { move: 'Thunderbolt', id: 'thunderbolt', ...SLOT },
          { move: 'Thunder Wave', id: 'thunderwave', ...SLOT },
        ],
        canTerastallize: 'Electric',
      },
    ],
    side: { name: 'One', id: 'p1', pokemon: TEAM },
  })}`,
];

/**
 * Fills in a style's templates for a made-up turn, so that a mistake in them shows before a battle begins and not in
 * each of its turns.
 *
 * @throws {UserError} when there is no such style, or a template cannot be filled in
 */
export function checkStyle(style: string): void {
  openStyle(style);
  for (const point of decisionPoints(LINES, 'p1')) {
    const facts = { ...point, assessment: assessTurn(point.state, point.memory.turns) };
    for (const question of QUESTIONS) renderPrompt(style, { ...facts, question });
  }
}
