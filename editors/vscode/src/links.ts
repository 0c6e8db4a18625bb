// From the notes of a page to the places that they are about. The page gets buttons that bear a number each; what a number stands for
// comes from the server's own answer, never from the page, whose words are those of drafts and sources.
import type { Claim, Claims, Evidence, Range } from './protocol';

/** Where a button leads: to a claim in the draft, or to a sentence of a source. */
export type Target = { to: 'draft'; claim: Claim } | ToSource;

export interface ToSource {
  to: 'source';
  uri: string;
  name: string;
  quote: string;
  /** None where the sentence is to be looked for. */
  range: Range | null;
  /** Of what is not text, such as a PDF, only the file can be shown. */
  isText: boolean;
}

/** From where to where, counted from the beginning of a text. */
export type Span = [start: number, end: number];

/** The page of a report or of a fact sheet with its buttons, and where they lead, in the order of their numbers. */
export function linked(page: string, claims: Claims): { html: string; targets: Target[] } {
  const all = claims.sections.flatMap(({ mentions }) => mentions);
  const sources = sourcesOf(all);
  const targets: Target[] = [];
  const button = (target: Target, words: string, spoken: string) => {
    targets.push(target);
    return `<button type="button" class="go" data-target="${targets.length - 1}" aria-label="${escaped(spoken)}">${words}</button>`;
  };
  const toSource = (target: ToSource) => button(target, 'Show in source', `Show in source: ${target.name}`);

  const of = claimsOfNotes(page, all);
  // No text of others can look like one of these tags: the server escapes it.
  let html = page.replace(/<li id="n(\d+)"[^>]*>.*?<\/li>/gs, (note, number: string) => {
    const claim = of.get(Number(number));
    if (!claim) return note;
    const toDraft = button({ to: 'draft', claim }, 'Show in draft', `Show in draft: ${line(claim.text)}`);
    const headed = note.replace('</p>', () => ` ${toDraft}</p>`);
    const quoted = headed.replace(FIGURE, (figure, quote: string, origin: string) => {
      const name = sources.nameIn(text(origin), (known) => `(?:^|, )${known}(?::\\d+)?(?:, also in .*)?$`);
      const target = name === undefined ? undefined : sources.target(name, text(quote), claim.evidence);
      return target ? figure.replace('</figcaption>', () => ` ${toSource(target)}</figcaption>`) : figure;
    });
    return quoted.replace(OTHERS, (others, begin: string, places: string, end: string) => {
      const shown = othersIn(places, claim.evidence.slice(1))?.map(({ place, one }) => {
        const target = sources.target(one.source, line(one.quote), [one]);
        return target ? button(target, escaped(place), `Show in source: ${place}`) : escaped(place);
      });
      return shown ? `${begin}${shown.join(', ')}${end}` : others;
    });
  });
  html = html.replace(SAYING, (figure, quote: string, origin: string) => {
    const name = sources.nameIn(text(origin), (known) => `^${known}(?:, |$)`);
    const target = name === undefined ? undefined : sources.target(name, text(quote), []);
    return target ? figure.replace('</figcaption>', () => ` ${toSource(target)}</figcaption>`) : figure;
  });
  return { html, targets };
}

/** A sentence in the report, the places of the others that agree with it, and a sentence in the fact sheet. */
const FIGURE =
  /<figure class="(?:agrees|differs|nearest)"><blockquote>(.*?)<\/blockquote><figcaption><b>[a-z]+<\/b>(.*?)<\/figcaption>/gs;
const OTHERS = /(<p class="k">so too )(.*?)(<\/p>)/s;
const SAYING = /<figure><blockquote>(.*?)<\/blockquote><figcaption><bdi>(.*?)<\/bdi><\/figcaption>/gs;

/** Which claim each note is on: that of its number, if it has the note's words; else the one that has, where it cannot be another. */
function claimsOfNotes(page: string, claims: Claim[]): Map<number, Claim> {
  const heads = page.matchAll(/<li id="n(\d+)"[^>]*><p class="h"><a href="#m\d+"><b>\d+<\/b> <bdi>(.*?)<\/bdi><\/a>/gs);
  const notes = [...heads].map(([, number, words]) => ({ number: Number(number), words: text(words ?? '') }));
  const found = new Map<number, Claim>();
  for (const { number, words } of notes) {
    const at = claims[number - 1];
    const same = at && line(at.text) === words ? [at] : claims.filter((claim) => line(claim.text) === words);
    const [only] = same;
    const isAlone = same[0] === at || notes.filter((note) => note.words === words).length === 1;
    if (only && same.length === 1 && isAlone) found.set(number, only);
  }
  return found;
}

/** The sources that the claims' evidence names. */
function sourcesOf(claims: Claim[]) {
  const known = new Map<string, Evidence[]>();
  for (const one of claims.flatMap(({ evidence }) => evidence)) {
    // Nothing but a file is opened.
    if (!one.uri?.startsWith('file:')) continue;
    const all = known.get(one.source);
    if (all) all.push(one);
    else known.set(one.source, [one]);
  }
  const names = [...known.keys()].map((name) => ({ name, words: line(name) })).sort((a, b) => b.words.length - a.words.length);
  return {
    /** The source that words name; of names that end alike the longest. */
    nameIn: (words: string, pattern: (name: string) => string) =>
      names.find((one) => words.includes(one.words) && new RegExp(pattern(literal(one.words)), 's').test(words))?.name,
    /** Where a sentence of a source is: as the evidence has it, else to be looked for in the file, if only one has that name. */
    target: (name: string, quote: string, evidence: Evidence[]): ToSource | undefined => {
      const all = known.get(name) ?? [];
      const said = evidence.find((one) => all.includes(one) && line(one.quote) === quote);
      const of = said ?? (new Set(all.map(({ uri }) => uri)).size === 1 ? all[0] : undefined);
      if (!of?.uri) return undefined;
      // The range of what is not text is its beginning.
      const isText = of.range !== null && !isEmpty(of.range);
      return { to: 'source', uri: of.uri, name, quote: said?.quote ?? quote, range: said?.range ?? null, isText };
    },
  };
}

/** The places in "water-board.txt:7, evacuees-return.md:13" with their evidence; none if it is something else that stands there. */
function othersIn(places: string, evidence: Evidence[]): { place: string; one: Evidence }[] | undefined {
  const found: { place: string; one: Evidence }[] = [];
  let rest = places;
  for (const one of evidence) {
    const lineOf = one.range && !isEmpty(one.range) ? `:${one.range.start.line + 1}` : '';
    const place = `${one.source}${lineOf}`;
    const shown = escaped(place);
    // What is said twice in the same words stands there once.
    if (rest !== shown && !rest.startsWith(`${shown}, `)) continue;
    found.push({ place, one });
    rest = rest.slice(shown.length).replace(/^, /, '');
  }
  return rest === '' ? found : undefined;
}

/** The target that a message from the page asks for: none unless it is of the page that is shown and has its number. */
export function asked(message: unknown, page: number, targets: readonly Target[]): Target | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { page: of, target } = message as Record<string, unknown>;
  return of === page && typeof target === 'number' && Number.isInteger(target) ? targets[target] : undefined;
}

/** How much before and behind words says which ones they are: much of it first. */
const SIDES = [
  [400, 400],
  [100, 100],
  [24, 24],
  [0, 100],
  [100, 0],
  [0, 24],
  [24, 0],
  [0, 0],
] as const;

/** Where words of a text stand after it was changed; none if that is not certain. */
export function follow(before: string, after: string, [start, end]: Span): Span | undefined {
  if (before === after) return [start, end];
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // A change that touches the words may be one of the words.
  if (end < head) return [start, end];
  const shift = after.length - before.length;
  if (start > before.length - tail) return [start + shift, end + shift];
  for (const [left, right] of SIDES) {
    const from = Math.max(0, start - left);
    const piece = before.slice(from, end + right);
    const at = after.indexOf(piece);
    if (at < 0 || at !== after.lastIndexOf(piece) || before.indexOf(piece) !== before.lastIndexOf(piece)) continue;
    const found: Span = [at + start - from, at + end - from];
    if (isWhole(after, found)) return found;
  }
  return undefined;
}

/** Where a sentence stands in a text, whatever blanks and line breaks are in it; none if it is not there, or more than once. */
export function find(text: string, sentence: string): Span | undefined {
  const words = sentence.split(/\s+/).filter(Boolean).map(literal);
  if (words.length === 0) return undefined;
  const [first, second] = [...text.matchAll(new RegExp(words.join('\\s+'), 'g'))];
  return first && !second ? [first.index, first.index + first[0].length] : undefined;
}

/** Where a place that is told by lines is in a text, counted from its beginning. */
export function spanOf(text: string, { start, end }: Range): Span {
  const lines = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((brk) => brk.index + brk[0].length)];
  const offset = ({ line, character }: Range['start']) => Math.min((lines[line] ?? text.length) + character, text.length);
  return [offset(start), offset(end)];
}

/** Words on one line, without what the server shows by its number. */
export function line(words: string): string {
  const plain = words.replace(/[\u200b\u202a-\u202e\u2060-\u206f\ufeff]|(?![\t\n\r])\p{Cc}/gu, '');
  return plain.replace(/\s+/g, ' ').trim();
}

/** The words of a piece of a page. */
function text(html: string): string {
  const plain = html.replace(/<span class="u">[^<]*<\/span>|<[^>]*>/g, '');
  return line(plain.replace(/&(lt|gt|quot|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]));
}

const ENTITIES = { lt: '<', gt: '>', quot: '"', amp: '&' };

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function literal(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function isEmpty({ start, end }: Range): boolean {
  return start.line === end.line && start.character === end.character;
}

/** Whether words do not go on in letters or digits that are none of them. */
function isWhole(text: string, [start, end]: Span): boolean {
  const joins = (at: number) => /^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1));
  return !joins(start) && !joins(end);
}
