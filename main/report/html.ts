/** Text of HTML that needs no more escaping. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | null | readonly (Html | null)[];

/** HTML of a template: strings in it are escaped, whatever they hold; null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = parts.map((part) => {
    if (part === null) return '';
    if (part instanceof Html) return part.text;
    if (typeof part === 'object') return part.map((each) => each?.text ?? '').join('');
    return escaped(String(part));
  });
  return new Html(strings.map((text, at) => `${text}${written[at] ?? ''}`).join(''));
}

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  // Characters that XML does not have, and those that turn the direction of what follows, are blanks.
  return text
    .replace(/[&<>"']/g, (letter) => NAMED[letter] ?? '')
    .replace(/(?![\t\n\r])[\p{Cc}\p{Bidi_Control}]/gu, ' ');
}
