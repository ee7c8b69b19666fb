import proto from 'onnx-proto'

const { onnx } = proto

/**
 * An ONNX file with a text kept under a key replaced; nothing else changes.
 * @throws Error if the bytes are not an ONNX file
 */
export function withMetadata(bytes: Uint8Array, key: string, value: string): Uint8Array {
  const model = onnx.ModelProto.decode(bytes)
  model.metadataProps = [...model.metadataProps.filter((entry) => entry.key !== key), { key, value }]
  return onnx.ModelProto.encode(model).finish()
}
