import { UsageError } from '../core/errors.ts'
import { type SurfaceFormat, surfaceFormats } from '../report/files/surface-files.ts'

/** The formats a user lists, such as `stl,glb`; `none` for no surfaces. @throws UsageError naming what is no format */
export function parseSurfaceFormats(text: string): SurfaceFormat[] {
  if (text === 'none') return []
  return text.split(',').map((word) => {
    const format = surfaceFormats.find((known) => known === word.trim().toLowerCase())
    if (format === undefined) {
      throw new UsageError(`--surfaces ${text}: "${word}" is not one of ${surfaceFormats.join(', ')} or none`)
    }
    return format
  })
}
