import { once } from 'node:events';
import { type RawData, WebSocket, WebSocketServer } from 'ws';

/** One client's connection through the proxy. */
interface ProxiedConnection {
  /** From 0, in the order in which they were made. */
  readonly index: number;
  /**
   * Cuts both ends. The client receives nothing more; what was passed to the server by then has arrived there, so that
   * {@link FaultProxy.delivered} is exact: a socket that is cut at once may lose what it has just accepted.
   */
  drop(): void;
  /**
   * Nothing passes any more, and neither end is notified; the server notices after `serverMs`, as by its own timeout.
   */
  halfOpen(serverMs: number): void;
  /** Nothing passes for a while; what was on its way arrives then. */
  stall(ms: number): void;
}

/** A proxy between a client and a Showdown server that does to the traffic what networks do. */
export interface FaultProxy {
  readonly url: string;
  /** What the client has sent and the server has received, in order. */
  readonly delivered: readonly string[];
  close(): Promise<void>;
}

/** Decides what happens to a frame: returns the frames to pass on instead. */
export type Tamper = (frame: string, connection: ProxiedConnection) => readonly string[];

/** What a proxy does to the traffic; with neither it only observes. */
export interface Faults {
  /** For frames from the server. */
  readonly toClient?: Tamper;
  /** For frames from the client. */
  readonly toServer?: Tamper;
}

const UNTOUCHED: Tamper = (frame) => [frame];

/** Starts a proxy on a free port of loopback. */
export async function startFaultProxy(
  serverUrl: string,
  { toClient = UNTOUCHED, toServer = UNTOUCHED }: Faults = {},
): Promise<FaultProxy> {
  const delivered: string[] = [];
  const proxy = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(proxy, 'listening');
  let count = 0;
  proxy.on('connection', (client) => {
    const server = new WebSocket(serverUrl);
    const early: RawData[] = [];
    let isDropped = false;
    const drop = (): void => {
      if (isDropped) return;
      isDropped = true;
      client.terminate();
      // The server answers a ping after everything before it; the current frame goes first.
      setImmediate(() => {
        if (server.readyState !== WebSocket.OPEN) server.terminate();
        else server.ping();
      });
    };
    server.on('pong', () => isDropped && server.terminate());
    const connection: ProxiedConnection = {
      index: count++,
      drop,
      halfOpen(serverMs) {
        client.pause();
        server.pause();
        setTimeout(() => server.terminate(), serverMs);
      },
      stall(ms) {
        client.pause();
        server.pause();
        setTimeout(() => {
          client.resume();
          server.resume();
        }, ms);
      },
    };
    const deliver = (data: RawData): void => {
      if (isDropped) return;
      for (const text of toServer(String(data), connection)) {
        delivered.push(text);
        server.send(text);
      }
    };
    server.on('open', () => {
      for (const data of early.splice(0)) deliver(data);
    });
    client.on('message', (data) => {
      if (server.readyState === WebSocket.OPEN) deliver(data);
      else early.push(data);
    });
    server.on('message', (data) => {
      if (isDropped) return;
      for (const frame of toClient(String(data), connection)) client.send(frame);
    });
    // A server that goes away disconnects its clients; a paused client does not notice.
    server.on('close', () => client.terminate());
    client.on('close', () => server.isPaused || drop());
    for (const socket of [client, server]) socket.on('error', () => socket.terminate());
  });
  const address = proxy.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port');
  return {
    url: `ws://127.0.0.1:${address.port}/showdown/websocket`,
    delivered,
    async close() {
      for (const client of proxy.clients) client.terminate();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
