/** Controls of terminals (C0, delete, C1), separators of lines and paragraphs, bidirectional controls, half surrogates. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

/**
 * Foreign text — names of files and folders, ids, text out of headers — as it may be shown: what a terminal, a table or
 * a page would obey instead of show is written out, such as `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
