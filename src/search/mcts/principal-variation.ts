import { findMove, findSpecies } from '../../knowledge/dex.ts';
import type { MainGimmick } from '../../knowledge/gimmick.ts';
import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from '../../mechanics/choices.ts';
import type { SearchState } from '../../mechanics/search-state.ts';
import { type Node, ROOT } from './nodes.ts';
import type { Tree } from './tree.ts';

/** A tree and the state it grew from. */
export interface WorldTree {
  readonly tree: Tree;
  readonly searchState: SearchState;
}

/** Most turns in a line. */
const LENGTH = 3;
/** A line ends where fewer playouts than this continued. */
const FEWEST = 8;

interface Step extends WorldTree {
  readonly node: Node;
}

/**
 * What the search expects to follow one of our choices at the root, in words, with the opponent's likeliest reply and
 * its share in each turn: `Earthquake, foe: switch to Skarmory (64%); Stealth Rock, foe: Roost (51%)`. A side that has
 * nothing to choose is left out: `Earthquake, foe: Surf (64%); foe: switch to Skarmory (51%)`.
 */
export function principalVariation(trees: readonly WorldTree[], choice: number): string {
  let steps: Step[] = trees.map((tree) => ({ ...tree, node: tree.tree.nodes.node(ROOT) }));
  let own: number | undefined = choice;
  const parts: string[] = [];
  while (own !== undefined && parts.length < LENGTH) {
    const chosen: number = own;
    const next = steps.flatMap((step) =>
      followers(step)
        .filter((child) => child.own === chosen)
        .map((child) => ({ ...step, node: child, from: step.node })),
    );
    const playouts = next.reduce((sum, { node }) => sum + node.visits, 0);
    const [first] = steps;
    if (playouts < FEWEST || !first) break;
    const said = wordsOf(first.searchState, 0, first.node.ownActive, chosen);
    const replies = new Map<string, number>();
    for (const { searchState, node, from } of next) {
      const words = wordsOf(searchState, 1, from.foeActive, node.foe);
      replies.set(words, (replies.get(words) ?? 0) + node.visits);
    }
    const [reply] = [...replies].sort((a, b) => b[1] - a[1]);
    if (!reply) break;
    const [words, visits] = reply;
    const answer = words && `foe: ${words} (${Math.round((100 * visits) / playouts)}%)`;
    const part = [said, answer].filter(Boolean).join(', ');
    if (part) parts.push(part);
    steps = next.filter(
      ({ searchState, node, from }) => wordsOf(searchState, 1, from.foeActive, node.foe) === words,
    );
    // The line continues with the active Pokémon that most playouts led to.
    const [main] = [...steps].sort((a, b) => b.node.visits - a.node.visits);
    steps = steps.filter(({ node }) => node.ownActive === main?.node.ownActive);
    own = favourite(steps);
  }
  return parts.join('; ');
}

function followers({ tree, node }: Step): Node[] {
  return tree.nodes.children(node.index);
}

/** Our choice that most playouts took from these nodes; undefined when there was none to make. */
function favourite(steps: readonly Step[]): number | undefined {
  const visits = new Map<number, number>();
  for (const child of steps.flatMap(followers)) {
    visits.set(child.own, (visits.get(child.own) ?? 0) + child.visits);
  }
  return [...visits].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A choice number in words, for the active Pokémon; `''` for none. */
function wordsOf({ gen, gimmick, sides }: SearchState, side: 0 | 1, active: number, choice: number): string {
  if (choice === NO_CHOICE) return '';
  const { pokemon: team } = sides[side];
  if (choice >= SWITCH) {
    const species = team[choice - SWITCH]?.forme.species ?? '';
    return `switch to ${findSpecies(gen, species)?.name ?? species}`;
  }
  const id = team[active]?.forme.moves[choice & 3]?.id ?? '';
  const name = findMove(gen, id)?.name ?? (id || 'a move');
  if (choice >= Z_MOVE) return `Z-${name}`;
  return choice >= GIMMICK && gimmick ? `${GIMMICK_WORDS[gimmick]} and ${name}` : name;
}

const GIMMICK_WORDS: Readonly<Record<MainGimmick, string>> = {
  mega: 'Mega Evolution',
  dynamax: 'Dynamax',
  terastallize: 'Terastallization',
};
