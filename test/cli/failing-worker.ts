import { ResourceError } from '../../src/core/errors.ts'
import { serveRequests } from '../../src/node/serve-requests.ts'

/** A thread in the place of that which refines views: memory is short there. */
serveRequests(async () => {
  throw new ResourceError('refining a view: out of memory; close other programs')
})
