// How what a writer typed is read: lists of sources, addresses, titles.

/** The entries of a list in YAML or TOML, as far as such lists are written by hand. */
export function listed(text: string | undefined): string[] {
  const entries = (text ?? '').replace(/[[\]]/g, '').split(/,|\n/);
  return entries
    .map((entry) =>
      entry
        .replace(/#.*$/, '')
        .replace(/^\s*-/, '')
        .trim()
        .replace(/^["']|["']$/g, ''),
    )
    .filter(Boolean);
}

/** Whether it is the address of an article on the web. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

/** A file's name for a title. */
export function slug(title: string): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'source'
  );
}
