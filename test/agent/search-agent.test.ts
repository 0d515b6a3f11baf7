import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { heuristicsAgent } from '../../src/agent/heuristics.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { createSearchAgent } from '../../src/agent/search-agent.ts';
import { playSeries } from '../../src/arena/series.ts';
import { readTeamFile } from '../../src/cli/team-file.ts';
import type { DecisionRecord } from '../../src/ledger/record.ts';
import { type EvaluatorFactory, neuralEvaluator } from '../../src/search/evaluation/evaluator.ts';
import { search } from '../../src/search/search.ts';
import { setOf } from '../support/set-of.ts';
import { simTurn } from '../support/sim-turn.ts';

const quick = createSearchAgent({ name: 'search', playouts: 60, worlds: 2, fallback: calcAgent });

async function series(
  format: string,
  battles: number,
  { seed = 'search', agent = quick, team }: { seed?: string; agent?: Agent; team?: string } = {},
) {
  const records: DecisionRecord[] = [];
  const outcome = { wins: 0, ended: 0, invalidChoices: 0 };
  await playSeries({
    entrants: [
      { agent, team },
      { agent: heuristicsAgent, team },
    ],
    battles,
    concurrency: 1,
    format,
    seed,
    fallback: randomAgent,
    turnMs: 60_000,
    follow: ({ side }) => ({
      onDecision: (record) => {
        if (record.side === side) records.push(record);
      },
      onEnd: ({ result, invalidChoices }) => {
        outcome.ended++;
        outcome.invalidChoices += invalidChoices;
        if (result?.winner === side) outcome.wins++;
      },
    }),
  });
  return { ...outcome, records };
}

describe('the search agent', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('plays generation %i to the end without a fallback', async (gen) => {
    const { ended, invalidChoices, records } = await series(`gen${gen}randombattle`, 1);
    expect(ended).toBe(1);
    expect(invalidChoices).toBe(0);
    expect(records.filter(({ fallback }) => fallback)).toEqual([]);
  });

  it.each(['gen9randomdoublesbattle'])('leaves %s to its fallback', async (format) => {
    const { ended, invalidChoices, records } = await series(format, 1);
    expect({ ended, invalidChoices }).toEqual({ ended: 1, invalidChoices: 0 });
    const inPlace = records.filter(({ agent, legalActions }) => agent === 'search' && legalActions > 1);
    expect(inPlace.length).toBeGreaterThan(5);
    const [reason, agent] = ['unsupported', 'calc'];
    for (const { fallback } of inPlace) expect(fallback).toMatchObject({ reason, agent });
  });

  it('plays with brought teams and team preview', async () => {
    const team = readTeamFile('test/fixtures/teams/gen9ou-balance.txt', 'gen9ou');
    const { ended, invalidChoices, records } = await series('gen9ou', 2, { seed: 'teams', team });
    expect({ ended, invalidChoices }).toEqual({ ended: 2, invalidChoices: 0 });
    const inPlace = records.filter(({ fallback }) => fallback);
    expect(inPlace.map(({ request }) => request)).toEqual(['team', 'team']);
  });

  it('wins most battles against heuristics with a few hundred playouts', async () => {
    const agent = createSearchAgent({ playouts: 400, worlds: 3, fallback: calcAgent });
    const { wins } = await series('gen9randombattle', 6, { seed: 'strong', agent });
    expect(wins).toBeGreaterThanOrEqual(4);
  });

  it('decides the same for the same seed and number of playouts', async () => {
    const [one, two] = await Promise.all([series('gen9randombattle', 1), series('gen9randombattle', 1)]);
    const decisionsOf = ({ records }: typeof one): unknown =>
      records.map(({ turn, choice, reasoning, scores }) => ({ turn, choice, reasoning, scores }));
    expect(one.records.length).toBeGreaterThan(5);
    for (const { playouts, legalActions } of one.records)
      if (legalActions > 1) expect(playouts).toBeGreaterThan(0);
    expect(decisionsOf(one)).toEqual(decisionsOf(two));
  });
});

const LEAD = `Garchomp
Ability: Rough Skin
Level: 80
EVs: 252 Atk / 252 Spe
- Earthquake
- Dragon Claw
- Swords Dance
- Fire Fang`;

const FOE_LEAD = `Heatran
Ability: Flash Fire
Level: 80
EVs: 252 SpA
- Magma Storm
- Earth Power
- Flash Cannon
- Taunt`;

const BENCHES = [
  `Azumarill
Ability: Huge Power
Level: 80
- Aqua Jet
- Play Rough
- Liquidation
- Knock Off`,
  `Ferrothorn
Ability: Iron Barbs
Level: 80
- Spikes
- Power Whip
- Leech Seed
- Gyro Ball`,
];

/** The opponent shows a move each of two Pokémon. */
const TO_AND_FRO = [
  ['move 1', 'move 1'],
  ['move 1', 'switch 2'],
  ['move 1', 'move 1'],
  ['move 1', 'switch 2'],
] as const;

/** The same battle from one side's point of view, with other hidden facts. */
const HIDDEN = [
  {
    what: 'the bench',
    format: 'gen9customgame@@@!Team Preview',
    own: [LEAD, FOE_LEAD],
    foe: BENCHES.map((bench) => [FOE_LEAD, bench]),
    choices: [['move 3', 'move 4']],
  },
  {
    what: 'unseen moves, items, tera types',
    format: 'gen9customgame@@@!Team Preview',
    own: [
      setOf('Garchomp', 'Rough Skin', 'Swords Dance / Stealth Rock / Earthquake / Dragon Claw'),
      FOE_LEAD,
    ],
    foe: [
      [
        setOf('Heatran @ Shuca Berry', 'Flash Fire', 'Flash Cannon / Magma Storm / Earth Power / Taunt', {
          tera: 'Grass',
        }),
        setOf('Skarmory @ Lum Berry', 'Sturdy', 'Spikes / Roost / Brave Bird / Whirlwind', {
          tera: 'Dragon',
        }),
        BENCHES[0] ?? '',
      ],
      [
        setOf('Heatran @ Power Herb', 'Flame Body', 'Flash Cannon / Lava Plume / Protect / Will-O-Wisp', {
          tera: 'Ghost',
        }),
        setOf('Skarmory @ Sharp Beak', 'Keen Eye', 'Spikes / Stealth Rock / Drill Peck / Iron Defense', {
          tera: 'Fighting',
        }),
        BENCHES[1] ?? '',
      ],
    ],
    choices: [
      ['move 2', 'move 1'],
      ['move 1', 'switch 2'],
      ['move 2', 'move 1'],
      ['move 1', 'switch 2'],
    ],
  },
  {
    what: 'unseen moves, items, abilities',
    format: 'gen4customgame',
    own: [setOf('Snorlax', 'Thick Fat', 'Curse / Rest / Body Slam / Earthquake'), FOE_LEAD],
    foe: [
      [
        setOf('Starmie @ Shuca Berry', 'Natural Cure', 'Surf / Thunderbolt / Ice Beam / Rapid Spin'),
        setOf('Skarmory @ Lum Berry', 'Sturdy', 'Spikes / Roost / Brave Bird / Whirlwind'),
        setOf('Azumarill', 'Huge Power', 'Aqua Jet / Waterfall / Return / Ice Punch'),
      ],
      [
        setOf('Starmie @ Power Herb', 'Illuminate', 'Surf / Psychic / Recover / Thunder Wave'),
        setOf('Skarmory @ Sharp Beak', 'Keen Eye', 'Spikes / Stealth Rock / Drill Peck / Taunt'),
        setOf('Milotic', 'Marvel Scale', 'Surf / Recover / Ice Beam / Haze'),
      ],
    ],
    choices: TO_AND_FRO,
  },
  {
    what: 'unseen moves',
    format: 'gen1customgame',
    own: [
      setOf('Snorlax', '', 'Amnesia / Rest / Body Slam / Ice Beam'),
      setOf('Tauros', '', 'Body Slam / Hyper Beam'),
    ],
    foe: [
      [
        setOf('Starmie', '', 'Surf / Thunderbolt / Blizzard / Recover'),
        setOf('Chansey', '', 'Reflect / Soft-Boiled / Ice Beam / Thunder Wave'),
        setOf('Tauros', '', 'Body Slam / Earthquake / Hyper Beam / Blizzard'),
      ],
      [
        setOf('Starmie', '', 'Surf / Psychic / Thunder Wave / Harden'),
        setOf('Chansey', '', 'Reflect / Sing / Counter / Seismic Toss'),
        setOf('Alakazam', '', 'Psychic / Recover / Thunder Wave / Seismic Toss'),
      ],
    ],
    choices: TO_AND_FRO,
  },
] as const;

/** Playouts of a short search, and of one that first looks from the opponent's point of view. */
const EFFORTS = [400, 24_000];

describe('what the search knows', () => {
  it.each(HIDDEN.flatMap((hidden) => EFFORTS.map((playouts) => ({ ...hidden, playouts }))))(
    'is only what its side knows: other $what change nothing in $format in $playouts playouts',
    async (hidden) => {
      const { format, own, foe, choices, playouts } = hidden;
      const results = [];
      for (const team of foe) {
        const turn = simTurn({
          format,
          p1: own.join('\n\n'),
          p2: team.join('\n\n'),
          choices,
        });
        const found = await search(turn, { worlds: 4, playouts });
        results.push({ lines: turn.lines, found });
      }
      const [one, other] = results;
      expect(one?.lines).toEqual(other?.lines);
      expect(one?.found?.actions.length).toBeGreaterThan(2);
      expect(one?.found).toEqual(other?.found);
    },
  );

  it('takes the knock-out, and says what it expects', async () => {
    // Arena Trap prevents switching, and generation 4 has no terastallization.
    const trap = LEAD.replace('Garchomp', 'Dugtrio')
      .replace('Rough Skin', 'Arena Trap')
      .replace('Swords Dance', 'Splash');
    // Whatever its item, it is slower.
    const slow = setOf('Magnezone', 'Magnet Pull', 'Thunderbolt / Flash Cannon');
    const turn = simTurn({
      format: 'gen4customgame',
      p1: `${trap}\n\n${FOE_LEAD}`,
      p2: `${slow}\n\n${BENCHES[0]}`,
      choices: [],
    });
    // Enough worlds that the berry against it occurs among them as rarely as it is likely.
    const options = { worlds: 12, depth: 8, playouts: 2400 };
    const found = await search(turn, options);
    const [best] = found?.actions ?? [];
    expect(best?.action).toMatchObject({ type: 'move', move: 'earthquake' });
    expect(best?.line).toMatch(/^Earthquake, foe: .+ \(\d+%\)/);
    expect(found?.actions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(found?.value).toBeGreaterThan(0.5);
  });

  it('in its line leaves out a side that has nothing to choose when a Pokémon must come in', async () => {
    const turn = simTurn({
      format: 'gen9customgame@@@!Team Preview',
      p1: `Dugtrio\nAbility: Arena Trap\nLevel: 100\nEVs: 252 Atk / 252 Spe\n- Earthquake\n- Splash\n\n${BENCHES[1]}`,
      p2: `Magnezone\nAbility: Magnet Pull\nLevel: 50\n- Tackle\n\n${BENCHES[0]}`,
      choices: [],
    });
    const options = { worlds: 1, depth: 8, playouts: 900 };
    const found = await search(turn, options);
    expect(found?.actions[0]?.line).toMatch(/Earthquake, foe: [^;]+; foe: switch to [^;]+ \(\d+%\)/);

    // Our side must replace a Pokémon while the opponent waits.
    const replacing = simTurn({
      format: 'gen9customgame@@@!Team Preview',
      p1: `${FOE_LEAD}\n\n${BENCHES[0]}\n\n${BENCHES[1]}`,
      p2: LEAD,
      choices: [['move 4', 'move 1']],
    });
    const next = await search(replacing, options);
    expect(replacing.request.type).toBe('switch');
    expect(next?.actions[0]?.line).toMatch(/^switch to (Azumarill|Ferrothorn); [^;]+, foe: .+ \(\d+%\)/);
  });

  it.each([undefined, 28])(
    'asked for a second when 60 ms are left, it stays within them (worlds: %s)',
    async (worlds) => {
      let drawn = 0;
      const evaluatorFor: EvaluatorFactory = (root) => {
        drawn++;
        const end = performance.now() + 10;
        while (performance.now() < end);
        return neuralEvaluator(root);
      };
      const agent = createSearchAgent({
        thinkMs: 1000,
        worlds,
        evaluator: evaluatorFor,
        fallback: calcAgent,
      });
      const turn = simTurn({ format: 'gen9customgame@@@!Team Preview', p1: LEAD, p2: FOE_LEAD, choices: [] });
      const decide = async (turnMs: number): Promise<number> => {
        drawn = 0;
        const start = performance.now();
        await agent.decide({ ...turn, clock: { turnMs } }, new AbortController().signal);
        return performance.now() - start;
      };
      await decide(1000);
      const took: number[] = [];
      for (let time = 0; time < 5; time++) {
        took.push(await decide(60));
        expect(drawn).toBeGreaterThanOrEqual(1);
        expect(drawn).toBeLessThanOrEqual(3);
      }
      // Far from the 1,000 ms it would take without a clock.
      expect(Math.min(...took)).toBeLessThan(500);
    },
  );

  it('ignores the clock when the number of playouts is given', async () => {
    const turn = simTurn({ format: 'gen9customgame@@@!Team Preview', p1: LEAD, p2: FOE_LEAD, choices: [] });
    const { signal } = new AbortController();
    const [hurried, calm] = await Promise.all(
      [1, 60_000].map((thinkMs) =>
        createSearchAgent({ playouts: 300, thinkMs, fallback: calcAgent }).decide(turn, signal),
      ),
    );
    expect(hurried?.reasoning).toMatch(/after [1-9]\d\d playouts/);
    expect(hurried?.reasoning).toContain(`after ${hurried?.playouts} playouts`);
    expect(hurried).toEqual(calm);
  });

  it('ends when it is aborted', async () => {
    const turn = simTurn({
      format: 'gen9customgame@@@!Team Preview',
      p1: LEAD,
      p2: FOE_LEAD,
      choices: [],
    });
    const stop = new AbortController();
    stop.abort();
    const found = await search(turn, { worlds: 2, depth: 8, timeMs: 60_000, signal: stop.signal });
    expect(found?.playouts).toBeGreaterThan(0);
    expect(found?.actions).toHaveLength(turn.actions.length);
  });
});

describe('moves that only the simulator knows', () => {
  it('are played for their effect: Nature Power is an attack', async () => {
    const turn = simTurn({
      format: 'gen5customgame@@@!Team Preview',
      p1: 'Ludicolo\nAbility: Own Tempo\nLevel: 50\n- Splash\n- Nature Power\n- Celebrate',
      p2: 'Raichu\nAbility: Static\nLevel: 50\n- Splash\n- Thunder Shock',
      choices: [],
    });
    const found = await search(turn, { worlds: 2, depth: 6, playouts: 1500 });
    expect(found?.actions[0]?.action).toMatchObject({ type: 'move', move: 'naturepower' });
  });
});

it('knows the moves of an opponent that its own Pokémon has transformed into', async () => {
  const turn = simTurn({
    format: 'gen9customgame@@@!Team Preview',
    p1: setOf('Ditto', 'Imposter', 'Transform', { level: 100 }),
    p2: setOf('Garchomp', 'Rough Skin', 'Splash / Tail Whip / Dragon Claw / Sand Attack', { level: 100 }),
    choices: [],
  });
  const agent = createSearchAgent({ playouts: 4000, fallback: calcAgent });
  const { action } = await agent.decide(turn, new AbortController().signal);
  expect(action).toMatchObject({ type: 'move', move: 'dragonclaw' });
});
