import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { ErrorCode, MessageStatus } from '#shared/domain/states.ts'

export interface AttemptRow extends Model<InferAttributes<AttemptRow>, InferCreationAttributes<AttemptRow>> {
  id: number
  messageId: number
  startedAt: number
  durationMs: number
  httpStatus: number | null
  counted: boolean
  status: MessageStatus | null
  errorCode: ErrorCode | null
  detail: string
}
export type AttemptModel = ModelStatic<AttemptRow>

export function defineAttempt(sequelize: Sequelize): AttemptModel {
  return sequelize.define<AttemptRow>(
    'Attempt',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      messageId: { type: DataTypes.INTEGER, allowNull: false },
      startedAt: { type: DataTypes.INTEGER, allowNull: false },
      durationMs: { type: DataTypes.INTEGER, allowNull: false },
      httpStatus: { type: DataTypes.INTEGER },
      counted: { type: DataTypes.BOOLEAN, allowNull: false },
      status: { type: DataTypes.TEXT },
      errorCode: { type: DataTypes.TEXT },
      detail: { type: DataTypes.TEXT, allowNull: false },
    },
    { tableName: 'attempts', timestamps: false },
  )
}
