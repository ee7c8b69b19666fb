/** The version of otomark, as in package.json; every file we write carries it. */
export const softwareVersion = '0.1.0'
