import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'

export interface SettingRow extends Model<InferAttributes<SettingRow>, InferCreationAttributes<SettingRow>> {
  key: string
  /** JSON. */
  value: string
}
export type SettingModel = ModelStatic<SettingRow>

export function defineSetting(sequelize: Sequelize): SettingModel {
  return sequelize.define<SettingRow>(
    'Setting',
    {
      key: { type: DataTypes.TEXT, primaryKey: true },
      value: { type: DataTypes.TEXT, allowNull: false },
    },
    { tableName: 'settings', timestamps: false },
  )
}
