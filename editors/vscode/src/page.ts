// What a page of the server's becomes before a webview shows it.
import { randomBytes } from 'node:crypto';

// The theme's colours and letters in place of the page's own.
const STYLE = `:root {
  --bg: var(--vscode-editor-background); --fg: var(--vscode-editor-foreground); --muted: var(--vscode-descriptionForeground);
  --line: var(--vscode-widget-border, var(--vscode-editorWidget-border)); --contradicted: var(--vscode-editorError-foreground);
  --conflicting: var(--vscode-editorWarning-foreground); --open: var(--vscode-editorInfo-foreground);
  --supported: var(--vscode-testing-iconPassed); --mark: var(--vscode-editor-findMatchHighlightBackground);
  --sans: var(--vscode-font-family);
}
:root:has(.vscode-light, .vscode-high-contrast-light) { color-scheme: light; }
:root:has(.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)) { color-scheme: dark; }
body { background: var(--bg); color: var(--fg); }
blockquote { background: none; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
.go { font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 0; text-align: start; text-decoration: underline; cursor: pointer; }
.go:hover { color: var(--vscode-textLink-activeForeground); }
.h .go { font: 0.8125rem var(--sans); }
.stale { position: fixed; z-index: 2; inset: auto 0 0; color: var(--fg); background: var(--vscode-editorWidget-background, var(--bg)); border-top: 1px solid var(--conflicting); }
.stale:not(:empty) { padding: 0.4rem 1rem; animation: late 1s step-end; }
.stale:empty { border: 0; }
@keyframes late { from { visibility: hidden; } }
@media print { .go, .stale { display: none; } }`;

// Keeps the place and what was ticked while the page is written anew, tells which button was pressed, and says when the page is old.
const SCRIPT = `const vscode = acquireVsCodeApi();
const boxes = [...document.querySelectorAll('input[type=checkbox]')];
const before = vscode.getState();
for (const box of boxes) box.checked = before?.ticked[box.id] ?? box.checked;
if (before) addEventListener('load', () => scrollTo(0, before.y));
const keep = () => vscode.setState({ y: scrollY, ticked: Object.fromEntries(boxes.map((box) => [box.id, box.checked])) });
addEventListener('scroll', keep);
addEventListener('change', keep);
addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-target]');
  if (button) vscode.postMessage({ page: PAGE, target: Number(button.dataset.target) });
});
addEventListener('message', ({ data }) => {
  if (typeof data?.stale === 'string') document.querySelector('.stale').textContent = data.stale;
});`;

/**
 * Lets nothing run or load but what stands in the page's own head, by a number that no text of a source can know. What the page tells
 * bears the number of the page.
 */
export function secured(page: string, number: number): string {
  const nonce = randomBytes(18).toString('base64url');
  // The server writes the attribute `style` for the lengths of bars alone, with figures of its own.
  const styles = `style-src-elem 'nonce-${nonce}'; style-src-attr 'unsafe-inline'`;
  const policy = `default-src 'none'; ${styles}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const script = `const PAGE = ${number};\n${SCRIPT}`;
  const end = `<style nonce="${nonce}">${STYLE}</style><script nonce="${nonce}">${script}</script></body>`;
  return page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, '')
    .replace('<head>', () => `<head>${meta}`)
    .replaceAll('<style>', `<style nonce="${nonce}">`)
    .replaceAll('<script nonce="copydesk">', `<script nonce="${nonce}">`)
    .replace('<body>', '<body><p class="stale"></p>')
    .replace('</body>', () => end);
}

/** A page of a few words. */
export function plain(title: string, text: string): string {
  const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const head = `<meta charset="utf-8"><title>${escaped(title)}</title>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`;
}
