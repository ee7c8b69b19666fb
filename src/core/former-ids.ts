/** A measurement's id, of which otomark 0.1 wrote some with `anterior` for the superior canal. */
export function currentMeasurementId(id: string): string {
  return id.replace(/^anterior_(?=(posterior_|lateral_)?canal_)/, 'superior_')
}
