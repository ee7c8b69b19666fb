declare module 'gltf-validator' {
  interface Report {
    readonly issues: { readonly numErrors: number; readonly messages: readonly object[] }
    readonly info: object
  }
  const validator: { validateBytes(bytes: Uint8Array): Promise<Report> }
  export default validator
}
