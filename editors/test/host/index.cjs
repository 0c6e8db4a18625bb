// Runs inside VS Code's extension host: the extension as other extensions and the commands of VS Code meet it, without a screen.
// What comes of it is written, a line a case, into host.log beside the folder that is open.
const { appendFileSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

const LIMIT = 60_000; // ms

async function until(what, condition) {
  const end = Date.now() + LIMIT;
  while (Date.now() < end) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no ${what} within ${LIMIT / 1000} s`);
}

function is(actual, wanted, what) {
  if (JSON.stringify(actual) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
}

const text = (hovers) => hovers.flatMap((hover) => hover.contents.map((part) => part.value ?? part)).join('\n').replaceAll('**', '');

exports.run = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const log = join(folder.fsPath, '..', 'host.log');
  const expected = JSON.parse(readFileSync(join(folder.fsPath, '..', 'example.json'), 'utf8'));
  const uri = vscode.Uri.joinPath(folder, 'draft.md');
  const check = async (name, run) => {
    try {
      await run();
      appendFileSync(log, `ok vscode-host: ${name}\n`);
    } catch (error) {
      appendFileSync(log, `not ok vscode-host: ${name}\n  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}\n`);
    }
  };
  const findings = () => vscode.languages.getDiagnostics(uri).filter((d) => d.source === 'copydesk');
  let document;
  const about = (words) => findings().find((d) => document.getText(d.range).includes(words));
  const at = (words) => document.positionAt(document.getText().indexOf(words) + 1);
  const call = (command, ...args) => vscode.commands.executeCommand(command, uri, ...args);

  await check('it is activated by a draft, and brings no file of its own into the workspace', async () => {
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const extension = await until('active extension', () => vscode.extensions.getExtension('copydesk.copydesk')?.isActive && vscode.extensions.getExtension('copydesk.copydesk'));
    is(extension.packageJSON.main !== undefined, true, 'its program');
  });

  await check('every command that it declares is there', async () => {
    const declared = vscode.extensions.getExtension('copydesk.copydesk').packageJSON.contributes.commands.map((c) => c.command);
    const there = new Set(await vscode.commands.getCommands(true));
    is(declared.filter((command) => !there.has(command)), [], 'missing commands');
  });

  await check('diagnostics have a code with a page, the severity and the sentence of the source', async () => {
    const found = await until('finding', () => about(expected.wrong));
    is(found.severity, vscode.DiagnosticSeverity.Warning, 'severity');
    is(found.code.value ?? found.code, 'quantity-mismatch', 'code');
    const related = found.relatedInformation[0];
    is(related.message.includes(expected.sentence.slice(0, 40)), true, `related: ${related.message}`);
    is(related.location.uri.fsPath.endsWith(expected.source), true, related.location.uri.fsPath);
    const source = await vscode.workspace.openTextDocument(related.location.uri);
    is(source.getText(related.location.range).replace(/\s+/g, ' ').includes(expected.sentence.slice(0, 40)), true, 'the place in the source');
  });

  await check('a hover runs no command and loads no picture', async () => {
    const hovers = await call('vscode.executeHoverProvider', at(expected.wrong));
    is(text(hovers).includes(expected.sentence.slice(0, 40)), true, text(hovers));
    for (const part of hovers.flatMap((hover) => hover.contents)) is([part.isTrusted ?? false, part.supportHtml ?? false], [false, false], 'trust');
  });

  await check('definition and references lead into the source and back', async () => {
    const [target] = await call('vscode.executeDefinitionProvider', at(expected.wrong));
    const place = target.targetUri ?? target.uri;
    is(place.fsPath.endsWith(expected.source), true, place.fsPath);
    const references = await call('vscode.executeReferenceProvider', at(expected.wrong));
    is(references.length > 0, true, 'references');
    const range = target.targetSelectionRange ?? target.targetRange ?? target.range;
    const back = await vscode.commands.executeCommand('vscode.executeReferenceProvider', place, range.start);
    is(back.some((reference) => reference.uri.fsPath === uri.fsPath), true, 'the draft among what relies on the source');
  });

  await check('symbols, lenses and completions', async () => {
    is((await call('vscode.executeDocumentSymbolProvider')).length > 0, true, 'symbols');
    const lenses = await call('vscode.executeCodeLensProvider', 100);
    is(lenses.some((lens) => /\d+ claims/.test(lens.command?.title ?? '')), true, JSON.stringify(lenses.map((l) => l.command?.title)));
    const names = await vscode.commands.executeCommand('vscode.executeWorkspaceSymbolProvider', 'Westbrook');
    is(names.length > 0, true, 'names in the sources');
    const list = await call('vscode.executeCompletionItemProvider', document.positionAt(document.getText().indexOf('Westbrook') + 4));
    is(Array.isArray(list.items), true, 'completions');
  });

  await check('a fix is an edit of the draft, which makes the finding go, and undo brings it back', async () => {
    const before = document.getText();
    const actions = await call('vscode.executeCodeActionProvider', about(expected.wrong).range, vscode.CodeActionKind.QuickFix.value, 10);
    const fix = actions.find((action) => action.isPreferred);
    is(await vscode.workspace.applyEdit(fix.edit), true, 'applied');
    is(document.getText(), before.replace(expected.wrong, expected.right), 'the text');
    await until('end of the finding', () => !about(expected.right));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    is(document.getText(), before, 'undone');
    await until('finding', () => about(expected.wrong));
  });

  await check('an untitled draft and one that is closed', async () => {
    const other = await vscode.workspace.openTextDocument({ language: 'markdown', content: document.getText() });
    const found = () => vscode.languages.getDiagnostics(other.uri).filter((d) => d.source === 'copydesk');
    await vscode.window.showTextDocument(other);
    await until('findings in a draft without a file', () => found().length > 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('end of its findings', () => found().length === 0);
  });

  await check('the report stands beside the draft, under its name', async () => {
    const { viewColumn } = await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('copydesk.showReport');
    const isReport = ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('copydesk.report');
    const tab = await until('report', () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).find(isReport));
    is([tab.label, tab.group.viewColumn], ['Report: draft.md', viewColumn + 1], 'its tab');
    await vscode.window.tabGroups.close(tab);
  });

  await check('settings of the workspace count', async () => {
    await vscode.window.showTextDocument(document);
    const settings = vscode.workspace.getConfiguration('copydesk');
    await settings.update('severity', { refuted: 'error' }, vscode.ConfigurationTarget.Workspace);
    await until('error', () => about(expected.wrong)?.severity === vscode.DiagnosticSeverity.Error);
    await settings.update('severity', undefined, vscode.ConfigurationTarget.Workspace);
    await until('warning', () => about(expected.wrong)?.severity === vscode.DiagnosticSeverity.Warning);
    rmSync(join(folder.fsPath, '.vscode'), { recursive: true, force: true });
  });

  await check('a source that comes and goes is noticed', async () => {
    const file = join(folder.fsPath, 'sources', 'later.txt');
    is(about('nearly $85 million'), undefined, 'a finding where there is none');
    writeFileSync(file, 'The Bill for the Flood\n\nInsurers put the damage in Orlen Falls at nearly $95 million.\n');
    await until('conflict', () => about('nearly $85 million'));
    rmSync(file);
    await until('end of the conflict', () => !about('nearly $85 million'));
  });

  appendFileSync(log, 'end\n');
};
