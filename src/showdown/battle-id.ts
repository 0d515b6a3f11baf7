/** The parts of a battle room's id. */
export interface BattleRoomId {
  /** The id without the password of a private room: the same for the whole battle. */
  readonly battle: string;
  readonly format: string;
}

/** Reads a room id such as `battle-gen9ou-123` or `battle-gen9ou-123-SECRETpw`; undefined for other rooms. */
export function parseBattleRoom(room: string): BattleRoomId | undefined {
  const match = /^(battle-([a-z0-9]{1,64})-[0-9]{1,16})(?:-[a-z0-9]{1,64})?$/.exec(room);
  return match?.[1] && match[2] ? { battle: match[1], format: match[2] } : undefined;
}
