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
import { mayBeMendedByLess, type Refusal, readRefusal } from './refusal.ts';
import { describeChange, type Lesson, learn, type ServerTraits } from './server-traits.ts';

/** What to ask, and how to send it. */
interface Question {
  readonly request: GenerateRequest;
  readonly range: SampleRange;
  /** How often it was asked without success before. */
  readonly retries: number;
  send(body: ChatBody): Promise<ChatOutcome>;
}

/** Asks a model behind a server and learns what the server accepts. */
export interface LearningClient {
  /** What is known so far; shared by all calls, including those under way. */
  readonly traits: ServerTraits;
  /** Asks, and asks again with less or more for as long as an answer teaches something. */
  ask(question: Question): Promise<ChatOutcome>;
  /** Takes a lesson from elsewhere. */
  learn(lesson: Lesson): void;
}

/** Most lessons from one question. */
const MOST_LESSONS = 12;
/**
 * Most searches for an unsupported feature without success; after that, other refusals are taken to be about something
 * else.
 */
const MOST_VAIN_SEARCHES = 3;

/**
 * A client that adapts to its server. A refusal that can be read shows what not to send. A refusal that cannot be read,
 * of a request with features that the server never accepted before, starts a search: without each such feature in turn,
 * then without all of them. What works is kept for all later calls. Calls under way at the same time learn together.
 *
 * @param onNotice called once for each thing learned, with one line
 */
export function createLearningClient(
  model: string,
  initial: ServerTraits,
  onNotice: (line: string) => void = () => {},
): LearningClient {
  return new AdaptiveClient(model, initial, onNotice);
}

class AdaptiveClient implements LearningClient {
  traits: ServerTraits;
  private readonly model: string;
  private readonly onNotice: (line: string) => void;
  /** What the server has accepted, as {@link features} names it. */
  private readonly taken = new Set<string>();
  private readonly reported = new Set<string>();
  private search: Promise<ChatOutcome> | undefined;
  private vainSearches = 0;

  constructor(model: string, initial: ServerTraits, onNotice: (line: string) => void) {
    this.model = model;
    this.traits = initial;
    this.onNotice = onNotice;
  }

  async ask(question: Question): Promise<ChatOutcome> {
    for (let lessons = 0; ; lessons++) {
      const body = this.build(question);
      const outcome = await this.send(question, body);
      if (lessons >= MOST_LESSONS) return outcome;
      const settled = await this.adapt(question, body, outcome);
      if (settled) return settled;
      if (this.wouldSend(question, body)) return outcome;
      // Without `n` these samples no longer fit in one request.
      if (question.range.count > 1 && this.traits.unsupported.has('n')) return outcome;
    }
  }

  learn(lesson: Lesson): void {
    this.adopt(learn(this.traits, lesson));
  }

  /** Learns from an outcome, directly or by a search. Returns what to hand on when there is no more to learn. */
  private async adapt(
    question: Question,
    body: ChatBody,
    outcome: ChatOutcome,
  ): Promise<ChatOutcome | undefined> {
    if (outcome.ok) {
      if (!isStarved(outcome.value, body)) return outcome;
      this.learnFrom(question, body, { kind: 'thinking' });
      return undefined;
    }
    const { refusal } = outcome.failure;
    if (!refusal) return outcome;
    this.learnFrom(question, body, readRefusal(body, refusal));
    if (!this.wouldSend(question, body)) return undefined;
    if (!isWorthSearch(refusal, question.retries)) return outcome;
    if (!this.search) return this.searchOnce(question, body, outcome);
    await this.search;
    return undefined;
  }

  private build({ request, range }: Question, traits = this.traits): ChatBody {
    return buildBody(this.model, request, range, traits);
  }

  /** Sends a body, and notes what the server accepts. */
  private async send(question: Question, body: ChatBody): Promise<ChatOutcome> {
    const outcome = await question.send(body);
    if (outcome.ok) for (const feature of features(body)) this.taken.add(feature);
    return outcome;
  }

  /** Whether a question would be sent with this body, given what is known now. */
  private wouldSend(question: Question, body: ChatBody): boolean {
    return isSame(this.build(question), body);
  }

  private adopt(next: ServerTraits): void {
    const lines = describeChange(this.traits, next).filter((line) => !this.reported.has(line));
    this.traits = next;
    for (const line of lines) {
      this.reported.add(line);
      this.onNotice(line);
    }
  }

  /**
   * Learns a lesson if it changes what would be sent. If another call has learned something in the meantime, that is
   * tried first.
   */
  private learnFrom(question: Question, body: ChatBody, lesson: Lesson | undefined): void {
    if (!lesson || !this.wouldSend(question, body)) return;
    const next = learn(this.traits, lesson);
    if (!isSame(this.build(question, next), body)) this.adopt(next);
  }

  /** Searches while other calls wait for the result. */
  private async searchOnce(question: Question, body: ChatBody, outcome: ChatOutcome): Promise<ChatOutcome> {
    if (this.vainSearches >= MOST_VAIN_SEARCHES) return outcome;
    this.search = this.searchForLess(question, body, outcome);
    try {
      const found = await this.search;
      if (!found.ok) this.vainSearches++;
      return found;
    } finally {
      this.search = undefined;
    }
  }

  /** Tries bodies with less in them; the first that is accepted is adopted. */
  private async searchForLess(
    question: Question,
    body: ChatBody,
    refused: ChatOutcome,
  ): Promise<ChatOutcome> {
    const singles = reductions(body, this.traits, this.taken);
    for (const lesson of singles) {
      const outcome = await this.attempt(question, [lesson]);
      if (outcome.ok) this.learn(lesson);
      if (isDecided(outcome)) return outcome;
    }
    const forms = singles.filter(({ kind }) => kind === 'form');
    const others = singles.filter(({ kind }) => kind !== 'form');
    const all = [...forms.slice(-1), ...others];
    if (all.length < 2) return refused;
    const bare = await this.attempt(question, all);
    if (!bare.ok) return isDecided(bare) ? bare : refused;
    const kept = await this.fewest(question, all, forms.slice(0, -1));
    this.adopt(kept.reduce(learn, this.traits));
    return bare;
  }

  /**
   * More than one feature is not accepted: restores as many as possible, with the strictest possible form.
   *
   * @param forms to try instead of the weakest, the strictest first
   */
  private async fewest(
    question: Question,
    lessons: readonly Lesson[],
    forms: readonly Lesson[],
  ): Promise<readonly Lesson[]> {
    let kept = lessons;
    for (const lesson of lessons) {
      const rest = kept.filter((other) => other !== lesson);
      const instead = lesson.kind === 'form' ? forms.map((form) => [form, ...rest]) : [];
      for (const fewer of [rest, ...instead]) {
        if (!(await this.attempt(question, fewer)).ok) continue;
        kept = fewer;
        break;
      }
    }
    return kept;
  }

  private attempt(question: Question, lessons: readonly Lesson[]): Promise<ChatOutcome> {
    return this.send(question, this.build(question, lessons.reduce(learn, this.traits)));
  }
}

/** Whether an unreadable refusal may be about the content of the request: a server error is retried first. */
function isWorthSearch(refusal: Refusal, retries: number): boolean {
  return mayBeMendedByLess(refusal) && (refusal.status < 500 || retries > 0);
}

/** Whether an outcome ends a search: an answer, or a failure that is not about what was sent. */
function isDecided(outcome: ChatOutcome): boolean {
  const refusal = outcome.ok ? undefined : outcome.failure.refusal;
  return refusal === undefined || !mayBeMendedByLess(refusal);
}

/** Whether a model ran out of tokens before it said anything; on some servers only the count shows it. */
function isStarved({ starved, samples, tokens }: Completion, body: ChatBody): boolean {
  const limit = sentTokenLimit(body) ?? Number.POSITIVE_INFINITY;
  const isSpent = (tokens?.outputTokens ?? 0) >= limit * samples.length;
  return starved || (isSpent && samples.length > 0 && samples.every(({ text }) => text.trim() === ''));
}

function isSame(a: ChatBody, b: ChatBody): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The features of a body that a server may not accept, each by name. */
function features(body: ChatBody): string[] {
  const { response_format: format } = body;
  const names = (['temperature', 'seed', 'n', 'max_tokens', 'max_completion_tokens'] as const).filter(
    (name) => body[name] !== undefined,
  );
  const schema = format?.type === 'json_schema' ? `/${format.json_schema.name}` : '';
  return [...names, `${sentForm(body)}${schema}`, ...(isBounded(body) ? [`bounds${schema}`] : [])];
}

/** The ways to ask for a little less than a body does, among features that the server never accepted before. */
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
