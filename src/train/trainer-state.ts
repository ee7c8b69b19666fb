import { trainingParameters } from '../network/build-network.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import { initialValues, type Parameter } from '../network/parameters.ts'
import type { Tensor } from '../runtime/session.ts'
import { joinTensors, splitRow } from './parameter-row.ts'
import type { TrainingStep } from './step.ts'

/** All tensors a run carries from step to step: `parameter.NAME`, and `ROW.NAME` for each row of the optimizer. */
export type TrainerState = ReadonlyMap<string, Tensor>

/** The same as the training step takes it: rows by the names of its inputs. */
export type StateRows = Readonly<Record<string, Float32Array>>

export const parameterPrefix = 'parameter.'

/** The rows of a training step, and how their tensors are called in the state. */
function rowsOf(
  plan: TrainingStep
): { readonly name: string; readonly prefix: string; readonly parameters: readonly Parameter[] }[] {
  const { parameters, statistics, optimizer } = plan
  return [
    { name: 'parameters', prefix: parameterPrefix, parameters },
    ...optimizer.rows.map((name) => ({ name, prefix: `${name}.`, parameters })),
    ...(statistics.length > 0 ? [{ name: 'statistics', prefix: parameterPrefix, parameters: statistics }] : [])
  ]
}

/** Freshly drawn weights, and an optimizer that has seen nothing. */
export function startingRows(plan: TrainingStep, network: NetworkConfiguration, seed: number): StateRows {
  const stored = trainingParameters(network)
  const beside = plan.parameters.filter(({ name }) => stored.every((parameter) => parameter.name !== name))
  const initial = initialValues([...stored, ...beside], seed)
  return Object.fromEntries(
    rowsOf(plan).map(({ name, prefix, parameters }) => [
      name,
      prefix === parameterPrefix
        ? joinTensors(parameters, (parameter) => initial.get(parameter))
        : new Float32Array(plan.count)
    ])
  )
}

/** @throws OtomarkError if the state is of another network or optimizer */
export function joinState(plan: TrainingStep, state: TrainerState): StateRows {
  return Object.fromEntries(
    rowsOf(plan).map(({ name, prefix, parameters }) => [
      name,
      joinTensors(parameters, (parameter) => state.get(prefix + parameter))
    ])
  )
}

/** Copies. */
export function splitState(plan: TrainingStep, rows: StateRows): Map<string, Tensor> {
  return new Map(
    rowsOf(plan).flatMap(({ name, prefix, parameters }) => [
      ...splitRow(parameters, rows[name] as Float32Array, prefix)
    ])
  )
}
