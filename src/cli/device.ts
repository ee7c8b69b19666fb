import { Option } from 'commander'
import { nodeRuntime, nodeWebgpuRuntime } from '../runtime/node.ts'
import type { Runtime } from '../runtime/session.ts'

/** What can compute the steps of a training, by the name that `--device` takes. */
export const devices: Readonly<Record<'cpu' | 'webgpu', Runtime>> = { cpu: nodeRuntime, webgpu: nodeWebgpuRuntime }

/** The flag of a command that trains. */
export interface DeviceFlag {
  readonly device: keyof typeof devices
}

export function deviceOption(): Option {
  return new Option('--device <device>', 'what computes the steps: the processor, or a graphics card through WebGPU')
    .choices(Object.keys(devices))
    .default('cpu')
}
