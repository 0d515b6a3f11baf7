import { type LedgerOptions, openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { lineCleaner } from '../../src/ledger/redaction.ts';
import { findUnfinishedBattle } from '../../src/ledger/resume.ts';
import type { SessionOptions } from '../../src/showdown/session-options.ts';

/** Keeps a session's battles in a folder. */
export function ledgerIn(
  folder: string,
  options: Pick<LedgerOptions, 'secrets' | 'ownName'> = {},
): Required<Pick<SessionOptions['room'], 'findSaved' | 'asKept' | 'openLedger'>> {
  return {
    findSaved: (side, id) => findUnfinishedBattle(folder, id.battle, side),
    asKept: lineCleaner(options.secrets, options.ownName),
    openLedger: (side, { p1, p2 }, id, resume) => {
      const ours = { agent: 'ours' };
      return openBattleLedger(
        folder,
        {
          id: id.battle,
          format: id.format,
          players: {
            p1: { name: p1.name, ...(side === 'p1' && ours) },
            p2: { name: p2.name, ...(side === 'p2' && ours) },
          },
          versions: {},
        },
        { ...options, ...(resume ? { resume } : {}) },
      );
    },
  };
}
