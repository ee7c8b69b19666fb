/**
 * Runs a step while `console.log` and `console.error` say nothing: itk-wasm reports its exceptions there before it
 * throws them, which would break output that other programs read.
 */
export async function withMutedConsole<T>(step: () => Promise<T>): Promise<T> {
  const { log, error } = console
  console.log = () => {}
  console.error = () => {}
  try {
    return await step()
  } finally {
    console.log = log
    console.error = error
  }
}
