/**
 * What is read for each item, in their order; the next one is being read while one is worked on, so that two are in memory.
 * A failure is thrown in its item's turn.
 */
export async function* readAhead<Item, Content>(
  items: Iterable<Item>,
  read: (item: Item) => Promise<Content>
): AsyncGenerator<readonly [item: Item, content: Content]> {
  let before: readonly [Item, Promise<Content>] | undefined
  for (const item of items) {
    const content = read(item)
    // Where nobody gets as far, its failure must not end the process.
    content.catch(() => {})
    if (before !== undefined) yield [before[0], await before[1]]
    before = [item, content]
  }
  if (before !== undefined) yield [before[0], await before[1]]
}
