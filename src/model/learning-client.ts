import type { GenerateRequest } from './language-model.ts';
import type { ChatOutcome } from './openai-client.ts';
import {
  buildBody,
  type ChatBody,
  isBounded,
  type SampleRange,
  sentForm,
  sentTokenLimit,
} from './openai-request.ts';
import type { Completion } from './openai-response.ts';
import { mayBeMendedByLess, readRefusal } from './refusal.ts';
import { describeChange, type Lesson, learn, type ServerTraits } from './server-traits.ts';

/** What to ask, and how to send it. */
interface Question {
  readonly request: GenerateRequest;
  readonly range: SampleRange;
  /** How often it was asked in vain before. */
  readonly retries: number;
  send(body: ChatBody): Promise<ChatOutcome>;
}

/** Asks a model behind a server of which it learns what it takes. */
export interface LearningClient {
  /** What is known by now; the same for all calls, those under way included. */
  readonly traits: ServerTraits;
  /** Asks, and asks again with less, or more, as often as the answer teaches something. */
  ask(question: Question): Promise<ChatOutcome>;
  /** Takes a lesson that came another way. */
  learn(lesson: Lesson): void;
}

/** Lessons that one question may cost. */
const MOST_LESSONS = 12;
/** Searches for what a server does not take that may end in vain; whatever else it says is then no such matter. */
const MOST_VAIN_SEARCHES = 3;

/**
 * A client that adapts to its server. A refusal that can be read teaches what not to send; one that cannot, and that
 * comes where something is sent that the server never took before, starts a search: without each such thing in turn,
 * then without all of them. What works is kept for all later calls. Calls under way at the same time learn together.
 *
 * @param onNotice told once of each thing learned, in one line
 */
export function createLearningClient(
  model: string,
  initial: ServerTraits,
  onNotice: (line: string) => void = () => {},
): LearningClient {
  let traits = initial;
  /** What the server has taken, as {@link features} names it. */
  const taken = new Set<string>();
  const told = new Set<string>();
  let search: Promise<ChatOutcome> | undefined;
  let vainSearches = 0;

  function adopt(next: ServerTraits): void {
    const lines = describeChange(traits, next).filter((line) => !told.has(line));
    traits = next;
    for (const line of lines) {
      told.add(line);
      onNotice(line);
    }
  }

  /** Learns a lesson if it changes what would be sent. */
  function learnFrom(
    body: ChatBody,
    lesson: Lesson | undefined,
    build: (traits: ServerTraits) => ChatBody,
  ): void {
    if (!lesson) return;
    const next = learn(traits, lesson);
    if (!isSame(build(next), body)) adopt(next);
  }

  async function ask(question: Question): Promise<ChatOutcome> {
    const { request, range, retries, send } = question;
    const build = (known: ServerTraits): ChatBody => buildBody(model, request, range, known);
    for (let lessons = 0; ; lessons++) {
      const body = build(traits);
      const outcome = await send(body);
      if (lessons >= MOST_LESSONS) return outcome;
      if (outcome.ok) {
        for (const feature of features(body)) taken.add(feature);
        if (!isStarved(outcome.value, body)) return outcome;
        if (isSame(build(traits), body)) learnFrom(body, { kind: 'thinking' }, build);
      } else {
        const { refusal } = outcome.failure;
        if (!refusal) return outcome;
        // Where another call has learned meanwhile, that comes first.
        if (isSame(build(traits), body)) learnFrom(body, readRefusal(body, refusal), build);
        if (isSame(build(traits), body)) {
          if (!mayBeMendedByLess(refusal) || (refusal.status >= 500 && retries === 0)) return outcome;
          if (search) await search;
          else return searchOnce(question, body, outcome);
        }
      }
      if (isSame(build(traits), body)) return outcome;
      // Without `n` these samples are no longer one request.
      if (range.count > 1 && traits.unsupported.has('n')) return outcome;
    }
  }

  /** Searches, while other calls wait for what it comes to. */
  async function searchOnce(question: Question, body: ChatBody, outcome: ChatOutcome): Promise<ChatOutcome> {
    if (vainSearches >= MOST_VAIN_SEARCHES) return outcome;
    search = searchForLess(question, body, outcome);
    try {
      const found = await search;
      if (!found.ok) vainSearches++;
      return found;
    } finally {
      search = undefined;
    }
  }

  /** Tries bodies with less in them; what is taken first is adopted. */
  async function searchForLess(
    question: Question,
    body: ChatBody,
    refused: ChatOutcome,
  ): Promise<ChatOutcome> {
    const singles = reductions(body, traits, taken);
    const { request, range, send } = question;

    async function attempt(lessons: readonly Lesson[]): Promise<ChatOutcome> {
      const reduced = buildBody(model, request, range, lessons.reduce(learn, traits));
      const outcome = await send(reduced);
      if (outcome.ok) for (const feature of features(reduced)) taken.add(feature);
      return outcome;
    }

    for (const lesson of singles) {
      const outcome = await attempt([lesson]);
      if (outcome.ok) adopt(learn(traits, lesson));
      if (isDecided(outcome)) return outcome;
    }
    const forms = singles.filter(({ kind }) => kind === 'form');
    const others = singles.filter(({ kind }) => kind !== 'form');
    let kept = [...forms.slice(-1), ...others];
    if (kept.length < 2) return refused;
    const bare = await attempt(kept);
    if (!bare.ok) return isDecided(bare) ? bare : refused;
    // More than one thing is not taken: what can come back, comes back, the form as strict as can be.
    for (const lesson of kept) {
      const rest = kept.filter((other) => other !== lesson);
      const instead = lesson.kind === 'form' ? forms.slice(0, -1).map((form) => [form, ...rest]) : [];
      for (const fewer of [rest, ...instead]) {
        if (!(await attempt(fewer)).ok) continue;
        kept = fewer;
        break;
      }
    }
    adopt(kept.reduce(learn, traits));
    return bare;
  }

  return {
    get traits() {
      return traits;
    },
    ask,
    learn: (lesson) => adopt(learn(traits, lesson)),
  };
}

/** Whether an outcome settles a search: an answer, or a failure that is about something else than what was sent. */
function isDecided(outcome: ChatOutcome): boolean {
  const refusal = outcome.ok ? undefined : outcome.failure.refusal;
  return refusal === undefined || !mayBeMendedByLess(refusal);
}

/** Whether a model ran out of tokens before it said anything; some servers tell by the count alone. */
function isStarved({ starved, samples, tokens }: Completion, body: ChatBody): boolean {
  const limit = sentTokenLimit(body) ?? Number.POSITIVE_INFINITY;
  const isSpent = (tokens?.outputTokens ?? 0) >= limit * samples.length;
  return starved || (isSpent && samples.length > 0 && samples.every(({ text }) => text.trim() === ''));
}

function isSame(a: ChatBody, b: ChatBody): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What in a body a server may not take, each by name. */
function features(body: ChatBody): string[] {
  const { response_format: format } = body;
  const names = (['temperature', 'seed', 'n', 'max_tokens', 'max_completion_tokens'] as const).filter(
    (name) => body[name] !== undefined,
  );
  const schema = format?.type === 'json_schema' ? `/${format.json_schema.name}` : '';
  return [...names, `${sentForm(body)}${schema}`, ...(isBounded(body) ? [`bounds${schema}`] : [])];
}

/** The ways to ask for a little less than a body does, for all that the server never took before. */
function reductions(body: ChatBody, traits: ServerTraits, taken: ReadonlySet<string>): Lesson[] {
  const untried = features(body).filter((feature) => !taken.has(feature));
  const refused = sentForm(body);
  const isFormUntried = untried.some((feature) => feature.startsWith(refused));
  const weaker = isFormUntried ? traits.forms.slice(traits.forms.indexOf(refused) + 1) : [];
  const dropped = (['seed', 'temperature', 'n', 'max_tokens'] as const).filter((name) =>
    untried.includes(name),
  );
  return [
    ...(untried.some((feature) => feature.startsWith('bounds')) ? [{ kind: 'bounds' } as const] : []),
    ...weaker.map((next): Lesson => ({ kind: 'form', refused, next })),
    ...dropped.map((name): Lesson => ({ kind: 'parameter', name })),
    ...(sentTokenLimit(body) === undefined ? [] : [{ kind: 'most-tokens', tokens: 0 } as const]),
  ];
}
