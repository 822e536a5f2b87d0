import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { ErrorCode, MessageStatus } from '#shared/domain/states.ts'
import type { AttemptRow } from './attempt.ts'

export interface MessageRow extends Model<InferAttributes<MessageRow>, InferCreationAttributes<MessageRow>> {
  id: number
  deliveryId: number
  clientId: number | null
  phone: string
  status: MessageStatus
  attempts: number
  nextAttemptAt: number | null
  errorCode: ErrorCode | null
  errorDetail: string | null
  createdAt: number
  sentAt: number | null
  history?: NonAttribute<AttemptRow[]>
}
export type MessageModel = ModelStatic<MessageRow>

export function defineMessage(sequelize: Sequelize): MessageModel {
  return sequelize.define<MessageRow>(
    'Message',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      deliveryId: { type: DataTypes.INTEGER, allowNull: false },
      clientId: { type: DataTypes.INTEGER },
      phone: { type: DataTypes.TEXT, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false },
      attempts: { type: DataTypes.INTEGER, allowNull: false },
      nextAttemptAt: { type: DataTypes.INTEGER },
      errorCode: { type: DataTypes.TEXT },
      errorDetail: { type: DataTypes.TEXT },
      createdAt: { type: DataTypes.INTEGER, allowNull: false },
      sentAt: { type: DataTypes.INTEGER },
    },
    { tableName: 'messages', timestamps: false },
  )
}
