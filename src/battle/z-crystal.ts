/** The dex's data on a Z-Crystal: the type or the one move that it works on. */
interface Crystal {
  readonly zMoveType?: string;
  readonly zMoveFrom?: string;
}

/** Whether a crystal turns a move into a Z-Move. */
export function makesZMove(
  { zMoveType, zMoveFrom }: Crystal,
  { name, type }: { readonly name: string; readonly type: string },
): boolean {
  return zMoveFrom === undefined ? type === zMoveType : name === zMoveFrom;
}
