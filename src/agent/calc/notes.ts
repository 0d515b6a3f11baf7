import type { MoveAssessment, SwitchAssessment } from '../../knowledge/assessment.ts';
import { percent } from '../../util/percent.ts';
import type { MatchupState } from './matchup-state.ts';

/** A move in words: `62–74% on Garchomp, moves first, KO in 2`. */
export function describeMove(move: MoveAssessment, matchup: MatchupState): string {
  const parts: string[] = [];
  if (move.damage) {
    parts.push(
      move.damage.max > 0
        ? `${range(move.damage.min, move.damage.max)} on ${matchup.foe.species}`
        : `no effect on ${matchup.foe.species}`,
    );
    if (move.accuracy < 1) parts.push(`hits ${percent(move.accuracy)}`);
  } else if (move.effectiveness === 0) parts.push(`no effect on ${matchup.foe.species}`);
  parts.push(order(move, matchup));
  const ko = move.damage && koNote(move.damage.koChance, move.damage.hitsToKo);
  if (ko) parts.push(ko);
  return parts.join(', ');
}

/** A switch in words: `takes 20–35% from Earthquake, 12% from hazards`. */
export function describeEntry(assessment: SwitchAssessment, matchup: MatchupState): string {
  if (assessment.faintsOnEntry) return 'faints to hazards';
  const parts: string[] = [];
  const threat = matchup.replies.find(({ move }) => move.damage)?.move;
  if (threat?.damage) parts.push(`takes ${range(threat.damage.min, threat.damage.max)} from ${threat.name}`);
  if (assessment.hazardDamage > 0) parts.push(`${percent(assessment.hazardDamage)} from hazards`);
  return parts.join(', ') || 'nothing hurts it';
}

function order(move: MoveAssessment, matchup: MatchupState): string {
  if (move.priority > 0) return 'priority';
  if (move.priority < 0) return 'moves last';
  const first = matchup.ownFirst();
  return first > 0.8 ? 'moves first' : first < 0.2 ? 'moves second' : 'speed unclear';
}

function koNote(chance: number, [fewest]: readonly [number, number]): string | undefined {
  if (chance >= 0.995) return 'KO';
  if (chance >= 0.05) return `KO ${percent(chance)}`;
  return Number.isFinite(fewest) ? `KO in ${fewest}` : undefined;
}

function range(min: number, max: number): string {
  const [low, high] = [Math.round(min * 100), Math.round(max * 100)];
  return low === high ? `${low}%` : `${low}–${high}%`;
}
