// The example in VS Code, as a writer sees it in the browser. Run by ./run:   vscode.mjs WORK OUT
// WORK holds `example`; the extension is packaged with the program inside, which is on the PATH as well; screenshots go to OUT.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare, Window } from './vscode-page.mjs';
import { startServer } from './vscode-server.mjs';

const [work, out] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(new URL('example.json', import.meta.url), 'utf8'));
const folder = join(work, 'example');
const draft = () => readFileSync(join(folder, 'draft.md'), 'utf8');
mkdirSync(join(work, 'alone'));
writeFileSync(join(work, 'alone', 'alone.md'), '# A draft alone\n\nThe bridge cost $4 million.\n');

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1)); // what was started ends on exit
const extension = new URL(`../vscode/copydesk-${process.platform}-${process.arch}.vsix`, import.meta.url).pathname;
const server = await startServer({ work, out, extension });
const window = new Window(out);
const { check, claims } = { check: window.check.bind(window), claims: () => window.claims };

const original = draft();
let page;

/** A window like new on a folder, with the view of copydesk. */
const begin = async (name, file) => {
  server.configure({});
  await window.open();
  page = window.page;
  await page.goto(`${server.url}/?folder=${encodeURIComponent(join(work, name))}`);
  await page.locator('.explorer-folders-view').getByRole('treeitem', { name: file }).waitFor();
  await page.getByRole('tab', { name: 'copydesk' }).click();
};

/** The draft as it was, open in such a window: how a check begins that is tried once more. */
window.again = async () => {
  for (const made of ['draft.stet.toml', 'sources/the-bill-for-the-flood.md']) rmSync(join(folder, made), { force: true });
  writeFileSync(join(folder, 'draft.md'), original);
  await begin('example', 'draft.md');
  await window.file('draft.md');
  await window.squiggle(expected.wrong);
};

try {
  await check('without a draft, the side bar says what to do', async () => {
    await begin('example', 'draft.md');
    await claims().getByText('Open a draft to see').waitFor();
    await claims().getByRole('button', { name: 'Try It on a Sample' }).waitFor();
    await window.picture('no-draft');
  });

  await check('a contradicted figure is underlined, by the program inside the extension', async () => {
    await window.file('draft.md');
    await window.squiggle(expected.wrong);
  });

  await check("the hover shows the source's sentence", async () => {
    await window.hover(expected.wrong, expected.sentence);
    await window.picture('hover');
    await window.leaveHover();
  });

  await check('what agrees is not underlined, and has a hover with its source', async () => {
    if (await window.squiggles(expected.agreed)) throw new Error(`"${expected.agreed}" is underlined`);
    await window.hover(expected.agreed, expected.agreed_sentence);
    await window.picture('agreed');
    await window.leaveHover();
  });

  await check('the list of problems has it', async () => {
    await page.keyboard.press('Control+Shift+M');
    await page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'copydesk' }).first().waitFor();
    await window.picture('problems');
    await page.keyboard.press('Control+J');
    await page.locator('.markers-panel').waitFor({ state: 'hidden' });
  });

  await check('the side bar lists the claims by label', async () => {
    await window.row('Contradicted').waitFor();
    await window.row('Supported').waitFor();
    await window.row(expected.wrong).waitFor();
    await window.picture('claims');
  });

  await check('a click on a claim goes to it', async () => {
    await window.row(expected.wrong).click();
    await window.until('selected claim', async () => bare(await page.locator('#workbench\\.parts\\.statusbar').innerText()).includes('selected'));
  });

  await check('below a claim is its evidence, which opens the source at the sentence', async () => {
    await window.row(expected.wrong).locator('.monaco-tl-twistie').click();
    const evidence = window.row(expected.sentence.slice(0, 40));
    await evidence.click();
    await page.locator('.editor-group-container.active .tab.active').filter({ hasText: expected.source.split('/').pop() }).waitFor();
    await window.until('selected sentence', () => window.marksAt(expected.sentence.slice(0, 40), '.selected-text'));
    await window.row(expected.wrong).waitFor(); // the list stays that of the draft
    await window.picture('evidence');
    await window.command('View: Close All Editors in Group');
    await page.locator('.editor-group-container').nth(1).waitFor({ state: 'detached' });
  });

  await check('the status of the language has the counts', async () => {
    const status = page.locator('#status\\.languageStatus');
    await status.hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: /\d contradicted/ }).first().waitFor();
    await window.picture('status');
    await window.leaveHover();
  });

  await check('the report is shown in the colours of the theme, runs nothing of others, follows the text and keeps what was ticked', async () => {
    await window.command('copydesk: Show Report');
    const body = window.webview.locator('body');
    await body.getByRole('link', { name: new RegExp(`^${expected.wrong}\\b.*contradicted`) }).waitFor();
    const policy = await window.webview.locator('meta[http-equiv="Content-Security-Policy"]').first().getAttribute('content');
    if (!policy.startsWith("default-src 'none'; style-src-elem 'nonce-")) throw new Error(policy);
    const colours = () => body.evaluate((it) => [getComputedStyle(it).backgroundColor, getComputedStyle(it).getPropertyValue('--bg')]);
    await window.until('colour of the theme', async () => !(await colours()).includes('rgba(0, 0, 0, 0)') && (await colours())[1]);
    await window.picture('report');

    const tick = window.webview.getByRole('checkbox', { name: /supported/ });
    await tick.uncheck();
    await window.press(expected.wrong, 'Write What the Source Says');
    await window.webview.getByRole('link', { name: new RegExp(`^${expected.right}\\b.*supported`) }).waitFor();
    if (await tick.isChecked()) throw new Error('the tick is back');
    await page.locator('.tab').filter({ hasText: 'draft.md' }).first().click();
    await window.clickOn(expected.right);
    await page.keyboard.press('Control+Z');
    await window.webview.getByRole('link', { name: new RegExp(`^${expected.wrong}\\b.*contradicted`) }).waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab').filter({ hasText: 'Report' }).click();
    await window.command('View: Close Editor');
  });

  /** Presses a button of the report until the words it leads to are selected: a page that is written anew meanwhile loses a key. */
  const follow = (button, words) =>
    window.until(`selected "${words}"`, async () => {
      await button.press('Enter', { timeout: 3000 });
      const end = Date.now() + 3000;
      while (Date.now() < end) {
        if (await window.marksAt(words, '.selected-text').catch(() => 0)) return true;
        await page.waitForTimeout(100);
      }
    });

  /** Takes back all that was written into the draft that has the focus. */
  const undo = async () => {
    await window.clickOn(expected.agreed);
    const save = async () => {
      await page.keyboard.press('Control+S');
      await page.waitForTimeout(200);
      return draft() === original;
    };
    await window.until('saved text', async () => !(await save())); // before that the file is as it was
    await window.until('draft as it was', async () => {
      await page.keyboard.press('Control+Z');
      return save();
    });
  };

  /** Closes the editor with this title, and waits for the draft to have its place. */
  const close = async (title) => {
    const tab = page.locator('.tab').filter({ hasText: title });
    await tab.click();
    await window.command('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
    await window.squiggle(expected.wrong);
  };
  const source = expected.source.split('/').pop();

  await check('a note of the report leads to the words in the draft, also while that changes, and to the sentence in the source', async () => {
    const active = (name) => page.locator('.editor-group-container.active .tab.active').filter({ hasText: name }).waitFor();
    const toDraft = window.webview.getByRole('button', { name: `Show in draft: ${expected.wrong}`, exact: true });
    await window.file('draft.md');
    await window.clickOn(expected.agreed);
    await window.command('copydesk: Show Report');
    await follow(toDraft, expected.wrong);
    await active('draft.md');
    await toDraft.waitFor(); // the report is still in sight
    await window.picture('report-draft');

    await window.clickOn(expected.agreed);
    await page.keyboard.press('End');
    await page.keyboard.type(' More.\n\nAnd more.');
    await follow(toDraft, expected.wrong);
    await undo();

    const note = window.webview.getByRole('listitem').filter({ has: toDraft });
    await follow(note.getByRole('button', { name: /^Show in source: / }).first(), expected.sentence.slice(0, 40));
    await active(source);
    await toDraft.waitFor();
    await window.picture('report-source');
    await close(source);
    await close('Report');
  });

  await check('the report says that it is older than the draft or that this is closed, and opens it again', async () => {
    await window.file('draft.md');
    await window.command('copydesk: Show Report');
    const old = window.webview.getByText('The draft is closed');
    const toDraft = window.webview.getByRole('button', { name: `Show in draft: ${expected.wrong}`, exact: true });
    await toDraft.waitFor();
    await page.locator('.tab').filter({ hasText: 'draft.md' }).first().click();
    await window.clickOn(expected.agreed);
    await page.keyboard.press('End');
    const changed = window.webview.getByText('The draft is being checked again');
    const seen = changed.waitFor({ state: 'attached' }); // it goes as soon as the next page is there
    await Promise.all([seen, page.keyboard.type(' More.')]);
    await changed.waitFor({ state: 'detached' });
    await undo();

    await window.command('View: Close Editor');
    await old.waitFor();
    await window.picture('report-closed');
    await follow(toDraft, expected.wrong);
    await old.waitFor({ state: 'detached' });
    await close('Report');
  });

  await check('the fact sheet is shown, and leads to the sources', async () => {
    await window.command('copydesk: Show Fact Sheet');
    await window.webview.locator('body').filter({ hasText: '1,800' }).first().waitFor();
    await window.picture('facts');
    const saying = window.webview.locator('figure').filter({ hasText: expected.sentence });
    await follow(saying.getByRole('button', { name: /^Show in source: / }).first(), expected.sentence.slice(0, 40));
    await close(source);
    await close('Fact Sheet');
  });

  const text = draft();
  const fixed = text.replace(expected.wrong, expected.right);

  await check('the fix writes what the source says, and the squiggle goes; undone, it is back', async () => {
    await window.clickOn(expected.wrong);
    const fix = page.locator('.action-widget').getByRole('option').filter({ hasText: expected.right }).first();
    await window.until('fix', async () => {
      await page.keyboard.press('Control+.'); // which does nothing as long as the editor does not have the focus
      return fix.waitFor({ timeout: 2000 }).then(() => true);
    });
    await window.picture('fix');
    await fix.click();
    await fix.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+S');
    await window.until('saved text with the fix', () => draft() === fixed);
    await window.noSquiggle(expected.right);
    await window.picture('fixed');

    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+S');
    await window.until('saved text without the fix', () => draft() === text);
    await window.squiggle(expected.wrong);
  });

  await check('the list writes what the source says as well', async () => {
    await window.press(expected.wrong, 'Write What the Source Says');
    await window.noSquiggle(expected.right);
    await window.clickOn(expected.right);
    await page.keyboard.press('Control+Z');
    await window.squiggle(expected.wrong);
    await page.keyboard.press('Control+S');
  });

  await check('a finding is accepted, with the reason, into the ledger', async () => {
    await window.clickOn(expected.wrong);
    await window.command('copydesk: Accept Finding');
    await window.answer('Why it stands', 'counted twice by the desk');
    await window.noSquiggle(expected.wrong);
    const ledger = join(folder, 'draft.stet.toml');
    await window.until('reason in the ledger', () => readFileSync(ledger, 'utf8').includes('counted twice by the desk'));
    await window.row('Accepted').waitFor();
    await page.locator('.activitybar .badge-content').filter({ hasText: /^6$/ }).first().waitFor();
    await window.picture('accepted');
    rmSync(ledger);
    await window.squiggle(expected.wrong);
  });

  await check('a changed setting counts at once', async () => {
    server.configure({ 'copydesk.severity': { refuted: 'error' } });
    await window.until('error', () => window.marksAt(expected.wrong, '.squiggly-error'));
    server.configure({});
    await window.until('warning', () => window.marksAt(expected.wrong, '.squiggly-warning'));
  });

  await check('what is supported is marked when the writer wants it', async () => {
    const marked = () => window.marksAt(expected.agreed, '[class*="TextEditorDecorationType"], .ced-copydesk');
    if (await marked()) throw new Error('it is marked without being asked for');
    await window.command('copydesk: Mark Supported Claims On/Off');
    await window.until('mark', marked);
    await window.picture('marked');
    await window.command('copydesk: Mark Supported Claims On/Off');
    await window.until('end of the mark', async () => (await marked()) === 0);
  });

  await check('a source that is pasted while the draft is open counts at once', async () => {
    const article = 'Insurers put the damage in Orlen Falls at nearly $95 million.';
    await page.evaluate((text) => navigator.clipboard.writeText(text), article);
    await window.command('copydesk: Add Source from the Clipboard');
    await window.answer('(1/3)', 'The Bill for the Flood');
    await window.answer('(2/3)', 'The Orlen Post');
    await window.answer('(3/3)', '2026-03-12');
    await window.toast('Added the-bill-for-the-flood.md to sources').waitFor();
    await window.squiggle('nearly $85 million');
    await window.row('Sources Conflict').waitFor();
    await window.picture('pasted');
    const file = join(folder, 'sources', 'the-bill-for-the-flood.md');
    const kept = `---\ntitle: "The Bill for the Flood"\noutlet: "The Orlen Post"\ndate: 2026-03-12\n---\n\n${article}\n`;
    if (readFileSync(file, 'utf8') !== kept) throw new Error(readFileSync(file, 'utf8'));
    rmSync(file);
    await window.noSquiggle('nearly $85 million');
    await window.command('Notifications: Clear All');
  });

  await check('the server starts again when told to, and the log says which program runs', async () => {
    await window.command('copydesk: Restart Server');
    await window.command('copydesk: Show Log');
    const lines = page.locator('[id="workbench.panel.output"]').first();
    await window.until('two starts in the log', async () => bare(await lines.innerText()).split(bare('copydesk, inside the extension')).length > 2);
    await window.squiggle(expected.wrong);
    await window.picture('log');
    await page.keyboard.press('Control+J');
  });

  await check('the debug information is copied', async () => {
    await window.command('copydesk: Copy Debug Information');
    await window.toast('debug information').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    if (!/^Program: \d.*inside the extension/m.test(copied) || !/^Draft: markdown.*ready/m.test(copied)) throw new Error(copied);
    await window.command('Notifications: Clear All');
  });

  await check('a missing program is named, wherever one looks, and found again', async () => {
    server.configure({ 'copydesk.server.path': '/nowhere/copydesk' });
    await window.toast('/nowhere/copydesk').waitFor();
    await window.noSquiggle(expected.wrong);
    await claims().getByText('was not found or does not run').waitFor();
    await window.picture('missing');
    await window.command('copydesk: Show Report');
    await window.webview.getByText(/^Drafts are not checked\..*\/nowhere\/copydesk/).waitFor();
    server.configure({ 'copydesk.server.path': 'copydesk' }); // the one on the PATH
    await window.row(expected.wrong).waitFor();
    await window.webview.getByRole('link', { name: new RegExp(`^${expected.wrong}\\b.*contradicted`) }).waitFor();
    await window.command('View: Close Editor');
    await window.squiggle(expected.wrong);
    await window.command('Notifications: Clear All');
  });

  await check('a program that ends at once is said not to run', async () => {
    const broken = join(work, 'broken');
    writeFileSync(broken, '#!/bin/sh\n[ "$1" = --version ] && echo copydesk 0.0.1\n', { mode: 0o755 });
    server.configure({ 'copydesk.server.path': broken });
    await window.toast('is version 0.0.1, older than this extension').waitFor();
    await claims().getByText('copydesk is not running').waitFor();
    await window.picture('stopped');
    server.configure({});
    await window.squiggle(expected.wrong);
    await window.command('Notifications: Clear All');
  });

  await check('the walkthrough ends with a first caught error, as the README shows it', async () => {
    await window.command('copydesk: Get Started');
    const step = page.locator('.getting-started-step').filter({ hasText: 'Catch a First Error' });
    await step.click();
    await page.locator('.getting-started-media img').waitFor();
    await window.picture('walkthrough');
    await step.getByRole('button', { name: 'Try It on a Sample' }).click();
    await page.locator('.editor-group-container.active .tab.active').filter({ hasText: 'draft.md' }).waitFor();
    await window.squiggle('240');
    await window.row('240').waitFor();
    await page.locator('.tab').filter({ hasText: 'Welcome' }).click();
    await step.locator('.getting-started-step-checked, .codicon-getting-started-step-checked').first().waitFor();
    await window.picture('walkthrough-done');
    await window.command('View: Close Editor');

    await window.command('View: Close Other Editors in Group');
    await page.setViewportSize({ width: 1160, height: 560 });
    await window.row('240').locator('.monaco-tl-twistie').click();
    await window.row('About 420 people').waitFor();
    await window.squiggle('240');
    await page.mouse.move(700, 500);
    await window.hover('240', 'About 420 people stood on the pier to meet her');
    await window.picture('readme');
  });

  await check('a draft without sources is not called right', async () => {
    await begin('alone', 'alone.md');
    await window.file('alone.md');
    await claims().getByText('This draft has no sources').waitFor();
    await page.locator('#status\\.languageStatus').hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'No sources' }).first().waitFor();
    await window.picture('no-sources');
    await window.leaveHover();
    await window.command('copydesk: Show Report');
    await window.webview.getByRole('heading', { name: 'No sources' }).waitFor();
    await window.command('View: Close Editor');
  });

  await check('the folder of the sources is made when a first one is added', async () => {
    rmSync(join(work, 'alone', 'sources'), { recursive: true, force: true });
    await begin('alone', 'alone.md');
    await window.file('alone.md');
    const article = join(work, 'bridge.txt');
    writeFileSync(article, 'Bridge reopens\n\nThe bridge cost $9 million.\n');
    await window.command('copydesk: Add Source from a File');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'alone.md' }).waitFor(); // what is typed before is lost
    await window.answer('Add Sources from Files', article, () => {});
    const made = page.getByRole('button', { name: 'Create Folder' });
    await window.until('question', async () => {
      await page.getByRole('button', { name: 'Add to the Sources' }).click({ timeout: 1000 }); // which may be too early
      return made.waitFor({ timeout: 1000 }).then(() => true);
    });
    await made.click();
    await window.toast('Added bridge').waitFor();
    await window.squiggle('$4 million');
    await window.row('$4 million').waitFor();
    await window.picture('first-source');
  });
} finally {
  await window.close();
  await server.stop();
}
process.exit(window.failed === 0 ? 0 : 1);
