import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'

export interface SegmentRow extends Model<InferAttributes<SegmentRow>, InferCreationAttributes<SegmentRow>> {
  id: CreationOptional<number>
  name: string
  /** JSON. */
  filter: string
  createdAt: number
  updatedAt: number
}
export type SegmentModel = ModelStatic<SegmentRow>

export function defineSegment(sequelize: Sequelize): SegmentModel {
  return sequelize.define<SegmentRow>(
    'Segment',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: DataTypes.TEXT, allowNull: false, unique: true },
      filter: { type: DataTypes.TEXT, allowNull: false },
      createdAt: { type: DataTypes.INTEGER, allowNull: false },
      updatedAt: { type: DataTypes.INTEGER, allowNull: false },
    },
    { tableName: 'segments', timestamps: false },
  )
}
