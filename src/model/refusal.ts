import type { WireParameter } from './model-quirks.ts';
import type { ServerComplaint } from './openai-error-body.ts';
import { type ChatBody, isBounded, promptEstimate, sentForm, sentTokenLimit } from './openai-request.ts';
import type { Lesson } from './server-traits.ts';

/** An error answer. */
export interface Refusal {
  readonly status: number;
  readonly complaint: ServerComplaint;
}

/** Statuses about the key, the time or the server's health, never about the body. */
const NOT_OF_THE_BODY: ReadonlySet<number> = new Set([401, 403, 407, 408, 429, 502, 503, 504]);

/** Statuses of a rejected body that are used for other things as well. */
const OF_THE_BODY: ReadonlySet<number> = new Set([400, 406, 413, 415, 422, 500, 501]);

/**
 * What a refusal teaches about the model's server, whatever its wording; undefined when it is about something else or
 * cannot be read.
 *
 * @param body the refused body
 */
export function readRefusal(body: ChatBody, { status, complaint }: Refusal): Lesson | undefined {
  if (status === 402) return affordable(body, complaint.message);
  if (NOT_OF_THE_BODY.has(status)) return undefined;
  return (
    readTokenLimit(body, complaint.message) ?? readForm(body, complaint) ?? readParameter(body, complaint)
  );
}

/** Whether asking for less might help after a refusal without a readable reason. */
export function mayBeMendedByLess(refusal: Refusal): boolean {
  const { status, complaint } = refusal;
  const { message } = complaint;
  if (isAboutModel(message) || isPromptTooLong(refusal) || isOutOfCredit(refusal, false)) return false;
  return OF_THE_BODY.has(status) || (status === 404 && /\bparameters?\b/i.test(message));
}

/**
 * Whether the account has run out of credit. The status may be that of a rate limit, or another, but waiting does not
 * help.
 *
 * @param saysWhen whether the server says when to try again
 */
export function isOutOfCredit({ status, complaint }: Refusal, saysWhen: boolean): boolean {
  const { message, code = '' } = complaint;
  if (status === 402 || SPENT.test(code) || SPENT.test(message)) return true;
  return status === 429 && !saysWhen && PROBABLY_SPENT.test(message);
}

const SPENT =
  /insufficient[_ -]?(?:quota|balance|credit|fund)s?|credit balance|(?:out of|no|not enough|add) credits?\b|payment required|account balance|balance (?:is )?(?:too low|insufficient|not enough)|billing_(?:hard_limit|not_active)|余额不足|欠费/i;
const PROBABLY_SPENT =
  /current quota|\bbilling\b|\bquota\b.*\b(?:exhausted|used up|reached)|monthly limit|spend(?:ing)? limit/i;

/** Whether a complaint is about the model's name. */
export function isAboutModel(message: string): boolean {
  return /\bmodel\b/i.test(message) && NO_SUCH.test(message);
}

const NO_SUCH =
  /not[ _](?:be )?(?:found|exist|available|loaded|valid)|does ?n[o']t exist|no such|unknown|invalid model|not a valid|unrecogni[sz]ed|no (?:available )?(?:channel|deployment|endpoint|provider)s?\b|failed to load|pull(?:ing)? it/i;

// --- token limits

/** A pattern in which `#` stands for a number. */
function numbered(source: string): RegExp {
  return new RegExp(source.replaceAll('#', '(\\d[\\d,_]*\\d|\\d)'), 'i');
}

/** Words that show that a complaint is about the number of tokens. */
const ABOUT_TOKENS =
  /max[_ ]?(?:completion[_ ]|output[_ ]|new[_ ])?tokens|context[_ ](?:length|window|size)|\bn_ctx\b|(?:prompt|input|request) (?:is )?too long|too many tokens|token limit|(?:output|completion|requested) tokens/i;

/** Words that show that there are too many of them, rather than that the parameter is wrong. */
const TOO_MANY =
  /too (?:large|long|many|big|high)|exceed|maximum|at most|at_most|up to|less than|greater than|larger than|above|more than|below|<=|>|≤|range|reduce|limit (?:is|of)|fewer|overflow/i;

const WINDOW = [
  numbered('context[ _](?:length|window|size|limit)(?: is| of|:| =|=)?(?: only| limited to)? #'),
  numbered('#[- ]tokens? (?:maximum )?context|# maximum context'),
  numbered('n_ctx"?[ :=]+#'),
  numbered('inputs?`? tokens \\+ `?max_new_tokens`? must be <= #'),
  numbered('tokens > # maximum'),
];

const PROMPT = [
  numbered('#(?: tokens)? (?:in|from|of|for) (?:the |your )?(?:messages|prompt|input)'),
  numbered('# [`"]?(?:inputs?|prompt)[`"]?[ _]tokens'),
  numbered('(?:messages|prompt|input)(?: \\w+){0,4} (?:in|has|have|is|contains|of|long:) # tokens'),
  numbered('n_prompt_tokens"?[ :=]+#'),
  numbered('request \\(# tokens\\)'),
];

const REQUESTED = numbered('requested (?:tokens \\()?(?:a total of |about )?#');
const AFFORDED = numbered('afford #');

/** Fewest tokens that an answer needs. */
const LEAST_ROOM = 16;
/** Halving stops here: a request still refused is not refused for its size. */
const LEAST_HALF = 128;

function readTokenLimit(body: ChatBody, message: string): Lesson | undefined {
  const sent = sentTokenLimit(body);
  if (sent === undefined || !ABOUT_TOKENS.test(message) || !TOO_MANY.test(message)) return undefined;
  const window = firstNumber(WINDOW, message);
  if (window !== undefined) {
    const prompt = promptTokens(message, sent);
    if (prompt !== undefined && window - prompt < LEAST_ROOM) return undefined;
    const estimate = Math.max(1, promptEstimate(body));
    const room = window - (prompt ?? estimate);
    if (room >= LEAST_ROOM && room < sent) {
      return { kind: 'context', tokens: window, perEstimate: (prompt ?? estimate) / estimate };
    }
  } else {
    const limits = numbersIn(message).filter((number) => number >= LEAST_ROOM && number < sent);
    if (limits.length > 0) return { kind: 'most-tokens', tokens: Math.max(...limits) };
  }
  const half = Math.floor(sent / 2);
  return { kind: 'most-tokens', tokens: half < LEAST_HALF ? 0 : half };
}

/** Whether a complaint says that the prompt alone exceeds the model's context. */
export function isPromptTooLong({ status, complaint: { message } }: Refusal): boolean {
  if (NOT_OF_THE_BODY.has(status) || !ABOUT_TOKENS.test(message)) return false;
  const window = firstNumber(WINDOW, message);
  const prompt = promptTokens(message, undefined);
  return window !== undefined && prompt !== undefined && window - prompt < LEAST_ROOM;
}

function promptTokens(message: string, sent: number | undefined): number | undefined {
  const prompt = firstNumber(PROMPT, message);
  const requested = firstNumber([REQUESTED], message);
  if (prompt !== undefined || requested === undefined) return prompt;
  return sent !== undefined && requested > sent ? requested - sent : requested;
}

/** The number of tokens that the rest of the account pays for, as stated by a provider (OpenRouter). */
function affordable(body: ChatBody, message: string): Lesson | undefined {
  const tokens = firstNumber([AFFORDED], message);
  const sent = sentTokenLimit(body) ?? Number.POSITIVE_INFINITY;
  return tokens !== undefined && tokens >= LEAST_HALF && tokens < sent
    ? { kind: 'most-tokens', tokens }
    : undefined;
}

function firstNumber(patterns: readonly RegExp[], message: string): number | undefined {
  for (const pattern of patterns) {
    const found = pattern
      .exec(message)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (found !== undefined) return toNumber(found);
  }
  return undefined;
}

function numbersIn(message: string): number[] {
  return (message.match(/\d[\d,_]*\d|\d/g) ?? []).map(toNumber);
}

function toNumber(text: string): number {
  return Number(text.replace(/[,_]/g, ''));
}

// --- the shape of the answer, and parameters

/** A complaint that a parameter is not supported, rather than that the request is otherwise wrong. */
const NOT_TAKEN =
  /unsupported|unavailable|unknown|unrecogni[sz]ed|unexpected|forbidden|invalid|illegal|deprecated|not (?:be )?(?:supported|permitted|allowed|available|recogni[sz]ed|implemented|compatible|valid|accepted|enabled|used|taken)|does ?n[o']t (?:support|accept|allow)|only supports?|support(?:s|ed)? only|no support|extra (?:field|input)|input should be|expected|must (?:be|contain)|should be|at most 1\b|only the default|cannot be|can't be|can not be|literal_error|no endpoints? found|failed to (?:parse|compile|convert)/i;

function isNotTaken({ message, code = '' }: ServerComplaint): boolean {
  return NOT_TAKEN.test(message) || NOT_TAKEN.test(code.replaceAll('_', ' '));
}

const FORM_NAMES =
  /response[_ ]?format|json[_ ]?(?:schema|object|mode)|structured[_ ]outputs?|guided[_ ](?:json|decoding)|grammar|\bschema\b/i;

function readForm(body: ChatBody, complaint: ServerComplaint): Lesson | undefined {
  const { message, param = '' } = complaint;
  const refused = sentForm(body);
  const names = FORM_NAMES.test(param) || (param === '' && FORM_NAMES.test(message));
  if (refused === 'none' || !names || !isNotTaken(complaint)) return undefined;
  if (/\b(?:enums?|m(?:ax|in)_?items|max_?length)\b/i.test(message) && isBounded(body))
    return { kind: 'bounds' };
  return IS_WHOLE.test(message) ? { kind: 'form', refused, next: 'none' } : { kind: 'form', refused };
}

/** The parameter itself is rejected, not its value. */
const IS_WHOLE =
  /(?:parameter|argument|field|property|input)s?:? ['"`]?response_format\b(?!\.)(?![\s\S]*json_)|^response_format: extra inputs|['"`]?response_format['"`]? (?:is|are) not (?:supported|permitted|allowed|available)\b(?![\s\S]*json_)/i;

/** How servers call the parameters in their complaints; the letter n alone counts only where it is quoted. */
const PARAMETER_NAMES: readonly (readonly [WireParameter, RegExp])[] = [
  ['temperature', /\btemperature\b/i],
  ['seed', /\bseed\b/i],
  ['n', /['"`]n['"`]|\bn\s*(?:=|>|must|should|is|:)/],
  ['max_tokens', /\bmax_tokens\b/i],
  ['max_completion_tokens', /\bmax_completion_tokens\b/i],
];

function readParameter(body: ChatBody, complaint: ServerComplaint): Lesson | undefined {
  const { message, param = '' } = complaint;
  if (!isNotTaken(complaint)) return undefined;
  const sent = PARAMETER_NAMES.filter(([name]) => body[name] !== undefined);
  const path = param.split(/[.[]/);
  const meant = sent.find(([name]) => path.includes(name));
  const named = sent
    .map(([name, pattern]) => ({ name, position: message.search(pattern) }))
    .filter(({ position }) => position >= 0)
    .sort((a, b) => a.position - b.position);
  const name = meant?.[0] ?? named[0]?.name;
  return name && { kind: 'parameter', name };
}
