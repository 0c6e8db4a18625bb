// A line below what the sources support, for whoever wants to see it; off by default.
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import type { Range } from './protocol';
import { groupOf } from './tally';

export function marks(drafts: Drafts): vscode.Disposable {
  const line = { borderStyle: 'dotted', borderWidth: '0 0 1px 0', borderColor: new vscode.ThemeColor('copydesk.supported') };
  const decoration = vscode.window.createTextEditorDecorationType({
    ...line,
    overviewRulerColor: new vscode.ThemeColor('copydesk.supported'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  const update = () => {
    const isOn = vscode.workspace.getConfiguration('copydesk').get('markSupported', false);
    for (const editor of vscode.window.visibleTextEditors) {
      const claims = isOn && drafts.isDraft(editor.document) ? drafts.claimsOf(editor.document) : undefined;
      // Those of another text than the one that is shown would stand in the wrong places; the next ones are on their way.
      if (claims && claims.version !== editor.document.version) continue;
      const supported =
        claims?.sections.flatMap(({ mentions }) => mentions.filter((claim) => groupOf(claim) === 'supported')) ?? [];
      editor.setDecorations(
        decoration,
        supported.map((claim) => toRange(claim.range)),
      );
    }
  };
  update();
  return vscode.Disposable.from(
    decoration,
    drafts.onDidChange(update),
    vscode.window.onDidChangeVisibleTextEditors(update),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('copydesk.markSupported') && update()),
  );
}

/** Turns the marks on or off, where the writer sees them: in the settings of the user. */
export async function toggleMarks(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('copydesk');
  await settings.update('markSupported', !settings.get('markSupported', false), vscode.ConfigurationTarget.Global);
}

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
