import { NVImage } from '@niivue/niivue'

/** What `NVImage.new` wants after the window: trust it; the file's own orientation; nothing else. */
const defaults = [true, 0.02, false, false, '', 0, 1, Number.NaN, Number.NaN, false, null, 0, null] as const

/** A scan as NiiVue draws it, from a NIfTI file. */
export function niivueVolume(image: Uint8Array): Promise<NVImage> {
  return NVImage.new(image.slice().buffer, 'scan.nii', 'gray', 1, null, -600, 2200, ...defaults)
}
