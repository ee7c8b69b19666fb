/** How V8 and ONNX Runtime say that memory ran out. */
const outOfMemory =
  /out of memory|array buffer allocation failed|invalid (typed )?array (buffer )?length|bad[ _]alloc|failed to allocate|could not allocate memory/i

/** Whether something was thrown because memory ran out. */
export function isOutOfMemory(error: unknown): boolean {
  return outOfMemory.test(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}
