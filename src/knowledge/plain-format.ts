/** A format without rules of its own: `gen9ou@@@-Kingambit` → `gen9ou`. Sets and made teams are known by it. */
export function plainFormat(format: string): string {
  const [plain = ''] = format.split('@@@');
  return plain;
}
