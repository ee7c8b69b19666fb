/** A picture of gray values, row by row, 0 to 255. @param grayAt the value of a pixel by its number */
export function grayImage(width: number, height: number, grayAt: (pixel: number) => number): ImageData {
  const image = new ImageData(width, height)
  const { data } = image
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += 4) {
    // What is less or more is clamped by the array.
    const gray = grayAt(pixel)
    data[at] = gray
    data[at + 1] = gray
    data[at + 2] = gray
    data[at + 3] = 255
  }
  return image
}
