const REQUEST = '|request|{';

/**
 * A player's view with each request after the log that led to it. Older servers and their logs put the request first;
 * views in today's order are returned unchanged.
 */
export function requestsAfterLog(lines: readonly string[]): readonly string[] {
  const firstTurn = lines.findIndex((line) => line.startsWith('|request|{"active"'));
  const firstEntry = lines.findIndex((line) => line.startsWith('|switch|'));
  if (firstTurn < 0 || firstEntry < firstTurn) return lines;
  const ordered: string[] = [];
  let request: string | undefined;
  for (const line of lines) {
    if (!line.startsWith(REQUEST)) {
      ordered.push(line);
      continue;
    }
    if (request !== undefined) ordered.push(request);
    request = line;
  }
  return request === undefined ? ordered : [...ordered, request];
}
