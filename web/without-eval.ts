import { config } from 'zod'

// The page's Content-Security-Policy forbids code made from text. zod would try, and the browser would report it.
config({ jitless: true })
