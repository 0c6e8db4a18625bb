// The report and the fact sheet: pages that the server writes, shown in an editor tab.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import { columnBeside } from './findings';
import { asked, linked, spanOf, type Target } from './links';
import { plain, secured } from './page';
import { CLAIMS, type Claims, FACTS, REPORT } from './protocol';
import { showInDraft, showInSource } from './reveal';
import type { Server } from './server';
import { stale, words } from './words';

export type Kind = 'report' | 'facts';

const KINDS = {
  report: { title: 'Report', command: REPORT },
  facts: { title: 'Fact Sheet', command: FACTS },
};
/** How long to wait before a page is written anew, so that typing does not do it at every key. */
const PAUSE_MS = 600;

export class Panels implements vscode.Disposable {
  private readonly open = new Map<Kind, Panel>();
  private readonly listener: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly drafts: Drafts,
    private readonly icon: vscode.Uri,
  ) {
    const of = (uri: vscode.Uri | undefined) =>
      [...this.open.values()].filter(({ draft }) => !uri || uri.toString() === draft.uri.toString());
    this.listener = vscode.Disposable.from(
      drafts.onDidChange((uri) => {
        for (const panel of of(uri)) panel.soon();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const panel of of(document.uri)) panel.age();
      }),
    );
  }

  dispose(): void {
    this.listener.dispose();
    for (const panel of this.open.values()) panel.dispose();
  }

  show(kind: Kind, draft: vscode.TextDocument): void {
    let panel = this.open.get(kind);
    if (!panel) {
      panel = new Panel(kind, draft, this.server, this.drafts, this.icon);
      panel.onDidDispose(() => this.open.delete(kind));
      this.open.set(kind, panel);
    }
    panel.show(draft);
  }
}

/** What is shown: the server's page, or words on why there is none. */
interface Page {
  html: string;
  isPage: boolean;
  /** Where its buttons lead, and the text of the draft that the places in it are told for. */
  targets: Target[];
  text: string;
  version?: number | undefined;
}

const NOTHING: Page = { html: '', isPage: false, targets: [], text: '' };

class Panel {
  private readonly panel: vscode.WebviewPanel;
  private pause: NodeJS.Timeout | undefined;
  private shown = NOTHING;
  /** How many pages have been shown, so that a button that was pressed on the one before leads nowhere. */
  private number = 0;
  /** How often a page was asked for: an answer that another question has overtaken is not shown. */
  private turn = 0;
  private isDisposed = false;

  constructor(
    private readonly kind: Kind,
    public draft: vscode.TextDocument,
    private readonly server: Server,
    private readonly drafts: Drafts,
    icon: vscode.Uri,
  ) {
    const place = { viewColumn: columnBeside(draft), preserveFocus: false };
    const options = { enableScripts: true, enableFindWidget: true, localResourceRoots: [] };
    this.panel = vscode.window.createWebviewPanel(`copydesk.${kind}`, KINDS[kind].title, place, options);
    this.panel.iconPath = icon;
    this.panel.onDidChangeViewState(() => this.panel.visible && this.soon());
    this.panel.webview.onDidReceiveMessage((message) => void this.go(message));
    this.panel.onDidDispose(() => {
      this.isDisposed = true;
      clearTimeout(this.pause);
    });
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  dispose(): void {
    this.panel.dispose();
  }

  /** Shows the page of a draft. */
  show(draft: vscode.TextDocument): void {
    // The page of another draft must not stand below the name of this one until its own is there.
    if (draft.uri.toString() !== this.draft.uri.toString()) this.put(NOTHING);
    this.draft = draft;
    this.panel.title = `${KINDS[this.kind].title}: ${path.basename(draft.uri.path)}`;
    this.panel.reveal(undefined, false);
    void this.write();
  }

  soon(): void {
    clearTimeout(this.pause);
    this.age();
    if (this.panel.visible) this.pause = setTimeout(() => void this.write(), PAUSE_MS);
  }

  private async write(): Promise<void> {
    const turn = ++this.turn;
    const page = await this.page();
    if (this.isDisposed || turn !== this.turn) return;
    // The same page may be of a text in which the places are others.
    if (page.html === this.shown.html) this.shown = page;
    else this.put(page);
    this.age();
  }

  private put(page: Page): void {
    this.shown = page;
    this.number++;
    this.panel.webview.html = secured(page.html, this.number);
  }

  /** Says on the page that it is old, or that it is not any more. */
  age(): void {
    if (this.isDisposed) return;
    const document = this.document();
    // What the sources say does not change with the draft.
    const isSame = this.kind === 'facts' || document?.version === this.shown.version;
    const state = document ? (isSame ? 'same' : 'changed') : 'closed';
    const said = this.shown.isPage ? stale(this.drafts.situation(this.draft), state) : '';
    void this.panel.webview.postMessage({ stale: said });
  }

  /** The draft as long as it is open: closed and opened again it is another one. */
  private document(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.draft.uri.toString());
  }

  private async page(): Promise<Page> {
    const instead = (title: string, text: string): Page => ({ ...NOTHING, html: plain(title, text) });
    const situation = this.drafts.situation(this.draft);
    const { title, command } = KINDS[this.kind];
    const { state } = this.server;
    if (state.kind === 'running' && !this.server.provides(command)) {
      return instead(title, `copydesk ${state.program.version} does not write this page.`);
    }
    const isGone = state.kind === 'running' && !this.document();
    const said = isGone ? { text: 'No draft', detail: 'Open the draft to see this page.' } : words(situation);
    if (situation.kind !== 'ready') {
      // The server's page stays until the next check has come to its end.
      const isComing = situation.kind === 'waiting' || situation.kind === 'reading' || situation.kind === 'checking';
      return isComing && this.shown.isPage ? this.shown : instead(said.text, said.detail);
    }
    try {
      const now = () => ({ version: this.document()?.version, text: this.document()?.getText() ?? '' });
      const before = now();
      const uri = this.draft.uri;
      const [html, claims] = await Promise.all([this.server.ask<string>(command, uri), this.server.ask<Claims>(CLAIMS, uri)]);
      if (!html) return instead('There is no page', 'The program has no result for this draft. The log may say why.');
      // Without the text that the places are told for there are no buttons; it has changed, so that the next page is on its way.
      const of = [before, now()].find(({ version }) => version === claims?.version);
      return claims && of ? { isPage: true, ...of, ...linked(html, claims) } : { ...NOTHING, html, isPage: true };
    } catch (error) {
      return instead('There is no page', error instanceof Error ? error.message : String(error));
    }
  }

  /** Goes where a button of the page leads. */
  private async go(message: unknown): Promise<void> {
    const { targets, text } = this.shown;
    const target = asked(message, this.number, targets);
    if (!target) return;
    try {
      if (target.to === 'source') await showInSource(target, this.draft.uri, this.panel);
      else await showInDraft(this.draft.uri, { text, range: spanOf(text, target.claim.range) }, this.panel);
    } catch (error) {
      // Such as that the file is gone.
      void vscode.window.showWarningMessage(`copydesk: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
