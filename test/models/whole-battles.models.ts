import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_NAME, MODEL_SERVERS } from '../../scripts/model-server.mjs';
import { STRATEGIES } from '../../src/agent/llm/strategy-names.ts';
import { readDecisions } from '../../src/ledger/read-decisions.ts';
import { startTestModel, type TestModelServer } from '../support/model-server.ts';
import { pokellmon } from '../support/run-cli.ts';

const STYLES = ['compact', 'grounded', 'pokellmon'];
/** Share of the model's answers that must be usable. */
const USABLE = 0.95;
/** Two Pokémon per side: a whole battle in a few turns, so that every strategy can be tried. */
const SHORT = ['--format', 'gen9ou', '--team', 'test/fixtures/teams/gen9ou-two.txt'];
const FULL = ['--format', 'gen9randombattle'];

/** Answers that were requested, and those that became a vote. */
interface Answers {
  readonly asked: number;
  readonly usable: number;
  /** Why the others did not, each reason once. */
  readonly unusable: readonly string[];
}

async function answersIn(folder: string): Promise<Answers> {
  const { records } = await readDecisions(join(folder, 'decisions.jsonl'));
  const votes = records.flatMap((record) => (record.agent.startsWith('llm') ? (record.votes ?? []) : []));
  const unusable = votes.filter(({ abstained }) => abstained !== undefined);
  return {
    asked: votes.length,
    usable: votes.length - unusable.length,
    unusable: [...new Set(unusable.map(({ abstained }) => String(abstained)))],
  };
}

describe.concurrent.each(MODEL_SERVERS)('SmolLM2-135M-Instruct behind %s', (name) => {
  const all: Answers[] = [];
  let server: TestModelServer;
  let root: string;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'pokellmon-models-'));
    server = await startTestModel(name);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  /** Plays a whole battle through the command line; the model must have made most decisions. */
  async function play(strategy: string, style: string, format: readonly string[]): Promise<void> {
    const out = join(root, `${strategy}-${style}-${format[1]}`);
    const { code, stdout, stderr } = await pokellmon([
      ...['battle', '--json', '--model', MODEL_NAME, '--base-url', server.baseUrl, '--opponent', 'calc'],
      ...['--strategy', strategy, '--prompt', style, '--seed', 'models', '--out', out],
      ...['--timeout', '900', '--max-tokens', '160', ...format],
    ]);
    expect(code, stderr).toBe(0);
    const [battle] = readdirSync(out).filter((entry) => entry.startsWith('gen9'));
    const answers = await answersIn(join(out, String(battle)));
    all.push(answers);
    const reasons = answers.unusable.length > 0 ? `; ${answers.unusable.join(', ')}` : '';
    console.info(
      `${name} ${strategy} ${style}: ${answers.usable} of ${answers.asked} answers usable${reasons}`,
    );
    expect(answers.asked).toBeGreaterThan(0);
    const { whoDecided, summary } = JSON.parse(stdout);
    expect(whoDecided[0]).toMatch(/^the model decided/);
    expect(summary).toMatchObject({ battles: 1, unfinished: 0 });
  }

  describe.sequential('plays whole battles', () => {
    const ways = STRATEGIES.flatMap((strategy) => STYLES.map((style) => ({ strategy, style })));
    it.each(ways)('$strategy, $style', ({ strategy, style }) => play(strategy, style, SHORT));

    it('of six Pokémon per side', () => play('direct', 'compact', FULL));

    it('and its answers are usable', () => {
      const asked = all.reduce((sum, answers) => sum + answers.asked, 0);
      const usable = all.reduce((sum, answers) => sum + answers.usable, 0);
      console.info(`${name}: ${usable} of ${asked} answers usable`);
      expect(usable / asked).toBeGreaterThanOrEqual(USABLE);
    });
  });
});
