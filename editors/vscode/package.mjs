// Packages the extension for one platform, with the program inside:   npm run package [-- --target linux-x64] [--without-program]
// The program is the one that COPYDESK names, else it is built for this machine.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const TARGETS = [
  'linux-x64',
  'linux-arm64',
  'alpine-x64',
  'alpine-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
];
const here = `${process.platform}-${process.arch}`;
const { target = here, 'without-program': bare } = parseArgs({
  options: { target: { type: 'string' }, 'without-program': { type: 'boolean', default: false } },
}).values;

function stop(message) {
  console.error(`package: ${message}`);
  process.exit(1);
}

/** Has cargo build the program, which takes some minutes the first time, and a moment when it is there. */
function built(name) {
  execFileSync('cargo', ['build', '--release'], { cwd: '../..', stdio: 'inherit' });
  return join(process.env['CARGO_TARGET_DIR'] ?? '../../target', 'release', name);
}

/** The program answers with the version of the extension, if this machine can run it. */
function ofThisVersion(program) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const answer = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  if (answer !== `copydesk ${version}`) stop(`${program} says it is "${answer}", and the extension is version ${version}`);
}

rmSync('bin', { recursive: true, force: true });
const options = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
let out = 'copydesk.vsix';
if (!bare) {
  if (!TARGETS.includes(target)) stop(`there is no target ${target}; targets: ${TARGETS.join(', ')}`);
  const name = target.startsWith('win32') ? 'copydesk.exe' : 'copydesk';
  if (target !== here && !process.env['COPYDESK']) stop(`COPYDESK must name a program for ${target}; this machine is ${here}`);
  const program = process.env['COPYDESK'] || built(name);
  if (!existsSync(program)) stop(`${program} is not there`);
  if (target === here) ofThisVersion(program);
  mkdirSync('bin');
  copyFileSync(program, `bin/${name}`);
  chmodSync(`bin/${name}`, 0o755);
  out = `copydesk-${target}.vsix`;
  options.push('--target', target);
}
execFileSync('npx', ['vsce', ...options, '--out', out], { stdio: 'inherit', shell: process.platform === 'win32' });
rmSync('bin', { recursive: true, force: true });
