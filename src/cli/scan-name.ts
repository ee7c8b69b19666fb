import { basename, resolve } from 'node:path'

/** The endings of files that scans are read from. */
export const scanEnding = /\.(nii|nii\.gz|hdr|hdr\.gz|nrrd|nhdr|mha|mhd|dcm|zip)$/i

/** An input's name without its folders and its format's ending: `scans/head.nii.gz` → `head`, `study.2` stays. */
export function scanName(input: string): string {
  const name = basename(resolve(input))
  return name.replace(scanEnding, '').replace(/\.otomark$/i, '') || name
}
