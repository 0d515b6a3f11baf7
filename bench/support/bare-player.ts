import { WebSocket } from 'ws';
import { toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import { parseRequest } from '../../src/battle/request.ts';
import type { Random } from '../../src/util/random.ts';

/**
 * Plays random legal choices on a server with nothing around them: no state, no ledger, no clock, no mending of faults.
 * What two of these reach is what the server can give.
 *
 * @returns when all battles are over
 */
export function playBare(
  url: string,
  name: string,
  plan: {
    readonly format: string;
    readonly battles: number;
    readonly concurrency: number;
    /** Packed; absent where the server makes the teams. */
    readonly team?: string;
    readonly random: Random;
  },
): Promise<void> {
  const { format, battles, concurrency, team = 'null', random } = plan;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const { promise, resolve, reject } = settling();
  let begun = 0;
  let over = 0;
  const search = (): void => {
    socket.send(`|/utm ${team}`);
    socket.send(`|/search ${format}`);
  };
  const line = (room: string, text: string): void => {
    if (text.startsWith('|challstr|')) socket.send(`|/trn ${name},0,`);
    else if (text.startsWith('|updateuser|') && text.split('|')[3] === '1' && begun === 0) search();
    else if (text.startsWith('|init|battle')) {
      begun++;
      if (begun < battles && begun - over < concurrency) search();
    } else if (text.startsWith('|request|{')) {
      const request = parseRequest(text.slice('|request|'.length));
      if (!request || request.type === 'wait') return;
      const choice = toChoice(random.pick(legalActions(request)));
      socket.send(`${room}|/choose ${choice}|${request.rqid}`);
    } else if (text.startsWith('|win|') || text === '|tie' || text.startsWith('|tie|')) {
      socket.send(`|/noreply /leave ${room}`);
      over++;
      if (over === battles) {
        socket.close();
        resolve();
      } else if (begun < battles && begun - over === concurrency - 1) search();
    }
  };
  socket.on('message', (data) => {
    const lines = String(data).split('\n');
    const room = lines[0]?.startsWith('>') ? lines[0].slice(1) : '';
    for (const text of lines) line(room, text);
  });
  socket.on('error', reject);
  return promise;
}

function settling() {
  let resolve = (): void => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
