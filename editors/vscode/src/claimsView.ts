// The side bar: the claims of a draft by section and label, below each what the sources say of it.
import * as vscode from 'vscode';
import type { Drafts } from './drafts';
import type { Claim, Evidence, Section } from './protocol';
import { type Group, groupOf } from './tally';
import { counted, counts, words } from './words';

export type Node =
  | { type: 'problems'; problems: string[] }
  | { type: 'problem'; text: string }
  | { type: 'section'; id: string; title: string; groups: Node[] }
  | { type: 'group'; id: string; group: Group; claims: ClaimNode[] }
  | ClaimNode
  | { type: 'evidence'; id: string; evidence: Evidence };

export interface ClaimNode {
  type: 'claim';
  id: string;
  uri: vscode.Uri;
  claim: Claim;
}

/** The groups in their order, most pressing first, and how each looks. */
const GROUPS: [Group, { title: string; icon: string; color?: string; open: boolean }][] = [
  ['refuted', { title: 'Contradicted', icon: 'warning', color: 'list.warningForeground', open: true }],
  ['conflicting', { title: 'Sources Conflict', icon: 'git-compare', color: 'editorInfo.foreground', open: true }],
  ['not-enough-info', { title: 'Not in the Sources', icon: 'question', open: false }],
  ['accepted', { title: 'Accepted', icon: 'pass', open: false }],
  ['supported', { title: 'Supported', icon: 'check', color: 'copydesk.supported', open: false }],
];
const LOOKS = new Map(GROUPS);

export class ClaimsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly listener: vscode.Disposable;
  /** What is listed. */
  private rows = '';

  constructor(private readonly drafts: Drafts) {
    this.view = vscode.window.createTreeView('copydesk.claimsView', { treeDataProvider: this, showCollapseAll: true });
    this.listener = drafts.onDidChange((uri) => {
      if (!uri || uri.toString() === drafts.current?.uri.toString()) this.update();
    });
    this.update();
  }

  dispose(): void {
    this.listener.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private update(): void {
    const situation = this.drafts.situation();
    const summary = 'status' in situation ? situation.status.summary : null;
    const said = words(situation);
    // Which words of welcome fit, where there is nothing to list (package.json, viewsWelcome).
    const isListed = this.drafts.current !== undefined && this.drafts.claimsOf(this.drafts.current) !== undefined;
    const kind = situation.kind === 'ready' && !isListed ? 'checking' : situation.kind;
    void vscode.commands.executeCommand('setContext', 'copydesk.situation', kind);
    this.view.description = summary ? said.text : '';
    this.view.badge = summary && summary.refuted > 0 ? { value: summary.refuted, tooltip: counts(summary) } : undefined;
    // What explains the list. Without one there is none, for it would stand in the place of the welcome.
    const explain = situation.kind === 'no-sources' || situation.kind === 'reading';
    const roots = this.roots();
    this.view.message = explain && roots.length > 0 ? `${said.text}: ${said.detail}` : '';
    // A list that is drawn anew forgets what the pointer is on.
    const rows = JSON.stringify(roots);
    if (rows === this.rows) return;
    this.rows = rows;
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.roots();
    switch (node.type) {
      case 'problems':
        return node.problems.map((text) => ({ type: 'problem', text }));
      case 'section':
        return node.groups;
      case 'group':
        return node.claims;
      case 'claim':
        return node.claim.evidence.map((evidence, at) => ({ type: 'evidence', id: `${node.id}/${at}`, evidence }));
      default:
        return [];
    }
  }

  private roots(): Node[] {
    const situation = this.drafts.situation();
    const draft = this.drafts.current;
    const claims = draft && this.drafts.claimsOf(draft);
    const problems = 'status' in situation ? situation.status.problems : [];
    const troubles: Node[] = problems.length > 0 ? [{ type: 'problems', problems }] : [];
    if (!draft || !claims) return troubles;
    // Without sources, what nothing speaks of is every claim; only what is found without them says something.
    const shown = (claim: Claim) => situation.kind !== 'no-sources' || (claim.code !== null && claim.code !== 'no-evidence');
    const sections = claims.sections.map((section) => ({ ...section, mentions: section.mentions.filter(shown) }));
    const filled = sections.map((section, at) => sectionNode(draft.uri, section, at)).filter((node) => node.groups.length > 0);
    // One section needs no heading.
    const [only] = filled;
    return [...troubles, ...(filled.length === 1 && only ? only.groups : filled)];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.type) {
      case 'problems': {
        const label = counted(node.problems.length, 'Problem with the Sources', 'Problems with the Sources');
        return item(label, { icon: 'warning', color: 'list.warningForeground', open: false });
      }
      case 'problem':
        return { label: node.text, tooltip: node.text };
      case 'section':
        return { ...item(node.title, { open: true }), id: node.id };
      case 'group': {
        const look = LOOKS.get(node.group);
        return {
          ...item(look?.title ?? node.group, look ?? { open: true }),
          id: node.id,
          description: String(node.claims.length),
        };
      }
      case 'claim':
        return claimItem(node);
      case 'evidence':
        return evidenceItem(node.id, node.evidence);
    }
  }
}

function sectionNode(uri: vscode.Uri, section: Section, at: number) {
  const title = section.title.trim() || 'Before the First Heading';
  const id = `${uri}#${at} ${title}`;
  const seen = new Map<string, number>();
  const nodes = section.mentions.map((claim): ClaimNode => {
    const times = (seen.get(claim.text) ?? 0) + 1;
    seen.set(claim.text, times);
    // By its words, so that what is unfolded stays so while text is written above it.
    return { type: 'claim', id: `${id}/${claim.text} ${times}`, uri, claim };
  });
  const groups = GROUPS.map(([group]): Node & { type: 'group' } => {
    return { type: 'group', id: `${id}/${group}`, group, claims: nodes.filter(({ claim }) => groupOf(claim) === group) };
  });
  return { type: 'section' as const, id, title, groups: groups.filter(({ claims }) => claims.length > 0) };
}

function item(label: string, look: { icon?: string; color?: string; open: boolean }): vscode.TreeItem {
  const folded = look.open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const made = new vscode.TreeItem(label, folded);
  if (look.icon) made.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  return made;
}

function claimItem(node: ClaimNode): vscode.TreeItem {
  const { claim } = node;
  const group = groupOf(claim);
  const look = LOOKS.get(group);
  const made = new vscode.TreeItem(claim.text.replace(/\s+/g, ' '));
  const isOpen = claim.code !== null && !claim.signed_off;
  made.id = node.id;
  made.description = claim.message ?? '';
  made.tooltip = new vscode.MarkdownString().appendText(claim.message ? `${claim.text}\n${claim.message}` : claim.text);
  if (look) made.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  made.contextValue = `claim${isOpen ? ' open' : ''}${isOpen && claim.replacement !== null ? ' fix' : ''}`;
  made.command = { title: 'Go to Claim', command: 'copydesk.goToClaim', arguments: [node] };
  made.accessibilityInformation = { label: [claim.text, look?.title ?? group, claim.message].filter(Boolean).join(', ') };
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  made.collapsibleState = claim.evidence.length > 0 ? Collapsed : None;
  return made;
}

function evidenceItem(id: string, evidence: Evidence): vscode.TreeItem {
  const made = new vscode.TreeItem(evidence.quote.replace(/\s+/g, ' '));
  const name = evidence.title || evidence.source;
  const supports = evidence.stance === 'supports';
  made.id = id;
  made.description = [name, evidence.published].filter(Boolean).join(', ');
  made.tooltip = new vscode.MarkdownString().appendText(`“${evidence.quote}”\n${name} (${evidence.source})`);
  made.iconPath = new vscode.ThemeIcon(supports ? 'check' : 'close');
  made.contextValue = 'evidence';
  made.accessibilityInformation = { label: `${supports ? 'Supported by' : 'Contradicted by'} ${name}: ${evidence.quote}` };
  if (evidence.uri) made.command = { title: 'Open Source', command: 'copydesk.openSource', arguments: [evidence] };
  return made;
}
