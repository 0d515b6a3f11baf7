/**
 * A format without its custom rules: `gen9ou@@@-Kingambit` → `gen9ou`. Sets and generated teams are looked up by it.
 */
export function plainFormat(format: string): string {
  const [plain = ''] = format.split('@@@');
  return plain;
}
