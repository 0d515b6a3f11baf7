// A process to be killed: plays one battle against "patient" on the server and in the folder that it is given.
import { openSessionLog } from '../../src/ledger/session-log.ts';
import { playSession } from '../../src/showdown/session.ts';
import { ledgerIn } from './ledger-in.ts';
import { sessionOptions } from './play.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const challenge = { type: 'challenge', format: 'gen9randombattle', user: 'patient' } as const;
const log = openSessionLog(folder, 'mortal');
await playSession({
  ...sessionOptions(url, 'mortal', challenge, { room: ledgerIn(folder) }),
  onEvent: (event) => log.add(event),
});
