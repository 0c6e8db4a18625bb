// The running server: started, stopped and started again, one thing at a time.
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/node';
import { findProgram, NoProgram } from './program';

/** How long a server may take to say goodbye before it is ended. */
const STOP_MS = 2000;

export class Server {
  private client: LanguageClient | undefined;
  /** The last start or stop asked for; the next one waits for it, whatever came of it. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Starts the server, after stopping the one that runs. Never fails: what went wrong is shown to the writer. */
  restart(): Promise<void> {
    return this.queue(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.queue(() => this.end());
  }

  private queue(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((error) => this.report(error));
    return this.last;
  }

  private async begin(): Promise<void> {
    const setting = vscode.workspace.getConfiguration('copydesk').get('server.path', '').trim();
    const program = await findProgram(setting, this.context.extensionPath);
    this.log.info(`copydesk ${program.version}: ${program.path}, ${program.origin}`);
    this.client = new LanguageClient('copydesk', 'copydesk', { command: program.path, args: ['lsp'] }, this.options());
    await this.client.start();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A client refuses to be stopped when its server never started, or is just being started again after a crash.
    if (client?.needsStop()) await client.dispose(STOP_MS).catch((error) => this.log.warn(String(error)));
  }

  private options(): LanguageClientOptions {
    const languages = ['markdown', 'plaintext'];
    return {
      documentSelector: languages.flatMap((language) => ['file', 'untitled'].map((scheme) => ({ language, scheme }))),
      outputChannel: this.log,
      traceOutputChannel: this.log,
      stdioOptions: { stdout: () => {}, stderr: logLines },
    };
  }

  private report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(message);
    const [advice, actions] =
      error instanceof NoProgram
        ? ['Drafts are not checked. Install copydesk, or say in the settings where it is.', ['Open Settings', 'Show Log']]
        : ['Drafts are not checked. The log may say why.', ['Restart Server', 'Show Log']];
    void vscode.window.showErrorMessage(`copydesk: ${message} ${advice}`, ...actions).then((action) => {
      if (action === 'Open Settings') void vscode.commands.executeCommand('workbench.action.openSettings', 'copydesk.server.path');
      if (action === 'Restart Server') void this.restart();
      if (action === 'Show Log') this.log.show();
    });
  }
}

/** Passes what the server writes to standard error on to the log, each line at the level it names. */
function logLines(stderr: Readable, log: vscode.LogOutputChannel): void {
  createInterface({ input: stderr }).on('line', (line) => {
    const level = /\b(ERROR|WARN|INFO|DEBUG|TRACE)\b/.exec(line)?.[1] ?? 'INFO';
    log[level.toLowerCase() as 'error' | 'warn' | 'info' | 'debug' | 'trace'](line);
  });
}
