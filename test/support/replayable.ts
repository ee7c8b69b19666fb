import fc from 'fast-check'

/**
 * Properties draw the same cases in every run, so that a test that fails here fails everywhere and a change is what
 * made it fail. Others are drawn with another OTOMARK_TEST_SEED.
 */
fc.configureGlobal({ seed: Number(process.env.OTOMARK_TEST_SEED ?? 1) })
