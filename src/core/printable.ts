/** Controls of terminals (C0, delete, C1), separators of lines and paragraphs, bidirectional controls, half surrogates. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

/** Most characters that foreign text may add to one line. */
const longestText = 1000

/** A text with its middle left out where it is too long to be read. */
export function shortened(text: string, longest: number = longestText): string {
  if (text.length <= longest) return text
  const end = Math.floor(longest / 4)
  return `${text.slice(0, longest - end)} … ${text.slice(text.length - end)}`
}

/**
 * Foreign text (names of files and folders, ids, text from headers) made safe to show: characters that a terminal, a table or a
 * page would interpret are escaped, such as `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
