/**
 * Holds a session that the browser keeps for this page alone, until it is let go or the page ends. Where there are no locks, as
 * on a page of another machine without HTTPS, pages do not know of each other.
 * @returns lets it go; undefined where another page holds it
 */
export function holdSession(id: string): Promise<(() => void) | undefined> {
  if (!('locks' in navigator)) return Promise.resolve(() => {})
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      if (lock !== null) return new Promise((letGo) => resolve(letGo))
      resolve(undefined)
      return undefined
    }
    navigator.locks.request(`otomark-session-${id}`, { ifAvailable: true }, hold).catch(reject)
  })
}
