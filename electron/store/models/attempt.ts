import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { ErrorCode } from '#shared/domain/states.ts'

export interface AttemptRow extends Model<InferAttributes<AttemptRow>, InferCreationAttributes<AttemptRow>> {
  id: number
  messageId: number
  number: number
  startedAt: number
  durationMs: number
  httpStatus: number | null
  errorCode: ErrorCode
  errorDetail: string
}
export type AttemptModel = ModelStatic<AttemptRow>

export function defineAttempt(sequelize: Sequelize): AttemptModel {
  return sequelize.define<AttemptRow>(
    'Attempt',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      messageId: { type: DataTypes.INTEGER, allowNull: false },
      number: { type: DataTypes.INTEGER, allowNull: false },
      startedAt: { type: DataTypes.INTEGER, allowNull: false },
      durationMs: { type: DataTypes.INTEGER, allowNull: false },
      httpStatus: { type: DataTypes.INTEGER },
      errorCode: { type: DataTypes.TEXT, allowNull: false },
      errorDetail: { type: DataTypes.TEXT, allowNull: false },
    },
    { tableName: 'attempts', timestamps: false },
  )
}
