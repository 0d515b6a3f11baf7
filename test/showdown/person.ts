import { once } from 'node:events';
import { WebSocket } from 'ws';

/**
 * A person's client: says what it is told to, and reacts to what comes.
 *
 * @param assertion the word of a login server, where the name needs one
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
      // Whoever is challenged may still be on the way to the server, or be challenged by too many others.
      if (/^\|popup\|.*(was not found|pending challenges)/.test(line)) setTimeout(() => send(challenge), 50);
      else react(line, room, send);
    }
  });
  await once(socket, 'open');
  return { send, close: () => socket.terminate() };
}
