import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'

export interface TagRow extends Model<InferAttributes<TagRow>, InferCreationAttributes<TagRow>> {
  id: CreationOptional<number>
  name: string
  /** How many clients have it; kept by the store itself. */
  clients: CreationOptional<number>
}
export type TagModel = ModelStatic<TagRow>

export function defineTag(sequelize: Sequelize): TagModel {
  return sequelize.define<TagRow>(
    'Tag',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: DataTypes.TEXT, allowNull: false, unique: true },
      clients: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
    },
    { tableName: 'tags', timestamps: false },
  )
}

export interface ClientTagRow extends Model<InferAttributes<ClientTagRow>, InferCreationAttributes<ClientTagRow>> {
  clientId: number
  tagId: number
}
export type ClientTagModel = ModelStatic<ClientTagRow>

export function defineClientTag(sequelize: Sequelize): ClientTagModel {
  return sequelize.define<ClientTagRow>(
    'ClientTag',
    {
      clientId: { type: DataTypes.INTEGER, primaryKey: true },
      tagId: { type: DataTypes.INTEGER, primaryKey: true },
    },
    { tableName: 'client_tags', timestamps: false },
  )
}
