import { simulator } from '../knowledge/simulator.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';

const { Teams, TeamValidator } = simulator;

/**
 * Reads a team in an exchange format (Showdown's export text, or packed) and checks it against a format.
 *
 * @param source where the text comes from, for messages
 * @returns the team packed, as the simulator and servers read it
 * @throws {UserError} when it is not a team, or the format does not allow it
 */
export function readTeam(text: string, format: string, source: string): string {
  const team = Teams.import(text.trim());
  if (!team || team.length === 0) {
    throw new UserError(`${source} holds no team: expected Pokémon in Showdown's export format`);
  }
  const problems = new TeamValidator(format).validateTeam(team);
  if (problems && problems.length > 0) {
    const listed = problems.map((problem) => safeLine(problem, 200).replace(/\.$/, '')).join('; ');
    throw new UserError(`The team in ${source} is not allowed in ${format}: ${listed}`);
  }
  return Teams.pack(team);
}
