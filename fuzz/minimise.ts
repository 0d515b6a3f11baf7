import type { SideId } from '../src/battle/state.ts';
import { SIDES } from '../test/support/simulated-battle.ts';
import type { BattlePlan } from './battle-plan.ts';
import type { Finding } from './finding.ts';
import type { PlannedSet } from './planned-set.ts';
import { type Played, playPlan } from './play-plan.ts';

/** The smallest battle found that still shows a finding. */
export interface Minimised {
  readonly plan: BattlePlan;
  readonly finding: Finding;
  readonly played: Played;
}

/** Makes a battle smaller in one respect; undefined when there is nothing to remove. */
type Reduction = (plan: BattlePlan) => BattlePlan | undefined;

/**
 * Makes a battle smaller while a finding remains: fewer turns, Pokémon, moves, items and abilities, fewer different
 * choices. Each removal changes the luck of the rest, so not everything superfluous can be removed.
 *
 * @param shown the finding that must remain, if a battle shows it
 * @param tries battles that may be played for it
 * @returns undefined when the battle does not show the finding when played again
 */
export function minimise(
  plan: BattlePlan,
  shown: (played: Played) => Finding | undefined,
  tries = 150,
): Minimised | undefined {
  let left = tries;
  const attempt = (candidate: BattlePlan): Minimised | undefined => {
    if (left-- <= 0) return undefined;
    const played = playPlan(candidate);
    const finding = shown(played);
    if (!finding) return undefined;
    const { choices } = played;
    return { plan: { ...candidate, choices, maxTurns: Math.max(1, finding.turn) }, finding, played };
  };
  let best = attempt(plan);
  for (let isSmaller = true; best && isSmaller && left > 0; ) {
    isSmaller = false;
    for (const reduce of reductionsOf(best.plan)) {
      const smaller = reduce(best.plan);
      const found = smaller && attempt(smaller);
      if (found) {
        best = found;
        isSmaller = true;
      }
    }
  }
  return best;
}

function reductionsOf(plan: BattlePlan): Reduction[] {
  return SIDES.flatMap((side) => [
    ...plan.teams[side].map(({ key }) => withoutMember(side, key)),
    ...(plan.choices?.[side] ?? []).map((_, index) => withoutChoice(side, index)),
    ...plan.teams[side].flatMap(({ key, moves }) => [
      ...moves.map((move) => changed(side, key, (set) => without(set, move))),
      changed(side, key, (set) => (set.item === '' ? undefined : { ...set, item: '' })),
      changed(side, key, (set) =>
        set.ability === 'Illuminate' ? undefined : { ...set, ability: 'Illuminate' },
      ),
      changed(side, key, (set) => (set.level === 100 ? undefined : { ...set, level: 100 })),
    ]),
  ]);
}

function withoutMember(side: SideId, key: number): Reduction {
  return (plan) => {
    const team = plan.teams[side].filter((set) => set.key !== key);
    if (team.length < (plan.doubles ? 2 : 1) || team.length === plan.teams[side].length) return undefined;
    return { ...plan, teams: { ...plan.teams, [side]: team } };
  };
}

/** One turn less: its choice is left out, and later ones are made one turn earlier. */
function withoutChoice(side: SideId, index: number): Reduction {
  return (plan) => {
    const { choices } = plan;
    if (!choices || index >= choices[side].length) return undefined;
    return { ...plan, choices: { ...choices, [side]: choices[side].toSpliced(index, 1) } };
  };
}

function without(set: PlannedSet, move: string): PlannedSet | undefined {
  const moves = set.moves.filter((id) => id !== move);
  return moves.length === 0 || moves.length === set.moves.length ? undefined : { ...set, moves };
}

function changed(side: SideId, key: number, change: (set: PlannedSet) => PlannedSet | undefined): Reduction {
  return (plan) => {
    const sets = plan.teams[side].map((set) => (set.key === key ? change(set) : set));
    if (sets.includes(undefined)) return undefined;
    return { ...plan, teams: { ...plan.teams, [side]: sets as PlannedSet[] } };
  };
}
