// What the server says beyond the protocol: how far it is with a draft, and what it found in it.
import type { Range } from 'vscode-languageclient/node';

export type { Range };

/** The languages of drafts; those of package.json's activationEvents. */
export const LANGUAGES = [
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

/** Which documents are drafts. */
export const DRAFTS = LANGUAGES.flatMap((language) => ['file', 'untitled'].map((scheme) => ({ language, scheme })));

/** The notification that a draft has another state. */
export const STATUS = 'copydesk/status';

/** The commands of the server. VS Code knows them by the same names, where the server that runs has them. */
export const ACCEPT = 'copydesk.accept';
export const CHECK = 'copydesk.check';
export const CLAIMS = 'copydesk.claims';
export const REPORT = 'copydesk.report';
export const FACTS = 'copydesk.facts';

export type Label = 'supported' | 'refuted' | 'conflicting' | 'not-enough-info';

/** How many claims there are of which label; those that were accepted are counted apart. */
export type Summary = Record<Label | 'mentions' | 'signed-off', number>;

export interface Status {
  uri: string;
  version: number;
  state: 'reading' | 'checking' | 'ready' | 'no-sources' | 'failed';
  sources: number;
  /** Sentences for the writer, such as that a source cannot be read. */
  problems: string[];
  summary: Summary | null;
  message: string | null;
}

export interface Evidence {
  source: string;
  uri: string | null;
  /** The sentence; the beginning of a file that an editor shows otherwise than it is read, such as a page or a PDF. */
  range: Range | null;
  title: string | null;
  published: string | null;
  stance: 'supports' | 'refutes';
  quote: string;
}

export interface Claim {
  range: Range;
  text: string;
  kind: string;
  label: Label;
  /** None where the sources support it. */
  code: string | null;
  message: string | null;
  /** What a fix would write, where one answer is certain. */
  replacement: string | null;
  /** Who let it stand, and why. */
  signed_off: { reason: string | null; by: string | null; date: string | null } | null;
  evidence: Evidence[];
}

export interface Section {
  /** Empty before the first heading. */
  title: string;
  range: Range;
  mentions: Claim[];
}

export interface Claims {
  /** The version of the text that they are in. */
  version: number;
  sections: Section[];
}
