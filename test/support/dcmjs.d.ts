/** What the tests use of dcmjs, which ships no types. */
declare module 'dcmjs' {
  type NaturalDataset = Record<string, unknown>
  class DicomDict {
    constructor(meta: object)
    dict: object
    write(options?: { allowInvalidVRLength?: boolean }): ArrayBuffer
  }
  const DicomMetaDictionary: {
    denaturalizeDataset(dataset: NaturalDataset): object
  }
  const dcmjs: { data: { DicomDict: typeof DicomDict; DicomMetaDictionary: typeof DicomMetaDictionary } }
  export default dcmjs
}
