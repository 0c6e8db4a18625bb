// Goes from a page to the words in the draft or in a source, in an editor beside the page.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { columnOf, isTabOf } from './findings';
import { find, follow, line, type Span, spanOf, type ToSource } from './links';

/** Selects a claim in the draft, which was found in the text as it was then. */
export async function showInDraft(uri: vscode.Uri, { text, range }: { text: string; range: Span }, page: vscode.WebviewPanel) {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  // Opening it again would make another one, with nothing in it.
  if (!open && uri.scheme === 'untitled') return say('The draft is closed.');
  const document = open ?? (await vscode.workspace.openTextDocument(uri));
  const found = follow(text, document.getText(), range);
  await show(document, found, { viewColumn: columnOf(uri) ?? beside(page), preview: false });
  if (!found) say(`The draft has changed since: “${line(text.slice(...range))}” is not where it was.`);
}

/** Selects the sentence in its source; what is not text, such as a PDF, is opened as VS Code opens it. */
export async function showInSource(target: ToSource, draft: vscode.Uri, page: vscode.WebviewPanel): Promise<void> {
  const uri = vscode.Uri.parse(target.uri, true);
  const viewColumn = columnOf(uri) ?? beside(page);
  // A preview takes the place of another one, which must not be the draft.
  const tabs = vscode.window.tabGroups.all.find((group) => group.viewColumn === viewColumn)?.tabs ?? [];
  const options = { viewColumn, preview: !tabs.some((tab) => tab.isPreview && isTabOf(tab, draft)) };
  if (!target.isText) {
    await vscode.commands.executeCommand('vscode.open', uri, options);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const told = target.range && spanOf(text, target.range);
  const found = told && line(text.slice(...told)) === line(target.quote) ? told : find(text, target.quote);
  await show(document, found, options);
  if (!found) say(`The sentence is not found in ${path.basename(uri.path)}, which may have changed since.`);
}

/** Shows a document with these words selected. */
async function show(document: vscode.TextDocument, span: Span | undefined, options: vscode.TextDocumentShowOptions) {
  const range = span && new vscode.Range(document.positionAt(span[0]), document.positionAt(span[1]));
  const editor = await vscode.window.showTextDocument(document, { ...options, ...(range && { selection: range }) });
  if (range) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The column left of a page, where its draft mostly is, so that the page stays in sight. */
function beside({ viewColumn }: vscode.WebviewPanel): vscode.ViewColumn {
  return viewColumn !== undefined && viewColumn > vscode.ViewColumn.One ? viewColumn - 1 : vscode.ViewColumn.Beside;
}

function say(words: string): void {
  void vscode.window.showInformationMessage(`copydesk: ${words}`);
}
