/** sRGB to CIE XYZ of the illuminant D50, the connection space of ICC profiles (Bradford-adapted). */
const xyzFromRgb = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733]
] as const
const whiteD50 = [0.96422, 1, 0.82521] as const

/** An sRGB colour (0–255) as DICOM writes it: L*, a*, b* in 16 bits each (PS3.3, C.10.7.1.1). */
export function dicomCielab(color: readonly [number, number, number]): readonly [number, number, number] {
  const linear = color.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const [x, y, z] = xyzFromRgb.map((row, n) => {
    const sum = row.reduce((total, weight, i) => total + weight * (linear[i] as number), 0)
    const relative = sum / (whiteD50[n] as number)
    return relative > 216 / 24389 ? Math.cbrt(relative) : ((24389 / 27) * relative + 16) / 116
  }) as [number, number, number]
  const sixteenBits = (value: number): number => Math.max(0, Math.min(65535, Math.round(value)))
  return [
    sixteenBits(((116 * y - 16) * 65535) / 100),
    sixteenBits(((500 * (x - y) + 128) * 65535) / 255),
    sixteenBits(((200 * (y - z) + 128) * 65535) / 255)
  ]
}
