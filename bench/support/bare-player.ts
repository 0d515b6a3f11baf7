import { WebSocket } from 'ws';
import { toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import { parseRequest } from '../../src/battle/request.ts';
import type { Random } from '../../src/util/random.ts';

/** What a player plays. */
interface Plan {
  readonly format: string;
  readonly battles: number;
  readonly concurrency: number;
  /** Packed; absent when the server makes the teams. */
  readonly team?: string;
  readonly random: Random;
}

/**
 * Plays random legal choices on a server with nothing around them: no state, no ledger, no clock, no repairs. The speed
 * of two of these is the most that the server can give.
 *
 * @returns when all battles are over
 */
export function playBare(url: string, name: string, plan: Plan): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const { promise, resolve, reject } = settling();
  const player = new BarePlayer(name, plan, (message) => socket.send(message));
  socket.on('message', (data) => {
    const lines = String(data).split('\n');
    const room = lines[0]?.startsWith('>') ? lines[0].slice(1) : '';
    for (const text of lines) player.line(room, text);
    if (!player.isDone) return;
    socket.close();
    resolve();
  });
  socket.on('error', reject);
  return promise;
}

class BarePlayer {
  private readonly name: string;
  private readonly plan: Plan;
  private readonly send: (message: string) => void;
  private begun = 0;
  private over = 0;

  constructor(name: string, plan: Plan, send: (message: string) => void) {
    this.name = name;
    this.plan = plan;
    this.send = send;
  }

  get isDone(): boolean {
    return this.over === this.plan.battles;
  }

  line(room: string, text: string): void {
    if (text.startsWith('|challstr|')) this.send(`|/trn ${this.name},0,`);
    else if (text.startsWith('|updateuser|') && text.split('|')[3] === '1' && this.begun === 0) this.search();
    else if (text.startsWith('|init|battle')) {
      this.begun++;
      if (this.begun - this.over < this.plan.concurrency) this.search();
    } else if (text.startsWith('|request|{')) this.answer(room, text.slice('|request|'.length));
    else if (text.startsWith('|win|') || text === '|tie' || text.startsWith('|tie|')) this.leave(room);
  }

  private search(): void {
    if (this.begun === this.plan.battles) return;
    this.send(`|/utm ${this.plan.team ?? 'null'}`);
    this.send(`|/search ${this.plan.format}`);
  }

  private answer(room: string, json: string): void {
    const request = parseRequest(json);
    if (!request || request.type === 'wait') return;
    const choice = toChoice(this.plan.random.pick(legalActions(request)));
    this.send(`${room}|/choose ${choice}|${request.rqid}`);
  }

  private leave(room: string): void {
    this.send(`|/noreply /leave ${room}`);
    this.over++;
    if (this.begun - this.over === this.plan.concurrency - 1) this.search();
  }
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
