// VS Code in a browser, as a person sees and uses it: what is underlined, what a view lists, what a key does.
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Letters and digits alone: a sentence is the same whatever line breaks or bold type are put around it. */
export const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');

export class Window {
  limit = Number(process.env.LIMIT ?? 60_000); // ms: a loaded machine is slow, and nothing waits longer than it must
  failed = 0;

  constructor(out) {
    this.out = out;
  }

  /** Opens it, in place of the one before: nothing is left of that. */
  async open() {
    await this.context?.close();
    this.browser ??= await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox', // which Chromium insists on when run by root
        '--disable-dev-shm-usage', // a container's is small
        ...['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((part) => `--disable-${part}`),
        '--no-first-run',
      ],
    });
    this.context = await this.browser.newContext({ viewport: { width: 1440, height: 860 } });
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(this.limit);
  }

  /** Runs a check; one that fails is tried once more, from a beginning of its own. */
  async check(name, run) {
    const started = Date.now();
    const problems = [];
    for (const attempt of [run, async () => (await this.again(), await run())]) {
      try {
        await attempt();
        break;
      } catch (error) {
        problems.push(`  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}`);
        await this.picture(`failed-${this.failed + 1}-${problems.length}`).catch(() => {});
      }
    }
    if (problems.length < 2) {
      console.log([`ok vscode: ${name}${problems.length ? ', at the second try' : ''}`, ...problems].join('\n'));
    } else {
      this.failed++;
      if (this.failed === 2) this.limit = 10_000; // it is not one thing alone, and need not take an hour
      console.log([`not ok vscode: ${name}`, ...problems].join('\n'));
      await this.again().catch(() => {}); // what follows shall not suffer
    }
    if (process.env.TIMES) console.log(`  ${Date.now() - started} ms`);
  }

  async close() {
    await this.browser?.close();
  }

  picture(name, options = {}) {
    return this.page.screenshot({ path: join(this.out, `vscode-${name}.png`), animations: 'disabled', caret: 'hide', ...options });
  }

  async until(what, condition) {
    const end = Date.now() + this.limit;
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
    throw new Error(`no ${what} within ${this.limit / 1000} s${last ? `: ${last.message}` : ''}`);
  }

  /** Where the text is on the screen, in the lines of the editor that has the focus; undefined when it is not shown. */
  boxOf(text) {
    return this.page.evaluate((wanted) => {
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
  }

  /** How many marks of a kind lie over a box of the screen. */
  async marksAt(text, kind) {
    const box = await this.boxOf(text);
    return this.page.evaluate(
      ([{ x, y, width, height }, selector]) =>
        [...document.querySelectorAll(`.editor-group-container.active ${selector}`)].filter((mark) => {
          const r = mark.getBoundingClientRect();
          return r.width > 0 && r.left < x + width - 1 && r.right > x + 1 && r.top < y + height && r.bottom > y;
        }).length,
      [box, kind],
    );
  }

  squiggles(text) {
    return this.marksAt(text, '[class*="squiggly-"]');
  }

  async squiggle(text) {
    await this.until(`squiggle under "${text}"`, () => this.squiggles(text));
  }

  async noSquiggle(text) {
    await this.until(`end of the squiggle under "${text}"`, async () => (await this.squiggles(text)) === 0);
  }

  /** Points at the text until the hover has the sentence. */
  async hover(text, sentence) {
    const shown = this.page.locator('.monaco-hover:visible').first();
    await this.until('sentence in the hover', async () => {
      const box = await this.boxOf(text); // lines move down when lenses come
      await this.page.mouse.move(box.x + box.width / 2 - 2, box.y + box.height / 2);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
      return bare(await shown.innerText({ timeout: 1000 })).includes(bare(sentence));
    });
  }

  async leaveHover() {
    await this.page.keyboard.press('Escape');
    await this.page.mouse.move(5, 855);
  }

  async clickOn(text) {
    const box = await this.boxOf(text);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Opens the box at the top with a key, and writes into it. A key is lost while the focus is on its way, and so is a box. */
  async ask(key, text, wanted) {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: wanted }).first();
    await this.until(`"${wanted}" in the box at the top`, async () => {
      await this.page.keyboard.press(key);
      await this.page.locator('.quick-input-widget:visible input').first().fill(text, { timeout: 3000 });
      return row.waitFor({ timeout: 5000 }).then(() => true);
    });
    return row;
  }

  async command(name) {
    await (await this.ask('F1', `>${name}`, name)).click();
  }

  /** Opens a file of the folder by its name. */
  async file(name) {
    await this.ask('Control+P', name, name.split('/').pop());
    await this.page.keyboard.press('Enter');
    await this.page.locator('.editor-group-container.active .tab.active').filter({ hasText: name.split('/').pop() }).waitFor();
  }

  /** Fills in the box at the top, and goes on. */
  async answer(title, text, goOn = () => this.page.keyboard.press('Enter')) {
    await this.page.locator('.quick-input-widget').filter({ hasText: title }).waitFor();
    await this.page.locator('.quick-input-widget input').first().fill(text);
    await goOn();
  }

  toast(words) {
    return this.page.locator('.notification-toast').filter({ hasText: words }).first();
  }

  get claims() {
    return this.page.locator('.pane').filter({ hasText: 'Claims' });
  }

  row(text) {
    return this.claims.locator('.monaco-list-row').filter({ hasText: text }).first();
  }

  /** Presses a button of a row in the list. A list that is just drawn anew has forgotten the pointer, and shows no buttons. */
  async press(text, name) {
    for (let tries = 1; ; tries++) {
      await this.page.mouse.move(0, 0);
      await this.row(text).hover();
      try {
        return await this.row(text).getByRole('button', { name }).click({ timeout: 3000 });
      } catch (problem) {
        if (tries === 10) throw problem;
      }
    }
  }

  /** The text inside a webview, which is a frame in a frame. */
  get webview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }
}
