import type { Sequelize } from 'sequelize'
import { type AttemptModel, defineAttempt } from './attempt.ts'
import { type ClientModel, defineClient } from './client.ts'
import { type DeliveryModel, defineDelivery } from './delivery.ts'
import { type DeliveryCountersModel, defineDeliveryCounters } from './delivery-counters.ts'
import { defineMessage, type MessageModel } from './message.ts'
import { defineSegment, type SegmentModel } from './segment.ts'
import { defineSetting, type SettingModel } from './setting.ts'
import { type ClientTagModel, defineClientTag, defineTag, type TagModel } from './tag.ts'

export interface Models {
  readonly Client: ClientModel
  readonly Tag: TagModel
  readonly ClientTag: ClientTagModel
  readonly Delivery: DeliveryModel
  readonly DeliveryCounters: DeliveryCountersModel
  readonly Message: MessageModel
  readonly Attempt: AttemptModel
  readonly Segment: SegmentModel
  readonly Setting: SettingModel
}

/** The tables as Sequelize sees them; the migrations say what they are. */
export function defineModels(sequelize: Sequelize): Models {
  const models: Models = {
    Client: defineClient(sequelize),
    Tag: defineTag(sequelize),
    ClientTag: defineClientTag(sequelize),
    Delivery: defineDelivery(sequelize),
    DeliveryCounters: defineDeliveryCounters(sequelize),
    Message: defineMessage(sequelize),
    Attempt: defineAttempt(sequelize),
    Segment: defineSegment(sequelize),
    Setting: defineSetting(sequelize),
  }
  models.Client.belongsToMany(models.Tag, {
    through: models.ClientTag,
    foreignKey: 'clientId',
    otherKey: 'tagId',
    as: 'tags',
  })
  models.Delivery.hasOne(models.DeliveryCounters, { foreignKey: 'deliveryId', as: 'counters' })
  models.Message.hasMany(models.Attempt, { foreignKey: 'messageId', as: 'history' })
  return models
}
