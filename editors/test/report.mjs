// The page of `copydesk check --format html` in Chromium, as a checker reads it: with scripts switched off, by keyboard, on paper, and as
// axe-core judges it. Run by ./run:   report.mjs WORK OUT   WORK holds `example`; `copydesk` is on the PATH; pictures go to OUT.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const WORDS = 5_000; // of the long draft
const LARGEST = 1_000_000; // bytes of its page
const SLOWEST = 100; // ms to filter it, the best of some tries, as other programs run too
const LATEST = 3 * SLOWEST; // ms to show it beyond what an empty page takes: a free machine needs a third, and this one may not be free

const [work, out] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let failed = 0;
async function check(name, run) {
  try {
    console.log(`ok report: ${name}${(await run()) ?? ''}`);
  } catch (error) {
    failed++;
    console.log(`not ok report: ${name}\n  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}`);
  }
}

// The report on a draft, as the address of its page. What is contradicted is no failure.
function report(draft, name, ...more) {
  const page = join(work, `${name}.html`);
  const options = ['--sources', join(work, 'example', 'sources'), '--format', 'html', '--output', page, '--fail-on', 'never'];
  execFileSync('copydesk', ['check', draft, ...more, ...options]);
  return page;
}

const draft = join(work, 'example', 'draft.md');
const short = report(draft, 'short');

// The example again and again, as sections, with one finding signed off.
const [front, body] = readFileSync(draft, 'utf8').split('---\n\n', 2);
const times = Math.ceil(WORDS / body.split(/\s+/).length);
const parts = Array.from({ length: times }, (_, i) => (i ? body.replace(/^# .*/m, `## Part ${i + 1}`) : body));
parts[1] = parts[1].replace(/(rescued 73 people[^.]*\.)/s, '$1 <!-- stet: by phone -->');
const longDraft = join(work, 'example', 'long.md');
writeFileSync(longDraft, `${front}---\n\n${parts.join('\n')}`);
const long = report(longDraft, 'long');
const both = report(draft, 'both', longDraft);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const open = async (file, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 950 }, ...options });
  const page = await context.newPage();
  page.asked = [];
  page.on('request', (request) => page.asked.push(request.url()));
  page.said = [];
  page.on('console', (message) => page.said.push(message.text()));
  await page.goto(`file://${file}`);
  return page;
};

for (const colorScheme of ['light', 'dark']) {
  await check(`axe-core finds nothing in the ${colorScheme} page, whole and filtered`, async () => {
    const page = await open(short, { colorScheme, bypassCSP: true });
    await page.screenshot({ path: join(out, `report-${colorScheme}.png`) });
    await page.evaluate(axe);
    for (const change of ['', '#show-s', '#only-one']) {
      if (change) await page.locator(change).click();
      for (const details of await page.locator('details:not([open]) summary').all()) await details.click();
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join('\n')}`);
      assert.deepEqual(told, []);
    }
  });
}

for (const [name, file] of [['long', long], ['two drafts', both]]) {
  await check(`axe-core finds nothing in the page of ${name}`, async () => {
    const page = await open(file, { bypassCSP: true });
    await page.evaluate(axe);
    // Contrast takes a minute on so many words, and is that of the short page.
    const { violations } = await page.evaluate(() => globalThis.axe.run({ rules: { 'color-contrast': { enabled: false } } }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.length} times, ${v.nodes[0].html}`), []);
  });
}

await check('it is read without scripts, and asks for nothing', async () => {
  const page = await open(short, { javaScriptEnabled: false });
  const hidden = async (number) => !(await page.locator(`#n${number}`).isVisible());
  const count = async (what) => page.locator(what).count();
  const all = await count('.notes li');
  assert.equal(await count('.draft sup'), all, 'every claim has its number');
  assert.equal(await count('.draft a[id]'), all);
  const wrong = await page.locator('.notes li.x').first().getAttribute('id');
  const right = await page.locator('.notes li.s').last().getAttribute('id');
  // From the draft to the note and back.
  await page.locator(`.draft a[href="#${right}"]`).last().click();
  assert.equal(new URL(page.url()).hash, `#${right}`);
  assert.ok(await page.locator(`#${right}`).evaluate((note) => note.getBoundingClientRect().top < innerHeight));
  await page.locator(`#${wrong} a`).click();
  assert.equal(new URL(page.url()).hash, `#${wrong.replace('n', 'm')}`);
  // A filter hides notes, but not the one that is gone to.
  await page.locator('#show-s').uncheck();
  assert.ok(await hidden(right.slice(1)) && !(await hidden(wrong.slice(1))));
  await page.locator(`.draft a[href="#${right}"]`).last().click();
  assert.ok(!(await hidden(right.slice(1))), 'what a link leads to is shown');
  assert.deepEqual(page.said, []);
  assert.deepEqual(page.asked.map((url) => new URL(url).pathname), [short]);
});

await check('it is worked by keyboard', async () => {
  const page = await open(short);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.id);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'show-x');
  await page.keyboard.press('Space');
  assert.ok(!(await page.locator('#show-x').isChecked()));
  for (let i = 0; i < 6; i++) await page.keyboard.press('Tab');
  assert.equal(await focused(), '#n1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), '#m1', 'the focus goes on from the note');
});

await check('on paper every claim has its numbered note', async () => {
  const page = await open(short);
  await page.pdf({ path: join(out, 'report.pdf'), preferCSSPageSize: true, format: 'A4' });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.filters input').first().isVisible(), false);
  for (const note of await page.locator('.notes li').all()) assert.ok(await note.isVisible());
  await page.setViewportSize({ width: 400, height: 800 });
  await page.emulateMedia({ media: 'screen' });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} pixels wider than a telephone`);
});

await check(`a draft of ${WORDS} words is below ${LARGEST} bytes`, () => {
  const { size } = statSync(long);
  assert.ok(size < LARGEST, `${size} bytes`);
  return ` (${size})`;
});

await check(`it is shown at once, and filtered within ${SLOWEST} ms`, async () => {
  const [empty, shown, filtered] = [[], [], []];
  const blank = join(work, 'blank.html');
  writeFileSync(blank, '<!doctype html><title>blank</title><p>One line.</p>');
  const painted = async (page) => {
    await page.waitForTimeout(500);
    return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  };
  for (let i = 0; i < 8; i++) {
    const first = await open(blank);
    empty.push(await painted(first));
    await first.context().close();
    const page = await open(long);
    shown.push(await painted(page));
    const times = [];
    for (const box of ['show-s', 'show-x', 'show-s', 'only-one', 'show-x']) {
      // From the click to the end of the frame that shows it.
      times.push(await page.evaluate((id) => new Promise((done) => {
        const start = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now() - start);
        document.getElementById(id).click();
        requestAnimationFrame(() => port2.postMessage(0));
      }), box));
    }
    filtered.push(Math.max(...times));
    await page.context().close();
  }
  const [least, page, filter] = [empty, shown, filtered].map((times) => Math.round(Math.min(...times)));
  const figures = ` (shown after ${page} ms, an empty page after ${least} ms; the slowest filter takes ${filter} ms)`;
  assert.ok(page - least <= LATEST && filter <= SLOWEST, figures);
  return figures;
});

await browser.close();
process.exit(failed ? 1 : 0);
