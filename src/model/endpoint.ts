import { UserError } from '../util/errors.ts';

interface Provider {
  readonly host: string;
  readonly name: string;
  readonly keyVariable: string;
  /** The most samples that its `n` returns in one call. */
  readonly samplesPerCall: number;
}

/** Hosts whose key has a customary name. A key is sent to its own host only. */
const PROVIDERS: readonly Provider[] = [
  { host: 'api.openai.com', name: 'openai', keyVariable: 'OPENAI_API_KEY', samplesPerCall: 16 },
  { host: 'openrouter.ai', name: 'openrouter', keyVariable: 'OPENROUTER_API_KEY', samplesPerCall: 1 },
  { host: 'api.groq.com', name: 'groq', keyVariable: 'GROQ_API_KEY', samplesPerCall: 1 },
  { host: 'api.mistral.ai', name: 'mistral', keyVariable: 'MISTRAL_API_KEY', samplesPerCall: 1 },
  { host: 'api.deepseek.com', name: 'deepseek', keyVariable: 'DEEPSEEK_API_KEY', samplesPerCall: 1 },
  { host: 'api.together.xyz', name: 'together', keyVariable: 'TOGETHER_API_KEY', samplesPerCall: 1 },
  {
    host: 'generativelanguage.googleapis.com',
    name: 'google',
    keyVariable: 'GEMINI_API_KEY',
    samplesPerCall: 1,
  },
];

/** The environment variable whose key is sent to every other server. */
const OTHER_KEY_VARIABLE = 'POKELLMON_API_KEY';

/** Every environment variable that may hold an API key. */
const KEY_VARIABLES: readonly string[] = [
  ...PROVIDERS.map(({ keyVariable }) => keyVariable),
  OTHER_KEY_VARIABLE,
];

/** The API keys in the environment, to be redacted from everything shown or saved. */
export function keysInEnvironment(): string[] {
  return KEY_VARIABLES.flatMap((name) => process.env[name]?.trim() || []);
}

/** Where an OpenAI-compatible server is, and what follows from its address. */
export interface Endpoint {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** `host:port`, for messages. */
  readonly address: string;
  /** First half of a model's id: a known provider's name, `local`, or the host. */
  readonly provider: string;
  /** On this machine or a private network: needs no key and costs nothing. */
  readonly local: boolean;
  readonly known: boolean;
  readonly keyVariable: string;
  readonly samplesPerCall: number;
}

/** OpenAI's own API. */
export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/**
 * What a base URL says about a server.
 *
 * @throws {UserError} when it is not an http(s) URL, has a user name, password or query in it, or would send a known
 * provider's key where others can read it
 */
export function parseEndpoint(baseUrl: string): Endpoint {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    // The URL is not repeated: it may contain a key.
    throw new UserError(
      'The base URL must begin with http:// or https:// and have no user name, password or query, like http://localhost:11434/v1',
    );
  }
  const provider = PROVIDERS.find(({ host }) => url.hostname === host);
  if (provider && url.protocol === 'http:') {
    throw new UserError(
      `The base URL of ${provider.host} must begin with https://, so that nobody on the way can read its key`,
    );
  }
  const local = LOCAL_HOSTS.some((pattern) => pattern.test(url.hostname));
  return {
    baseUrl: url.href.replace(/\/+$/, ''),
    address: url.host,
    provider: provider?.name ?? (local ? 'local' : url.hostname),
    local,
    known: provider !== undefined,
    keyVariable: provider?.keyVariable ?? OTHER_KEY_VARIABLE,
    samplesPerCall: provider?.samplesPerCall ?? 1,
  };
}

/** Names and addresses of this machine and of private networks (RFC 1918, RFC 6761, RFC 6762). */
const LOCAL_HOSTS: readonly RegExp[] = [
  /^(?:.+\.)?localhost$/,
  /\.local$/,
  /^\[::1\]$/,
  /^(?:0|10|127)(?:\.\d+){3}$/,
  /^192\.168(?:\.\d+){2}$/,
  /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}$/,
];

/**
 * The API key for a server: `apiKey` if given, otherwise from the environment; undefined when there is none and, as far
 * as known, none is needed.
 *
 * @throws {UserError} when a known provider's key is missing, or the key cannot be sent in a header
 */
export function findApiKey(endpoint: Endpoint, apiKey?: string): string | undefined {
  const key = (apiKey ?? process.env[endpoint.keyVariable])?.trim();
  if (!key) {
    if (!endpoint.known) return undefined;
    throw new UserError(
      `No API key for ${endpoint.address}: set ${endpoint.keyVariable}, or name a local server's base URL, like http://localhost:11434/v1`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new UserError(
      `The API key in ${endpoint.keyVariable} has characters that no key has; copy it again`,
    );
  }
  return key;
}
