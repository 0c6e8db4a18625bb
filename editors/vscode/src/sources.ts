// Puts articles among the sources of a draft: the program fetches and reads them, the extension says where they go.
import { execFile } from 'node:child_process';
import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CHECK } from './protocol';
import { isAddress, listed, slug } from './reading';
import type { Server } from './server';

/** How long the program may take to fetch or read one article. */
const PATIENCE_MS = 120_000;

export class Sources {
  constructor(
    private readonly server: Server,
    private readonly draft: () => vscode.TextDocument | undefined,
  ) {}

  async add(): Promise<void> {
    const ways = [
      {
        label: '$(globe) From the Web…',
        detail: 'Keeps a readable copy of the article at an address',
        command: 'copydesk.addSourceUrl',
      },
      {
        label: '$(file-add) From a File…',
        detail: 'Keeps a copy of a page, PDF, document or e-mail',
        command: 'copydesk.addSourceFile',
      },
      {
        label: '$(clippy) From the Clipboard…',
        detail: 'Keeps the text that you copied',
        command: 'copydesk.addSourceClipboard',
      },
    ];
    const way = await vscode.window.showQuickPick(ways, { title: 'Add a Source' });
    if (way) await vscode.commands.executeCommand(way.command);
  }

  async addUrl(): Promise<void> {
    const copied = (await vscode.env.clipboard.readText()).trim();
    const address = await vscode.window.showInputBox({
      title: 'Add a Source from the Web',
      prompt: 'The address of an article. copydesk fetches it once, and nothing else.',
      placeHolder: 'https://…',
      value: isAddress(copied) ? copied : '',
      ignoreFocusOut: true,
      validateInput: (text) => (text && !isAddress(text.trim()) ? 'An address begins with https:// or http://.' : undefined),
    });
    if (address?.trim()) await this.run([address.trim()]);
  }

  async addFile(): Promise<void> {
    const title = 'Add Sources from Files';
    const files = await vscode.window.showOpenDialog({ title, openLabel: 'Add to the Sources', canSelectMany: true });
    if (files && files.length > 0) await this.run(files.map((file) => file.fsPath));
  }

  async addClipboard(): Promise<void> {
    const text = (await vscode.env.clipboard.readText()).trim();
    if (!text) {
      void vscode.window.showInformationMessage('copydesk: There is no text in the clipboard. Copy the article first.');
      return;
    }
    if (isAddress(text)) return this.addUrl();
    const step = 'Add a Source from the Clipboard';
    const firstLine = text.split('\n', 1)[0]?.trim() ?? '';
    const title = await vscode.window.showInputBox({
      title: `${step} (1/3)`,
      prompt: 'The title of the article',
      value: firstLine.length <= 120 ? firstLine : '',
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() ? undefined : 'A source needs a title, to be named by.'),
    });
    if (title === undefined) return;
    const outlet = await vscode.window.showInputBox({
      title: `${step} (2/3)`,
      prompt: 'Who published it (may be empty)',
      placeHolder: 'The Marlow Gazette',
      ignoreFocusOut: true,
    });
    if (outlet === undefined) return;
    const date = await vscode.window.showInputBox({
      title: `${step} (3/3)`,
      prompt: 'When it was published; “Tuesday” in it is counted from there (may be empty)',
      placeHolder: '2026-05-07',
      ignoreFocusOut: true,
      validateInput: (value) =>
        value && !/^\d{4}-\d\d-\d\d$/.test(value.trim()) ? 'A date is written like 2026-05-07.' : undefined,
    });
    if (date === undefined) return;
    const folder = await this.folder();
    if (!folder) return;
    const fields = Object.entries({ title, outlet, date }).filter(([, value]) => value.trim());
    // A quoted string of JSON is one of YAML.
    const head = fields
      .map(([name, value]) => `${name}: ${name === 'date' ? value.trim() : JSON.stringify(value.trim())}\n`)
      .join('');
    const file = await free(folder, slug(title));
    await writeFile(file, `---\n${head}---\n\n${text}\n`, { flag: 'wx' });
    await this.added([file], folder);
  }

  async openFolder(): Promise<void> {
    const folder = await this.folder();
    if (!folder) return;
    const uri = vscode.Uri.file(folder);
    const command = vscode.workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
    await vscode.commands.executeCommand(command, uri);
  }

  /** Has the program keep copies of articles. */
  private async run(articles: string[]): Promise<void> {
    const { program } = this.server;
    if (!program) {
      const why = this.server.state.kind === 'missing' ? this.server.state.message : 'The program has not been found yet.';
      void vscode.window.showErrorMessage(`copydesk: Nothing was added. ${why}`);
      return;
    }
    const folder = await this.folder();
    if (!folder) return;
    const title = articles.length === 1 ? `Adding ${articles[0]}` : `Adding ${articles.length} files`;
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const result = await vscode.window.withProgress(options, (_progress, token) => {
      return new Promise<{ out: string; err: string; cancelled: boolean }>((resolve) => {
        const settings = { cwd: folder, timeout: PATIENCE_MS };
        const child = execFile(program.path, ['add', '--to', folder, '--', ...articles], settings, (error, out, err) => {
          resolve({ out, err: error ? err.trim() || error.message : '', cancelled: token.isCancellationRequested });
        });
        token.onCancellationRequested(() => child.kill());
      });
    });
    if (result.cancelled) return;
    // One line an article: what was done, where, and its title.
    const kept = [...result.out.matchAll(/^(?:kept|updated|unchanged) (.+?): /gm)].map((line) =>
      path.resolve(folder, line[1] ?? ''),
    );
    if (result.err) void vscode.window.showErrorMessage(`copydesk: ${result.err.replace(/^error: /, '')}`);
    if (kept.length > 0) await this.added(kept, folder);
  }

  private async added(files: string[], folder: string): Promise<void> {
    if (this.server.provides(CHECK)) await vscode.commands.executeCommand(CHECK);
    const [file] = files;
    const what = files.length === 1 && file ? path.basename(file) : `${files.length} articles`;
    const message = `copydesk: Added ${what} to ${vscode.workspace.asRelativePath(folder)}.`;
    const action = await vscode.window.showInformationMessage(message, ...(files.length === 1 ? ['Open'] : []));
    if (action && file) await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.Beside });
  }

  /** The folder of the sources that apply to the draft; offers to make one. None, with words, if there is none. */
  private async folder(): Promise<string | undefined> {
    const draft = this.draft();
    const root = (draft && vscode.workspace.getWorkspaceFolder(draft.uri)) ?? vscode.workspace.workspaceFolders?.[0];
    const start = draft && draft.uri.scheme === 'file' ? path.dirname(draft.uri.fsPath) : root?.uri.fsPath;
    if (!start) {
      void vscode.window.showInformationMessage('copydesk: Open a draft that is saved, or a folder: its sources lie beside it.');
      return undefined;
    }
    const named = vscode.workspace.getConfiguration('copydesk', draft?.uri).get<string[]>('sources', []);
    const base = root?.uri.fsPath ?? start;
    if (named.length > 0) return this.firstFolder(named, base, 'the setting copydesk.sources');
    const inDraft = listed(
      /^sources:(.*(?:\n[ \t]*-.*)*)/m.exec(/^---\n[\s\S]*?\n---/.exec(draft?.getText() ?? '')?.[0] ?? '')?.[1],
    );
    if (inDraft.length > 0) return this.firstFolder(inDraft, start, 'the front matter of the draft');
    const last =
      root && (start === root.uri.fsPath || start.startsWith(root.uri.fsPath + path.sep)) ? root.uri.fsPath : undefined;
    for (let folder = start; ; folder = path.dirname(folder)) {
      const options = await readFile(path.join(folder, 'copydesk.toml'), 'utf8').catch(() => undefined);
      const inOptions = listed(/^sources\s*=\s*\[([^\]]*)\]/m.exec(options ?? '')?.[1]);
      if (inOptions.length > 0) return this.firstFolder(inOptions, folder, 'copydesk.toml');
      const beside = path.join(folder, 'sources');
      if (await isFolder(beside)) return beside;
      const isLast = last ? folder === last : options !== undefined || (await exists(path.join(folder, '.git')));
      if (isLast || folder === path.dirname(folder)) break;
    }
    const made = path.join(start, 'sources');
    const message = `There are no sources yet. Create the folder ${vscode.workspace.asRelativePath(made)}?`;
    if ((await vscode.window.showInformationMessage(message, { modal: true }, 'Create Folder')) === undefined) return undefined;
    await mkdir(made, { recursive: true });
    return made;
  }

  private async firstFolder(named: string[], base: string, by: string): Promise<string | undefined> {
    for (const name of named) if (await isFolder(path.resolve(base, name))) return path.resolve(base, name);
    void vscode.window.showWarningMessage(
      `copydesk: The sources are those that ${by} names (${named.join(', ')}); none of these is a folder.`,
    );
    return undefined;
  }
}

/** A name in the folder that is not taken. */
async function free(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const file = path.join(folder, count === 1 ? `${name}.md` : `${name}-${count}.md`);
    if (!(await exists(file))) return file;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
