import { existsSync } from 'node:fs'

/** Where Debian and others put a browser of Chromium's family; OTOMARK_CHROMIUM names another. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Path of a Chromium; undefined without one. */
export function findChromium(): string | undefined {
  return process.env.OTOMARK_CHROMIUM ?? places.find((path) => existsSync(path))
}

/** With these, WebGPU is computed in software (SwiftShader), so that tests need no graphics card. */
export const chromiumArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader'
]

/** The environment in which Node's WebGPU finds Chromium's software adapter. */
export const softwareGraphics = {
  LD_LIBRARY_PATH: '/usr/lib/chromium',
  VK_ICD_FILENAMES: '/usr/lib/chromium/vk_swiftshader_icd.json'
}
