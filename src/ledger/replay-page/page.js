// Shows the battle in the JSON block of this page. All text goes in as text, never as markup.

const data = JSON.parse(document.getElementById('data').textContent);
const SIDES = ['p1', 'p2'];
const frames = data.frames.map((frame) => ({ ...frame, sides: unpacked(frame.sides) }));
const STATUS_NAMES = {
  brn: 'Burned',
  par: 'Paralyzed',
  psn: 'Poisoned',
  tox: 'Badly poisoned',
  slp: 'Asleep',
  frz: 'Frozen',
};
const STAT_NAMES = {
  atk: 'Atk',
  def: 'Def',
  spa: 'SpA',
  spd: 'SpD',
  spe: 'Spe',
  accuracy: 'Acc',
  evasion: 'Eva',
};
const REQUEST_NAMES = {
  move: 'Decision',
  switch: 'Forced switch',
  team: 'Team preview',
  unknown: 'Unreadable request',
};
const SPEEDS = [1, 2, 4, 0.5];
/** Time a log entry stays alone on the stage, in ms. */
const ACTION_MS = 850;
const EFFECT_MS = 550;
const TURN_MS = 1100;

const byId = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** An element with a class, and children that are elements or text. */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

const chip = (text, kind = '') => element('span', `chip ${kind}`, text);
const percent = (share) => (share > 0 ? Math.max(1, Math.round(share * 100)) : 0);
const plural = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
const color = (kind, name) => `var(--${kind}-${name.toLowerCase().replace(/[^a-z]/g, '')}, #5b6178)`;

function milliseconds(ms) {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The sides of a frame with their Pokémon in place of the numbers that stand for them. */
function unpacked(sides) {
  const team = (side) => ({ ...side, pokemon: side.pokemon.map((number) => data.pokemon[number]) });
  return Object.fromEntries(SIDES.map((side) => [side, team(sides[side])]));
}

// The board

/** A Pokémon as it first comes in, from what it was at the end of the turn. */
function newcomer(pokemon) {
  return pokemon && { ...pokemon, boosts: {}, volatiles: [], status: undefined, tera: undefined };
}

/** The Pokémon of a side after the first `played` entries of a turn's log. */
function teamAt(index, played, side) {
  const { log, sides } = frames[index];
  if (played >= log.length) return sides[side].pokemon;
  const team = new Map(frames[index - 1].sides[side].pokemon.map((pokemon) => [pokemon.id, { ...pokemon }]));
  for (const { change } of log.slice(0, played)) {
    if (!change?.id.startsWith(side)) continue;
    const pokemon = team.get(change.id) ?? newcomer(sides[side].pokemon.find(({ id }) => id === change.id));
    if (!pokemon) continue;
    team.set(change.id, pokemon);
    if (change.position !== undefined) leavePosition(team.values(), change.position);
    applyChange(pokemon, change);
  }
  return [...team.values()];
}

/** Whoever stands at a position goes to the bench. */
function leavePosition(team, position) {
  for (const pokemon of team) {
    if (pokemon.position === position)
      Object.assign(pokemon, { position: undefined, boosts: {}, volatiles: [] });
  }
}

/** What an entry of the log changes about a Pokémon. */
function applyChange(pokemon, { hp, status, position }) {
  if (hp !== undefined) Object.assign(pokemon, { hp, fainted: hp === 0 });
  if (status !== undefined) pokemon.status = status || undefined;
  if (position !== undefined) pokemon.position = position;
}

/** An HP bar; `update` moves it, or sets it at once when it is to show another Pokémon. */
function hpBar() {
  const fill = element('i');
  const bar = element('div', 'bar', fill);
  bar.setAttribute('aria-hidden', 'true');
  let shown;
  const update = (id, hp) => {
    bar.className = `bar ${hp <= 0.2 ? 'low' : hp <= 0.5 ? 'half' : ''} ${shown === id ? '' : 'still'}`;
    fill.style.width = `${percent(hp)}%`;
    // Reading the width applies the styles, so that a bar which is to stand still does not slide later.
    if (shown !== id) fill.getBoundingClientRect();
    shown = id;
  };
  return { bar, update };
}

function emblem({ species, types }) {
  const made = element('div', 'emblem', species.slice(0, 2));
  made.style.setProperty('--type', color('type', types[0] ?? ''));
  made.style.setProperty('--type-2', color('type', types[1] ?? types[0] ?? ''));
  made.setAttribute('aria-hidden', 'true');
  return made;
}

function typeChip(type, tera) {
  const made = chip(tera ? `Tera ${type}` : type, tera ? 'tera' : 'type');
  made.style.setProperty('--type', color('type', type));
  return made;
}

/** The tera type, then the others that still count: all of them beside Stellar, else none. */
function typeChips({ types, tera }) {
  const plain = types.filter((type) => type !== tera).map((type) => typeChip(type, false));
  return tera ? [typeChip(tera, true), ...plain] : plain;
}

function statusChip(status) {
  const made = chip(STATUS_NAMES[status] ?? status, 'status');
  made.style.setProperty('--status', color('status', status));
  return made;
}

function conditionChips({ fainted, status, boosts, volatiles }) {
  return [
    ...(fainted ? [chip('Fainted', 'fainted')] : status ? [statusChip(status)] : []),
    ...Object.entries(boosts).map(([stat, stage]) =>
      chip(
        `${stage > 0 ? '+' : '−'}${Math.abs(stage)} ${STAT_NAMES[stat] ?? stat}`,
        stage > 0 ? 'up' : 'down',
      ),
    ),
    ...volatiles.map((name) => chip(name)),
  ];
}

const GENDERS = { M: '♂', F: '♀' };

/** The card of one place on the field. */
function activeCard() {
  const card = element('div', 'active');
  const identity = element('div', 'identity');
  const number = element('span');
  const { bar, update: updateBar } = hpBar();
  const meter = element('div', 'meter', bar, number);
  const conditions = element('div', 'chips');
  const held = element('p', 'held');
  let last;

  const update = (pokemon) => {
    card.classList.toggle('empty', !pokemon);
    if (!pokemon) {
      card.replaceChildren(stop === end && data.result ? 'Nobody left' : 'Nobody on the field');
      last = undefined;
      return;
    }
    const { id, species, level, gender, hp, ability, item } = pokemon;
    const details = element('small', '', `L${level} ${GENDERS[gender] ?? ''}`);
    identity.replaceChildren(
      emblem(pokemon),
      element(
        'div',
        '',
        element('p', 'species', species, ' ', details),
        element('div', 'chips', ...typeChips(pokemon)),
      ),
    );
    number.textContent = `${percent(hp)}%`;
    updateBar(id, hp);
    conditions.replaceChildren(...conditionChips(pokemon));
    held.textContent = [ability, item].filter(Boolean).join(' · ');
    if (!card.contains(meter)) card.replaceChildren(identity, meter, conditions, held);
    if (last?.id === id && hp < last.hp && !calm) {
      card.animate({ transform: ['none', 'translateX(-5px)', 'translateX(5px)', 'none'] }, 260);
    }
    if (last && last.id !== id && !calm) {
      card.animate({ opacity: [0.2, 1], transform: ['translateY(6px)', 'none'] }, 260);
    }
    last = { id, hp };
  };
  return { card, update };
}

function benchItem() {
  const name = element('span', 'name');
  const left = element('span', 'left');
  const { bar, update: updateBar } = hpBar();
  const item = element('li', '', name, element('div', 'row', bar, left));
  const update = (pokemon) => {
    item.className = pokemon
      ? `${pokemon.fainted ? 'out' : ''} ${pokemon.position === undefined ? '' : 'on'}`
      : 'unseen';
    name.textContent = pokemon?.species ?? 'Unseen';
    name.title = pokemon?.species ?? '';
    left.textContent = pokemon ? (pokemon.fainted ? 'out' : `${percent(pokemon.hp)}%`) : '';
    bar.hidden = !pokemon;
    updateBar(pokemon?.id, pokemon?.hp ?? 0);
  };
  return { item, update };
}

/** One side of the board. */
function teamView(side) {
  const seats =
    1 + Math.max(0, ...frames.flatMap((frame) => frame.sides[side].pokemon.map((one) => one.position ?? 0)));
  // Team preview shows more than some formats let into battle; the end knows how many came.
  const brought = frames[lastIndex].sides[side].teamSize;
  const size = Math.max(brought, ...frames.map((frame) => frame.sides[side].pokemon.length));
  const cards = Array.from({ length: seats }, activeCard);
  const bench = Array.from({ length: size }, benchItem);
  const pips = element('span', 'pips');
  const conditions = element('div', 'chips');
  byId(`team-${side}`).replaceChildren(
    element('h2', '', element('bdi', '', data.players[side].name), pips),
    ...cards.map(({ card }) => card),
    element('ol', 'bench', ...bench.map(({ item }) => item)),
    conditions,
  );
  return (team, sideConditions) => {
    const standing = brought - team.filter((pokemon) => pokemon.fainted).length;
    pips.replaceChildren(
      ...Array.from({ length: brought }, (_, index) => element('i', index < standing ? '' : 'out')),
    );
    pips.setAttribute('role', 'img');
    pips.setAttribute('aria-label', `${standing} of ${brought} left`);
    for (const [position, { update }] of cards.entries())
      update(team.find((one) => one.position === position));
    conditions.replaceChildren(...sideConditions.map((name) => chip(name)));
    for (const [index, { update }] of bench.entries()) update(team[index]);
  };
}

// The minds

function tallyRow({ words, kind, share, number, note }) {
  const bar = element('div', 'bar', element('i'));
  bar.firstChild.style.width = `${Math.round(share * 100)}%`;
  bar.setAttribute('aria-hidden', 'true');
  const row = element('li', kind, element('span', 'what', words), bar, element('span', 'count', number));
  if (note) row.append(element('span', 'note', note));
  return row;
}

function votes({ tally }) {
  if (tally.length === 0) return undefined;
  const all = tally.reduce((sum, { count }) => sum + count, 0);
  const rows = tally.map(({ words, kind, count }) =>
    tallyRow({ words, kind, share: count / all, number: `${count} of ${all}` }),
  );
  return element('section', '', element('h4', '', 'Votes'), element('ol', 'tally', ...rows));
}

/** A score with its unit: shares and chances in percent. */
function scoreText(score, unit) {
  if (unit === 'share of playouts' || unit === 'probability') return `${percent(score)}%`;
  return Number(score.toPrecision(3)).toString();
}

function scores({ scores: list, scoreUnit, words: chosen }) {
  if (!list?.length) return undefined;
  const sorted = [...list].sort((a, b) => b.score - a.score);
  const best = sorted[0].score;
  const worst = Math.min(0, sorted.at(-1).score);
  const isUntried = ({ score }) => scoreUnit === 'share of playouts' && score === 0;
  const rows = sorted
    .filter((scored) => !isUntried(scored))
    .map(({ words, score, note }) =>
      tallyRow({
        words,
        kind: words === chosen ? 'chosen' : '',
        share: best > worst ? (score - worst) / (best - worst) : 1,
        number: scoreText(score, scoreUnit),
        note,
      }),
    );
  const untried = sorted.filter(isUntried).map(({ words }) => words);
  if (untried.length > 0)
    rows.push(element('li', '', element('span', 'note', `Not looked at: ${untried.join(', ')}`)));
  const heading = scoreUnit ? `Scores: ${scoreUnit}` : 'Scores';
  return element('section', '', element('h4', '', heading), element('ol', 'tally', ...rows));
}

function warning(title, text) {
  return element('p', 'alert', element('strong', '', title), text);
}

function warnings({ fallback, refused, switching }) {
  return [
    fallback && warning(`Fallback: ${fallback.agent} decided (${fallback.reason})`, fallback.detail),
    ...(refused ?? []).map(({ choice, message }) => warning(`The server refused “${choice}”`, message)),
    switching?.intoMoreDamage &&
      warning(
        'Switched into more damage than staying',
        `Expected ${percent(switching.expectedDamageSwitching ?? 0)}% instead of ${percent(switching.expectedDamageStaying ?? 0)}%.`,
      ),
    switching?.consecutive > 1 && warning(`Voluntary switch number ${switching.consecutive} in a row`, ''),
  ].filter(Boolean);
}

function facts({ latencyMs, usage, legalActions, playouts }) {
  const parts = [milliseconds(latencyMs), plural(legalActions, 'legal action')];
  if (playouts !== undefined) parts.push(plural(playouts, 'playout'));
  if (usage) {
    const { inputTokens, cachedInputTokens, outputTokens, calls, costUsd } = usage;
    const cached = cachedInputTokens > 0 ? ` (${cachedInputTokens.toLocaleString('en')} cached)` : '';
    parts.push(
      `${plural(inputTokens, 'token')} in${cached}, ${outputTokens.toLocaleString('en')} out`,
      plural(calls, 'call'),
      costUsd === undefined ? 'cost unknown' : `$${Number(costUsd.toPrecision(2))}`,
    );
  }
  return element('p', 'facts', parts.join(' · '));
}

/** Kinds of folds that are open; what the reader opens or closes stays so from turn to turn. */
const opened = new Set(['prompt']);

/** A fold whose content is built when it is first opened. */
function fold(kind, title, build) {
  const made = element('details', '', element('summary', '', title));
  const unfold = () => {
    if (made.children.length === 1) made.append(element('div', 'unfolded', ...build()));
  };
  if (opened.has(kind)) {
    unfold();
    made.open = true;
  }
  made.addEventListener('toggle', () => {
    unfold();
    if (made.open) opened.add(kind);
    else opened.delete(kind);
  });
  return made;
}

function message(heading, text, kind = '') {
  const made = element('pre', '', data.texts[text]);
  made.tabIndex = 0;
  return element('div', `message ${kind}`, ...heading, made);
}

function answersFold({ votes: list }) {
  if (list.length === 0) return undefined;
  return fold(
    'answers',
    list.length === 1 ? 'What the model wrote' : `What the model wrote, ${list.length} samples`,
    () =>
      list.map(({ words, text, ms }) =>
        message([element('b', '', words), ms === undefined ? '' : ` · ${milliseconds(ms)}`], text),
      ),
  );
}

function promptFold({ prompt }) {
  if (!prompt) return undefined;
  const size = prompt.messages.reduce((sum, { text }) => sum + data.texts[text].length, 0);
  return fold('prompt', `Prompt “${prompt.style}”, ${plural(size, 'character')}`, () => [
    ...prompt.messages.map(({ role, text }) => message([element('b', '', role)], text, role)),
    element('p', 'message', `SHA-256 ${prompt.hash}`),
  ]);
}

function decisionView(decision) {
  const reasoning = decision.reasoning && element('blockquote', 'reasoning', decision.reasoning);
  return element(
    'article',
    'decision',
    element(
      'div',
      '',
      element('p', 'kind', REQUEST_NAMES[decision.request]),
      element('h3', '', decision.words),
    ),
    ...warnings(decision),
    reasoning,
    votes(decision),
    scores(decision),
    promptFold(decision),
    answersFold(decision),
    facts(decision),
  );
}

function mindView(side) {
  const own = data.decisions.filter((decision) => decision.side === side);
  const view = byId(`mind-${side}`);
  if (own.length === 0) return () => {};
  const player = data.players[side];
  const how = [player.model, player.strategy, player.promptStyle && `prompt ${player.promptStyle}`];
  const body = element('div', 'decisions');
  view.hidden = false;
  view.setAttribute('aria-label', `How ${player.name} decided`);
  view.replaceChildren(
    element(
      'header',
      '',
      element('h2', '', element('bdi', '', player.agent ? `${player.name} · ${player.agent}` : player.name)),
      element('p', '', how.filter(Boolean).join(' · ')),
    ),
    body,
  );
  return (turn) => {
    const made = own.filter((decision) => decision.turn === turn).map(decisionView);
    body.replaceChildren(
      ...(made.length > 0
        ? made
        : [
            element(
              'p',
              'none',
              turn === undefined ? 'The battle is over.' : 'Nothing to decide in this turn.',
            ),
          ]),
    );
  };
}

// The stops: the start, the position before each turn, and the end

const lastIndex = frames.length - 1;
/** The stop after the last turn. */
const end = frames.length;
let stop = 0;

/** The frame whose end is the position at a stop. */
const positionAt = (at) => frames[Math.max(0, at - 1)];

// The timeline

/** Remaining HP of a whole team, 0–1. */
function strength({ teamSize, pokemon }) {
  const unseen = Math.max(0, teamSize - pokemon.length);
  const left = pokemon.reduce((sum, { hp }) => sum + hp, unseen);
  return left / Math.max(1, teamSize, pokemon.length);
}

/** The last stop that was looked at: what lies beyond is not told. */
let furthest = -1;

/** Draws the timeline as far as it was looked at. */
function drawTimeline() {
  if (stop <= furthest) return;
  furthest = stop;
  const x = (at) => ((100 * at) / end).toFixed(2);
  const stops = Array.from({ length: furthest + 1 }, (_, at) => at);
  for (const side of SIDES) {
    const points = stops.map(
      (at) => `${x(at)} ${(43 - 42 * strength(positionAt(at).sides[side])).toFixed(2)}`,
    );
    byId(`line-${side}`).setAttribute('d', `M${points.join('L')}`);
    byId(`area-${side}`).setAttribute('d', `M0 44L${points.join('L')}L${x(furthest)} 44Z`);
  }
  const fallbacks = data.decisions.filter(({ fallback }) => fallback);
  byId('fallback-key').hidden = fallbacks.length === 0;
  const turns = new Set(fallbacks.map(({ turn }) => turn));
  const marks = stops.flatMap((at) => (turns.has(frames[at]?.turn) ? [`M${x(at)} 44h0`] : []));
  byId('fallbacks').setAttribute('d', marks.join(''));
}

// The player

const teams = Object.fromEntries(SIDES.map((side) => [side, teamView(side)]));
const minds = SIDES.map(mindView);
/** Log entries of this turn that have been played; undefined while the position before them is shown. */
let played;
let timer;
let naming;
let speed = SPEEDS[0];

function logItem({ text, tone, side }) {
  const item = element('li', `${tone} ${side ?? ''}`, text);
  if (tone === 'action' && side) item.title = data.players[side].name;
  return item;
}

function renderStage() {
  const log = frames[stop]?.log ?? [];
  // What came before the first turn led to the position that is shown.
  const moved = stop === 0 || played >= log.length;
  const around = stop < end && moved ? frames[stop] : positionAt(stop);
  for (const side of SIDES) {
    const team = stop === end || stop === 0 ? around.sides[side].pokemon : teamAt(stop, played ?? 0, side);
    teams[side](team, around.sides[side].conditions);
  }
  byId('field').replaceChildren(...around.field.map((name) => chip(name)));
  const quiet = log.length === 0 ? [element('li', 'nothing', 'Nothing has happened yet.')] : [];
  byId('log').replaceChildren(...log.slice(0, played).map(logItem), ...quiet);
}

function renderTurn() {
  const turn = frames[stop]?.turn;
  const label = stop === end ? 'End' : turn === 0 ? 'Start' : `Turn ${turn} of ${frames[lastIndex].turn}`;
  byId('turn-label').textContent = label;
  byId('position').textContent = stop === end ? 'Final position' : 'Position';
  byId('winner').hidden = stop < end;
  byId('log').parentElement.hidden = stop === end;
  for (const show of minds) show(turn);
  byId('slider').value = stop;
  byId('slider').setAttribute('aria-valuetext', label);
  byId('first').disabled = byId('back').disabled = stop === 0;
  byId('next').disabled = byId('last').disabled = stop === end;
  drawTimeline();
}

function renderButtons() {
  byId('play-icon').setAttribute('d', timer === undefined ? 'M4 2v12l10-6z' : 'M3 2h4v12H3zM9 2h4v12H9z');
  byId('play-label').textContent = timer === undefined ? 'Play' : 'Pause';
  byId('speed').textContent = `${speed}×`;
  byId('speed').setAttribute('aria-label', `Speed ${speed}×`);
}

/** Puts the turn into the address, so that it can be shared; late, because browsers limit how often. */
function nameTurn() {
  clearTimeout(naming);
  const name = stop === end ? 'end' : `turn-${frames[stop].turn}`;
  naming = setTimeout(() => history.replaceState(null, '', `#${name}`), 400);
}

/** Shows a stop: the position, the decisions made in it, and what came of them. */
function show(target) {
  stop = Math.min(end, Math.max(0, target));
  played = undefined;
  renderTurn();
  renderStage();
  nameTurn();
}

function pause() {
  clearTimeout(timer);
  timer = undefined;
  renderButtons();
}

/** Plays the next log entry, then the next turn. */
function advance() {
  const log = frames[stop]?.log ?? [];
  if ((played ?? 0) < log.length) {
    played = (played ?? 0) + 1;
  } else if (stop < end) {
    stop++;
    played = 0;
    renderTurn();
    nameTurn();
  }
  renderStage();
  if (stop === end) {
    pause();
    return;
  }
  const wait =
    played >= log.length || played === 0 ? TURN_MS : log[played].tone === 'action' ? ACTION_MS : EFFECT_MS;
  timer = setTimeout(advance, wait / speed);
}

function toggle() {
  if (timer !== undefined) {
    pause();
    played = undefined;
    renderStage();
    return;
  }
  if (stop === end) show(0);
  played = 0;
  renderStage();
  timer = setTimeout(advance, TURN_MS / speed);
  renderButtons();
}

function jump(target) {
  pause();
  show(target);
}

function changeSpeed() {
  speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
  renderButtons();
}

const KEYS = {
  ArrowLeft: () => jump(stop - 1),
  ArrowRight: () => jump(stop + 1),
  Home: () => jump(0),
  End: () => jump(end),
  ' ': toggle,
  s: changeSpeed,
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  // Controls keep their own keys: space presses a button, arrows move the slider and scroll a text.
  if (key === ' ' && target.closest('button, summary')) return;
  if (key !== ' ' && key !== 's' && target.closest('input, pre')) return;
  const action = KEYS[key];
  if (!action) return;
  event.preventDefault();
  action();
}

function outcome({ result }) {
  if (!result) return 'The battle was not finished';
  const turns = `in ${plural(result.turns, 'turn')}`;
  return result.winner ? `${data.players[result.winner].name} won ${turns}` : `A tie ${turns}`;
}

const viewer = data.players[data.view]?.name;
byId('format').textContent = [data.format, viewer && `as ${viewer} saw it`].filter(Boolean).join(' · ');
for (const side of SIDES) byId(`name-${side}`).textContent = data.players[side].name;
byId('decided').textContent = data.decided.join(' · ');
byId('played').textContent = [data.startedAt.slice(0, 10), data.seed && `seed ${data.seed}`]
  .filter(Boolean)
  .join(' · ');
byId('winner').textContent = [outcome(data), ...data.notWhose].join('; ');
byId('winner').classList.add(data.result?.winner ?? 'nobody');
byId('main').dataset.minds = new Set(data.decisions.map(({ side }) => side)).size;
byId('slider').max = end;
byId('slider').addEventListener('input', (event) => jump(Number(event.target.value)));
byId('first').addEventListener('click', KEYS.Home);
byId('back').addEventListener('click', KEYS.ArrowLeft);
byId('next').addEventListener('click', KEYS.ArrowRight);
byId('last').addEventListener('click', KEYS.End);
byId('play').addEventListener('click', toggle);
byId('speed').addEventListener('click', changeSpeed);
document.addEventListener('keydown', onKey);
renderButtons();

const asked = /^#turn-(\d+)$/.exec(location.hash);
const named = asked ? frames.findIndex(({ turn }) => turn === Number(asked[1])) : -1;
show(location.hash === '#end' ? end : named >= 0 ? named : Math.min(1, end));
