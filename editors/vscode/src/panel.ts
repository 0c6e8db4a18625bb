// The report and the fact sheet: pages that the server writes, shown in an editor tab.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import { columnBeside } from './findings';
import { plain, secured } from './page';
import { FACTS, REPORT } from './protocol';
import type { Server } from './server';
import { words } from './words';

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
    this.listener = drafts.onDidChange((uri) => {
      for (const panel of this.open.values()) if (!uri || uri.toString() === panel.draft.uri.toString()) panel.soon();
    });
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
    panel.draft = draft;
    panel.reveal();
  }
}

class Panel {
  private readonly panel: vscode.WebviewPanel;
  private pause: NodeJS.Timeout | undefined;
  /** What is shown, and whether it is the server's page or words on why there is none. */
  private shown = { html: '', isPage: false };
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

  reveal(): void {
    this.panel.title = `${KINDS[this.kind].title}: ${path.basename(this.draft.uri.path)}`;
    this.panel.reveal(undefined, false);
    void this.write();
  }

  soon(): void {
    clearTimeout(this.pause);
    if (this.panel.visible) this.pause = setTimeout(() => void this.write(), PAUSE_MS);
  }

  private async write(): Promise<void> {
    const page = await this.page();
    if (this.isDisposed || page.html === this.shown.html) return;
    this.shown = page;
    this.panel.webview.html = secured(page.html);
  }

  private async page(): Promise<{ html: string; isPage: boolean }> {
    const instead = (title: string, text: string) => ({ html: plain(title, text), isPage: false });
    const situation = this.drafts.situation(this.draft);
    const { title, command } = KINDS[this.kind];
    const { state } = this.server;
    if (state.kind === 'running' && !this.server.provides(command)) {
      return instead(title, `copydesk ${state.program.version} does not write this page.`);
    }
    const said = words(situation);
    if (situation.kind !== 'ready') {
      // The server's page stays until the next check has come to its end.
      const isComing = situation.kind === 'waiting' || situation.kind === 'reading' || situation.kind === 'checking';
      return isComing && this.shown.isPage ? this.shown : instead(said.text, said.detail);
    }
    try {
      const html = await this.server.ask<string>(command, this.draft.uri);
      return html ? { html, isPage: true } : instead('No draft', 'Open the draft to see this page.');
    } catch (error) {
      return instead('There is no page', error instanceof Error ? error.message : String(error));
    }
  }
}
