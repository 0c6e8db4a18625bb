// Finds the program `copydesk`, which does all the checking.
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';

/** Where the program was found, and which version it says it is. */
export interface Program {
  path: string;
  origin: 'named in the settings' | 'inside the extension' | 'on the PATH';
  version: string;
}

/** Why there is no program to run, in words for the writer. */
export class NoProgram extends Error {}

const NAME = process.platform === 'win32' ? 'copydesk.exe' : 'copydesk';

/**
 * The program of the setting when one is set, else the one inside the extension, else the one on the PATH.
 * A setting that leads nowhere is an error: running another copy than the one asked for would mislead.
 */
export async function findProgram(setting: string, extensionFolder: string): Promise<Program> {
  if (setting) {
    const found = await resolveSetting(setting);
    if (!found) throw new NoProgram(`The setting copydesk.server.path names ${setting}, which is not a program that can be run.`);
    return withVersion(found, 'named in the settings');
  }
  const bundled = path.join(extensionFolder, 'bin', NAME);
  if (await isProgram(bundled)) return withVersion(bundled, 'inside the extension');
  const onPath = await searchPath(NAME);
  if (onPath) return withVersion(onPath, 'on the PATH');
  throw new NoProgram('The program copydesk is not installed: it is neither inside the extension nor on the PATH.');
}

/** What to tell the writer when program and extension are not of one version; none if they fit. */
export function mismatch(program: Program, extension: string): string | undefined {
  const [mine, its] = [extension, program.version].map((version) => version.split('.').slice(0, 2).map(Number));
  if (!mine || !its || (mine[0] === its[0] && mine[1] === its[1])) return undefined;
  const older = (its[0] ?? 0) - (mine[0] ?? 0) || (its[1] ?? 0) - (mine[1] ?? 0);
  const [word, advice] = older < 0 ? ['older', 'Update the program'] : ['newer', 'Update the extension'];
  return `The program ${program.path} is version ${program.version}, ${word} than this extension (${extension}). Some things may be missing. ${advice}.`;
}

async function resolveSetting(setting: string): Promise<string | undefined> {
  if (!/[\\/]/.test(setting)) return searchPath(setting);
  const full = setting.replace(/^~(?=[\\/])/, homedir());
  return path.isAbsolute(full) && (await isProgram(full)) ? full : undefined;
}

async function searchPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (path.isAbsolute(folder) && (await isProgram(path.join(folder, name)))) return path.join(folder, name);
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Asks the program for its version, which also shows that it runs on this machine. */
async function withVersion(file: string, origin: Program['origin']): Promise<Program> {
  let output: string;
  try {
    output = (await promisify(execFile)(file, ['--version'], { timeout: 20_000 })).stdout.trim();
  } catch (error) {
    throw new NoProgram(`${file} does not run: ${error instanceof Error ? error.message : String(error)}`);
  }
  const version = /^copydesk (\S+)/.exec(output)?.[1];
  if (!version) throw new NoProgram(`${file} is not copydesk: asked for its version, it answers "${output.slice(0, 80)}".`);
  return { path: file, origin, version };
}
