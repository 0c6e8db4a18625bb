// What a writer does with a finding: goes to it, to its source, lets it stand, or writes what the source says.
import * as vscode from 'vscode';
import type { ClaimNode } from './claimsView';
import { toRange } from './marks';
import { ACCEPT, type Evidence } from './protocol';
import type { Server } from './server';

export async function goToClaim({ uri, claim }: ClaimNode): Promise<void> {
  const column = columnOf(uri);
  const range = toRange(claim.range);
  const options = { selection: range, ...(column !== undefined && { viewColumn: column }) };
  const editor = await vscode.window.showTextDocument(uri, options);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where a document is shown, or else open behind another one; none if it is not. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const hidden = () => vscode.window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => isTabOf(tab, uri)));
  return shown?.viewColumn ?? hidden()?.viewColumn;
}

export function isTabOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

/** The column right of a draft, whatever has the focus; the next to what has it, if the draft is not shown. */
export function columnBeside(draft: vscode.TextDocument | undefined): vscode.ViewColumn {
  const column = draft && columnOf(draft.uri);
  return column === undefined ? vscode.ViewColumn.Beside : Math.min(column + 1, vscode.ViewColumn.Nine);
}

/** Opens a source at the sentence, beside the draft; what is not text, such as a PDF, as VS Code opens it. */
export async function openSource({ uri, range }: Evidence, draft: vscode.TextDocument | undefined): Promise<void> {
  if (!uri) return;
  const options = { viewColumn: columnBeside(draft), ...(range && { selection: toRange(range) }) };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri), options);
}

/** Lets a finding stand: that of the view, or the one at the cursor. The reason is asked for on the way (server.ts). */
export async function acceptFinding(server: Server, node?: ClaimNode): Promise<void> {
  if (!server.provides(ACCEPT)) {
    void vscode.window.showWarningMessage('copydesk: Nothing can be accepted while the server is not running.');
    return;
  }
  if (node?.claim?.code) {
    await vscode.commands.executeCommand(ACCEPT, { uri: node.uri.toString(), range: node.claim.range, code: node.claim.code });
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.selection.active;
  const all = editor ? vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === 'copydesk') : [];
  const here = all.filter(({ range }) => cursor && range.contains(cursor));
  if (!editor || all.length === 0) {
    void vscode.window.showInformationMessage('copydesk: Nothing is found in this text that could be accepted.');
    return;
  }
  const choices = (here.length > 0 ? here : all).map((finding) => ({
    label: editor.document.getText(finding.range),
    description: finding.message,
    finding,
  }));
  const placeHolder = 'Which finding stands as it is?';
  const chosen =
    here.length === 1 ? choices[0] : await vscode.window.showQuickPick(choices, { placeHolder, matchOnDescription: true });
  if (!chosen) return;
  const { range, code } = chosen.finding;
  const name = typeof code === 'object' ? code.value : code;
  await vscode.commands.executeCommand(ACCEPT, {
    uri: editor.document.uri.toString(),
    range: { start: range.start, end: range.end },
    code: name,
  });
}

/** Writes what the source says, where one answer is certain: the fix that the server would have offered in the text. */
export async function applyFix({ uri, claim }: ClaimNode): Promise<void> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  const command = 'vscode.executeCodeActionProvider';
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(command, uri, toRange(claim.range), kind, 20);
  const fix = actions.find((action) => action.isPreferred && action.edit);
  if (!fix?.edit || !(await vscode.workspace.applyEdit(fix.edit))) {
    void vscode.window.showInformationMessage(`copydesk: There is no certain fix for “${claim.text}” any more.`);
  }
}
