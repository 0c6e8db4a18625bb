// What a report of a fault should have in it; nothing of drafts and sources but their numbers.
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import type { Server } from './server';
import { words } from './words';

export async function copyDebugInformation(context: vscode.ExtensionContext, server: Server, drafts: Drafts): Promise<void> {
  const { program, state } = server;
  const situation = drafts.situation();
  const said = words(situation);
  const settings = vscode.workspace.getConfiguration('copydesk');
  const names = Object.keys(context.extension.packageJSON.contributes.configuration.properties);
  const changed = names.filter((name) => {
    const found = vscode.workspace.getConfiguration().inspect(name);
    return found?.globalValue !== undefined || found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
  });
  const lines = [
    `Extension: ${context.extension.packageJSON.version}`,
    `Program: ${program ? `${program.version}, ${program.origin} (${program.path})` : 'none'}`,
    `Server: ${state.kind}${'message' in state ? `, ${state.message}` : ''}`,
    `Draft: ${drafts.current ? `${drafts.current.languageId}, ${drafts.current.lineCount} lines` : 'none'}; ${situation.kind}: ${said.text}`,
    ...('status' in situation ? [`Sources: ${situation.status.sources}, ${situation.status.problems.length} problems`] : []),
    `Settings changed: ${changed.join(', ') || 'none'}`,
    `Number of sources named in the settings: ${settings.get<string[]>('sources', []).length}`,
    `VS Code: ${vscode.version}${vscode.env.remoteName ? `, remote: ${vscode.env.remoteName}` : ''}; workspace ${vscode.workspace.isTrusted ? 'trusted' : 'not trusted'}`,
    `System: ${os.platform()} ${os.release()} ${os.arch()}`,
  ];
  await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  void vscode.window.showInformationMessage(
    'copydesk: The debug information is in the clipboard. It holds no text of drafts or sources.',
  );
}
