import type { Server } from 'node:http'
import { ResourceError, UsageError } from '../core/errors.ts'
import { errorCode } from '../io/file-error.ts'

/**
 * Starts a server.
 * @param port 0 for any that is free
 * @returns the port it listens on
 * @throws UsageError when the port is taken, ResourceError when the system does not allow it
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const taken = errorCode(cause) === 'EADDRINUSE'
      reject(
        taken
          ? new UsageError(`--port ${port}: another program uses it; choose another port`, { cause })
          : new ResourceError(`serving on port ${port} of ${host}: the system does not allow it`, { cause })
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
    })
  })
}
