// What is known of the open drafts: the state that the server tells, the claims that it is asked for, and which draft is looked at.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CLAIMS, type Claims, DRAFTS, type Status } from './protocol';
import type { Server } from './server';
import { tally } from './tally';
import type { Situation } from './words';

/** How long to wait before claims are asked for, so that a burst of news asks once. */
const PAUSE_MS = 150;

export class Drafts implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  /** A draft has other claims or another state, or all have, or another one is looked at. */
  readonly onDidChange = this.changed.event;
  private readonly statuses = new Map<string, Status>();
  private readonly claims = new Map<string, Claims>();
  private readonly pauses = new Map<string, NodeJS.Timeout>();
  /** Where the evidence of the drafts lies: going there does not make a draft of it. */
  private readonly sources = new Set<string>();
  private readonly disposables: vscode.Disposable[];
  /** The draft that was last looked at, as long as it is open. */
  current: vscode.TextDocument | undefined;

  constructor(private readonly server: Server) {
    this.disposables = [
      this.changed,
      server.onStatus((status) => this.take(status)),
      server.onDidChange(() => this.forget()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.look(editor)),
      vscode.workspace.onDidOpenTextDocument(() => this.look(vscode.window.activeTextEditor)),
      vscode.workspace.onDidCloseTextDocument((document) => this.close(document)),
    ];
    const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
    this.look(editors.find((editor) => editor && this.isDraft(editor.document)));
  }

  dispose(): void {
    for (const pause of this.pauses.values()) clearTimeout(pause);
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** How it stands with a document; without one, with the draft that is looked at. */
  situation(document = this.current): Situation {
    const { state } = this.server;
    if (state.kind !== 'running') return state;
    if (!document) return { kind: 'no-draft' };
    if (this.isSource(document.uri)) return { kind: 'source' };
    if (!this.server.provides(CLAIMS)) return { kind: 'old', version: state.program.version };
    const status = this.statuses.get(document.uri.toString());
    if (!status) return { kind: 'waiting' };
    // The list and the counts are of one check; what the status counts may be a moment ahead.
    const claims = status.state === 'ready' ? this.claimsOf(document) : undefined;
    return { kind: status.state, status: claims ? { ...status, summary: tally(claims) } : status };
  }

  claimsOf(document: vscode.TextDocument): Claims | undefined {
    return this.claims.get(document.uri.toString());
  }

  isDraft(document: vscode.TextDocument): boolean {
    return vscode.languages.match(DRAFTS, document) > 0 && !this.isSource(document.uri);
  }

  private isSource(uri: vscode.Uri): boolean {
    if (this.sources.has(uri.toString())) return true;
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    return root !== undefined && path.relative(root, path.dirname(uri.fsPath)).split(path.sep).includes('sources');
  }

  private look(editor: vscode.TextEditor | undefined): void {
    if (!editor || !this.isDraft(editor.document) || editor.document === this.current) return;
    this.current = editor.document;
    this.ask(editor.document.uri);
    this.changed.fire(undefined);
  }

  private close(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const isKnown = this.statuses.delete(key);
    this.claims.delete(key);
    if (document !== this.current) {
      if (isKnown) this.changed.fire(document.uri);
      return;
    }
    this.current = vscode.window.visibleTextEditors.map((editor) => editor.document).find((other) => this.isDraft(other));
    this.changed.fire(undefined);
  }

  /** The server starts or has ended: what it has said does not hold any more. */
  private forget(): void {
    this.statuses.clear();
    this.claims.clear();
    this.changed.fire(undefined);
  }

  private take(status: Status): void {
    const uri = vscode.Uri.parse(status.uri);
    this.statuses.set(uri.toString(), status);
    if (status.state === 'ready' || status.state === 'no-sources') this.ask(uri);
    else if (status.state === 'failed') this.claims.delete(uri.toString());
    this.changed.fire(uri);
  }

  /** Asks for the claims of a draft, soon. */
  private ask(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.pauses.get(key));
    const later = async () => {
      const claims = await this.server.ask<Claims>(CLAIMS, uri).catch(() => undefined);
      if (!this.statuses.has(key)) return;
      if (claims) this.claims.set(key, claims);
      else this.claims.delete(key);
      for (const section of claims?.sections ?? [])
        for (const claim of section.mentions)
          for (const evidence of claim.evidence) if (evidence.uri) this.sources.add(vscode.Uri.parse(evidence.uri).toString());
      this.changed.fire(uri);
    };
    this.pauses.set(
      key,
      setTimeout(() => void later(), PAUSE_MS),
    );
  }
}
