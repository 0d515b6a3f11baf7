import { randomAgent } from '../../src/agent/random.ts';
import { NO_LEDGER } from '../../src/ledger/battle-ledger.ts';
import type { SessionOptions } from '../../src/showdown/session-options.ts';
import { createRandom } from '../../src/util/random.ts';

/** Settings for a session of the random agent that keeps no ledger; override the ones under test. */
export function sessionOptions(
  url: string,
  name: string,
  matchmaking: SessionOptions['matchmaking'],
  overrides: Partial<Omit<SessionOptions, 'client' | 'room'>> & {
    readonly client?: Partial<SessionOptions['client']>;
    readonly room?: Partial<SessionOptions['room']>;
  } = {},
): SessionOptions {
  const { client, room, ...rest } = overrides;
  return {
    matchmaking,
    battles: 1,
    concurrency: 1,
    teamFor: () => undefined,
    ...rest,
    client: {
      url,
      account: { name },
      needsAssertion: false,
      random: createRandom(name),
      ...client,
    },
    room: {
      agent: randomAgent,
      fallback: randomAgent,
      turnMs: 20_000,
      timer: true,
      saveReplay: false,
      findSaved: () => undefined,
      openLedger: () => ({ ...NO_LEDGER, folder: '' }),
      ...room,
    },
  };
}
