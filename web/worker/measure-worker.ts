import { expose } from 'comlink'
import { carryErrors } from './carry-errors.ts'
import { MeasureDesk } from './measure-desk.ts'

carryErrors()
expose(new MeasureDesk())
