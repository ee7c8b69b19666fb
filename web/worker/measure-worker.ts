import { expose } from 'comlink'
import { carryErrors } from './carry-errors.ts'
import { MeasurementService } from './measurement-service.ts'

carryErrors()
expose(new MeasurementService())
