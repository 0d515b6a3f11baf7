// Plays on a server's ladder in your own program. Start a server with `npm run server`, give it an opponent
// (`npx pokellmon ladder --agent calc --server localhost:8000`), then run `npx tsx examples/ladder.ts`.
import { createRandom, createSearchAgent, parseServer, playSession } from '../src/index.ts';

const [address = 'localhost:8000', name = 'exampleladder', battles = '1'] = process.argv.slice(2);
const { url, isLocal } = parseServer(address);
await playSession({
  client: { url, account: { name }, needsAssertion: !isLocal, random: createRandom(name) },
  matchmaking: { type: 'ladder', format: 'gen9randombattle' },
  battles: Number(battles),
  room: { agent: createSearchAgent({ thinkMs: 50 }), turnMs: 20_000, timer: true },
  onRoomEvent(event, { opponent }) {
    if (event.type === 'seated') console.log(`A battle against ${opponent?.name} begins.`);
    if (event.type === 'decision') console.log(`Turn ${event.record.turn}: ${event.record.choice}`);
  },
  onEnd(_room, { side, result }) {
    console.log(result?.winner === side ? 'won' : 'not won', `after ${result?.turns} turns`);
  },
});
