// The language status of a draft: its counts, or why there are none.
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import { DRAFTS } from './protocol';
import { words } from './words';

const LEVELS = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

export function statusItem(drafts: Drafts): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('copydesk', DRAFTS);
  const update = () => {
    const said = words(drafts.situation(vscode.window.activeTextEditor?.document));
    item.name = 'copydesk';
    item.text = `copydesk: ${said.text}`;
    item.detail = said.detail;
    item.severity = LEVELS[said.level];
    item.busy = said.busy ?? false;
    item.command = said.action;
    item.accessibilityInformation = { label: `copydesk: ${said.text}. ${said.detail}` };
  };
  update();
  return vscode.Disposable.from(item, drafts.onDidChange(update), vscode.window.onDidChangeActiveTextEditor(update));
}
