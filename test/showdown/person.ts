import { once } from 'node:events';
import { WebSocket } from 'ws';

/**
 * A person's client: sends what it is told to, and reacts to what it receives.
 *
 * @param assertion the login server's assertion, if the name needs one
 */
export async function connect(
  url: string,
  name: string,
  react: (line: string, room: string, send: (text: string) => void) => void,
  assertion: (challstr: string) => string = () => '',
) {
  const socket = new WebSocket(url);
  let challenge = '';
  const send = (text: string): void => {
    if (text.startsWith('|/challenge ')) challenge = text;
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  };
  socket.on('message', (data) => {
    const lines = String(data).split('\n');
    const room = lines[0]?.startsWith('>') ? lines[0].slice(1) : '';
    for (const line of lines) {
      if (line.startsWith('|challstr|'))
        send(`|/trn ${name},0,${assertion(line.slice('|challstr|'.length))}`);
      // The challenged user may not have reached the server yet, or may have too many challenges.
      if (/^\|popup\|.*(was not found|pending challenges)/.test(line)) setTimeout(() => send(challenge), 50);
      else react(line, room, send);
    }
  });
  await once(socket, 'open');
  return { send, close: () => socket.terminate() };
}
