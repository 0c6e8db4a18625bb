// What a page of the server's becomes before a webview shows it.
import { randomBytes } from 'node:crypto';

// The theme's colours in place of the page's own.
const COLOURS = `:root {
  --bg: var(--vscode-editor-background); --fg: var(--vscode-editor-foreground); --muted: var(--vscode-descriptionForeground);
  --line: var(--vscode-widget-border, var(--vscode-editorWidget-border)); --contradicted: var(--vscode-editorWarning-foreground);
  --conflicting: var(--vscode-editorInfo-foreground); --open: var(--vscode-descriptionForeground);
  --supported: var(--vscode-testing-iconPassed); --mark: var(--vscode-editor-findMatchHighlightBackground);
}
body { background: var(--bg); color: var(--fg); font-family: var(--vscode-font-family); }
a { color: var(--vscode-textLink-foreground); }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }`;

// Keeps the place while the page is written anew, and tells which claim was chosen.
const SCRIPT = `const vscode = acquireVsCodeApi();
const before = vscode.getState();
if (before) addEventListener('load', () => scrollTo(0, before.y));
addEventListener('scroll', () => vscode.setState({ y: scrollY }));
addEventListener('click', (event) => {
  const place = event.target.closest('[data-place]')?.dataset.place;
  if (place) vscode.postMessage({ place });
});`;

/** Lets nothing run or load but what stands in the page's own head, by a number that no text of a source can know. */
export function secured(page: string): string {
  const nonce = randomBytes(18).toString('base64url');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, '')
    .replace('<head>', () => `<head>${meta}`)
    .replaceAll('<style>', `<style nonce="${nonce}">`)
    .replaceAll('<script nonce="copydesk">', `<script nonce="${nonce}">`)
    .replace('</body>', () => `<style nonce="${nonce}">${COLOURS}</style><script nonce="${nonce}">${SCRIPT}</script></body>`);
}

/** A page of a few words. */
export function plain(title: string, text: string): string {
  const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const head = `<meta charset="utf-8"><title>${escaped(title)}</title>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`;
}
