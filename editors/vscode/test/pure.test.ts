// What can be said without VS Code: run by `npm test`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, find, follow, linked, spanOf } from '../src/links';
import { plain, secured } from '../src/page';
import { mismatch } from '../src/program';
import type { Claim, Claims, Evidence, Status, Summary } from '../src/protocol';
import { isAddress, listed, slug } from '../src/reading';
import { tally } from '../src/tally';
import { type Situation, stale, words } from '../src/words';

const NONE: Summary = { mentions: 0, supported: 0, refuted: 0, conflicting: 0, 'not-enough-info': 0, 'signed-off': 0 };

function status(state: Status['state'], summary: Summary | null = null, message: string | null = null): Situation {
  return { kind: state, status: { uri: 'file:///draft.md', version: 1, state, sources: 3, problems: [], summary, message } };
}

test('only a draft that was checked against sources is called uncontradicted', () => {
  const situations: Situation[] = [
    { kind: 'starting' },
    { kind: 'missing', message: 'It is gone.' },
    { kind: 'stopped', message: 'It ended.' },
    { kind: 'no-draft' },
    { kind: 'source' },
    { kind: 'waiting' },
    { kind: 'old', version: '0.0.1' },
    status('reading'),
    status('checking'),
    status('no-sources'),
    status('failed'),
    status('ready'),
    status('ready', NONE),
    status('ready', { ...NONE, mentions: 2, 'not-enough-info': 2 }),
    status('ready', { ...NONE, mentions: 2, refuted: 2 }),
  ];
  const said = situations.map((situation) => words(situation));
  for (const { text, detail } of said) {
    assert.ok(text && detail);
    assert.doesNotMatch(`${text} ${detail}`, /nothing contradicted/i);
  }
  assert.equal(words(status('ready', { ...NONE, mentions: 2, supported: 2 })).text, 'Nothing contradicted');
});

test('what is wrong is said with its reason, and what to do', () => {
  assert.match(words({ kind: 'missing', message: 'It is gone.' }).detail, /not checked.*It is gone/);
  const none = words(status('no-sources', null, 'draft.md has no sources. Put articles beside it.'));
  assert.equal(none.detail, 'draft.md has no sources.');
  assert.equal(none.action.command, 'copydesk.addSource');
});

test('counts are told once each', () => {
  const said = words(
    status('ready', { mentions: 9, supported: 4, refuted: 2, conflicting: 1, 'not-enough-info': 1, 'signed-off': 1 }),
  );
  assert.equal(said.text, '2 contradicted');
  assert.equal(said.detail, '1 conflicting · 1 not in the sources · 4 supported · 1 accepted · 3 sources');
});

test('what is accepted counts once, and not as contradicted', () => {
  const claim = (label: Claim['label'], reason?: string) => {
    return { label, signed_off: reason === undefined ? null : { reason, by: null, date: null } } as Claim;
  };
  const mentions = [claim('refuted'), claim('refuted', 'by phone'), claim('supported'), claim('not-enough-info', 'seen')];
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  const summary = tally({ version: 1, sections: [{ title: '', range, mentions }] });
  assert.deepEqual(summary, { ...NONE, mentions: 4, supported: 1, refuted: 1, 'signed-off': 2 });
});

test('a page that is older than the draft or the sources says so, and no other does', () => {
  assert.equal(stale(status('ready'), 'same'), '');
  assert.match(stale(status('ready'), 'changed'), /being checked again/);
  assert.match(stale(status('checking'), 'same'), /being checked again/);
  assert.match(stale(status('reading'), 'same'), /sources are being read/);
  assert.match(stale({ kind: 'waiting' }, 'closed'), /draft is closed/);
});

test('a program of another version is named, with what to update', () => {
  const program = (version: string) => ({ path: '/bin/copydesk', origin: 'on the PATH' as const, version });
  assert.equal(mismatch(program('0.1.7'), '0.1.0'), undefined);
  assert.match(mismatch(program('0.0.9'), '0.1.0') ?? '', /older .* Update the program/);
  assert.match(mismatch(program('1.0.0'), '0.1.0') ?? '', /newer .* Update the extension/);
});

test('a page runs and loads nothing but what stands in its own head', () => {
  const page =
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src *"><style>p{}</style></head>' +
    '<body><p>&lt;script nonce="copydesk"&gt;</p><script>alert(1)</script><script nonce="copydesk">filter()</script></body></html>';
  const shown = secured(page, 1);
  const nonce = /'nonce-([\w-]{24})'/.exec(shown)?.[1] ?? '';
  assert.match(shown, /<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  assert.ok(!shown.includes('default-src *'));
  assert.ok(shown.includes(`<style nonce="${nonce}">p{}`) && shown.includes(`<script nonce="${nonce}">filter()`));
  assert.ok(shown.includes('<script>alert(1)')); // without the number it is not run
  assert.notEqual(secured(page, 1), shown);
});

test('a page of words shows markup as text', () => {
  assert.ok(plain('A & B', '<script>').includes('<h1>A &amp; B</h1><p>&lt;script>'));
});

/** A sentence of a source; one without a line is in what is not text. */
function sentence(source: string, line: number, quote: string, uri: string | null = `file:///sources/${source}`): Evidence {
  const range = { start: { line, character: 0 }, end: { line, character: line ? quote.length : 0 } };
  return { source, uri, range, title: null, published: null, stance: 'supports', quote };
}

function claimsOf(mentions: [text: string, evidence: Evidence[]][]): Claims {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const rest = {
    range,
    kind: 'name',
    label: 'supported' as const,
    code: null,
    message: null,
    replacement: null,
    signed_off: null,
  };
  return {
    version: 1,
    sections: [{ title: '', range, mentions: mentions.map(([text, evidence]) => ({ text, evidence, ...rest })) }],
  };
}

/** A note as the server writes it. */
function note(number: number, words: string, more = ''): string {
  const head = `<p class="h"><a href="#m${number}"><b>${number}</b> <bdi>${words}</bdi></a><span class="l">supported</span></p>`;
  return `<li id="n${number}" class="s">${head}${more}</li>`;
}

function figure(quote: string, origin: string): string {
  return `<figure class="agrees"><blockquote>${quote}</blockquote><figcaption><b>agrees</b> ${origin}</figcaption></figure>`;
}

test('each note of the report leads to the claim of its number and words, and to no other', () => {
  const draftsOf = (page: string, claims: Claims) =>
    linked(page, claims).targets.map((target) => target.to === 'draft' && claims.sections[0]?.mentions.indexOf(target.claim));
  const claims = claimsOf([
    ['Orlen\n  Falls', []],
    ['73', []],
    ['Orlen Falls', []],
    ['A\u200b & "B"', []],
  ]);
  const page = note(1, 'Orlen Falls') + note(2, '73') + note(3, 'Orlen Falls');
  assert.deepEqual(draftsOf(page + note(4, 'A<span class="u">U+200B</span> &amp; &quot;B&quot;'), claims), [0, 1, 2, 3]);
  // Where the numbers are others, words that stand there once lead to their claim; words that stand there twice may be either.
  assert.deepEqual(draftsOf(note(1, '73') + note(2, 'Orlen Falls') + note(3, '74'), claims), [1]);
  assert.deepEqual(draftsOf(note(1, '73') + note(4, '73'), claims), []);
  assert.match(linked(note(2, '73'), claims).html, /<button [^>]*data-target="0" aria-label="Show in draft: 73">Show in draft</);
});

test('the sentences of the report lead to their sources, as far as the server named them as files', () => {
  const claims = claimsOf([
    [
      '73',
      [
        sentence('a.txt', 4, 'Boats saved\n73 people.'),
        sentence('a.txt', 4, 'Boats saved\n73 people.'),
        sentence('b, c & d.txt', 6, 'It was 73.'),
        sentence('page.html', 0, 'They were 73.'),
        sentence('none.txt', 1, '73', null),
      ],
    ],
    ['74', [sentence('web.txt', 1, 'It was 74.', 'https://elsewhere.example/web.txt')]],
  ]);
  const others = '<p class="k">so too b, c &amp; d.txt:7, page.html, none.txt:2</p>';
  const page =
    note(1, '73', figure('Boats saved <mark>73</mark> people.', '<cite>No, b.txt</cite>, a.txt:5, also in none.txt') + others) +
    note(2, '74', figure('It was 74.', 'web.txt:2') + figure('Boats sank.', 'ba.txt:3') + figure('Boats sank.', 'a.txt:9'));
  const { html, targets } = linked(page, claims);
  const sources = targets.flatMap((target) => (target.to === 'source' ? [target] : []));
  const told = sources.map(({ name, range, isText }) => [name, range?.start.line, isText]);
  assert.deepEqual(told, [
    ['a.txt', 4, true],
    ['b, c & d.txt', 6, true],
    ['page.html', 0, false],
    ['a.txt', undefined, true],
  ]);
  assert.equal(sources[3]?.quote, 'Boats sank.'); // which is looked for
  assert.match(
    html,
    /so too <button [^>]*"Show in source: b, c &amp; d.txt:7">b, c &amp; d.txt:7<\/button>, <button [^>]*>page.html</,
  );
  assert.ok(html.includes(', none.txt:2</p>'));
  // A list that is another one than the evidence says stays as it is.
  assert.ok(linked(note(1, '73', '<p class="k">so too x.txt:1</p>'), claims).html.includes('so too x.txt:1</p>'));
});

test('the sentences of the fact sheet lead to the sources that the server named', () => {
  const claims = claimsOf([['73', [sentence('a.txt', 4, 'It was 73.')]]]);
  const saying = (quote: string, origin: string) =>
    `<li class="s many"><figure><blockquote>${quote}</blockquote><figcaption><bdi>${origin}</bdi></figcaption></figure></li>`;
  const page =
    saying('Boats <mark>sank</mark>.', 'a.txt, 9 March 2026') + saying('Nobody died.', 'ba.txt') + saying('No.', 'a.txt.old');
  const { html, targets } = linked(page, claims);
  assert.deepEqual(
    targets.map((target) => target.to === 'source' && [target.uri, target.quote, target.range]),
    [['file:///sources/a.txt', 'Boats sank.', null]],
  );
  assert.equal(html.match(/<button/g)?.length, 1);
});

test('only a number of the page that is shown leads anywhere', () => {
  const { targets } = linked(note(1, '73'), claimsOf([['73', []]]));
  assert.equal(asked({ page: 2, target: 0 }, 2, targets), targets[0]);
  const others = [
    undefined,
    null,
    'go',
    0,
    {},
    { target: 0 },
    { page: 1, target: 0 },
    { page: 2, target: 1 },
    { page: 2, target: -1 },
    { page: 2, target: 0.5 },
    { page: 2, target: '0' },
    { page: 2, target: 'length' },
    { page: '2', target: 0 },
  ];
  for (const message of others) assert.equal(asked(message, 2, targets), undefined, JSON.stringify(message));
});

test('words are followed through changes of the draft, and given up where it is not certain', () => {
  const before = 'Boats saved 73 people.\n\nNobody died. The board knew of 73 leaks.\n\nWork begins in May.\n';
  const at = (words: string, from = 0): [number, number] => [
    before.indexOf(words, from),
    before.indexOf(words, from) + words.length,
  ];
  const first = at('73');
  const second = at('73', 20);
  const followed = (after: string, span: [number, number]) => {
    const found = follow(before, after, span);
    return found && `${after.slice(Math.max(0, found[0] - 6), found[0])}|${after.slice(...found)}`;
  };
  assert.equal(followed(before, first), 'saved |73');
  // Above, below, on both sides at once, and moved to the end.
  assert.equal(followed(`A word more.\n${before}`, second), 'ew of |73');
  assert.equal(followed(`${before}A word more.`, first), 'saved |73');
  const both = `More.\n${before.replace('Nobody died. ', '')}More.`;
  assert.deepEqual([followed(both, first), followed(both, second)], ['saved |73', 'ew of |73']);
  const moved = `${before.replace('Boats saved 73 people.\n\n', '')}\nBoats saved 73 people.\n`;
  assert.deepEqual([followed(moved, first), followed(moved, second)], ['saved |73', 'ew of |73']);
  // The words themselves.
  assert.equal(followed(before.replace('saved 73', 'saved 735'), first), undefined);
  assert.equal(followed(before.replace('saved 73', 'saved 37'), first), undefined);
  assert.equal(followed(before.replace('Boats saved 73 people.', ''), first), undefined);
  assert.equal(followed('', first), undefined);
});

test('a sentence is found whatever its line breaks, unless it is there twice', () => {
  const source = 'Relief\r\n\r\nThe (old) storm\r\nsank 140 boats.\r\n';
  assert.equal(
    source.slice(...(find(source, 'The (old) storm sank 140 boats.') ?? [0, 0])),
    'The (old) storm\r\nsank 140 boats.',
  );
  assert.equal(find(source + source, 'The (old) storm'), undefined);
  assert.equal(find(source, 'The storm'), undefined);
  assert.equal(find(source, ' '), undefined);
  const place = { start: { line: 2, character: 4 }, end: { line: 3, character: 4 } };
  assert.equal(source.slice(...spanOf(source, place)), '(old) storm\r\nsank');
  assert.deepEqual(spanOf('a', { start: { line: 0, character: 5 }, end: { line: 9, character: 0 } }), [1, 1]);
});

test('lists of sources are read as they are written', () => {
  assert.deepEqual(listed(' [wires, "../interviews"]'), ['wires', '../interviews']);
  assert.deepEqual(listed('\n  - wires\n  - calls # by phone'), ['wires', 'calls']);
  assert.deepEqual(listed(' wires'), ['wires']);
  assert.deepEqual(listed(undefined), []);
});

test('titles become names, and addresses are those of the web', () => {
  assert.equal(slug('Café owners: “No”, say 12!'), 'cafe-owners-no-say-12');
  assert.equal(slug('…'), 'source');
  assert.ok(isAddress('https://courier.example/levee'));
  assert.ok(!isAddress('file:///etc/hosts') && !isAddress('two words'));
});
