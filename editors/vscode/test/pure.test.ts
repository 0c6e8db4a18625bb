// What can be said without VS Code: run by `npm test`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain, secured } from '../src/page';
import { mismatch } from '../src/program';
import type { Claim, Status, Summary } from '../src/protocol';
import { isAddress, listed, slug } from '../src/reading';
import { tally } from '../src/tally';
import { type Situation, words } from '../src/words';

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
  const shown = secured(page);
  const nonce = /'nonce-([\w-]{24})'/.exec(shown)?.[1] ?? '';
  assert.match(shown, /<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  assert.ok(!shown.includes('default-src *'));
  assert.ok(shown.includes(`<style nonce="${nonce}">p{}`) && shown.includes(`<script nonce="${nonce}">filter()`));
  assert.ok(shown.includes('<script>alert(1)')); // without the number it is not run
  assert.notEqual(secured(page), shown);
});

test('a page of words shows markup as text', () => {
  assert.ok(plain('A & B', '<script>').includes('<h1>A &amp; B</h1><p>&lt;script>'));
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
