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

/** The ledgers of the battles that a session plays. */
export interface OnlineLedgers extends Pick<BattleRoomConfig, 'findSaved' | 'openLedger'> {
  /** A battle is over; to be told of each, so that no other of its id goes on with it. */
  readonly finished: (battle: string) => void;
  /** Closes what is open; the battles stay unfinished in them. */
  readonly closeAll: () => void;
}

/** What the ledgers of a session work with. */
export interface OnlineLedgersOptions {
  /** A ledger could not be written. */
  readonly onFailure: (error: UserError) => void;
  /** A battle is begun, or gone on with from where an interrupted run has left it. */
  readonly onOpen: (battle: string, resume: SavedBattle | undefined) => void;
}

/** Opens the ledger of each battle of a session in the folder and form that the user has chosen. */
export function onlineLedgers(
  { server, account, secrets, played }: OnlineSetup,
  { out, ledger: kind, timeout }: OnlineOptions,
  { onFailure, onOpen }: OnlineLedgersOptions,
): OnlineLedgers {
  /** Of the battles that run, by id. */
  const running = new Map<string, { readonly ledger: BattleFolder; readonly startedAt: string }>();
  return {
    findSaved(side, { battle }) {
      if (kind === 'full') return findUnfinishedBattle(out, battle, side, server.id);
      // What a results ledger knows of a running battle is here only, and goes on with it.
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
