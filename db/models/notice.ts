/** お知らせ. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

export class Notice extends Model<InferAttributes<Notice>, InferCreationAttributes<Notice>> {
  declare id: CreationOptional<string>;
  declare title: string;
  declare body: string;
  declare publishedAt: Date;

  static define(sequelize: Sequelize): void {
    Notice.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        title: { type: DataTypes.TEXT, allowNull: false },
        body: { type: DataTypes.TEXT, allowNull: false },
        publishedAt: { type: DataTypes.DATE, allowNull: false },
      },
      { sequelize, tableName: 'notices' },
    );
  }
}
