import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SideId } from '../battle/state.ts';
import { escapeHtml, jsonForHtml, safeLine, safeText } from '../util/safe-text.ts';
import { type PageDecision, pageDecisions } from './page-decisions.ts';
import { formatName } from './public-replay.ts';
import type { BattleMeta, BattlePlayer, DecisionRecord } from './record.ts';
import { type FramePokemon, type FrameSide, type ReplayFrame, replayFrames } from './replay-frames.ts';

type PackedSide = Omit<FrameSide, 'pokemon'> & { readonly pokemon: readonly number[] };
type PackedFrame = Omit<ReplayFrame, 'sides'> & { readonly sides: Readonly<Record<SideId, PackedSide>> };

/** All that the replay page shows; the page itself computes nothing about the battle. */
export interface ReplayPageData {
  readonly id: string;
  readonly format: string;
  readonly seed?: string;
  readonly startedAt: string;
  readonly players: Readonly<Record<SideId, BattlePlayer>>;
  readonly result?: BattleMeta['result'];
  readonly frames: readonly PackedFrame[];
  /** Every state that a Pokémon is shown in, referred to by index: most do not change from turn to turn. */
  readonly pokemon: readonly FramePokemon[];
  readonly decisions: readonly PageDecision[];
  /** Prompts and answers, referred to by index. */
  readonly texts: readonly string[];
}

function safePlayer(player: BattlePlayer): BattlePlayer {
  return { ...player, name: safeLine(player.name, 60) };
}

/** What the page of a battle shows. Pure. */
export function replayPageData(
  meta: BattleMeta,
  lines: readonly string[],
  records: readonly DecisionRecord[],
): ReplayPageData {
  const players = { p1: safePlayer(meta.players.p1), p2: safePlayer(meta.players.p2) };
  return {
    id: meta.id,
    format: safeLine(formatName(lines) ?? meta.format, 80),
    seed: meta.seed,
    startedAt: meta.timing.startedAt,
    players,
    result: meta.result,
    ...packed(replayFrames(lines, { p1: players.p1.name, p2: players.p2.name })),
    ...pageDecisions(records),
  };
}

/** Frames with each distinct state of a Pokémon told once. */
function packed(frames: readonly ReplayFrame[]): Pick<ReplayPageData, 'frames' | 'pokemon'> {
  const numbers = new Map<string, number>();
  const pokemon: FramePokemon[] = [];
  const numberOf = (shown: FramePokemon): number => {
    const key = JSON.stringify(shown);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, pokemon.length);
    return pokemon.push(shown) - 1;
  };
  const side = (of: FrameSide): PackedSide => ({ ...of, pokemon: of.pokemon.map(numberOf) });
  return {
    frames: frames.map((frame) => ({
      ...frame,
      sides: { p1: side(frame.sides.p1), p2: side(frame.sides.p2) },
    })),
    pokemon,
  };
}

interface Assets {
  readonly html: string;
  readonly css: string;
  readonly js: string;
  readonly policy: string;
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

let assets: Assets | undefined;

/** The page's own files; its policy allows exactly this style and this script, and nothing from anywhere else. */
function loadAssets(): Assets {
  // Browsers hash a script with LF line ends, whatever a checkout made of them.
  const read = (name: string) =>
    readFileSync(new URL(`./replay-page/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
  const [html, css, js] = [read('page.html'), read('page.css'), read('page.js')];
  const policy = [
    "default-src 'none'",
    `style-src ${hashSource(css)}`,
    `script-src ${hashSource(js)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { html, css, js, policy };
}

/** A control character other than a line break in JSON text, or an escaped backslash, which is none. */
const ESCAPED = /\\(?:\\|u00[01][0-9a-f]|[bf])/g;

/** The data as JSON for a `<script>` element, without any character that could play tricks on a reader. */
function pageJson(data: ReplayPageData): string {
  return safeText(jsonForHtml(data)).replace(ESCAPED, (found) => (found === '\\\\' ? found : ''));
}

/**
 * A battle as one HTML page that opens offline: it plays the battle turn by turn, with the agents' prompts, votes and
 * reasoning beside it. Whatever came from outside is in a JSON block that the page renders as text.
 */
export function replayPage(
  meta: BattleMeta,
  lines: readonly string[],
  records: readonly DecisionRecord[],
): string {
  assets ??= loadAssets();
  const data = replayPageData(meta, lines, records);
  const title = escapeHtml(`${data.players.p1.name} vs ${data.players.p2.name} – ${data.format}`);
  const slots: Record<string, string> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${assets.policy}">`,
    title: `<title>${title}</title>`,
    style: `<style>${assets.css}</style>`,
    data: `<script type="application/json" id="data">${pageJson(data)}</script>`,
    script: `<script type="module">${assets.js}</script>`,
  };
  return assets.html.replace(/<!-- (\w+) -->/g, (comment, name: string) => slots[name] ?? comment);
}
