import { type RepeatedView, refineView } from '../analyze/segment/repeated-view.ts'
import { measureRepeat } from '../measure/uncertainty.ts'
import { serveRequests } from '../node/serve-requests.ts'
import type { MeasuredView } from './ear-thread.ts'

serveRequests(async (repeated: RepeatedView): Promise<MeasuredView | undefined> => {
  const view = await refineView(repeated)
  return view && { view, measurements: measureRepeat(view) }
})
