// The extension through the API of VS Code, in its extension host (host/index.cjs). Run by ./run:   vscode_host.mjs WORK OUT
// WORK holds `example` and the program on the PATH in `bin`.
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Window } from './vscode-page.mjs';
import { startServer } from './vscode-server.mjs';

const [work, out] = process.argv.slice(2);
const LIMIT = 300_000; // ms
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1)); // what was started ends on exit

copyFileSync(new URL('example.json', import.meta.url), join(work, 'example.json'));
const log = join(work, 'host.log');
const extension = new URL(`../vscode/copydesk-${process.platform}-${process.arch}.vsix`, import.meta.url).pathname;
// What VS Code's own tests start it with: else a window runs no tests.
const server = await startServer({ work, out, extension, flags: ['--enable-smoke-test-driver'] });
const window = new Window(out);
const original = readFileSync(join(work, 'example', 'draft.md'), 'utf8');

/** Opens a window that runs the cases; gives what they wrote. */
async function attempt() {
  rmSync(log, { force: true });
  writeFileSync(join(work, 'example', 'draft.md'), original);
  await window.open();
  const authority = new URL(server.url).host;
  const remote = (path) => `vscode-remote://${authority}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(new URL('../vscode', import.meta.url).pathname)],
    ['extensionTestsPath', remote(new URL('host/index.cjs', import.meta.url).pathname)],
  ];
  const query = new URLSearchParams({ folder: join(work, 'example'), payload: JSON.stringify(payload) });
  await window.page.goto(`${server.url}/?${query}`);
  const end = Date.now() + LIMIT;
  while (Date.now() < end) {
    const lines = existsSync(log) ? readFileSync(log, 'utf8') : '';
    if (lines.endsWith('end\n')) return lines.slice(0, -'end\n'.length);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await window.picture('host');
  return `${existsSync(log) ? readFileSync(log, 'utf8') : ''}not ok vscode-host: the cases come to an end\n`;
}

let lines = '';
try {
  lines = await attempt();
  if (lines.includes('not ok ')) {
    console.log(lines.replaceAll('not ok ', 'at first, not ok ').replaceAll(/^ok /gm, 'at first, ok '));
    lines = await attempt();
  }
} finally {
  await window.close();
  await server.stop();
}
process.stdout.write(lines);
process.exit(lines.includes('not ok ') || !lines.includes('ok ') ? 1 : 0);
