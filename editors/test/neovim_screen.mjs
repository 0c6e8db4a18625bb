// The example in Neovim on a screen: are the finding and the hover there to be seen? Run by ./run in the folder of the example; the
// screen is kept as text and as a picture, of which neovim/media has a copy.
//
//   node neovim_screen.mjs NVIM OUT
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [nvim, out] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(new URL('example.json', import.meta.url), 'utf8'));
const LIMIT_MS = 120_000; // a loaded machine is slow, and nothing waits longer than it must
const COLUMNS = 116;
const ROWS = 32;

const CONFIG = `
vim.o.termguicolors = true
vim.cmd('colorscheme default')
vim.o.winborder = 'rounded'
vim.o.linebreak = true
vim.o.number = true
vim.o.showmode = false
vim.o.shortmess = vim.o.shortmess .. 'FIWS'
vim.o.statusline = " %f %m%=%{v:lua.require'copydesk'.status()}  %l:%c "
vim.keymap.set('n', 'K', function()
  vim.lsp.buf.hover({ max_width = 80 })
end)
vim.diagnostic.config({ virtual_text = { prefix = '●', spacing = 2 }, severity_sort = true })
`;

const socket = `copydesk-${process.pid}`;
const tmux = (...args) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const keys = (...names) => tmux('send-keys', '-t', 'draft', ...names);
const screen = () => tmux('capture-pane', '-p', '-t', 'draft');
const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');

let failed = 0;
async function check(name, run) {
  try {
    await run();
    console.log(`ok neovim-screen: ${name}`);
  } catch (problem) {
    failed++;
    console.log(`not ok neovim-screen: ${name}\n  ${problem.message.replaceAll('\n', '\n  ')}`);
  }
}

async function waitFor(what, isThere) {
  const end = Date.now() + (failed > 0 ? 10_000 : LIMIT_MS);
  while (Date.now() < end) {
    if (isThere(screen())) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no ${what} on the screen:\n${screen()}`);
}

// What SGR, the codes for colours and the like, makes of the cells that follow: an object of CSS.
function styled(style, codes) {
  const all = codes.split(';');
  for (let i = 0; i < all.length; i++) {
    const [code, kind] = all[i].split(':');
    if (code === '' || code === '0') style = {};
    else if (code === '1') style = { ...style, 'font-weight': 'bold' };
    else if (code === '3') style = { ...style, 'font-style': 'italic' };
    else if (code === '4') style = { ...style, 'text-decoration': `underline ${kind === '3' ? 'wavy' : 'solid'}` };
    else if (code === '7') style = { ...style, reversed: true };
    else if (code === '39' || code === '49') delete style[code === '39' ? 'color' : 'background'];
    else if (['38', '48', '58'].includes(code) && all[i + 1] === '2') {
      const property = { 38: 'color', 48: 'background', 58: 'text-decoration-color' }[code];
      style = { ...style, [property]: `rgb(${all.slice(i + 2, i + 5).join(' ')})` };
      i += 4;
    }
  }
  return style;
}

function css(style) {
  const { reversed, ...rest } = style;
  if (reversed) [rest.color, rest.background] = [rest.background ?? '#14161b', rest.color ?? '#e0e2ea'];
  return Object.entries(rest).map(([property, value]) => `${property}:${value}`);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

// The screen as a page: each run of cells in its colours.
function page(captured) {
  let style = {};
  let html = '';
  for (const [, codes, text] of captured.trimEnd().matchAll(/\x1b\[([\d;:]*)m|([^\x1b]+|\x1b)/g)) {
    if (codes !== undefined) style = styled(style, codes);
    else html += `<span style="${css(style).join(';')}">${escaped(text)}</span>`;
  }
  return `<!doctype html><meta charset="utf-8"><style>body { margin: 0; background: #14161b }
    pre { display: inline-block; margin: 0; padding: 12px; color: #e0e2ea; background: #14161b; font: 15.5px/18px "DejaVu Sans Mono" }
    span { display: inline; padding: 0 }</style><pre>${html}</pre>`;
}

async function picture(captured, path) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.setContent(page(captured));
    await tab.locator('pre').screenshot({ path });
  } finally {
    await browser.close();
  }
}

// Lines short enough for the findings beside them.
function wrapped(text) {
  const [, head, body] = text.match(/^(---\n.*?\n---\n)(.*)$/s);
  const fill = (paragraph) => paragraph.replace(/\n/g, ' ').replace(/(.{1,68})( |$)/g, '$1\n').trim();
  return `${head}\n${body.split('\n\n').map(fill).join('\n\n')}\n`;
}

writeFileSync('draft.md', wrapped(readFileSync('draft.md', 'utf8')));
writeFileSync(join(process.env.XDG_CONFIG_HOME, 'nvim/init.lua'), CONFIG);
const size = ['-x', String(COLUMNS), '-y', String(ROWS)];
tmux('new-session', '-d', '-s', 'draft', ...size, `${nvim} -i NONE draft.md || sleep 60`);
try {
  await check('the finding stands beside the text, the counts in the status line', async () => {
    await waitFor('finding', (text) => text.includes(`The sources say ${expected.right} people.`));
    await waitFor('counts', (text) => /copydesk \d+ ok \d+ contradicted/.test(text));
  });

  await check('there is a sign, and the figure is underlined', async () => {
    const line = tmux('capture-pane', '-p', '-e', '-t', 'draft').split('\n').find((text) => text.includes('rescued'));
    const [before, codes] = line.split(expected.wrong, 1)[0].match(/^(.*?)((?:\x1b\[[\d;:]*m)+)$/s).slice(1);
    if (!/^W\s*\d+ /.test(before.replaceAll(/\x1b\[[\d;:]*m/g, ''))) throw new Error(`no sign in ${JSON.stringify(before)}`);
    if (!/[[;]4(:\d)?[;m]/.test(codes)) throw new Error(`the figure is shown by ${JSON.stringify(codes)}`);
  });

  await check("the hover shows the source's sentence", async () => {
    keys(`:call search("${expected.wrong}") | echo`, 'Enter', 'K');
    const words = expected.sentence.split(' ').slice(0, 6).join(' ');
    await waitFor('hover', (text) => bare(text.replaceAll(/[│┃]/g, '')).includes(bare(words)));
  });

  const captured = tmux('capture-pane', '-p', '-e', '-N', '-t', 'draft');
  writeFileSync(join(out, 'neovim-screen.txt'), screen());
  writeFileSync(join(out, 'neovim-screen.ansi'), captured);
  await check('there is a picture of it', () => picture(captured, join(out, 'neovim-screen.png')));
} finally {
  keys('Escape', ':qa!', 'Enter');
  await new Promise((resolve) => setTimeout(resolve, 2000)); // for the server to end
  try {
    tmux('kill-server');
  } catch {
    // it ended with its last session
  }
}
process.exitCode = failed === 0 ? 0 : 1;
