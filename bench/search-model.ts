// How faithful the turn model of the search is: the same turns played by it and by the real simulator, and by how much
// the outcome differs, feature by feature.
//
//   npx tsx bench/search-model.ts [battles a format, default 20] [formats, default gen9randombattle,gen4randombattle,gen1randombattle] [seed]
import { type ComparedTurn, compareTurns } from '../test/support/turn-fidelity.ts';

const battles = Number(process.argv[2] ?? 20);
const formats = (process.argv[3] ?? 'gen9randombattle,gen4randombattle,gen1randombattle').split(',');
const seed = process.argv[4] ?? 'faithful';
const PLAYS = { model: 200, simulator: 24 };

/** Differences beyond what so few plays of the simulator can show by chance. */
const NOTABLE = { share: 0.3, stage: 0.7, hp: 0.12 };

for (const format of formats) {
  const turns = compareTurns({ format, seed, battles, every: 4, plays: PLAYS });
  const rows = new Map<string, { n: number; sum: number; notable: number }>();
  const worst: { error: number; turn: ComparedTurn; name: string }[] = [];
  for (const turn of turns) {
    for (const [name, { model, simulator }] of turn.features) {
      const kind = name.replace(/ \d+$/, '');
      const row = rows.get(kind) ?? { n: 0, sum: 0, notable: 0 };
      const error = Math.abs(model - simulator);
      const limit = kind === 'hp' ? NOTABLE.hp : kind.endsWith('stage') ? NOTABLE.stage : NOTABLE.share;
      row.n++;
      row.sum += error;
      if (error > limit) {
        row.notable++;
        worst.push({ error, turn, name });
      }
      rows.set(kind, row);
    }
  }
  console.log(
    `${format}: ${turns.length} turns, model ${PLAYS.model} and simulator ${PLAYS.simulator} times each`,
  );
  console.table(
    Object.fromEntries(
      [...rows].map(([kind, { n, sum, notable }]) => [
        kind,
        { 'mean error': (sum / n).toFixed(4), 'notably off': `${((100 * notable) / n).toFixed(2)}%` },
      ]),
    ),
  );
  worst.sort((a, b) => b.error - a.error);
  for (const { turn, name } of worst.slice(0, 25)) {
    const { model = 0, simulator = 0 } = turn.features.get(name) ?? {};
    console.log(
      `turn ${turn.turn}: ${name} ${model.toFixed(2)}, simulator ${simulator.toFixed(2)}: ${turn.what}`,
    );
  }
}
