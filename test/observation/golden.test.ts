import { describe, expect, it } from 'vitest';
import type { PromptInput, PromptQuestion } from '../../src/observation/prompt.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { simTurn } from '../support/sim-turn.ts';
import { BATTLE_01, BATTLE_14, BATTLE_20, inputOf, recordedTurn } from './recorded-turn.ts';

/** A prompt as a file shows it. */
function page(style: string, input: PromptInput): string {
  const { messages, candidates } = renderPrompt(style, input);
  const numbers = candidates.map(({ number, words }) => `${number} = ${words}`);
  const texts = messages.map(({ role, content }) => `=== ${role}\n${content}`);
  return `${[...texts, '=== candidates', ...numbers].join('\n')}\n`;
}

const ALL = ['grounded', 'pokellmon', 'compact', 'local'];

describe('prompts of real turns', () => {
  it.each([
    { name: '01-turn-01', recording: BATTLE_01, turn: 1, styles: ALL },
    { name: '01-turn-04-forced', recording: BATTLE_01, turn: 4, type: 'switch' as const, styles: ALL },
    { name: '01-turn-13-boosts', recording: BATTLE_01, turn: 13, styles: ['grounded'] },
    { name: '01-turn-31-end', recording: BATTLE_01, turn: 31, styles: ['grounded', 'compact'] },
    {
      name: '14-turn-05-pivot',
      recording: BATTLE_14,
      turn: 5,
      type: 'switch' as const,
      styles: ['grounded'],
    },
    { name: '14-turn-20-tera-spent', recording: BATTLE_14, turn: 20, styles: ['grounded'] },
    { name: '14-turn-24-hazards-sun-status', recording: BATTLE_14, turn: 24, styles: ALL },
    { name: '20-turn-07-terrain', recording: BATTLE_20, turn: 7, styles: ['grounded'] },
    { name: '20-turn-10-locked', recording: BATTLE_20, turn: 10, styles: ['grounded'] },
  ])('battle $name', async ({ name, recording, turn, type, styles }) => {
    const point = recordedTurn(recording, turn, type);
    for (const style of styles) {
      await expect(page(style, inputOf(point))).toMatchFileSnapshot(`golden/${name}.${style}.txt`);
    }
  });

  it.each<PromptQuestion>([
    { kind: 'reasoned' },
    { kind: 'candidates', count: 3 },
    { kind: 'foe' },
    {
      kind: 'compare',
      proposals: [
        { number: 1, words: 'use Draco Meteor', reason: 'It may faint Dragalge at once.' },
        { number: 9, words: 'switch to Milotic' },
      ],
    },
  ])('question $kind', async (question) => {
    const input = inputOf(recordedTurn(BATTLE_01, 1), question);
    await expect(page('compact', input)).toMatchFileSnapshot(`golden/question-${question.kind}.txt`);
  });
});

const OWN = `Tornadus @ Covert Cloak
Ability: Prankster
Tera Type: Steel
EVs: 252 SpA / 252 Spe
- Tailwind
- Bleakwind Storm
- Protect
- Rain Dance

Urshifu-Rapid-Strike @ Choice Scarf
Ability: Unseen Fist
Tera Type: Water
EVs: 252 Atk / 252 Spe
- Surging Strikes
- Close Combat
- U-turn
- Aqua Jet

Amoonguss @ Rocky Helmet
Ability: Regenerator
Tera Type: Grass
EVs: 252 HP / 252 Def
- Spore
- Pollen Puff
- Rage Powder
- Protect`;

const FOE = `Landorus-Therian @ Choice Scarf
Ability: Intimidate
Tera Type: Flying
EVs: 252 Atk / 252 Spe
- Earthquake
- Rock Slide
- U-turn
- Tera Blast

Flutter Mane @ Booster Energy
Ability: Protosynthesis
Tera Type: Fairy
EVs: 252 SpA / 252 Spe
- Moonblast
- Shadow Ball
- Protect
- Icy Wind

Iron Hands @ Assault Vest
Ability: Quark Drive
Tera Type: Grass
EVs: 252 HP / 252 Atk
- Drain Punch
- Fake Out
- Wild Charge
- Heavy Slam`;

describe('prompts of other formats', () => {
  it.each(['grounded', 'compact', 'local'])('doubles (%s)', async (style) => {
    const turn = simTurn({
      format: 'gen9doublescustomgame@@@!teampreview',
      p1: OWN,
      p2: FOE,
      choices: [['move tailwind, move closecombat +1', 'move earthquake, move protect']],
    });
    await expect(page(style, inputOf(turn))).toMatchFileSnapshot(`golden/doubles.${style}.txt`);
  });

  it.each(ALL)('team preview where four of six come along (%s)', async (style) => {
    const [own, foe] = [`${OWN}\n\n${FOE}`, `${FOE}\n\n${OWN}`];
    const turn = simTurn({ format: 'gen9vgc2024regg', p1: own, p2: foe, choices: [] });
    await expect(page(style, inputOf(turn))).toMatchFileSnapshot(`golden/team-preview-vgc.${style}.txt`);
  });

  it.each(ALL)('team preview (%s)', async (style) => {
    const turn = simTurn({ format: 'gen9customgame', p1: OWN, p2: FOE, choices: [] });
    await expect(page(style, inputOf(turn))).toMatchFileSnapshot(`golden/team-preview.${style}.txt`);
  });
});
