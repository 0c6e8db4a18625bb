// The example in VS Code, as a writer sees it in the browser: the squiggle, the hover, the fix, the list of problems, the words for a
// missing program. Run by ./run:   vscode.mjs WORK OUT   WORK holds `example`; `copydesk` is on the PATH; screenshots go to OUT.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from './vscode-server.mjs';
import { chromium } from 'playwright-core';

let limit = 120_000; // ms: a loaded machine is slow, and nothing waits longer than it must
const [work, out] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(new URL('example.json', import.meta.url), 'utf8'));
const draft = () => readFileSync(join(work, 'example', 'draft.md'), 'utf8');

let failed = 0;
let page;
async function check(name, run) {
  try {
    await run();
    console.log(`ok vscode: ${name}`);
  } catch (error) {
    failed++;
    limit = 10_000; // what builds upon it will fail as well
    page?.setDefaultTimeout(limit);
    console.log(`not ok vscode: ${name}\n  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}`);
    await picture(`failed-${failed}`);
  }
}

const picture = (name) => page.screenshot({ path: join(out, `vscode-${name}.png`), animations: 'disabled' });

// Letters and digits alone: a sentence is the same whatever line breaks or bold type are put around it.
const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');

async function until(what, condition) {
  const end = Date.now() + limit;
  let last;
  while (Date.now() < end) {
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no ${what} within ${limit / 1000} s${last ? `: ${last.message}` : ''}`);
}

// Where the text is on the screen, in the lines of the editor that has the focus; undefined when it is not shown.
const boxOf = (text) =>
  page.evaluate((wanted) => {
    for (const line of document.querySelectorAll('.editor-group-container.active .monaco-editor .view-line')) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const pieces = [];
      while (walker.nextNode()) pieces.push(walker.currentNode);
      const whole = pieces.map((piece) => piece.data).join('').replaceAll('\u00a0', ' ');
      const at = whole.indexOf(wanted);
      if (at < 0) continue;
      const place = (offset, isEnd) => {
        for (const piece of pieces) {
          if (offset < piece.length || (isEnd && offset === piece.length)) return [piece, offset];
          offset -= piece.length;
        }
      };
      const range = document.createRange();
      range.setStart(...place(at, false));
      range.setEnd(...place(at + wanted.length, true));
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x, y, width, height, line: whole };
    }
  }, text);

// The squiggles under a box of the screen.
const squigglesUnder = (box) =>
  page.evaluate(
    ({ x, y, width, height }) =>
      [...document.querySelectorAll('.editor-group-container.active [class*="squiggly-"]')].filter((mark) => {
        const r = mark.getBoundingClientRect();
        return r.width > 0 && r.left < x + width - 1 && r.right > x + 1 && r.top < y + height && r.bottom > y;
      }).length,
    box,
  );

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1)); // what was started ends on exit
const server = await startServer({ work, out, extension: new URL('../vscode/copydesk.vsix', import.meta.url).pathname });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox', // which Chromium insists on when run by root
    '--disable-dev-shm-usage', // a container's is small
    ...['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((part) => `--disable-${part}`),
    '--no-first-run',
  ],
});

try {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(limit);

  // Named, so that a copy of the program inside the extension does not come first.
  server.configure({ 'copydesk.server.path': 'copydesk' });

  await check('a contradicted figure is underlined', async () => {
    await page.goto(`${server.url}/?folder=${encodeURIComponent(join(work, 'example'))}`);
    await page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'draft.md' }).dblclick();
    await page.locator('.monaco-editor .view-lines').first().waitFor();
    await until('squiggle', async () => squigglesUnder(await boxOf(expected.wrong)));
  });

  const hover = async (text, sentence, name) => {
    const box = await boxOf(text);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const shown = page.locator('.monaco-hover:visible').first();
    await until('sentence in the hover', async () => bare(await shown.innerText({ timeout: 1000 })).includes(bare(sentence)));
    await picture(name);
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
  };

  await check("the hover shows the source's sentence", () => hover(expected.wrong, expected.sentence, 'hover'));

  await check('what agrees is not underlined, and has a hover with its source', async () => {
    if (await squigglesUnder(await boxOf(expected.agreed))) throw new Error(`"${expected.agreed}" is underlined`);
    await hover(expected.agreed, expected.agreed_sentence, 'agreed');
  });

  await check('the list of problems has it', async () => {
    await page.keyboard.press('Control+Shift+M');
    const row = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'copydesk' }).first();
    await row.waitFor();
    await picture('problems');
    await page.keyboard.press('Control+J');
    await page.locator('.markers-panel').waitFor({ state: 'hidden' });
  });

  const text = draft();
  const fixed = text.replace(expected.wrong, expected.right);

  await check('the fix writes what the source says, and the squiggle goes', async () => {
    const box = await boxOf(expected.wrong);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget').getByRole('option').filter({ hasText: expected.right }).first();
    await fix.waitFor();
    await picture('fix');
    await fix.click();
    await fix.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+S');
    await until('saved text with the fix', () => draft() === fixed);
    await until('end of the squiggle', async () => (await squigglesUnder(await boxOf(expected.right))) === 0);
    await picture('fixed');
  });

  await check('undone, the squiggle is back', async () => {
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+S');
    await until('saved text without the fix', () => draft() === text);
    await until('squiggle', async () => squigglesUnder(await boxOf(expected.wrong)));
  });

  const command = async (name) => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`>${name}`);
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  };

  await check('the server starts again when told to, and the log says which program runs', async () => {
    await command('copydesk: Restart Server');
    await command('copydesk: Show Log');
    const lines = page.locator('[id="workbench.panel.output"]').first();
    await until('two starts in the log', async () => bare(await lines.innerText()).split(bare('copydesk, named in the settings')).length > 2);
    await until('squiggle', async () => squigglesUnder(await boxOf(expected.wrong)));
    await picture('log');
    await page.keyboard.press('Control+J');
  });

  await check('a missing program is named, and found again', async () => {
    const toast = (words) => page.locator('.notification-toast').filter({ hasText: words }).first();
    server.configure({ 'copydesk.server.path': '/nowhere/copydesk' });
    await toast('/nowhere/copydesk').waitFor();
    await until('end of the squiggle', async () => (await squigglesUnder(await boxOf(expected.wrong))) === 0);
    await picture('missing');
    server.configure({});
    await until('squiggle', async () => squigglesUnder(await boxOf(expected.wrong)));
  });
} finally {
  await browser.close();
  await server.stop();
}
process.exit(failed === 0 ? 0 : 1);
