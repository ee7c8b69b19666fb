/** Is told what a reader of figures should know of how a file was read. */
export type FileNote = (file: string, text: string) => void
