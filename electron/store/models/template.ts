import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'

export interface TemplateRow extends Model<InferAttributes<TemplateRow>, InferCreationAttributes<TemplateRow>> {
  id: CreationOptional<number>
  name: string
  text: string
  updatedAt: number
}
export type TemplateModel = ModelStatic<TemplateRow>

export function defineTemplate(sequelize: Sequelize): TemplateModel {
  return sequelize.define<TemplateRow>(
    'Template',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: DataTypes.TEXT, allowNull: false, unique: true },
      text: { type: DataTypes.TEXT, allowNull: false },
      updatedAt: { type: DataTypes.INTEGER, allowNull: false },
    },
    { tableName: 'templates', timestamps: false },
  )
}
