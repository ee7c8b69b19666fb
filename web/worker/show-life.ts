/**
 * Holds a lock as long as this worker lives, and tells the page by which name: no browser tells a page of a worker that
 * ended. Where there are no locks, as on a page of another machine without HTTPS, it tells nothing.
 */
export function showLife(): void {
  if (!('locks' in navigator)) return
  const alive = crypto.randomUUID()
  void navigator.locks.request(alive, () => {
    postMessage({ alive })
    return new Promise(() => {})
  })
}
