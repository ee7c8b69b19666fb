/** What is used of dcmjs, which ships no types. */
declare module 'dcmjs' {
  type NaturalDataset = Record<string, unknown>
  class DicomDict {
    constructor(meta: object)
    dict: object
    meta: object
    write(options?: { allowInvalidVRLength?: boolean }): ArrayBuffer
  }
  const DicomMetaDictionary: {
    denaturalizeDataset(dataset: NaturalDataset): object
    naturalizeDataset(dataset: object): NaturalDataset
  }
  const DicomMessage: { readFile(buffer: ArrayBuffer): DicomDict }
  const dcmjs: {
    data: {
      DicomDict: typeof DicomDict
      DicomMetaDictionary: typeof DicomMetaDictionary
      DicomMessage: typeof DicomMessage
    }
  }
  export default dcmjs
}
