import dcmjs from 'dcmjs'

/** A parsed data set whose values a test looks at by keyword. */
export type Parsed = Record<string, unknown>

export function parse(bytes: Uint8Array | string | undefined): Parsed {
  if (!(bytes instanceof Uint8Array)) throw new Error('no DICOM file')
  const { DicomMessage, DicomMetaDictionary } = dcmjs.data
  const file = DicomMessage.readFile(new Uint8Array(bytes).buffer)
  return DicomMetaDictionary.naturalizeDataset(file.dict)
}

/** The items of a sequence, which dcmjs gives as one object where there is one. */
export function items(parent: Parsed | undefined, keyword: string): Parsed[] {
  const value = parent?.[keyword]
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]) as Parsed[]
}

export function first(parent: Parsed | undefined, keyword: string): Parsed | undefined {
  return items(parent, keyword)[0]
}

/** The code of a sequence of one code, as `scheme value`. */
export function codeOf(parent: Parsed | undefined, keyword: string): string {
  const code = first(parent, keyword)
  return `${code?.CodingSchemeDesignator} ${code?.CodeValue}`
}
