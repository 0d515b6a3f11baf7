import { afterEach, expect, test, vi } from 'vitest';
import { findApiKey, parseEndpoint } from '../../src/model/endpoint.ts';
import { UserError } from '../../src/util/errors.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['https://api.openai.com/v1', 'openai', false, 'OPENAI_API_KEY'],
  ['https://openrouter.ai/api/v1/', 'openrouter', false, 'OPENROUTER_API_KEY'],
  ['http://localhost:11434/v1', 'local', true, 'POKELLMON_API_KEY'],
  ['http://192.168.1.20:8000/v1', 'local', true, 'POKELLMON_API_KEY'],
  ['http://[::1]:8080', 'local', true, 'POKELLMON_API_KEY'],
  ['https://api.openai.com.evil.example/v1', 'api.openai.com.evil.example', false, 'POKELLMON_API_KEY'],
  ['http://127.0.0.1.evil.example/v1', '127.0.0.1.evil.example', false, 'POKELLMON_API_KEY'],
  ['http://172.32.0.1/v1', '172.32.0.1', false, 'POKELLMON_API_KEY'],
])('%s is %s', (baseUrl, provider, local, keyVariable) => {
  const endpoint = parseEndpoint(baseUrl);
  expect(endpoint).toMatchObject({ provider, local, keyVariable });
  expect(endpoint.baseUrl).not.toMatch(/\/$/);
});

test.each([
  'localhost:11434',
  'ftp://host/v1',
  'https://user:hunter2@host/v1',
  'https://host/v1?key=hunter2',
  '',
])('the base URL "%s" is refused without being repeated', (baseUrl) => {
  expect(() => parseEndpoint(baseUrl)).toThrow(UserError);
  expect(() => parseEndpoint(baseUrl)).not.toThrow(/hunter2/);
});

test.each(['http://api.openai.com/v1', 'http://OPENROUTER.ai/api/v1', 'http://api.groq.com:80/openai/v1'])(
  '%s is refused: a key is not sent where others can read it',
  (baseUrl) => {
    expect(() => parseEndpoint(baseUrl)).toThrow(/must begin with https:\/\//);
    expect(parseEndpoint(baseUrl.replace('http:', 'https:').replace(':80', '')).known).toBe(true);
  },
);

test('only a known provider must have a key', () => {
  vi.stubEnv('OPENAI_API_KEY', ' sk-from-the-environment\n');
  vi.stubEnv('POKELLMON_API_KEY', undefined);
  vi.stubEnv('OPENROUTER_API_KEY', undefined);
  expect(findApiKey(parseEndpoint('https://api.openai.com/v1'))).toBe('sk-from-the-environment');
  expect(findApiKey(parseEndpoint('http://localhost:1/v1'))).toBeUndefined();
  expect(findApiKey(parseEndpoint('https://models.example/v1'))).toBeUndefined();
  expect(() => findApiKey(parseEndpoint('https://openrouter.ai/api/v1'))).toThrow(UserError);
});
