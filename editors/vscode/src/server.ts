// The running server: started, stopped and started again, one thing at a time.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  State,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { findProgram, mismatch, NoProgram, type Program } from './program';
import { ACCEPT, DRAFTS, STATUS, type Status } from './protocol';

/** How long the server may take to say goodbye before it is ended. */
const STOP_MS = 2000;
/** A server that ends by itself is started again, but not more often than so many times within so many milliseconds. */
const RESTARTS = { times: 4, within: 180_000 };

/** How it stands with the server. */
export type ServerState =
  | { kind: 'starting' }
  | { kind: 'running'; program: Program }
  /** There is no program, or it does not stay up; the message says why. */
  | { kind: 'missing' | 'stopped'; message: string };

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly told = new vscode.EventEmitter<Status>();
  /** The server says how far it is with a draft. */
  readonly onStatus = this.told.event;
  state: ServerState = { kind: 'starting' };
  /** The program that was found last; it also adds sources. */
  program: Program | undefined;
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

  dispose(): void {
    this.changed.dispose();
    this.told.dispose();
  }

  /** Whether the server that runs has a command; an older one lacks some. */
  provides(command: string): boolean {
    const commands = this.client?.initializeResult?.capabilities.executeCommandProvider?.commands;
    return this.state.kind === 'running' && (commands?.includes(command) ?? false);
  }

  /** Has the server carry out a command on a draft. None if it does not run, lacks the command, or the draft is not open. */
  async ask<T>(command: string, uri: vscode.Uri): Promise<T | undefined> {
    const client = this.client;
    if (!client || !this.provides(command)) return undefined;
    const params = { command, arguments: [{ uri: client.code2ProtocolConverter.asUri(uri) }] };
    return (await client.sendRequest<T | null>('workspace/executeCommand', params)) ?? undefined;
  }

  private become(state: ServerState): void {
    this.state = state;
    this.changed.fire();
  }

  private queue(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((error) => this.report(error));
    return this.last;
  }

  private async begin(): Promise<void> {
    this.become({ kind: 'starting' });
    this.program = undefined;
    const setting = vscode.workspace.getConfiguration('copydesk').get('server.path', '').trim();
    const program = await findProgram(setting, this.context.extensionPath);
    this.program = program;
    this.log.info(`copydesk ${program.version}: ${program.path}, ${program.origin}`);
    const other = mismatch(program, this.context.extension.packageJSON.version);
    if (other) this.warn(other);
    const client = new Client('copydesk', 'copydesk', { command: program.path, args: ['lsp'] }, this.options());
    this.client = client;
    client.onDidChangeState(({ oldState, newState }) => {
      if (newState === State.Stopped || newState === State.StartFailed) this.ended(client, oldState);
      if (newState === State.Running && client === this.client) this.become({ kind: 'running', program });
    });
    client.registerFeature(TELLS_STATUS);
    client.onNotification(STATUS, (status: Status) => {
      if (client === this.client) this.told.fire(status);
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
    return {
      documentSelector: DRAFTS,
      outputChannel: this.log,
      traceOutputChannel: this.log,
      stdioOptions: { stdout: () => {}, stderr: logLines },
      initializationFailedHandler: () => false,
      middleware: {
        workspace: {
          // What concerns the editor alone is no setting of the server's.
          configuration: async (params, token, next) => {
            const settings = await next(params, token);
            if (Array.isArray(settings)) for (const ours of settings) delete ours?.markSupported;
            return settings;
          },
        },
        // The server cannot ask; an empty answer accepts without a reason, Escape does not accept.
        executeCommand: async (command, args, next) => {
          if (command !== ACCEPT) return next(command, args);
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
    this.become({ kind: error instanceof NoProgram ? 'missing' : 'stopped', message });
    const [advice, actions] =
      error instanceof NoProgram
        ? ['Drafts are not checked. Install copydesk, or choose the program.', ['Choose Program', 'Restart Server', 'Show Log']]
        : ['Drafts are not checked. The log may say why.', ['Restart Server', 'Show Log']];
    void vscode.window.showErrorMessage(`copydesk: ${message} ${advice}`, ...actions).then((action) => {
      if (action === 'Choose Program') void vscode.commands.executeCommand('copydesk.chooseProgram');
      if (action === 'Restart Server') void this.restart();
      if (action === 'Show Log') this.log.show();
    });
  }

  private warn(message: string): void {
    this.log.warn(message);
    void vscode.window.showWarningMessage(`copydesk: ${message}`, 'Choose Program', 'Show Log').then((action) => {
      if (action === 'Choose Program') void vscode.commands.executeCommand('copydesk.chooseProgram');
      if (action === 'Show Log') this.log.show();
    });
  }
}

/** Says to the server that it may tell how far it is with a draft. */
const TELLS_STATUS: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), copydeskStatus: true };
  },
  initialize: () => {},
  getState: () => ({ kind: 'static' }),
  clear: () => {},
};

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
