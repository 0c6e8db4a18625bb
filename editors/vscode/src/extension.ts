// Starts the language server `copydesk lsp` and shows what it says beyond the protocol: the claims of a draft, its counts, its report.
import * as vscode from 'vscode';
import { ClaimsView } from './claimsView';
import { copyDebugInformation } from './debug';
import { Drafts } from './drafts';
import { acceptFinding, applyFix, goToClaim, openSource } from './findings';
import { marks, toggleMarks } from './marks';
import { type Kind, Panels } from './panel';
import { CHECK, DRAFTS, type Evidence } from './protocol';
import { openSample, sampleDraft } from './sample';
import { Server } from './server';
import { Sources } from './sources';
import { statusItem } from './statusItem';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('copydesk', { log: true });
  const running = new Server(context, log);
  server = running;
  const drafts = new Drafts(running);
  const panels = new Panels(running, drafts, vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.svg'));
  const sources = new Sources(running, () => drafts.current);

  const show = (kind: Kind) => {
    if (drafts.current) panels.show(kind, drafts.current);
    else void vscode.window.showInformationMessage('copydesk: Open a draft first.');
  };
  const check = async () => {
    if (running.provides(CHECK)) await vscode.commands.executeCommand(CHECK);
    else await running.restart();
    await vscode.commands.executeCommand('copydesk.showClaims');
  };
  const chooseProgram = async () => {
    const chosen = await vscode.window.showOpenDialog({ title: 'Where is the program copydesk?', openLabel: 'Use This Program' });
    const file = chosen?.[0]?.fsPath;
    const settings = vscode.workspace.getConfiguration('copydesk');
    if (file) await settings.update('server.path', file, vscode.ConfigurationTarget.Global);
  };
  const commands: Record<string, (...args: never[]) => unknown> = {
    checkDraft: check,
    showClaims: () => vscode.commands.executeCommand('copydesk.claimsView.focus'),
    showReport: () => show('report'),
    showFacts: () => show('facts'),
    addSource: () => sources.add(),
    addSourceUrl: () => sources.addUrl(),
    addSourceFile: () => sources.addFile(),
    addSourceClipboard: () => sources.addClipboard(),
    openSourcesFolder: () => sources.openFolder(),
    acceptFinding: (node: Parameters<typeof acceptFinding>[1]) => acceptFinding(running, node),
    applyFix,
    goToClaim,
    openSource: (evidence: Evidence) => openSource(evidence, drafts.current),
    toggleMarks,
    openSample: () => openSample(context),
    openWalkthrough: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
    chooseProgram,
    restartServer: () => running.restart(),
    showLog: () => log.show(),
    copyDebugInformation: () => copyDebugInformation(context, running, drafts),
  };

  // For menus and for the walkthrough. Its step is not done by what was so before it was opened, so it is about the sample alone.
  const contexts = () => {
    const situation = drafts.situation();
    const active = vscode.window.activeTextEditor;
    const isSample = drafts.current?.uri.toString() === sampleDraft(context).toString();
    const isCaught = isSample && 'status' in situation && (situation.status.summary?.refuted ?? 0) > 0;
    void vscode.commands.executeCommand('setContext', 'copydesk.hasDraft', drafts.current !== undefined);
    void vscode.commands.executeCommand(
      'setContext',
      'copydesk.inDraft',
      active !== undefined && drafts.isDraft(active.document),
    );
    void vscode.commands.executeCommand('setContext', 'copydesk.hasReport', situation.kind === 'ready');
    if (running.state.kind === 'running') void vscode.commands.executeCommand('setContext', 'copydesk.hasRun', true);
    if (isCaught) void vscode.commands.executeCommand('setContext', 'copydesk.sampleCaught', true);
  };

  context.subscriptions.push(
    log,
    running,
    drafts,
    panels,
    new ClaimsView(drafts),
    statusItem(drafts),
    marks(drafts),
    // VS Code keeps the lenses of a server that has ended for half a minute, unless somebody else says that there are none.
    vscode.languages.registerCodeLensProvider(DRAFTS, { provideCodeLenses: () => [] }),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`copydesk.${name}`, run)),
    drafts.onDidChange(contexts),
    vscode.window.onDidChangeActiveTextEditor(contexts),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('copydesk.server.path')) void running.restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void running.restart()),
  );
  contexts();
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
