import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelAttributeColumnOptions,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'

type Counts = { [status in MessageStatus]: number }

export interface DeliveryCountersRow
  extends Model<InferAttributes<DeliveryCountersRow>, InferCreationAttributes<DeliveryCountersRow>>,
    Counts {
  deliveryId: number
}
export type DeliveryCountersModel = ModelStatic<DeliveryCountersRow>

export function defineDeliveryCounters(sequelize: Sequelize): DeliveryCountersModel {
  // A new object each: Sequelize writes the column's name into the one it is given.
  const columns = Object.fromEntries(
    messageStatuses.map((status) => [status, { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 }]),
  ) as unknown as Record<MessageStatus, ModelAttributeColumnOptions>
  return sequelize.define<DeliveryCountersRow>(
    'DeliveryCounters',
    { deliveryId: { type: DataTypes.INTEGER, primaryKey: true }, ...columns },
    { tableName: 'delivery_counters', timestamps: false },
  )
}
