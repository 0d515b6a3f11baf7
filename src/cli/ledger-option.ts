import { type Command, Option } from 'commander';
import { openBattleLedger } from '../ledger/battle-ledger.ts';
import { openResultsLedger } from '../ledger/results-ledger.ts';

const OPENERS = { full: openBattleLedger, results: openResultsLedger } as const;

/** What is kept of each battle. */
export type LedgerKind = keyof typeof OPENERS;

/** Adds the option for what is kept of each battle. */
export function addLedgerOption(command: Command): Command {
  return command.addOption(
    new Option('--ledger <what>', 'full: a folder for each battle; results: one line for each')
      .choices(Object.keys(OPENERS))
      .default('full' satisfies LedgerKind),
  );
}

/** Opens the ledger of one battle. */
export function openLedgerOf(
  kind: LedgerKind,
  ...options: Parameters<typeof openBattleLedger>
): ReturnType<typeof openBattleLedger> {
  return OPENERS[kind](...options);
}
