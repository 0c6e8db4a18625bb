// Starts the language server `copydesk lsp` and keeps it running. All that is shown comes from the server over the protocol.
import * as vscode from 'vscode';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('copydesk', { log: true });
  server = new Server(context, log);
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('copydesk.restartServer', () => server?.restart()),
    vscode.commands.registerCommand('copydesk.showLog', () => log.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('copydesk.server.path')) void server?.restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server?.restart()),
  );
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
