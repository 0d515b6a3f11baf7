import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SideId } from '../battle/state.ts';
import { escapeHtml, jsonForHtml, redactedJson, safeLine } from '../util/safe-text.ts';
import { battleDecidedWords, battleNotWhose, decidedBySide } from './decided.ts';
import type { FrameRecorder } from './frame-recorder.ts';
import { type PageDecision, pageDecisions } from './page-decisions.ts';
import { formatName } from './public-replay.ts';
import type { BattleMeta, BattlePlayer, DecisionRecord } from './record.ts';
import { DECISION_KEYS, publicSecrets } from './redaction.ts';
import type { ReplayFrames } from './replay-frames.ts';

/** Everything that the replay page shows; the page itself computes nothing about the battle. */
export interface ReplayPageData extends ReplayFrames {
  readonly id: string;
  readonly format: string;
  readonly seed?: string;
  readonly startedAt: string;
  readonly players: Readonly<Record<SideId, BattlePlayer>>;
  readonly result?: BattleMeta['result'];
  /** Who made the decisions, one line for each side that has any. */
  readonly decided: readonly string[];
  /** Says for whom the battle does not count, beside its outcome. */
  readonly notWhose: readonly string[];
  readonly decisions: readonly PageDecision[];
  /** Prompts and answers, referred to by index. */
  readonly texts: readonly string[];
}

function safePlayer(player: BattlePlayer): BattlePlayer {
  return { ...player, name: safeLine(player.name, 60) };
}

const NO_SIDE = { teamSize: 0, pokemon: [], conditions: [] };
/** For a battle that nobody followed. */
const NO_FRAME = { turn: 0, log: [], sides: { p1: NO_SIDE, p2: NO_SIDE }, field: [] };

/**
 * The content of a battle's page. Pure.
 *
 * @param lines the spectator's, for the format's name
 */
export function replayPageData(
  meta: BattleMeta,
  lines: readonly string[],
  recorder: FrameRecorder,
  records: readonly DecisionRecord[],
): ReplayPageData {
  const players = { p1: safePlayer(meta.players.p1), p2: safePlayer(meta.players.p2) };
  const decided = decidedBySide(records);
  const { view, frames, pokemon } = recorder.frames({ p1: players.p1.name, p2: players.p2.name });
  return {
    id: meta.id,
    format: safeLine(formatName(lines) ?? meta.format, 80),
    seed: meta.seed,
    startedAt: meta.timing.startedAt,
    players,
    result: meta.result,
    decided: battleDecidedWords(players, decided),
    notWhose: battleNotWhose(players, decided),
    view,
    frames: frames.length > 0 ? frames : [NO_FRAME],
    pokemon,
    ...pageDecisions(records),
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
  // Browsers hash a script with LF line ends, whatever line ends a checkout has.
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

/**
 * A battle as one HTML page that opens offline: it plays the battle turn by turn, with the agents' prompts, votes and
 * reasoning beside it. Everything from outside is in a JSON block that the page renders as text.
 *
 * @param secrets values that must not be on it, such as API keys; anything that looks like a key is left out anyway
 * @param ownName our name on the server
 */
export function replayPage(data: ReplayPageData, secrets: readonly string[] = [], ownName?: string): string {
  assets ??= loadAssets();
  const { decisions, texts, ...battle } = data;
  const shown = redactedJson(battle, publicSecrets(secrets, ownName));
  const thought = redactedJson({ decisions, texts }, secrets, DECISION_KEYS);
  const json = `${shown.slice(0, -1)},${thought.slice(1)}`;
  const title = escapeHtml(`${data.players.p1.name} vs ${data.players.p2.name} – ${data.format}`);
  const slots: Record<string, string> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${assets.policy}">`,
    title: `<title>${title}</title>`,
    style: `<style>${assets.css}</style>`,
    data: `<script type="application/json" id="data">${jsonForHtml(json)}</script>`,
    script: `<script type="module">${assets.js}</script>`,
  };
  return assets.html.replace(/<!-- (\w+) -->/g, (comment, name: string) => slots[name] ?? comment);
}
