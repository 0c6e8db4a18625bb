// A story with one planted error and its two sources, to try copydesk out on.
import * as vscode from 'vscode';

/** Where the draft of the sample is, once it is written. */
export function sampleDraft(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, 'sample', 'draft.md');
}

/** Writes the sample into the extension's own folder, afresh, and opens its draft. */
export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const from = vscode.Uri.joinPath(context.extensionUri, 'sample');
  const draft = sampleDraft(context);
  const to = vscode.Uri.joinPath(draft, '..');
  const isWorkedOn = vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === draft.toString());
  if (!isWorkedOn) {
    await vscode.workspace.fs.delete(to, { recursive: true }).then(undefined, () => {}); // there is none the first time
    await vscode.workspace.fs.copy(from, to, { overwrite: true });
  }
  await vscode.window.showTextDocument(draft, { preview: false });
  await vscode.commands.executeCommand('copydesk.showClaims');
}
