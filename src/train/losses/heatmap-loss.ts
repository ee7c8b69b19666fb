import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { absoluteError, absoluteErrorConfiguration } from './absolute-error.ts'
import { adaptiveWing, adaptiveWingConfiguration } from './adaptive-wing.ts'
import { coordinateLoss, coordinatesConfiguration } from './coordinates.ts'
import { focalSquaredError, focalSquaredErrorConfiguration } from './focal-squared-error.ts'
import type { HeatmapPair } from './landmark-mean.ts'
import { relativeSquaredError, relativeSquaredErrorConfiguration } from './relative-squared-error.ts'
import { squaredError, squaredErrorConfiguration } from './squared-error.ts'

/** How a landmark head's error is measured. */
export const heatmapLossConfiguration = z.discriminatedUnion('kind', [
  relativeSquaredErrorConfiguration,
  squaredErrorConfiguration,
  focalSquaredErrorConfiguration,
  absoluteErrorConfiguration,
  adaptiveWingConfiguration,
  coordinatesConfiguration
])

export type HeatmapLossConfiguration = z.infer<typeof heatmapLossConfiguration>

/** The configured loss of a landmark head, a scalar. */
export function heatmapLoss(graph: Graph, heatmaps: HeatmapPair, configuration: HeatmapLossConfiguration): Value {
  switch (configuration.kind) {
    case 'relative_squared_error':
      return relativeSquaredError(graph, heatmaps, configuration.emphasis)
    case 'squared_error':
      return squaredError(graph, heatmaps, configuration.emphasis)
    case 'focal_squared_error':
      return focalSquaredError(graph, heatmaps, configuration)
    case 'absolute_error':
      return absoluteError(graph, heatmaps, configuration.emphasis)
    case 'adaptive_wing':
      return adaptiveWing(graph, heatmaps, configuration)
    case 'coordinates':
      return coordinateLoss(graph, heatmaps, configuration)
  }
}
