import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Agent, Decision } from '../agent/agent.ts';
import { decisionRecord } from '../ledger/decision-record.ts';
import { decisionRecordSchema } from '../ledger/record.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';

const EXPECTED =
  'expected as its default export an agent (an object with a name and a function decide), or a function that returns one';

/**
 * Loads an agent that a user has written.
 *
 * @param place path or file URL of a module whose default export is an agent, or a function that returns one
 * @throws {UserError} when there is no such module, or no agent in it
 */
export async function loadAgent(place: string): Promise<Agent> {
  const path = place.startsWith('file:') ? fileURLToPath(place) : resolve(place);
  if (!existsSync(path)) throw new UserError(`There is no module ${safeLine(place)} with an agent`);
  const made = await madeBy(path, place);
  if (!isAgent(made)) throw new UserError(`No agent in ${safeLine(place)}: ${EXPECTED}`);
  const name = safeLine(made.name.replaceAll('|', ' '), 40) || basename(path);
  return {
    name,
    async decide(turn, signal) {
      return checked(name, turn, await made.decide(turn, signal));
    },
    onBattleStart: (start) => runHook(`${name} at the start of a battle`, () => made.onBattleStart?.(start)),
    onBattleEnd: (end) => runHook(`${name} at the end of a battle`, () => made.onBattleEnd?.(end)),
  };
}

/** Runs an agent's hook around a battle; an error is one that its author can fix. */
async function runHook(what: string, work: () => Promise<void> | undefined): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const { message } = cause instanceof Error ? cause : new Error(String(cause));
    throw new UserError(`The agent ${what} failed: ${safeLine(message, 300)}`, { cause });
  }
}

async function madeBy(path: string, place: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return typeof module.default === 'function' ? await module.default() : module.default;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      throw new UserError(
        `Node ${process.versions.node} cannot load ${safeLine(place)}: compile it to JavaScript, or start Node with --import tsx`,
        { cause },
      );
    }
    throw new UserError(`The module ${safeLine(place)} cannot be loaded: ${safeLine(message, 300)}`, {
      cause,
    });
  }
}

function isAgent(value: unknown): value is Agent {
  if (typeof value !== 'object' || value === null) return false;
  const { name, decide } = value as Partial<Agent>;
  return typeof name === 'string' && name.trim() !== '' && typeof decide === 'function';
}

/** A decision in a form that the ledger can keep: it comes from unchecked code. */
function checked(agent: string, turn: DecisionContext, decision: Decision): Decision {
  const record = decisionRecord({
    ...{ battleId: turn.battleId, side: 'p1', agent, turn: 0, latencyMs: 0 },
    asked: turn,
    decision,
  });
  const problem = decisionRecordSchema.safeParse(JSON.parse(JSON.stringify(record))).error?.issues[0];
  if (problem) throw new Error(`its decision has a bad ${problem.path.join('.')}: ${problem.message}`);
  return decision;
}
