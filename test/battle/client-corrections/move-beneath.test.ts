import { expect, test } from 'vitest';
import { simTurn } from '../../support/sim-turn.ts';

/** PP of the first move of a Pokémon that was forced out in the turn of its Z-Move, before a request listed them. */
function ppAfter(item: string, foesAbility: string, ...moves: readonly string[]): number | undefined {
  const { state } = simTurn({
    format: 'gen7customgame@@@!teampreview',
    p1: `Tapu Lele @ ${item}\nAbility: Telepathy\n${moves.map((move) => `- ${move}`).join('\n')}\n\nPikachu\nAbility: Static\n- Splash`,
    p2: `Blissey\nAbility: ${foesAbility}\n- Roar`,
    choices: [['move 1 zmove', 'move 1']],
  });
  return state.own.pokemon.find(({ species }) => species === 'Tapu Lele')?.moves[0]?.pp;
}

test('a Z-Move costs PP of its base move, when only one move can be the base', () => {
  expect(ppAfter('Psychium Z', 'Healer', 'Psychic', 'Moonblast', 'Calm Mind')).toBe(15);
  expect(ppAfter('Psychium Z', 'Pressure', 'Psychic', 'Moonblast')).toBe(14);
  expect(ppAfter('Psychium Z', 'Healer', 'Calm Mind', 'Psychic')).toBe(31);
  expect(ppAfter('Psychium Z', 'Healer', 'Psychic', 'Psyshock')).toBe(16);
});
