import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import { byName, type ClientTextField, clientTextFields } from '#shared/domain/client-fields.ts'

export interface ClientRow
  extends Model<InferAttributes<ClientRow>, InferCreationAttributes<ClientRow>>,
    Record<ClientTextField, string> {
  id: CreationOptional<number>
  phone: string
  /** JSON object of strings. */
  attributes: string
  optedOutAt: number | null
  /** Name and phone in lower case, for search: SQLite's own folding knows ASCII only. */
  searchText: string
  createdAt: number
  updatedAt: number
}
export type ClientModel = ModelStatic<ClientRow>

export function defineClient(sequelize: Sequelize): ClientModel {
  return sequelize.define<ClientRow>(
    'Client',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      phone: { type: DataTypes.TEXT, allowNull: false, unique: true },
      ...byName(clientTextFields, () => ({ type: DataTypes.TEXT, allowNull: false })),
      attributes: { type: DataTypes.TEXT, allowNull: false },
      optedOutAt: { type: DataTypes.INTEGER },
      searchText: { type: DataTypes.TEXT, allowNull: false },
      createdAt: { type: DataTypes.INTEGER, allowNull: false },
      updatedAt: { type: DataTypes.INTEGER, allowNull: false },
    },
    { tableName: 'clients', timestamps: false },
  )
}
