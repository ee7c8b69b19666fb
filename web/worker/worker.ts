import { expose } from 'comlink'
import { carryErrors } from './carry-errors.ts'
import { Desk } from './desk.ts'

carryErrors()
expose(new Desk())
