/**
 * A loader with a least-recently-used cache of at most `limit` bytes. An item larger than that is loaded every time.
 */
export function keepRecent<Key, Item>(
  load: (key: Key) => Promise<Item>,
  bytesOf: (item: Item) => number,
  limit: number
): (key: Key) => Promise<Item> {
  // A Map gives its keys in the order they were set: the one asked for longest ago comes first.
  const kept = new Map<Key, Item>()
  let bytes = 0

  function forget(key: Key, item: Item): void {
    if (kept.delete(key)) bytes -= bytesOf(item)
  }

  return async (key) => {
    const known = kept.get(key)
    const item = known ?? (await load(key))
    forget(key, item)
    kept.set(key, item)
    bytes += bytesOf(item)
    for (const [oldest, held] of kept) {
      if (bytes <= limit) break
      forget(oldest, held)
    }
    return item
  }
}
