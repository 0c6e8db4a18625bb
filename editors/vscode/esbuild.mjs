// Bundles the extension and what it imports into the one file that VS Code loads.
import { copyFileSync } from 'node:fs';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const options = {
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.cjs',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minify: production,
  sourcemap: !production,
  logLevel: 'warning',
};

copyFileSync('../../LICENSE', 'LICENSE');
if (process.argv.includes('--watch')) await (await context(options)).watch();
else await build(options);
