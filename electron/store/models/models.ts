import type { Sequelize } from 'sequelize'
import { type ClientModel, defineClient } from './client.ts'
import { type DeliveryModel, defineDelivery } from './delivery.ts'
import { type DeliveryCountersModel, defineDeliveryCounters } from './delivery-counters.ts'
import { defineSegment, type SegmentModel } from './segment.ts'
import { defineSetting, type SettingModel } from './setting.ts'
import { defineTemplate, type TemplateModel } from './template.ts'

/** The tables whose rows are read and written as plain records. All other tables are reached by SQL alone. */
export interface Models {
  readonly Client: ClientModel
  readonly Delivery: DeliveryModel
  readonly DeliveryCounters: DeliveryCountersModel
  readonly Segment: SegmentModel
  readonly Setting: SettingModel
  readonly Template: TemplateModel
}

/** Describes the tables to Sequelize. The migrations create them. */
export function defineModels(sequelize: Sequelize): Models {
  const models: Models = {
    Client: defineClient(sequelize),
    Delivery: defineDelivery(sequelize),
    DeliveryCounters: defineDeliveryCounters(sequelize),
    Segment: defineSegment(sequelize),
    Setting: defineSetting(sequelize),
    Template: defineTemplate(sequelize),
  }
  models.Delivery.hasOne(models.DeliveryCounters, { foreignKey: 'deliveryId', as: 'counters' })
  return models
}
