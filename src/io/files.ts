/** Files by name. */
export type Files = Readonly<Record<string, Uint8Array | string>>
