import { expect, test } from 'vitest';
import { parseErrorBody } from '../../src/model/openai-error-body.ts';
import { buildBody } from '../../src/model/openai-request.ts';
import { readRefusal } from '../../src/model/refusal.ts';
import { initialTraits, type Lesson } from '../../src/model/server-traits.ts';
import { createRandom } from '../../src/util/random.ts';
import { ask } from './with-server.ts';

const everything = ask('hi', {
  temperature: 1,
  maxTokens: 5,
  seed: 1,
  jsonSchema: { name: 'choice', schema: {} },
});
const body = buildBody('m', everything, { first: 0, count: 3 }, initialTraits('m', 'auto'));

function lessonOf(answer: string): Lesson | undefined {
  return readRefusal(body, { status: 400, complaint: parseErrorBody(answer) });
}

// Servers' wordings: the relevant part, from their documentation and issue trackers.
test.each([
  [
    'max_tokens',
    `{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}`,
  ],
  [
    'max_tokens',
    `{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","code":"invalid_request_body"}}`,
  ],
  [
    'temperature',
    `{"error":{"message":"Unsupported value: 'temperature' does not support 0.16 with this model. Only the default (1) value is supported.","param":"temperature","code":"unsupported_value"}}`,
  ],
  ['n', `{"error":{"message":"'n' : number must be at most 1","type":"invalid_request_error"}}`],
  [
    'seed',
    `{"object":"error","message":{"detail":[]},"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":1}]}`,
  ],
  ['response_format', `{"error":"json_schema is not supported by this model"}`],
  [
    'response_format',
    `{"error":{"message":"Invalid schema for response_format 'choice': In context=(), 'additionalProperties' is required to be supplied and to be false.","param":"response_format","code":null}}`,
  ],
  [
    'response_format',
    `{"error":"response_format type must be one of 'text' or 'json_object', but got: json_schema"}`,
  ],
  ['response_format', `{"error":{"message":"This response_format type is unavailable now","param":null}}`],
])('%s is recognized in a server’s refusal', (parameter, answer) => {
  expect(lessonOf(answer)).toEqual(
    parameter === 'response_format'
      ? { kind: 'form', refused: 'json_schema' }
      : { kind: 'parameter', name: parameter },
  );
});

test.each([
  `{"error":{"message":"Requested tokens (2285) exceed context window of 2048"}}`,
  `{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","param":"messages","code":"context_length_exceeded"}}`,
  `{"error":{"message":"The model 'm' does not exist"}}`,
  `{"error":{"message":"Unsupported parameter: 'top_p' is not supported with this model.","param":"top_p"}}`,
  '<html><body>Bad request</body></html>',
  '',
])('no parameter is blamed for %s', (answer) => {
  expect(lessonOf(answer)).toBeUndefined();
});

test('an error page is reduced to its words', () => {
  expect(parseErrorBody('<html><h1>502</h1>\n<p>Bad gateway</p></html>')).toEqual({
    message: '502 Bad gateway',
  });
  expect(parseErrorBody('<'.repeat(5_000_000)).message.length).toBeLessThanOrEqual(1000);
});

test.each([
  ['gpt-4.1-mini', { max_tokens: 200 }],
  ['llama3.1', { max_tokens: 200 }],
  ['o3', { max_completion_tokens: 8_200 }],
  ['openai/gpt-5-mini', { max_completion_tokens: 8_200 }],
  ['qwen3:8b', { max_tokens: 8_200 }],
  ['qwen3-coder', { max_tokens: 200 }],
  ['deepseek/deepseek-r1', { max_tokens: 8_200 }],
])('%s gets room to think before it answers, if it does', (model, limit) => {
  const request = { messages: [], maxTokens: 200 };
  expect(buildBody(model, request, { first: 0, count: 1 }, initialTraits(model, 'auto'))).toEqual({
    model,
    messages: [],
    ...limit,
  });
});

test('an error body may be anything: reading it is bounded, and a reason is one line', () => {
  const random = createRandom('bodies');
  const part = (depth: number): unknown => {
    if (depth > 5 || random.next() < 0.3) {
      return random.pick([
        null,
        7,
        true,
        '',
        'no',
        '{"error": {"message": "deep"}}',
        '{',
        "'loc': ('body', 'n'), 'msg': 'x'",
      ]);
    }
    const keys = [
      'error',
      'message',
      'detail',
      'loc',
      'msg',
      'metadata',
      'raw',
      'code',
      'param',
      '__proto__',
      'n_ctx',
    ];
    const parts = Array.from({ length: random.below(4) }, () => part(depth + 1));
    return random.next() < 0.4 ? parts : Object.fromEntries(parts.map((each) => [random.pick(keys), each]));
  };
  for (let run = 0; run < 2000; run++) {
    const text = JSON.stringify(part(0)).slice(0, random.next() < 0.1 ? 20 : undefined);
    const complaint = parseErrorBody(text);
    expect(complaint.message).not.toMatch(/^$|\n/);
    expect(complaint.message.length).toBeLessThan(4000);
    expect(() => readRefusal(body, { status: 400, complaint })).not.toThrow();
  }
  for (const text of [
    '['.repeat(1e6),
    '{"error":'.repeat(1e5),
    `{"error":"${'{"error":'.repeat(1e5)}"}`,
    'max_tokens 9'.repeat(1e5),
  ]) {
    const complaint = parseErrorBody(text);
    expect(() => readRefusal(body, { status: 400, complaint })).not.toThrow();
  }
});
