import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Teams } from '@pkmn/sim';
import { SIDES } from '../test/support/simulated-battle.ts';
import { formatOf } from './battle-plan.ts';
import { type Finding, groupOf } from './finding.ts';
import type { Minimised } from './minimise.ts';

/** A finding with the battle it was made in. */
export interface FoundIn extends Finding {
  /** The battle's seed. */
  readonly seed: string;
}

/** Findings of the same kind. */
export interface Group {
  readonly name: string;
  readonly count: number;
  /** Battles in which it occurred. */
  readonly seeds: readonly string[];
  readonly example: FoundIn;
}

/** Findings by kind, those that occurred in the most battles first. */
export function groupsOf(findings: readonly FoundIn[]): Group[] {
  const groups = new Map<string, FoundIn[]>();
  for (const finding of findings) {
    const name = groupOf(finding);
    groups.set(name, [...(groups.get(name) ?? []), finding]);
  }
  return [...groups]
    .flatMap(([name, all]): Group[] => {
      const [example] = all;
      return example
        ? [{ name, count: all.length, seeds: [...new Set(all.map(({ seed }) => seed))], example }]
        : [];
    })
    .sort((a, b) => b.seeds.length - a.seeds.length || (a.name < b.name ? -1 : 1));
}

/** A group in one or two lines. */
export function describeGroup({ name, count, seeds, example }: Group): string {
  const { seed, turn, side, detail } = example;
  return `${String(seeds.length).padStart(5)} battles, ${count} times: ${name}\n        ${seed}, turn ${turn}, ${side}: ${detail.slice(0, 300)}`;
}

/** Empties the folder that findings are written to. */
export function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/**
 * Writes a battle that shows a finding: `NAME.log`, what its side saw, for `pokellmon prompt`, and `NAME.txt` with the
 * finding, the teams and the choices.
 */
export function writeMinimised(folder: string, group: string, { plan, finding, played }: Minimised): string {
  const name = group.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80);
  const choices = SIDES.map((side) => `${side}: ${JSON.stringify(plan.choices?.[side] ?? [])}`);
  const teams = SIDES.map((side) => `${side}:\n${Teams.export([...plan.teams[side]])}`);
  const text = [
    `${group}\n${finding.detail}`,
    `turn ${finding.turn}, as ${finding.side} sees it, in ${formatOf(plan)}, seed ${plan.seed}`,
    ...teams,
    ...choices,
  ];
  writeFileSync(join(folder, `${name}.txt`), `${text.join('\n\n')}\n`);
  writeFileSync(join(folder, `${name}.log`), `${played.lines[finding.side].join('\n')}\n`);
  return name;
}
