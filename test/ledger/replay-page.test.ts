import { createHash } from 'node:crypto';
import { JSDOM, VirtualConsole } from 'jsdom';
import { afterEach, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/agent/agent.ts';
import { NO_LEDGER } from '../../src/ledger/battle-ledger.ts';
import { defaultRecord } from '../../src/ledger/decision-record.ts';
import { tallyVotes } from '../../src/ledger/page-decisions.ts';
import { type BattleMeta, type DecisionRecord, LEDGER_VERSION } from '../../src/ledger/record.ts';
import { replayPage, replayPageData } from '../../src/ledger/replay-page.ts';
import { framesOf } from '../support/frames-of.ts';
import { BATTLE_1, playRecorded, recordedLines } from './real-battle.ts';

const META: BattleMeta = {
  version: LEDGER_VERSION,
  ...BATTLE_1,
  result: { winner: 'p1', turns: 31 },
  timing: { startedAt: '2026-11-23T00:00:00.000Z' },
};
const LINES = recordedLines('battle-01', 'spectator.log');
const FRAMES = framesOf(recordedLines('battle-01', 'fpr100a.log'), 'p1');

const decisions = (extra?: Partial<Decision>): DecisionRecord[] => playRecorded(NO_LEDGER, { extra });

const DECISIONS = decisions();
/** The other player's decisions: the same ones, made by p2. */
const FOE_DECISIONS = DECISIONS.map((record): DecisionRecord => ({ ...record, side: 'p2' }));
const pageOf = (records: readonly DecisionRecord[]): string =>
  replayPage(replayPageData(META, LINES, FRAMES, records));
const PAGE = pageOf(DECISIONS);

const scriptErrors: unknown[] = [];

afterEach(() => expect(scriptErrors.splice(0)).toEqual([]));

/** Parses a page, and runs its own script on it as a browser without animations would. */
function open(html: string, hash = '') {
  const virtualConsole = new VirtualConsole().on('jsdomError', (error) => scriptErrors.push(error));
  const { window } = new JSDOM(html, {
    url: `https://replay.test/${hash}`,
    runScripts: 'outside-only',
    virtualConsole,
  });
  Object.assign(window, { matchMedia: () => ({ matches: true }) });
  const { document } = window;
  const code = document.querySelector('script[type=module]')?.textContent ?? '';
  window.eval(`(() => { ${code}\n})()`);
  const text = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? '';
  return {
    window,
    document,
    text,
    texts: (selector: string) =>
      [...document.querySelectorAll(selector)].map((one) => one.textContent?.trim() ?? ''),
    click: (id: string) => document.getElementById(id)?.click(),
    press: (key: string) =>
      document.body.dispatchEvent(
        new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      ),
  };
}

describe('the page', () => {
  test('plays a battle turn by turn, with buttons, keys, slider and address', () => {
    const page = open(PAGE);
    expect(page.text('h1')).toMatch(/fpr100a\s+vs\s+per100a/);
    expect(page.text('#format')).toBe('[Gen 9] Random Battle · as fpr100a saw it');
    expect(page.text('#turn-label')).toBe('Turn 1 of 31');
    page.click('next');
    page.press('ArrowRight');
    page.press('ArrowRight');
    expect(page.text('#turn-label')).toBe('Turn 4 of 31');
    expect(page.texts('#log li')).toContain('Milotic fainted!');
    page.press('Home');
    expect(page.text('#turn-label')).toBe('Start');
    const slider = page.document.querySelector('input') as HTMLInputElement;
    slider.value = '8';
    slider.dispatchEvent(new page.window.Event('input'));
    expect(page.text('#turn-label')).toBe('Turn 8 of 31');
    expect(slider.getAttribute('aria-valuetext')).toBe('Turn 8 of 31');
    expect(open(pageOf([]), '#turn-12').text('#turn-label')).toBe('Turn 12 of 31');
  });

  test('shows the position, the decisions made in it, and what came of them', () => {
    const page = open(PAGE, '#turn-4');
    expect(page.texts('#team-p1 .active .species')).toEqual(['Milotic L83 ♀']);
    expect(page.texts('#team-p1 .bench .out .name')).toEqual([]);
    expect(page.text('#mind-p1 h3')).toBe(DECISIONS.find(({ turn }) => turn === 4)?.words);
    expect(page.texts('#log li')).toContain('Milotic fainted!');
    page.press('ArrowRight');
    expect(page.texts('#team-p1 .active .species')).toEqual(['Porygon-Z L83']);
    expect(page.texts('#team-p2 .active .meter')).toEqual(['9%']);
    expect(page.texts('#team-p1 .bench .out .name')).toEqual(['Milotic']);
  });

  test('names the winner at the end, and nowhere before it', () => {
    const page = open(PAGE, '#turn-30');
    const visible = () => {
      const copy = page.document.body.cloneNode(true) as HTMLElement;
      for (const hidden of copy.querySelectorAll('[hidden], script')) hidden.remove();
      return copy.textContent;
    };
    expect(visible()).not.toMatch(/\bwon\b/);
    page.press('ArrowRight');
    expect(page.texts('#log li').at(-1)).toBe('fpr100a won the battle.');
    page.press('ArrowRight');
    expect(page.text('#turn-label')).toBe('End');
    expect(visible()).toContain('fpr100a won in 31 turns');
    expect(page.texts('#team-p2 .active')).toEqual(['Nobody left']);
    expect(page.document.querySelector('#next')?.hasAttribute('disabled')).toBe(true);
    expect(open(PAGE, '#end').text('#turn-label')).toBe('End');
  });

  test('the timeline reveals no more of the battle than was viewed', () => {
    const page = open(PAGE, '#turn-3');
    const points = () => page.document.querySelector('#line-p1')?.getAttribute('d')?.split('L').length;
    expect(points()).toBe(4);
    page.press('End');
    expect(points()).toBe(33);
    page.press('Home');
    expect(points()).toBe(33);
  });

  test('scores have their unit, and actions that were never searched are marked', () => {
    const scores = [
      { choice: 'move 1', score: 0.75, note: '61% to win' },
      { choice: 'move 2', score: 0.25, note: '40% to win' },
      { choice: 'switch 2', score: 0, note: 'not looked at' },
    ];
    const searched = open(pageOf(decisions({ scores, scoreUnit: 'share of playouts' })), '#turn-2');
    expect(searched.texts('#mind-p1 h4')).toContain('Scores: share of playouts');
    expect(searched.text('#mind-p1')).toMatch(/Not looked at: switch to \w+/);
    expect(searched.text('#mind-p1')).toContain('75%');
    expect(searched.text('#mind-p1')).not.toMatch(/\b0% to win/);
    const counted = open(pageOf(decisions({ scores, scoreUnit: 'healthy Pokémon gained' })), '#turn-2');
    expect(counted.texts('#mind-p1 h4')).toContain('Scores: healthy Pokémon gained');
    expect(counted.text('#mind-p1 section:last-of-type')).toContain('0.75');
  });

  test('plays by itself, one sentence at a time, and pauses', async () => {
    const page = open(pageOf([]), '#turn-3');
    const shown: string[] = [];
    for (let i = 0; i < 2; i++) page.press('s');
    page.press(' ');
    expect(page.text('#play-label')).toBe('Pause');
    for (let i = 0; i < 400 && !shown.includes('Turn 4 of 31: 3'); i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      shown.push(`${page.text('#turn-label')}: ${page.texts('#log li').length}`);
    }
    page.press(' ');
    expect([...new Set(shown)].filter((line) => line.startsWith('Turn 4'))).toEqual([
      'Turn 4 of 31: 0',
      'Turn 4 of 31: 1',
      'Turn 4 of 31: 2',
      'Turn 4 of 31: 3',
    ]);
    expect(page.text('#play-label')).toBe('Play');
    expect(page.texts('#log li').length).toBe(9);
  });

  test('says at its top who decided, and there and beside the outcome for whom the battle does not count', () => {
    const made = DECISIONS.filter(({ legalActions }) => legalActions > 1).length;
    expect(open(PAGE).text('#decided')).toBe(`the model decided ${made} of ${made}`);
    const late = { reason: 'timeout' as const, detail: 'No answer within 9 s.', agent: 'calc' };
    const page = open(pageOf(decisions({ fallback: late })), '#end');
    expect(page.text('#decided')).toBe(
      `the model decided 0 of ${made}, calc ${made}: ${made} late; this battle is not the model's`,
    );
    expect(page.text('#winner')).toBe("fpr100a won in 31 turns; this battle is not the model's");
    expect(open(PAGE, '#end').text('#winner')).toBe('fpr100a won in 31 turns');
  });

  test('shows what an agent decided in a turn, and why', () => {
    const [, second] = DECISIONS;
    const fallback = { reason: 'timeout' as const, detail: 'No answer within 9 s.', agent: 'calc' };
    const switching = {
      consecutive: 2,
      intoMoreDamage: true,
      expectedDamageStaying: 0.2,
      expectedDamageSwitching: 0.5,
    };
    const page = open(pageOf(decisions({ fallback, switching })), '#turn-2');
    expect(page.text('#mind-p1 h3')).toBe(second?.words);
    expect(page.text('#mind-p1 header')).toContain('scripted/test · self-consistency · prompt grounded');
    expect(page.text('#mind-p1 .reasoning')).toBe('It hits hard.');
    expect(page.texts('#mind-p1 .tally .count')).toEqual(['2 of 4', '1 of 4', '1 of 4']);
    expect(page.text('#mind-p1 .tally .abstained .what')).toBe('no vote: unparsable');
    const alerts = page.texts('#mind-p1 .alert').join('\n');
    expect(alerts).toContain('calc decided (timeout)No answer within 9 s.');
    expect(alerts).toContain('Expected 50% instead of 20%.');
    const facts = page.text('#mind-p1 .facts');
    for (const fact of ['130 ms', '900', '300 cached', '$0.0012']) expect(facts).toContain(fact);
    expect(page.document.getElementById('mind-p2')?.hidden).toBe(true);
    expect(page.document.getElementById('main')?.dataset.minds).toBe('1');
  });

  test('shows choices left to the server, and counts them', () => {
    const [first] = DECISIONS;
    const lost = defaultRecord({
      battleId: 'gen9randombattle-426',
      side: 'p1',
      agent: first?.agent ?? '',
      turn: 2,
      request: 'unknown',
      legalActions: 0,
      reason: 'the request cannot be read',
    });
    const page = open(pageOf([...DECISIONS.filter(({ turn }) => turn !== 2), lost]), '#turn-2');
    expect(page.text('#mind-p1 h3')).toBe('left to the server');
    expect(page.text('#mind-p1 .kind')).toBe('Unreadable request');
    expect(page.texts('#mind-p1 .alert').join()).toContain('the request cannot be read');
    expect(page.text('#decided')).toMatch(/, server's default 1: 1 no usable choice$/);
  });

  test('shows both minds when both sides have decisions', () => {
    const page = open(pageOf([...DECISIONS, ...FOE_DECISIONS]));
    for (const side of ['p1', 'p2']) {
      expect(page.document.getElementById(`mind-${side}`)?.hidden).toBe(false);
      expect(page.text(`#mind-${side} h3`)).not.toBe('');
    }
    expect(page.document.getElementById('main')?.dataset.minds).toBe('2');
  });

  test('shows the prompt without a click; folds stay as the reader sets them in the next turn', async () => {
    const page = open(PAGE);
    const folds = () => [...page.document.querySelectorAll('details')];
    expect(page.texts('details[open] pre')).toEqual(['Win.\nThe battle.']);
    const [prompt, answers] = folds() as [HTMLDetailsElement, HTMLDetailsElement];
    expect(answers.querySelector('pre')).toBeNull();
    prompt.open = false;
    answers.open = true;
    await new Promise((resolve) => setTimeout(resolve, 20));
    page.press('ArrowRight');
    expect(page.texts('details[open] pre').length).toBe(4);
    expect(folds().map(({ open }) => open)).toEqual([false, true]);
  });

  test('stores a repeated prompt only once', () => {
    const data = replayPageData(META, LINES, FRAMES, DECISIONS);
    expect(data.decisions.length).toBeGreaterThan(30);
    expect(data.texts.filter((text) => text.startsWith('Win.'))).toHaveLength(1);
  });
});

const ATTACKS = [
  '</script><script>globalThis.pwned = 1</script>',
  '<!--<script>',
  '<img src=x onerror="globalThis.pwned = 1">',
  '"><svg onload=globalThis.pwned=1>',
  '\u001b[31m\u202eevil\u2028',
  '<!-- data -->',
  '$& $1 $`',
];

describe('against hostile text', () => {
  const attack = ATTACKS.join(' ');
  const named = LINES.map((line) => line.replaceAll(/(p[12]a: )\w+/g, `$1${ATTACKS[2]}`));
  const hostileLines = [
    ...named.slice(0, -1),
    `|-item|p1a: x|${attack}`,
    `|c|evil|${attack}`,
    `|switch|p2a: ${attack}|${attack}, L5|100/100`,
    `|-start|p2a: ${attack}|${attack}`,
    `|-weather|${attack}`,
    ...named.slice(-1),
  ];
  const hostileMeta: BattleMeta = {
    ...META,
    seed: attack,
    players: { p1: { name: attack, agent: attack, model: attack }, p2: { name: attack } },
  };
  const recorder = framesOf(hostileLines, 'p1');
  const html = replayPage(
    replayPageData(
      hostileMeta,
      [`|tier|${attack}`],
      recorder,
      decisions({
        reasoning: attack,
        votes: [{ text: attack, latencyMs: 1, abstained: 'unparsable' }],
        fallback: { reason: 'bad-response', detail: attack, agent: attack },
        prompt: { style: attack, hash: attack, messages: [{ role: 'user', content: attack }] },
      }),
    ),
  );

  test('nothing becomes markup or script', async () => {
    const [page, plain] = [open(html), open(PAGE)];
    for (const { document, press } of [page, plain]) {
      for (const key of ['ArrowRight', 'End', 'Home', 'ArrowRight', 'ArrowRight']) press(key);
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(page.window.eval('globalThis.pwned')).toBeUndefined();
    const scripts = (document: Document) => document.querySelectorAll('script').length;
    expect(scripts(page.document)).toBe(scripts(plain.document));
    const tags = ({ document }: typeof page) =>
      new Set([...document.querySelectorAll('*')].map((one) => one.tagName));
    const known = tags(plain);
    const foreign = [...tags(page)].filter((tag) => !known.has(tag));
    // A fallback's warning is in the hostile page only.
    expect(foreign.filter((tag) => tag !== 'STRONG')).toEqual([]);
    const attributes = [...page.document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames());
    expect(attributes.filter((name) => /^on|^href$|^src$/.test(name))).toEqual([]);
    expect(page.texts('pre').length).toBeGreaterThan(1);
    for (const pre of page.texts('pre')) expect(pre).toContain('<img src=x onerror="globalThis.pwned = 1">');
    expect(page.text('.reasoning')).toContain('</script><script>globalThis.pwned = 1</script>');
    expect(page.document.title).toContain('</script><script>');
  });

  test('the data reads back unchanged, without control and direction characters', () => {
    const { document } = new JSDOM(html).window;
    const data = JSON.parse(document.getElementById('data')?.textContent ?? '');
    const { frames, pokemon } = replayPageData(hostileMeta, [], recorder, []);
    expect(frames.length).toBe(32);
    expect(JSON.stringify(frames)).toContain('</script><script>');
    expect(data.frames).toEqual(JSON.parse(JSON.stringify(frames)));
    expect(data.pokemon).toEqual(JSON.parse(JSON.stringify(pokemon)));
    expect(JSON.stringify(data.decisions)).toContain('<!-- data -->');
    const json = html.slice(html.indexOf('id="data"'));
    for (const trick of ['\u001b', '\u202e', '\u2028']) expect(json).not.toContain(trick);
  });
});

describe('the page on its own', () => {
  const html = PAGE;

  test('allows exactly its own style and script, and nothing from outside', () => {
    const { document } = new JSDOM(html).window;
    const policy =
      document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
    const hash = (selector: string) =>
      createHash('sha256')
        .update(document.querySelector(selector)?.textContent ?? '')
        .digest('base64');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash('style')}'`,
      `script-src 'sha256-${hash('script[type=module]')}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(document.querySelectorAll('[style]').length).toBe(0);
    expect(html).not.toMatch(/https?:|\/\/[a-z]|url\(|@import/i);
  });

  test('gives every button a name and every text its language', () => {
    const { document } = open(html);
    expect(document.documentElement.lang).toBe('en');
    for (const button of document.querySelectorAll('button')) {
      expect(button.getAttribute('aria-label') || button.textContent?.trim()).toBeTruthy();
    }
  });
});

test('votes are counted by action, the chosen one marked, abstentions last', () => {
  const vote = (choice: string | undefined, words: string) => ({ choice, words, text: '' });
  const votes = [
    { text: '', abstained: 'empty' },
    { text: '', abstained: 'empty' },
    vote('switch 2', 'switch to Milotic'),
    vote('move 1', 'use Surf'),
    { text: '', abstained: 'unparsable' },
    vote('switch 2', 'switch to Milotic'),
  ];
  expect(tallyVotes({ choice: 'move 1', votes })).toEqual([
    { words: 'switch to Milotic', kind: 'other', count: 2 },
    { words: 'use Surf', kind: 'chosen', count: 1 },
    { words: 'no vote: empty', kind: 'abstained', count: 2 },
    { words: 'no vote: unparsable', kind: 'abstained', count: 1 },
  ]);
  expect(tallyVotes({ choice: 'move 1' })).toEqual([]);
});
