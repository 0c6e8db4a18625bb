// How claims are counted, in the list as in every headline.
import type { Claim, Claims, Label, Summary } from './protocol';

export type Group = Label | 'accepted';

/** What was accepted stands apart, whatever the sources say. */
export function groupOf(claim: Claim): Group {
  return claim.signed_off && claim.label !== 'supported' ? 'accepted' : claim.label;
}

export function tally(claims: Claims): Summary {
  const groups = claims.sections.flatMap(({ mentions }) => mentions.map(groupOf));
  const count = (wanted: Group) => groups.filter((group) => group === wanted).length;
  return {
    mentions: groups.length,
    supported: count('supported'),
    refuted: count('refuted'),
    conflicting: count('conflicting'),
    'not-enough-info': count('not-enough-info'),
    'signed-off': count('accepted'),
  };
}
