import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { DeliveryStatus } from '#shared/domain/states.ts'
import type { DeliveryCountersRow } from './delivery-counters.ts'

export interface DeliveryRow extends Model<InferAttributes<DeliveryRow>, InferCreationAttributes<DeliveryRow>> {
  id: CreationOptional<number>
  name: string
  text: string
  /** JSON of a filter. */
  filter: string
  startsAt: number
  endsAt: number
  windowFrom: string | null
  windowTo: string | null
  ratePerSecond: number | null
  status: DeliveryStatus
  firstMessageId: CreationOptional<number | null>
  lastMessageId: CreationOptional<number | null>
  createdAt: number
  updatedAt: number
  startedAt: CreationOptional<number | null>
  finishedAt: CreationOptional<number | null>
  counters?: NonAttribute<DeliveryCountersRow>
}
export type DeliveryModel = ModelStatic<DeliveryRow>

export function defineDelivery(sequelize: Sequelize): DeliveryModel {
  return sequelize.define<DeliveryRow>(
    'Delivery',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: DataTypes.TEXT, allowNull: false },
      text: { type: DataTypes.TEXT, allowNull: false },
      filter: { type: DataTypes.TEXT, allowNull: false },
      startsAt: { type: DataTypes.INTEGER, allowNull: false },
      endsAt: { type: DataTypes.INTEGER, allowNull: false },
      windowFrom: { type: DataTypes.TEXT },
      windowTo: { type: DataTypes.TEXT },
      ratePerSecond: { type: DataTypes.INTEGER },
      status: { type: DataTypes.TEXT, allowNull: false },
      firstMessageId: { type: DataTypes.INTEGER },
      lastMessageId: { type: DataTypes.INTEGER },
      createdAt: { type: DataTypes.INTEGER, allowNull: false },
      updatedAt: { type: DataTypes.INTEGER, allowNull: false },
      startedAt: { type: DataTypes.INTEGER },
      finishedAt: { type: DataTypes.INTEGER },
    },
    { tableName: 'deliveries', timestamps: false },
  )
}
