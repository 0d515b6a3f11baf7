import type { SideId } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import type { BattlePlayer } from '../ledger/record.ts';
import { findUnfinishedBattle, type SavedBattle } from '../ledger/resume.ts';
import type { BattleRoomConfig } from '../showdown/battle-room-config.ts';
import type { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import { openLedgerOf } from './ledger-option.ts';
import type { OnlineOptions } from './online-options.ts';
import { recordedVersions } from './package-version.ts';
import type { OnlineSetup } from './resolve-online.ts';

/** The ledgers of the battles in a session. */
export interface OnlineLedgers extends Pick<BattleRoomConfig, 'findSaved' | 'openLedger'> {
  /** A battle is over; call it for each, so that another battle with its id does not continue it. */
  readonly finished: (battle: string) => void;
  /** Closes open ledgers; their battles stay unfinished. */
  readonly closeAll: () => void;
}

/** What the ledgers of a session work with. */
export interface OnlineLedgersOptions {
  /** A ledger could not be written. */
  readonly onFailure: (error: UserError) => void;
  /** A battle was started, or resumed where an interrupted run left it. */
  readonly onOpen: (battle: string, resume: SavedBattle | undefined) => void;
}

/** Opens the ledger of each battle of a session in the folder and form that the user has chosen. */
export function onlineLedgers(
  { server, account, secrets, played }: OnlineSetup,
  { out, ledger: kind, timeout }: OnlineOptions,
  { onFailure, onOpen }: OnlineLedgersOptions,
): OnlineLedgers {
  /** Running battles, by id. */
  const running = new Map<string, { readonly ledger: BattleFolder; readonly startedAt: string }>();
  return {
    findSaved(side, { battle }) {
      if (kind === 'full') return findUnfinishedBattle(out, battle, side, server.id);
      // Only this process has the data of a running battle in a results ledger, and continues with it.
      const open = running.get(battle);
      const { folder = '' } = open?.ledger ?? {};
      return open && { folder, startedAt: open.startedAt, side, lines: [], decisions: [] };
    },
    openLedger(side, players, { battle, format }, resume) {
      const playerOn = (each: SideId): BattlePlayer => {
        const name = safeLine(players[each].name, 40);
        return each === side ? { name, ...played } : { name };
      };
      const info = {
        id: battle,
        format,
        server: server.id,
        players: { p1: playerOn('p1'), p2: playerOn('p2') },
        turnMs: timeout * 1000,
        versions: recordedVersions(),
      };
      const ledger = openLedgerOf(kind, out, info, {
        secrets,
        ownName: account.name,
        onFailure,
        ...(resume ? { resume } : {}),
      });
      running.set(battle, { ledger, startedAt: resume?.startedAt ?? new Date().toISOString() });
      onOpen(battle, resume);
      return ledger;
    },
    finished(battle) {
      running.delete(battle);
    },
    closeAll() {
      for (const { ledger } of running.values()) ledger.close();
    },
  };
}
