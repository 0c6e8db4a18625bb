// The running server: started, stopped and started again, one thing at a time.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient/node';
import { findProgram, NoProgram } from './program';

/** How long the server may take to say goodbye before it is ended. */
const STOP_MS = 2000;
/** A server that ends by itself is started again, but not more often than so many times within so many milliseconds. */
const RESTARTS = { times: 4, within: 180_000 };

export class Server {
  private client: Client | undefined;
  /** The last start or stop asked for; the next one waits for it, whatever came of it. */
  private last: Promise<void> = Promise.resolve();
  /** When the server ended by itself. */
  private ends: number[] = [];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Starts the server, after stopping the one that runs. Never fails: what goes wrong, now or later, is shown to the writer. */
  restart(): Promise<void> {
    this.ends = [];
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
    const client = new Client('copydesk', 'copydesk', { command: program.path, args: ['lsp'] }, this.options());
    this.client = client;
    client.onDidChangeState(({ oldState, newState }) => {
      if (newState === State.Stopped || newState === State.StartFailed) this.ended(client, oldState);
    });
    // Not waited for: a server that never answers must not stand in the way of the next restart. The state says how it went.
    client.start().catch(() => {});
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.isRunning()) await client.dispose(STOP_MS).catch((error) => this.log.warn(String(error)));
    else client?.serverProcess?.kill();
  }

  /** The server has ended. Unless it was told to, it is started again, or the writer is told. */
  private ended(client: Client, before: State): void {
    if (client !== this.client) return;
    this.client = undefined;
    const now = Date.now();
    this.ends = [...this.ends.filter((time) => now - time < RESTARTS.within), now];
    if (before === State.Running && this.ends.length <= RESTARTS.times) void this.queue(() => this.begin());
    else if (before === State.Running) this.report(new Error(`The program ended ${this.ends.length} times in a short while.`));
    else this.report(new Error('The program ended before it was ready.'));
  }

  private options(): LanguageClientOptions {
    // Those of package.json's activationEvents.
    const languages = [
      'markdown',
      'plaintext',
      'latex',
      'tex',
      'html',
      'asciidoc',
      'restructuredtext',
      'org',
      'typst',
      'mail',
      'git-commit',
    ];
    return {
      documentSelector: languages.flatMap((language) => ['file', 'untitled'].map((scheme) => ({ language, scheme }))),
      outputChannel: this.log,
      traceOutputChannel: this.log,
      stdioOptions: { stdout: () => {}, stderr: logLines },
      initializationFailedHandler: () => false,
      middleware: {
        // The server cannot ask; an empty answer accepts without a reason, Escape does not accept.
        executeCommand: async (command, args, next) => {
          if (command !== 'copydesk.accept') return next(command, args);
          const prompt = 'Why it stands, for the ledger beside the draft (may be empty)';
          const reason = await vscode.window.showInputBox({ prompt, placeHolder: 'by phone with the ministry, 3 Dec' });
          if (reason === undefined) return undefined;
          return next(command, [{ ...args[0], ...(reason && { reason }) }]);
        },
      },
      errorHandler: {
        error: (_error, _message, count) => ({ action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown }),
        closed: () => ({ action: CloseAction.DoNotRestart, message: 'The program closed the connection.' }),
      },
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
      if (action === 'Open Settings')
        void vscode.commands.executeCommand('workbench.action.openSettings', 'copydesk.server.path');
      if (action === 'Restart Server') void this.restart();
      if (action === 'Show Log') this.log.show();
    });
  }
}

/** Leaves the messages to the writer to `Server.report`, which says each thing once and in plain words; the log has them all. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Passes what the server writes to standard error on to the log, each line at the level it names. */
function logLines(stderr: Readable, log: vscode.LogOutputChannel): void {
  createInterface({ input: stderr }).on('line', (line) => {
    const level = /\b(ERROR|WARN|INFO|DEBUG|TRACE)\b/.exec(line)?.[1] ?? 'INFO';
    log[level.toLowerCase() as 'error' | 'warn' | 'info' | 'debug' | 'trace'](line);
  });
}
