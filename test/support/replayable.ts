import fc from 'fast-check'

/**
 * Properties draw the same cases in every run, so that a test that fails here fails everywhere and a change is what
 * made it fail. Others are drawn with another OTOMARK_TEST_SEED.
 */
const seed = Number(process.env.OTOMARK_TEST_SEED ?? 1)
if (!Number.isInteger(seed)) throw new Error('OTOMARK_TEST_SEED must be a whole number')
fc.configureGlobal({ seed })
