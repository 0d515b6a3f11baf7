import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A separate, real file system with little space. */
export interface SmallDisk {
  readonly path: string;
  /** Fills it up. */
  fill(): void;
  /** Makes it read-only. */
  makeReadOnly(): void;
}

/** Why there can be no such disk here; undefined when there can. */
export const noSmallDisk: string | undefined = whyNot();

/** Mounts a disk for one test. */
export function smallDisk(kib: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'pokellmon-disk-'));
  mount('-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', path);
  onTestFinished(() => {
    execFileSync('umount', ['-l', path]);
    rmSync(path, { recursive: true });
  });
  return {
    path,
    fill: () => fill(join(path, 'filler')),
    makeReadOnly: () => mount('-o', 'remount,ro', path),
  };
}

function fill(file: string): void {
  const fd = openSync(file, 'w');
  for (const size of [4096, 1]) {
    try {
      for (;;) writeSync(fd, Buffer.alloc(size, 1));
    } catch {
      // Full, as far as pieces of this size are concerned.
    }
  }
  closeSync(fd);
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  const path = mkdtempSync(join(tmpdir(), 'pokellmon-disk-'));
  try {
    mount('-t', 'tmpfs', 'tmpfs', path);
    execFileSync('umount', [path]);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(path, { recursive: true });
  }
}
