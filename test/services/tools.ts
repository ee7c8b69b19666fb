import { spawnSync } from 'node:child_process'

/** What the tests of this folder need that npm does not bring. */
export const tools = {
  orthanc: { found: runs('Orthanc', '--version'), how: 'apt-get install orthanc orthanc-dicomweb' },
  namespace: {
    found: runs('unshare', '--net', 'ip', 'link', 'set', 'lo', 'up'),
    how: 'Linux, unshare and ip (util-linux, iproute2), as root'
  },
  openssl: { found: runs('openssl', 'version'), how: 'apt-get install openssl' },
  cornerstone: {
    found: cornerstoneFolder() !== undefined,
    how: 'the packages that bench/peers/cornerstone.mjs names in a folder, and that folder in OTOMARK_CORNERSTONE'
  },
  dciodvfy: { found: runs('sh', '-c', 'command -v dciodvfy'), how: 'apt-get install dicom3tools' },
  peers: {
    found:
      runs(peerPython(), '-c', 'import highdicom, nibabel, pydicom') && runs('sh', '-c', 'command -v tid1500reader'),
    how: 'pip install numpy nibabel pydicom highdicom dcmqi into an environment that is on PATH'
  }
} as const

/** Where the packages lie that OHIF decodes segmentations with. */
export function cornerstoneFolder(): string | undefined {
  return process.env.OTOMARK_CORNERSTONE
}

/** The Python that has highdicom. */
export function peerPython(): string {
  return process.env.OTOMARK_PEER_PYTHON ?? 'python3'
}

function runs(program: string, ...words: readonly string[]): boolean {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0
}
