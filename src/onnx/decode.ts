import proto from 'onnx-proto'
import { decodeHalves } from './half.ts'
import { elementCount, type Shape } from './shape.ts'

const { onnx } = proto

/** A float tensor stored in an ONNX file, in single or half precision. */
export interface StoredTensor {
  readonly dims: Shape
  readonly data: Float32Array
}

/** What an ONNX file holds beside its nodes. */
export interface DecodedModel {
  readonly metadata: ReadonlyMap<string, string>
  readonly tensors: ReadonlyMap<string, StoredTensor>
}

/**
 * Reads the metadata and the stored float tensors of an ONNX file.
 * @throws Error if the bytes are not an ONNX file, or a tensor is cut short.
 */
export function decodeModelProto(bytes: Uint8Array): DecodedModel {
  const model = onnx.ModelProto.decode(bytes)
  if (!model.graph) throw new Error('it holds no graph')
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key ?? '', value ?? '']))
  const tensors = new Map<string, StoredTensor>()
  for (const tensor of model.graph.initializer ?? []) {
    const { FLOAT, FLOAT16 } = onnx.TensorProto.DataType
    if (tensor.dataType !== FLOAT && tensor.dataType !== FLOAT16) continue
    const dims = (tensor.dims ?? []).map(Number)
    // Copied, because the bytes of a tensor need not start at a multiple of four.
    const { buffer } = Uint8Array.from(tensor.rawData ?? [])
    const data = tensor.dataType === FLOAT16 ? decodeHalves(new Uint16Array(buffer)) : new Float32Array(buffer)
    if (data.length !== elementCount(dims)) throw new Error(`the tensor ${tensor.name} is incomplete`)
    tensors.set(tensor.name ?? '', { dims, data })
  }
  return { metadata, tensors }
}
