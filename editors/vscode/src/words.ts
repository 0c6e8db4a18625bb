// What is said of a draft, wherever it is said: in the status bar, the view and the report. One place, so that no two of them differ.
import type { Status, Summary } from './protocol';

/** How things stand with the server and with a draft, as far as the extension knows. */
export type Situation =
  | { kind: 'starting' }
  | { kind: 'missing' | 'stopped'; message: string }
  | { kind: 'no-draft' | 'source' | 'waiting' }
  | { kind: 'old'; version: string }
  | { kind: Status['state']; status: Status };

export interface Words {
  text: string;
  detail: string;
  level: 'information' | 'warning' | 'error';
  busy?: boolean;
  action: { title: string; command: string };
}

const SHOW_CLAIMS = { title: 'Show Claims', command: 'copydesk.showClaims' };
const SHOW_LOG = { title: 'Show Log', command: 'copydesk.showLog' };

export function words(situation: Situation): Words {
  switch (situation.kind) {
    case 'missing': {
      const action = { title: 'Choose Program', command: 'copydesk.chooseProgram' };
      return { text: 'Program not found', detail: `Drafts are not checked. ${situation.message}`, level: 'error', action };
    }
    case 'stopped': {
      const action = { title: 'Restart Server', command: 'copydesk.restartServer' };
      return { text: 'Not running', detail: `Drafts are not checked. ${situation.message}`, level: 'error', action };
    }
    case 'starting':
      return { text: 'Starting…', detail: 'Nothing is checked yet.', level: 'information', busy: true, action: SHOW_LOG };
    case 'no-draft':
      return { text: 'No draft', detail: 'Open a draft to have it checked.', level: 'information', action: SHOW_CLAIMS };
    case 'source':
      return { text: 'A source', detail: 'Drafts are held against this text.', level: 'information', action: SHOW_CLAIMS };
    case 'waiting':
      return {
        text: 'Not checked yet',
        detail: 'Waiting for the first check.',
        level: 'information',
        busy: true,
        action: SHOW_LOG,
      };
    case 'old': {
      const detail = `Findings are underlined in the text, but copydesk ${situation.version} does not list the claims of a draft.`;
      return { text: 'Checks this draft', detail, level: 'information', action: SHOW_LOG };
    }
    case 'reading': {
      const detail = situation.status.message ?? 'Findings may change until all sources are read.';
      return { text: 'Reading the sources…', detail, level: 'information', busy: true, action: SHOW_CLAIMS };
    }
    case 'checking': {
      const { summary } = situation.status;
      const detail = summary ? `At the last check: ${headline(summary)}.` : 'Nothing is found yet.';
      return { text: 'Checking…', detail, level: 'information', busy: true, action: SHOW_CLAIMS };
    }
    case 'no-sources': {
      const action = { title: 'Add Source', command: 'copydesk.addSource' };
      // The first sentence says why; what to do is in the view.
      const detail = situation.status.message?.replace(/(?<=\.)\s.*$/s, '') ?? 'There is nothing to hold this draft against.';
      return { text: 'No sources', detail, level: 'warning', action };
    }
    case 'failed':
      return {
        text: 'Not checked',
        detail: situation.status.message ?? 'The log may say why.',
        level: 'error',
        action: SHOW_LOG,
      };
    case 'ready': {
      const { summary, sources, problems } = situation.status;
      if (!summary) return { text: 'Not checked', detail: 'There is no result.', level: 'warning', action: SHOW_LOG };
      const troubles =
        problems.length > 0 ? [counted(problems.length, 'problem with the sources', 'problems with the sources')] : [];
      // The headline has said how many are contradicted.
      const rest = counts({ ...summary, refuted: 0 });
      const detail = [...(rest ? [rest] : []), counted(sources, 'source', 'sources'), ...troubles].join(' · ');
      const level = summary.refuted > 0 || problems.length > 0 ? 'warning' : 'information';
      return { text: headline(summary), detail, level, action: SHOW_CLAIMS };
    }
  }
}

/** What a page says of itself that is not of the draft and the sources as they are; nothing where it is. */
export function stale(situation: Situation, draft: 'closed' | 'changed' | 'same'): string {
  if (draft === 'closed') return 'The draft is closed. This page is of its last check.';
  if (situation.kind === 'reading') return 'The sources are being read. This page is of the check before.';
  const isComing = situation.kind === 'waiting' || situation.kind === 'checking';
  if (draft === 'changed' || isComing) return 'The draft is being checked again. This page is of the check before.';
  return '';
}

/** The one thing to know of a draft. */
function headline(summary: Summary): string {
  if (summary.refuted > 0) return `${summary.refuted} contradicted`;
  if (summary.mentions === 0) return 'Nothing to check';
  if (summary.conflicting > 0)
    return counted(summary.conflicting, 'claim on which sources conflict', 'claims on which sources conflict');
  return summary.supported > 0 ? 'Nothing contradicted' : 'Nothing found in the sources';
}

export function counts(summary: Summary): string {
  const parts: [number, string][] = [
    [summary.refuted, 'contradicted'],
    [summary.conflicting, 'conflicting'],
    [summary['not-enough-info'], 'not in the sources'],
    [summary.supported, 'supported'],
    [summary['signed-off'], 'accepted'],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.join(' · ');
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
