// The report and the fact sheet: pages that the server writes, shown in an editor tab.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import { columnOf } from './findings';
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
  private shown = '';

  constructor(
    private readonly kind: Kind,
    public draft: vscode.TextDocument,
    private readonly server: Server,
    private readonly drafts: Drafts,
    icon: vscode.Uri,
  ) {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    const options = { enableScripts: true, enableFindWidget: true, localResourceRoots: [] };
    this.panel = vscode.window.createWebviewPanel(`copydesk.${kind}`, KINDS[kind].title, place, options);
    this.panel.iconPath = icon;
    this.panel.webview.onDidReceiveMessage((message: unknown) => this.goTo(message));
    this.panel.onDidChangeViewState(() => this.panel.visible && this.soon());
    this.panel.onDidDispose(() => clearTimeout(this.pause));
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
    if (page === this.shown) return;
    this.shown = page;
    this.panel.webview.html = secured(page);
  }

  /** The server's page, or a page of words on why there is none. */
  private async page(): Promise<string> {
    const situation = this.drafts.situation(this.draft);
    const { title, command } = KINDS[this.kind];
    if (situation.kind === 'old' || (this.server.state.kind === 'running' && !this.server.provides(command))) {
      const { program } = this.server.state as { program: { version: string } };
      return plain(title, `copydesk ${program.version} does not write this page.`);
    }
    const said = words(situation);
    const isReady = situation.kind === 'ready' || (this.kind === 'facts' && situation.kind !== 'no-sources');
    if (this.server.state.kind !== 'running' || (!isReady && !this.shown)) return plain(said.text, said.detail);
    if (situation.kind === 'no-sources' || situation.kind === 'failed') return plain(said.text, said.detail);
    // What is shown stays until the next check has come to its end.
    if (!isReady) return this.shown;
    try {
      return (await this.server.ask<string>(command, this.draft.uri)) ?? plain('No draft', 'Open the draft to see this page.');
    } catch (error) {
      return plain('There is no page', error instanceof Error ? error.message : String(error));
    }
  }

  /** A claim in the report was chosen: a place of the draft, as the page names it. */
  private async goTo(message: unknown): Promise<void> {
    const place = /^(\d+):(\d+)$/.exec(String((message as { place?: unknown } | null)?.place));
    if (!place) return;
    const at = new vscode.Position(Number(place[1]), Number(place[2]));
    const viewColumn = columnOf(this.draft.uri) ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(this.draft, { viewColumn, selection: new vscode.Range(at, at) });
  }
}
